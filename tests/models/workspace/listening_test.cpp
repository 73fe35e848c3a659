// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/listening.h"

#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::workspace;

namespace {

Listening wish(const char *address, const char *chain = "chain.pem", const char *publicUrl = "")
{
    const QString folder = QStringLiteral(GATEHOUSE_FIXTURES "/tls/");
    return {QLatin1String(address), folder + QLatin1String(chain), folder + QStringLiteral("key.pem"),
            QLatin1String(publicUrl)};
}

} // namespace

class ListeningTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatDevicesAskComesFromTheCertificate();
    void anAddressOfOnesOwnMustFit_data();
    void anAddressOfOnesOwnMustFit();
    void itIsKept();

private:
    const UtcTime m_now = parseIso(QStringLiteral("2027-06-01T12:00:00Z")).value();
};

void ListeningTest::whatDevicesAskComesFromTheCertificate()
{
    const Result<CheckedListening> checked = checkListening(wish("0.0.0.0:8443"), m_now);
    QVERIFY2(checked, checked ? "" : qPrintable(checked.error().toText()));
    QCOMPARE(checked->listening.publicUrl, QStringLiteral("https://updates.example.com:8443"));
    QVERIFY(checked->until > m_now);
}

void ListeningTest::anAddressOfOnesOwnMustFit_data()
{
    QTest::addColumn<QString>("chain");
    QTest::addColumn<QString>("publicUrl");
    QTest::addColumn<QString>("id");
    QTest::newRow("a name it has") << "chain.pem"
                                   << "https://a.test.example.com:9000"
                                   << "";
    QTest::newRow("an address it has") << "chain.pem"
                                       << "https://192.0.2.7:8443"
                                       << "";
    QTest::newRow("another name") << "chain.pem"
                                  << "https://example.org:8443"
                                  << "workspace.listening.other_name";
    QTest::newRow("without TLS") << "chain.pem"
                                 << "http://updates.example.com"
                                 << "workspace.listening.url";
    QTest::newRow("no address") << "chain.pem"
                                << "updates.example.com"
                                << "workspace.listening.url";
    QTest::newRow("nameless") << "nameless.pem"
                              << ""
                              << "workspace.listening.name";
    QTest::newRow("no certificate") << "key.pem"
                                    << ""
                                    << "crypto.tls.chain";
}

void ListeningTest::anAddressOfOnesOwnMustFit()
{
    QFETCH(QString, chain);
    QFETCH(QString, publicUrl);
    QFETCH(QString, id);
    const Result<CheckedListening> checked =
        checkListening(wish("0.0.0.0:8443", qPrintable(chain), qPrintable(publicUrl)), m_now);
    QCOMPARE(checked ? QString() : checked.error().id, id);
    if (checked) {
        QCOMPARE(checked->listening.publicUrl, publicUrl);
    }
}

void ListeningTest::itIsKept()
{
    const QTemporaryDir folder;
    Settings settings(folder.filePath(QStringLiteral("gatehouse.ini")));
    QVERIFY(!Listening::of(settings).isOn());
    const Listening kept = wish("0.0.0.0:8443", "chain.pem", "https://updates.example.com:8443");
    kept.keepIn(settings);
    QCOMPARE(Listening::of(settings), kept);
    Listening().keepIn(settings);
    QVERIFY(!Listening::of(settings).isOn());
}

QTEST_APPLESS_MAIN(ListeningTest)
#include "listening_test.moc"
