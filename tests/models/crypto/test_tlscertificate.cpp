// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/tlscertificate.h"

#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::crypto;

namespace {

QString fixture(const char *name)
{
    return QStringLiteral(GATEHOUSE_FIXTURES "/tls/") + QLatin1String(name);
}

UtcTime at(const char *time)
{
    return parseIso(QLatin1String(time)).value();
}

const char *const kNow = "2027-06-01T12:00:00Z";

} // namespace

class TestTlsCertificate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPairThatBelongsTogetherIsTold();
    void namesAndAddressesAreCovered_data();
    void namesAndAddressesAreCovered();
    void whatDoesNotWorkIsRefused_data();
    void whatDoesNotWorkIsRefused();
    void aFileWithoutACertificateIsRefused();
};

void TestTlsCertificate::aPairThatBelongsTogetherIsTold()
{
    const Result<TlsCertificate> told = readTlsFiles(fixture("chain.pem"), fixture("key.pem"), at(kNow));
    QVERIFY2(told, told ? "" : qPrintable(told.error().toText()));
    QCOMPARE(told->hosts,
             (QStringList{QStringLiteral("updates.example.com"), QStringLiteral("*.test.example.com")}));
    QCOMPARE(told->addresses, QStringList{QStringLiteral("192.0.2.7")});
    QVERIFY(told->from < at(kNow));
    QVERIFY(told->until > at("2120-01-01T00:00:00Z"));
}

void TestTlsCertificate::namesAndAddressesAreCovered_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("isCovered");
    QTest::newRow("a name") << "updates.example.com" << true;
    QTest::newRow("in capitals") << "Updates.Example.COM" << true;
    QTest::newRow("a wildcard") << "one.test.example.com" << true;
    QTest::newRow("an address") << "192.0.2.7" << true;
    QTest::newRow("another name") << "other.example.com" << false;
    QTest::newRow("two parts for a wildcard") << "a.b.test.example.com" << false;
    QTest::newRow("the end of a name") << "example.com" << false;
    QTest::newRow("another address") << "192.0.2.8" << false;
    QTest::newRow("nothing") << "" << false;
}

void TestTlsCertificate::namesAndAddressesAreCovered()
{
    QFETCH(QString, host);
    const Result<TlsCertificate> told = readTlsFiles(fixture("chain.pem"), fixture("key.pem"), at(kNow));
    QVERIFY(told);
    QTEST(told->covers(host), "isCovered");
}

void TestTlsCertificate::whatDoesNotWorkIsRefused_data()
{
    QTest::addColumn<QString>("chain");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("now");
    QTest::addColumn<QString>("id");
    const QString chain = fixture("chain.pem");
    const QString key = fixture("key.pem");
    QTest::newRow("no chain") << fixture("nowhere.pem") << key << kNow << "crypto.tls.read";
    QTest::newRow("no key") << chain << fixture("nowhere.pem") << kNow << "crypto.tls.read";
    QTest::newRow("a folder") << chain << fixture("") << kNow << "crypto.tls.read";
    QTest::newRow("exchanged") << key << chain << kNow << "crypto.tls.chain";
    QTest::newRow("a chain as key") << chain << chain << kNow << "crypto.tls.key";
    QTest::newRow("of another") << chain << fixture("other_key.pem") << kNow << "crypto.tls.other_key";
    QTest::newRow("protected") << chain << fixture("protected_key.pem") << kNow << "crypto.tls.key_protected";
    QTest::newRow("expired") << chain << key << "2200-01-01T00:00:00Z"
                             << "crypto.tls.expired";
    QTest::newRow("too early") << chain << key << "2020-01-01T00:00:00Z"
                               << "crypto.tls.not_yet";
}

void TestTlsCertificate::whatDoesNotWorkIsRefused()
{
    QFETCH(QString, chain);
    QFETCH(QString, key);
    QFETCH(QString, now);
    const Result<TlsCertificate> told = readTlsFiles(chain, key, parseIso(now).value());
    QVERIFY(!told);
    QTEST(told.error().id, "id");
    QVERIFY(!told.error().what.isEmpty());
}

void TestTlsCertificate::aFileWithoutACertificateIsRefused()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("chain.pem")));
    QVERIFY(file.open(QFile::WriteOnly));
    file.write("-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n-----END CERTIFICATE-----\n");
    file.close();
    const Result<TlsCertificate> told = readTlsFiles(file.fileName(), fixture("key.pem"), at(kNow));
    QVERIFY(!told);
    QCOMPARE(told.error().id, QStringLiteral("crypto.tls.chain"));
}

QTEST_APPLESS_MAIN(TestTlsCertificate)
#include "test_tlscertificate.moc"
