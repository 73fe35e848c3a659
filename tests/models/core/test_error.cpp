// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/error.h"

#include <QSet>
#include <QTest>

using namespace gatehouse;

class ErrorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textIsOneLineOfWholeSentences();
    void contextKeepsTheCause();
    void detailsAreNotInTheSentence();
    void everyKindHasItsNameAndExitCode_data();
    void everyKindHasItsNameAndExitCode();
    void namesAndCodesAreDistinct();
};

namespace {

const QVector<ErrorKind> kAllKinds{ErrorKind::Cancelled, ErrorKind::Invalid,  ErrorKind::NotFound,
                                   ErrorKind::Conflict,  ErrorKind::Denied,   ErrorKind::Offline,
                                   ErrorKind::Timeout,   ErrorKind::Protocol, ErrorKind::Io,
                                   ErrorKind::Crypto,    ErrorKind::Unusable, ErrorKind::Internal};

} // namespace

void ErrorTest::textIsOneLineOfWholeSentences()
{
    const Error full =
        makeError(ErrorKind::Io, "test.write", QStringLiteral("The file was not written."),
                  QStringLiteral("The disk is full."), QStringLiteral("Free some space and try again."));
    QCOMPARE(full.toText(),
             QStringLiteral("The file was not written. The disk is full. Free some space and try again."));
    const Error bare = makeError(ErrorKind::Io, "test.write", QStringLiteral("The file was not written."));
    QCOMPARE(bare.toText(), QStringLiteral("The file was not written."));
}

void ErrorTest::contextKeepsTheCause()
{
    const Error inner =
        makeError(ErrorKind::Denied, "test.open", QStringLiteral("The key was not read."),
                  QStringLiteral("The passphrase is wrong."), QStringLiteral("Type it again."));
    const Error outer = inner.inContext(QStringLiteral("The bundle was not encrypted."));
    QCOMPARE(outer.what, QStringLiteral("The bundle was not encrypted."));
    QCOMPARE(outer.cause, QStringLiteral("The key was not read. The passphrase is wrong."));
    QCOMPARE(outer.remedy, inner.remedy);
    QCOMPARE(outer.kind, inner.kind);
    QCOMPARE(outer.id, inner.id);
    const Error causeless = makeError(ErrorKind::Io, "test", QStringLiteral("A."));
    QCOMPARE(causeless.inContext(QStringLiteral("B.")).cause, QStringLiteral("A."));
}

void ErrorTest::detailsAreNotInTheSentence()
{
    const Error error = makeError(ErrorKind::Crypto, "test", QStringLiteral("It failed."))
                            .withDetail(QStringLiteral("error:0200009F"))
                            .withDetail(QStringLiteral("second"));
    QCOMPARE(error.details, QStringList({QStringLiteral("error:0200009F"), QStringLiteral("second")}));
    QCOMPARE(error.toText(), QStringLiteral("It failed."));
}

void ErrorTest::everyKindHasItsNameAndExitCode_data()
{
    // Scripts depend on these numbers: a change here is a change of the interface.
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("code");
    QTest::newRow("Invalid") << ErrorKind::Invalid << QStringLiteral("invalid") << 2;
    QTest::newRow("NotFound") << ErrorKind::NotFound << QStringLiteral("not_found") << 3;
    QTest::newRow("Conflict") << ErrorKind::Conflict << QStringLiteral("conflict") << 4;
    QTest::newRow("Denied") << ErrorKind::Denied << QStringLiteral("denied") << 5;
    QTest::newRow("Offline") << ErrorKind::Offline << QStringLiteral("offline") << 6;
    QTest::newRow("Timeout") << ErrorKind::Timeout << QStringLiteral("timeout") << 7;
    QTest::newRow("Protocol") << ErrorKind::Protocol << QStringLiteral("protocol") << 8;
    QTest::newRow("Io") << ErrorKind::Io << QStringLiteral("io") << 9;
    QTest::newRow("Crypto") << ErrorKind::Crypto << QStringLiteral("crypto") << 10;
    QTest::newRow("Unusable") << ErrorKind::Unusable << QStringLiteral("unusable") << 11;
    QTest::newRow("Internal") << ErrorKind::Internal << QStringLiteral("internal") << 70;
    QTest::newRow("Cancelled") << ErrorKind::Cancelled << QStringLiteral("cancelled") << 130;
}

void ErrorTest::everyKindHasItsNameAndExitCode()
{
    QFETCH(ErrorKind, kind);
    QFETCH(QString, name);
    QFETCH(int, code);
    QCOMPARE(errorKindName(kind), name);
    QCOMPARE(exitCode(kind), code);
}

void ErrorTest::namesAndCodesAreDistinct()
{
    QSet<QString> names;
    QSet<int> codes;
    for (const ErrorKind kind : kAllKinds) {
        names.insert(errorKindName(kind));
        codes.insert(exitCode(kind));
    }
    QCOMPARE(names.size(), kAllKinds.size());
    QCOMPARE(codes.size(), kAllKinds.size());
    QVERIFY(!codes.contains(0));
    QVERIFY(!codes.contains(1));
}

QTEST_APPLESS_MAIN(ErrorTest)
#include "test_error.moc"
