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
    void organization();
    void user();
    void whatIsStoredIsNotAddedUp();
    void nativeVersionsByPlatform();
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

void TestStatistics::organization()
{
    ManagementFixture server;
    server.makeApp();
    const QString other = server.makeApp("com.example.other").value(QLatin1String("id")).toString();
    server.makeBundle("1.0.0");
    server.makeBundle("1.0.0", "com.example.other");
    report(server, 1, "ios", "com.example.app");
    report(server, 2, "ios", "com.example.app");
    report(server, 3, "ios", "com.example.other");
    const QByteArray target =
        "/statistics/org/" + server.organization().toLatin1() + span(server, 2) + "&noAccumulate=";
    const QJsonArray each = ManagementFixture::rows(server.call("GET", target + "true"));
    QCOMPARE(each.size(), 2);
    QCOMPARE(each.at(0)[QLatin1String("mau")].toInt(), 3);
    QCOMPARE(each.at(0)[QLatin1String("get")].toInt(), 3);
    QCOMPARE(each.at(1)[QLatin1String("mau")].toInt(), 0);
    const QJsonArray sums = ManagementFixture::rows(server.call("GET", target + "false"));
    QCOMPARE(sums.at(1)[QLatin1String("mau")].toInt(), 3);
    const QJsonObject apart = server.call("GET", target + "true&breakdown=true").json();
    QCOMPARE(apart.value(QLatin1String("global")).toArray(), each);
    QHash<QString, int> first;
    for (const QJsonValue &entry : apart.value(QLatin1String("byApp")).toArray()) {
        first[entry[QLatin1String("app_id")].toString()] += entry[QLatin1String("mau")].toInt();
    }
    QCOMPARE(first, (QHash<QString, int>{{text("com.example.app"), 2}, {text("com.example.other"), 1}}));
    // By name only what the key may read.
    const QByteArray member = server.makeKey("org_member", "org");
    const QJsonObject seen = server.call("GET", target + "true&breakdown=true", QByteArray(), member).json();
    QCOMPARE(seen.value(QLatin1String("global")).toArray(), each);
    QVERIFY(seen.value(QLatin1String("byApp")).toArray().isEmpty());
    const QByteArray narrow = server.makeKey("app_admin", "app", other);
    const RawAnswer denied = server.call("GET", target + "true", QByteArray(), narrow);
    QCOMPARE(denied.status, 401);
    QCOMPARE(denied.error(), text("no_access_to_organization"));
    QCOMPARE(server.call("GET", "/statistics/org/none" + span(server, 1)).error(),
             text("no_access_to_organization"));
    QCOMPARE(server.call("GET", "/statistics/org/" + server.organization().toLatin1()).error(),
             text("invalid_body"));
}

void TestStatistics::user()
{
    ManagementFixture server;
    server.makeApp();
    const QString other = server.makeApp("com.example.other").value(QLatin1String("id")).toString();
    report(server, 1, "ios", "com.example.app");
    report(server, 2, "ios", "com.example.other");
    const QByteArray target = "/statistics/user" + span(server, 1);
    QCOMPARE(ManagementFixture::rows(server.call("GET", target)).first()[QLatin1String("mau")].toInt(), 2);
    const QByteArray narrow = server.makeKey("app_reader", "app", other);
    QCOMPARE(ManagementFixture::rows(server.call("GET", target, QByteArray(), narrow))
                 .first()[QLatin1String("mau")]
                 .toInt(),
             1);
    QCOMPARE(server.call("GET", target, QByteArray(), "X-No-Key: 1\r\n").status, 401);
}

void TestStatistics::whatIsStoredIsNotAddedUp()
{
    ManagementFixture server;
    server.makeApp();
    const QByteArray days = span(server, 4);
    const auto store = [&](const char *name, int size) {
        const QString path =
            QStringLiteral("orgs/%1/apps/com.example.app/%2.zip").arg(server.organization(), text(name));
        QVERIFY(server.store().putBlob(path, QByteArray(size, 'x')).has_value());
        QCOMPARE(server
                     .call("POST", "/rest/v1/app_versions",
                           QJsonObject{{text("app_id"), text("com.example.app")},
                                       {text("name"), text(name)},
                                       {text("storage_provider"), text("r2")}})
                     .status,
                 201);
    };
    store("1.0.0", 100);
    server.clock.advance(std::chrono::hours(24));
    store("1.1.0", 50);
    server.clock.advance(std::chrono::hours(24));
    QCOMPARE(
        server
            .call("DELETE", "/bundle",
                  QJsonObject{{text("app_id"), text("com.example.app")}, {text("version"), text("1.0.0")}})
            .status,
        200);
    for (const char *way : {"true", "false"}) {
        QVector<int> stored;
        for (const QJsonValue &day : ManagementFixture::rows(
                 server.call("GET", "/statistics/app/com.example.app" + days + "&noAccumulate=" + way))) {
            stored.append(day[QLatin1String("storage")].toInt());
        }
        QCOMPARE(stored, (QVector<int>{100, 150, 50, 50}));
    }
}

void TestStatistics::nativeVersionsByPlatform()
{
    ManagementFixture server;
    server.makeApp();
    report(server, 1, "ios", "com.example.app");
    report(server, 2, "ios", "com.example.app");
    report(server, 3, "android", "com.example.app");
    const QJsonObject usage =
        server.call("GET", "/statistics/app/com.example.app/native_usage" + span(server, 1)).json();
    QStringList labels;
    for (const QJsonValue &line : usage.value(QLatin1String("datasets")).toArray()) {
        labels.append(line[QLatin1String("label")].toString());
    }
    QCOMPARE(labels, (QStringList{text("Android 1.2.0"), text("iOS 1.2.0")}));
    QCOMPARE(usage.value(QLatin1String("latestVersion"))[QLatin1String("name")].toString(),
             text("iOS 1.2.0"));
    QCOMPARE(usage.value(QLatin1String("latestVersion"))[QLatin1String("percentage")].toString(),
             text("66.7"));
}

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
