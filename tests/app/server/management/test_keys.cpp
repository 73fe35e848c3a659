// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "managementfixture.h"

#include "server/management/authentication.h"

using namespace gatehouse;
using namespace gatehouse::server;

/// What keys are made of, and how often they may ask. @source spec: management-api, sections 1.6 and 2.7
class TestKeys : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aKeyThatAsksTooOften();
    void uploadsHaveALimitOfTheirOwn();
    void checkingAKeyCounts();
    void manyFailingAddresses();

private:
    static void limit(ManagementFixture &server, const KeyLimits &limits)
    {
        server.stop();
        server.keyLimits = limits;
        server.start();
    }
};

void TestKeys::aKeyThatAsksTooOften()
{
    ManagementFixture server;
    limit(server, {3, 100});
    const QByteArray busy = server.makeKey("org_admin", "org");
    const QByteArray other = server.makeKey("org_admin", "org");
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(server.call("GET", "/app", QByteArray(), busy).status, 200);
    }
    server.clock.advance(std::chrono::seconds(20));
    const RawAnswer refused = server.call("GET", "/app", QByteArray(), busy);
    QCOMPARE(refused.status, 429);
    QCOMPARE(refused.error(), text("too_many_requests"));
    const QJsonObject moreInfo = refused.json().value(QLatin1String("moreInfo")).toObject();
    QCOMPARE(moreInfo.value(QLatin1String("reason")).toString(), text("api_key_rate_limit_exceeded"));
    QCOMPARE(moreInfo.value(QLatin1String("retryAfterSeconds")).toInt(), 40);
    QCOMPARE(moreInfo.value(QLatin1String("rateLimitResetAt")).toInteger(),
             toMs(server.clock.now()) + 40'000);
    QCOMPARE(refused.headers.value("retry-after"), QByteArray("40"));
    QCOMPARE(refused.headers.value("x-ratelimit-reset").toLongLong(), toMs(server.clock.now()) / 1000 + 40);
    // The tables say it in their own form, and when to come back stands in the head all the same.
    const RawAnswer ofTable = server.call("GET", "/rest/v1/apps", QByteArray(), busy);
    QCOMPARE(ofTable.status, 429);
    QCOMPARE(ofTable.json().value(QLatin1String("code")).toString(), text("too_many_requests"));
    QCOMPARE(ofTable.headers.value("retry-after"), QByteArray("40"));
    // Other keys, and the desktop's own, are not held up.
    QCOMPARE(server.call("GET", "/app", QByteArray(), other).status, 200);
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(server.call("GET", "/app").status, 200);
    }
    server.clock.advance(std::chrono::seconds(40));
    QCOMPARE(server.call("GET", "/app", QByteArray(), busy).status, 200);
}

void TestKeys::uploadsHaveALimitOfTheirOwn()
{
    ManagementFixture server;
    limit(server, {2, 4});
    const QByteArray key = server.makeKey("org_super_admin", "org");
    const auto upload = [&] {
        return server.call("HEAD", "/files/upload/attachments/none", QByteArray(),
                           key + "Tus-Resumable: 1.0.0\r\n");
    };
    for (int i = 0; i < 4; ++i) {
        QCOMPARE(upload().status, 404);
    }
    QCOMPARE(upload().status, 429);
    QCOMPARE(server
                 .call("POST", "/functions/v1/files/upload/attachments", QByteArray(),
                       key + "Tus-Resumable: 1.0.0\r\n")
                 .json()
                 .value(QLatin1String("moreInfo"))[QLatin1String("reason")]
                 .toString(),
             text("api_key_upload_rate_limit_exceeded"));
    QCOMPARE(server.call("GET", "/app", QByteArray(), key).status, 200);
}

void TestKeys::checkingAKeyCounts()
{
    ManagementFixture server;
    limit(server, {1, 1});
    const QByteArray header = server.makeKey("org_admin", "org");
    const QByteArray key = header.mid(9).trimmed();
    const auto check = [&] {
        return server.call("POST", "/rest/v1/rpc/get_user_id", QByteArray("{\"apikey\":\"" + key + "\"}"),
                           "X-No-Key: 1\r\n");
    };
    QCOMPARE(check().status, 200);
    QCOMPARE(check().status, 429);
}

/// Each attempt is as dear as the one before, from however many addresses they come.
void TestKeys::manyFailingAddresses()
{
    FailureLimit failures;
    UtcTime now = utcFromMs(1'000'000);
    constexpr int kAddresses = 50'000;
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < kAddresses; ++i) {
        failures.addFailure(QString::number(i), now);
    }
    QVERIFY2(timer.elapsed() < 5'000, qPrintable(QString::number(timer.elapsed())));
    now += FailureLimit::kWindow;
    failures.addFailure(text("late"), now);
    QVERIFY(!failures.waitFor(text("0"), now).has_value());
}

QTEST_GUILESS_MAIN(TestKeys)
#include "test_keys.moc"
