// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "managementfixture.h"

using namespace gatehouse;
using namespace gatehouse::server;

/// Numbers of apps and of the organization, and series. @source spec: management-api, section 2.5;
/// gatehouse-v1, section 6
class TestStatistics : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void seriesByPluginAndSystem();
    void seriesHasAnEnd();

private:
    /// A device that was offered 1.0.0 and runs it.
    static void report(ManagementFixture &server, int number, const char *platform, const char *app,
                       const char *os = "17.4", const char *plugin = "8.51.14")
    {
        DeviceEvent event;
        event.device.appId = text(app);
        event.device.deviceId =
            QStringLiteral("44f128a5-ac7a-4c9a-be4c-%1").arg(number, 12, 10, QLatin1Char('0'));
        event.device.platform = text(platform);
        event.device.versionBuild = text("1.2.0");
        event.device.versionOs = text(os);
        event.device.pluginVersion = text(plugin);
        event.action = text("get");
        event.versionName = text("1.0.0");
        event.bundle = text("1.0.0");
        event.count = wire::ActionCount::Get;
        event.runningVersion = event.bundle;
        event.runningBundle = event.bundle;
        QVERIFY(server.store().recordEvents(event.device.appId, {event}).has_value());
    }
    static QByteArray span(const ManagementFixture &server, int days)
    {
        const auto day = [&](int i) {
            return toIso(server.clock.now() + std::chrono::hours(24 * i)).left(10).toLatin1();
        };
        return "?from=" + day(0) + "&to=" + day(days);
    }
};

void TestStatistics::seriesByPluginAndSystem()
{
    ManagementFixture server;
    server.makeApp();
    report(server, 1, "ios", "com.example.app", "17.4", "8.51.14");
    report(server, 2, "android", "com.example.app", "14", "8.51.14");
    report(server, 3, "android", "com.example.app", "14", "7.0.0");
    const auto labels = [&](const char *by) {
        const RawAnswer answer = server.call(
            "GET", "/gatehouse/v1/apps/com.example.app/series?metric=active_devices&step=1m&from=" +
                       toIso(server.clock.now()).toLatin1() +
                       "&to=" + toIso(server.clock.now() + std::chrono::minutes(1)).toLatin1() + "&by=" + by);
        QHash<QString, int> found;
        for (const QJsonValue &line : answer.json().value(QLatin1String("lines")).toArray()) {
            found.insert(line[QLatin1String("label")].toString(),
                         line[QLatin1String("values")].toArray().first().toInt());
        }
        return found;
    };
    QCOMPARE(labels("plugin_version"), (QHash<QString, int>{{text("8.51.14"), 2}, {text("7.0.0"), 1}}));
    QCOMPARE(labels("os"), (QHash<QString, int>{{text("iOS 17.4"), 1}, {text("Android 14"), 2}}));
    QVERIFY(labels("colour").isEmpty());
}

/// More buckets than the store gives are a wrong question, not a failure of the server.
void TestStatistics::seriesHasAnEnd()
{
    ManagementFixture server;
    server.makeApp();
    const auto ask = [&](int minutes) {
        return server.call("GET", "/gatehouse/v1/apps/com.example.app/series?step=1m&from=" +
                                      toIso(server.clock.now() - std::chrono::minutes(minutes)).toLatin1() +
                                      "&to=" + toIso(server.clock.now()).toLatin1());
    };
    QCOMPARE(ask(5000).status, 200);
    const RawAnswer refused = ask(5001);
    QCOMPARE(refused.status, 400);
    QCOMPARE(refused.error(), text("invalid_series"));
}

QTEST_GUILESS_MAIN(TestStatistics)
#include "test_statistics.moc"
