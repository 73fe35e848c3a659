// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/envelope.h"

#include <QJsonDocument>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::wire;

class EnvelopeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryForm_data();
    void readsEveryForm();
    void refusesWhatIsNone_data();
    void refusesWhatIsNone();
    void writtenOnesReadBack();
    void answersHaveAKind_data();
    void answersHaveAKind();
    void kindsSurviveTheWayThere();
};

void EnvelopeTest::readsEveryForm_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("message");
    QTest::newRow("Capgo") << QByteArray(R"({"error":"frozen","message":"No.","moreInfo":{"a":1}})")
                           << QStringLiteral("frozen") << QStringLiteral("No.");
    QTest::newRow("PostgREST") << QByteArray(
                                      R"({"code":"PGRST116","message":"None","details":"d","hint":null})")
                               << QStringLiteral("PGRST116") << QStringLiteral("None");
    QTest::newRow("bare") << QByteArray(R"({"error":"Invalid path"})") << QStringLiteral("Invalid path")
                          << QStringLiteral("Invalid path");
}

void EnvelopeTest::readsEveryForm()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, code);
    QFETCH(QString, message);
    const auto envelope = ErrorEnvelope::fromJson(body);
    QVERIFY(envelope.has_value());
    QCOMPARE(envelope->code, code);
    QCOMPARE(envelope->message, message);
}

void EnvelopeTest::refusesWhatIsNone_data()
{
    QTest::addColumn<QByteArray>("body");
    for (const char *body :
         {"", "{}", "[]", "null", "<html>502</html>", R"({"error":5})", R"({"message":"x"})"}) {
        QTest::newRow(body) << QByteArray(body);
    }
}

void EnvelopeTest::refusesWhatIsNone()
{
    QFETCH(QByteArray, body);
    const auto envelope = ErrorEnvelope::fromJson(body);
    QVERIFY(!envelope.has_value());
    QCOMPARE(envelope.error().id, QStringLiteral("wire.json"));
}

void EnvelopeTest::writtenOnesReadBack()
{
    const ErrorEnvelope envelope{
        QStringLiteral("x"), QStringLiteral("A sentence."), {{QStringLiteral("k"), QStringLiteral("v")}}};
    const auto back = ErrorEnvelope::fromJson(QJsonDocument(envelope.toJson()).toJson());
    QVERIFY(back.has_value());
    QCOMPARE(back->toJson(), envelope.toJson());
}

void EnvelopeTest::answersHaveAKind_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::addColumn<int>("kind");
    const auto row = [](int status, const char *code, ErrorKind kind) {
        QTest::addRow("%d %s", status, code) << status << QString::fromLatin1(code) << static_cast<int>(kind);
    };
    row(400, "", ErrorKind::Invalid);
    row(400, "version_already_exists", ErrorKind::Conflict);
    row(400, "cannot_find_version", ErrorKind::NotFound);
    row(400, "cannot_access_app", ErrorKind::Denied);
    row(401, "", ErrorKind::Denied);
    row(403, "", ErrorKind::Denied);
    row(404, "", ErrorKind::NotFound);
    row(409, "", ErrorKind::Conflict);
    row(412, "", ErrorKind::Conflict);
    row(429, "", ErrorKind::Offline);
    row(500, "", ErrorKind::Protocol);
    row(503, "", ErrorKind::Offline);
    row(504, "", ErrorKind::Timeout);
}

void EnvelopeTest::answersHaveAKind()
{
    QFETCH(int, status);
    QFETCH(QString, code);
    QFETCH(int, kind);
    QCOMPARE(static_cast<int>(kindOfAnswer(status, code)), kind);
}

void EnvelopeTest::kindsSurviveTheWayThere()
{
    for (const ErrorKind kind :
         {ErrorKind::Invalid, ErrorKind::NotFound, ErrorKind::Conflict, ErrorKind::Denied}) {
        QCOMPARE(kindOfAnswer(statusOfKind(kind), QString()), kind);
    }
    for (int kind = 0; kind <= static_cast<int>(ErrorKind::Internal); ++kind) {
        QVERIFY(statusOfKind(static_cast<ErrorKind>(kind)) >= 400);
    }
}

QTEST_APPLESS_MAIN(EnvelopeTest)
#include "test_envelope.moc"
