// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/serverlist.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::workspace;

class ServerListTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAddresses_data();
    void readsAddresses();
    void keepsServersButNoSandbox();
    void settingsWriteNoDefaultsAndKeepUnknownKeys();
};

void ServerListTest::readsAddresses_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("expected");
    QTest::newRow("a full address") << "https://updates.example.com"
                                    << "https://updates.example.com";
    QTest::newRow("without a scheme") << "updates.example.com/"
                                      << "https://updates.example.com";
    QTest::newRow("with a path") << "https://x.example/functions/v1/"
                                 << "https://x.example/functions/v1";
    QTest::newRow("plain http on loopback") << "http://127.0.0.1:8080"
                                            << "http://127.0.0.1:8080";
    QTest::newRow("plain http on localhost") << "http://localhost:8080"
                                             << "http://localhost:8080";
    QTest::newRow("plain http elsewhere") << "http://updates.example.com"
                                          << "";
    QTest::newRow("a name that only looks like loopback") << "http://127.0.0.1.example.com"
                                                          << "";
    QTest::newRow("a password in it") << "https://user:secret@example.com"
                                      << "";
    QTest::newRow("a query") << "https://example.com/?key=1"
                             << "";
    QTest::newRow("another scheme") << "ftp://example.com"
                                    << "";
    QTest::newRow("nothing") << ""
                             << "";
    QTest::newRow("only slashes") << "///"
                                  << "";
}

void ServerListTest::readsAddresses()
{
    QFETCH(QString, typed);
    QFETCH(QString, expected);
    const Result<QUrl> url = parseServerAddress(typed);
    QCOMPARE(url ? url->toString() : QString(), expected);
    if (!url) {
        QCOMPARE(url.error().id, QStringLiteral("workspace.server.address"));
    }
}

void ServerListTest::keepsServersButNoSandbox()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("gatehouse.ini"));
    const ServerEntry team{QStringLiteral("a1"), QStringLiteral("Team"), ServerKind::Other, Environment::Test,
                           QUrl(QStringLiteral("https://updates.example.com"))};
    {
        Settings settings(file);
        ServerList servers(settings);
        servers.put(team);
        servers.put(
            {QStringLiteral("s"), QStringLiteral("Sandbox"), ServerKind::Sandbox, Environment::Sandbox, {}});
        QCOMPARE(servers.servers().size(), 2);
    }
    Settings settings(file);
    ServerList servers(settings);
    QCOMPARE(servers.servers().size(), 1);
    QCOMPARE(*servers.find(QStringLiteral("a1")), team);
    servers.remove(QStringLiteral("a1"));
    QVERIFY(!servers.find(QStringLiteral("a1")));
}

void ServerListTest::settingsWriteNoDefaultsAndKeepUnknownKeys()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("gatehouse.ini"));
    {
        QFile seed(file);
        QVERIFY(seed.open(QFile::WriteOnly));
        seed.write("[later]\nunknown=kept\n");
    }
    {
        Settings settings(file);
        settings.setValue(settings::kTheme, QStringLiteral("dark"));
        settings.setValue(settings::kTheme, QStringLiteral("system"));
        settings.setValue(settings::kLastApp, QStringLiteral("com.example.app"), QStringLiteral("server-1"));
    }
    QFile written(file);
    QVERIFY(written.open(QFile::ReadOnly));
    const QByteArray text = written.readAll();
    QVERIFY2(!text.contains("theme"), text.constData());
    QVERIFY2(text.contains("unknown=kept"), text.constData());
    QVERIFY2(text.contains("com.example.app"), text.constData());
}

QTEST_GUILESS_MAIN(ServerListTest)
#include "serverlist_test.moc"
