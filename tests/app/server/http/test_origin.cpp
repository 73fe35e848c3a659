// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/originpolicy.h"

#include <QTest>

using namespace gatehouse::server;

namespace {

Request asked(const QByteArray &host, const QByteArray &origin = {})
{
    Request request;
    request.headers.emplaceBack("host", host);
    if (!origin.isNull()) {
        request.headers.emplaceBack("origin", origin);
    }
    return request;
}

} // namespace

class OriginTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void loopback_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QByteArray>("origin");
        QTest::addColumn<bool>("isAllowed");
        QTest::newRow("address") << QByteArray("127.0.0.1:4321") << QByteArray() << true;
        QTest::newRow("name") << QByteArray("LocalHost:4321") << QByteArray() << true;
        QTest::newRow("v6") << QByteArray("[::1]:4321") << QByteArray() << true;
        QTest::newRow("listed") << QByteArray("updates.example.org") << QByteArray() << true;
        QTest::newRow("our origin") << QByteArray("127.0.0.1:4321") << QByteArray("http://127.0.0.1:4321")
                                    << true;
        QTest::newRow("rebound name") << QByteArray("evil.example:4321") << QByteArray() << false;
        QTest::newRow("other port") << QByteArray("127.0.0.1:80") << QByteArray() << false;
        QTest::newRow("no port") << QByteArray("127.0.0.1") << QByteArray() << false;
        QTest::newRow("no host") << QByteArray("") << QByteArray() << false;
        QTest::newRow("looks alike") << QByteArray("127.0.0.1:4321.evil.example") << QByteArray() << false;
        QTest::newRow("user in host") << QByteArray("127.0.0.1:4321@evil.example") << QByteArray() << false;
        QTest::newRow("web page") << QByteArray("127.0.0.1:4321") << QByteArray("https://evil.example")
                                  << false;
        QTest::newRow("other local port")
            << QByteArray("127.0.0.1:4321") << QByteArray("http://localhost:3000") << false;
        QTest::newRow("sandboxed page") << QByteArray("127.0.0.1:4321") << QByteArray("null") << false;
        QTest::newRow("app") << QByteArray("127.0.0.1:4321") << QByteArray("capacitor://localhost") << false;
        QTest::newRow("empty origin") << QByteArray("127.0.0.1:4321") << QByteArray("") << false;
    }
    void loopback()
    {
        QFETCH(QByteArray, host);
        QFETCH(QByteArray, origin);
        QFETCH(bool, isAllowed);
        const OriginPolicy policy(true, 4321, {QStringLiteral("updates.example.org")});
        QCOMPARE(policy.allows(asked(host, origin)), isAllowed);
        QVERIFY(policy.corsOrigin(asked(host, origin)).isEmpty());
    }

    void beyondLoopbackHostIsFree()
    {
        const OriginPolicy policy(false, 443, {});
        QVERIFY(policy.allows(asked("updates.example.org", "https://evil.example")));
    }

    void cors_data()
    {
        QTest::addColumn<QByteArray>("origin");
        QTest::addColumn<bool>("isAnswered");
        QTest::newRow("ios app") << QByteArray("capacitor://localhost") << true;
        QTest::newRow("ionic app") << QByteArray("ionic://localhost") << true;
        QTest::newRow("android app") << QByteArray("https://localhost") << true;
        QTest::newRow("development") << QByteArray("http://127.0.0.1:8100") << true;
        QTest::newRow("v6") << QByteArray("http://[::1]:8100") << true;
        QTest::newRow("web") << QByteArray("https://evil.example") << false;
        QTest::newRow("name that begins alike") << QByteArray("https://localhost.evil.example") << false;
        QTest::newRow("user") << QByteArray("https://localhost@evil.example") << false;
        QTest::newRow("null") << QByteArray("null") << false;
    }
    void cors()
    {
        QFETCH(QByteArray, origin);
        QFETCH(bool, isAnswered);
        const OriginPolicy policy(false, 443, {});
        QCOMPARE(policy.corsOrigin(asked("h", origin)), isAnswered ? origin : QByteArray());
    }

    void proxies()
    {
        const ProxyPolicy policy({QStringLiteral("10.0.0.0/8"), QStringLiteral("127.0.0.1")});
        Request request;
        request.headers.emplaceBack("x-forwarded-for", "203.0.113.9, 198.51.100.7, 10.1.2.3");
        QCOMPARE(policy.clientAddress(QHostAddress(QStringLiteral("127.0.0.1")), request),
                 QStringLiteral("198.51.100.7"));
        QCOMPARE(policy.clientAddress(QHostAddress(QStringLiteral("192.0.2.1")), request),
                 QStringLiteral("192.0.2.1"));
        request.headers = {{QByteArray("x-forwarded-for"), QByteArray("rubbish")}};
        QCOMPARE(policy.clientAddress(QHostAddress(QStringLiteral("127.0.0.1")), request),
                 QStringLiteral("127.0.0.1"));
        QCOMPARE(ProxyPolicy({QStringLiteral("proxy.example")}).invalid(),
                 QStringList{QStringLiteral("proxy.example")});
    }
};

QTEST_GUILESS_MAIN(OriginTest)
#include "test_origin.moc"
