// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/service/datafolder.h"
#include "server/service/hello.h"
#include "server/service/options.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::server;

namespace {

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

} // namespace

class OptionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void commandLines_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<int>("action");
        const auto row = [](const char *line, int action) {
            QTest::newRow(line) << QString::fromLatin1(line) << action;
        };
        const auto is = [](CommandLine::Action action) { return static_cast<int>(action); };
        row("--help", is(CommandLine::Action::Help));
        row("--data /x -h", is(CommandLine::Action::Help));
        row("--version", is(CommandLine::Action::Version));
        row("--child", is(CommandLine::Action::Child));
        row("create-key CI --data /x", is(CommandLine::Action::CreateKey));
        row("--data /x", is(CommandLine::Action::Serve));
        row("--data /x --listen 0.0.0.0:8443 --tls-cert c --tls-key k --public-url https://u.example.org",
            is(CommandLine::Action::Serve));
        row("--data /x --listen 10.0.0.2 --proxy 10.0.0.1", is(CommandLine::Action::Serve));
        row("", -1);
        row("--data", -1);
        row("--data --listen", -1);
        row("--dance", -1);
        row("--data /x --listen example.org", -1);
        row("--data /x --listen 127.0.0.1:99999", -1);
        row("--data /x --listen 0.0.0.0", -1);
        row("--data /x --tls-cert c", -1);
        row("--data /x --public-url ftp://u.example.org", -1);
        row("--data /x --public-url /nowhere", -1);
        row("create-key", -1);
        row("create-key CI", -1);
    }
    void commandLines()
    {
        QFETCH(QString, line);
        QFETCH(int, action);
        const auto parsed = parseCommandLine(words(qPrintable(line)));
        QCOMPARE(parsed ? static_cast<int>(parsed->action) : -1, action);
    }

    void places()
    {
        QCOMPARE(parseListen(QStringLiteral("127.0.0.1"), 1)->port, 1);
        QCOMPARE(parseListen(QStringLiteral("[::1]:2"), 1)->address, QStringLiteral("::1"));
        QCOMPARE(parseListen(QStringLiteral("[::1]:2"), 1)->port, 2);
        QCOMPARE(parseListen(QStringLiteral("::"), 1)->address, QStringLiteral("::"));
        QCOMPARE(parseListen(QStringLiteral("localhost:3"), 1)->address, QStringLiteral("127.0.0.1"));
        QVERIFY(!parseListen(QStringLiteral("127.0.0.1:"), 1) ||
                parseListen(QStringLiteral("127.0.0.1:"), 1)->port == 1);
        QVERIFY(!parseListen(QString(), 1));
    }

    void orders_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QJsonValue>("value");
        QTest::addColumn<bool>("isGood");
        QTest::newRow("good") << QString() << QJsonValue() << true;
        QTest::newRow("beyond loopback")
            << QStringLiteral("listen") << QJsonValue(QStringLiteral("0.0.0.0:8443")) << true;
        QTest::newRow("short digest")
            << QStringLiteral("key_sha256") << QJsonValue(QStringLiteral("abcd")) << false;
        QTest::newRow("no hex") << QStringLiteral("key_sha256") << QJsonValue(QString(64, QLatin1Char('z')))
                                << false;
        QTest::newRow("relative folder")
            << QStringLiteral("data") << QJsonValue(QStringLiteral("data")) << false;
        QTest::newRow("port") << QStringLiteral("port") << QJsonValue(70'000) << false;
        QTest::newRow("negative port") << QStringLiteral("port") << QJsonValue(-1) << false;
        QTest::newRow("port is a text")
            << QStringLiteral("port") << QJsonValue(QStringLiteral("80")) << false;
        QTest::newRow("bad listen") << QStringLiteral("listen") << QJsonValue(QStringLiteral("nowhere"))
                                    << false;
    }
    void orders()
    {
        QFETCH(QString, field);
        QFETCH(QJsonValue, value);
        QFETCH(bool, isGood);
        QJsonObject order{{QStringLiteral("key_sha256"), QString(64, QLatin1Char('a'))},
                          {QStringLiteral("data"), QStringLiteral("/x")},
                          {QStringLiteral("port"), 0},
                          {QStringLiteral("tls_cert"), QStringLiteral("c")},
                          {QStringLiteral("tls_key"), QStringLiteral("k")}};
        if (!field.isEmpty()) {
            order.insert(field, value);
        }
        const auto parsed = parseChildOrder(QJsonDocument(order).toJson());
        QCOMPARE(parsed.has_value(), isGood);
        if (isGood) {
            QCOMPARE(parsed->ownerKeySha256->size(), 32);
            QCOMPARE(parsed->listeners.front().address, QStringLiteral("127.0.0.1"));
            QCOMPARE(parsed->listeners.size(), field.isEmpty() ? 1U : 2U);
        }
    }
    void ordersThatAreNone()
    {
        QVERIFY(!parseChildOrder("rubbish"));
        QVERIFY(!parseChildOrder("[]"));
        QVERIFY(!parseChildOrder("{}"));
    }

    /// The vector of the specification's fixtures.
    void helloVector()
    {
        QFile file(QStringLiteral(GATEHOUSE_FIXTURES "/gatehouse-v1/vectors.json"));
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
        const QJsonObject hello =
            QJsonDocument::fromJson(file.readAll()).object().value(QLatin1String("hello")).toObject();
        const QByteArray digest = QCryptographicHash::hash(
            hello[QLatin1String("serverKey")].toString().toUtf8(), QCryptographicHash::Sha256);
        QCOMPARE(helloProof(digest, hello[QLatin1String("nonce")].toString().toUtf8(),
                            hello[QLatin1String("hostPort")].toString().toUtf8()),
                 hello[QLatin1String("proof")].toString().toUtf8());
    }

    void folderIsLockedAndItsSecretStays()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("data"));
        QByteArray first;
        {
            const auto open = DataFolder::open(path);
            QVERIFY(open.has_value());
            QCOMPARE(DataFolder::open(path).error().id, QStringLiteral("server.locked"));
            first = open->serverSecret()->view().toByteArray();
            QCOMPARE(first.size(), 32);
            const QFileInfo secret(path + QStringLiteral("/server.secret"));
            QCOMPARE(secret.permissions() &
                         (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
                     QFile::Permissions());
        }
        const auto again = DataFolder::open(path);
        QVERIFY(again.has_value());
        QCOMPARE(again->serverSecret()->view().toByteArray(), first);
        QFile damaged(path + QStringLiteral("/server.secret"));
        QVERIFY(damaged.resize(5));
        QVERIFY(!again->serverSecret());
    }

    void folderThatCannotBeMade() { QVERIFY(!DataFolder::open(QStringLiteral("/proc/nothing/here"))); }
};

QTEST_GUILESS_MAIN(OptionsTest)
#include "test_options.moc"
