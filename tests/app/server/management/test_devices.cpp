// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "managementfixture.h"

#include <QUuid>

using namespace gatehouse;
using namespace gatehouse::server;

namespace {

const QString kApp = QStringLiteral("com.example.app");

QJsonObject withApp(QJsonObject body)
{
    body.insert(QStringLiteral("app_id"), kApp);
    return body;
}

QJsonObject field(const char *name, const QJsonValue &value)
{
    return {{QString::fromLatin1(name), value}};
}

} // namespace

class TestRoutesOfDevices : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void deviceOverrides();
    void devicesAndLog();
    void idsInAnyCase();
    void logExportIsSafe();
    void statistics();
    void apiKeys();
    void apiKeyErrors();
    void organizationAndAudit();
};

void TestRoutesOfDevices::deviceOverrides()
{
    ManagementFixture server;
    server.makeApp();
    const QString device = text("44f128a5-ac7a-4c9a-be4c-224b6bf81b20");
    const qint64 closed = server.makeChannel("beta");
    server.makeChannel("open", field("public", true));
    const auto set = [&](const char *channel) {
        return server.call(
            "POST", "/device",
            withApp({{text("device_id"), device.toUpper()}, {text("channel"), text(channel)}}));
    };
    QCOMPARE(set("beta").status, 200);
    QCOMPARE(server.store().overrideOf(kApp, device).value(), std::optional<qint64>(closed));
    QCOMPARE(set("open").error(), text("public_channel_override"));
    QCOMPARE(set("none").status, 404);
    QCOMPARE(set("none").error(), text("channel_not_found"));
    QCOMPARE(server.call("POST", "/device", withApp({{text("device_id"), device}, {text("version_id"), 4}}))
                 .error(),
             text("invalid_version_id"));
    QCOMPARE(server.call("POST", "/device", withApp({{text("channel"), text("beta")}})).error(),
             text("missing_device_id_or_app_id"));
    QCOMPARE(server.call("DELETE", "/device", withApp({{text("device_id"), device}})).status, 200);
    QVERIFY(!server.store().overrideOf(kApp, device)->has_value());
    QCOMPARE(server
                 .call("POST", "/private/channel_device",
                       withApp({{text("device_id"), device}, {text("channel_id"), closed}}))
                 .status,
             200);
    QCOMPARE(server
                 .call("POST", "/private/channel_device",
                       withApp({{text("device_id"), device}, {text("channel_id"), 999}}))
                 .error(),
             text("channel_not_found"));
    QCOMPARE(
        server.call("POST", "/private/channel_device", withApp({{text("device_id"), text("x")}})).error(),
        text("invalid_body"));
}

namespace {

/// What a device did, straight into the store.
void report(ManagementFixture &server, const char *device, const char *action, const char *bundle,
            std::optional<qint64> channelId = std::nullopt)
{
    DeviceEvent event;
    event.device.appId = kApp;
    event.device.deviceId = text(device);
    event.device.platform = text("ios");
    event.device.versionBuild = text("1.0.0");
    event.device.versionName = text(bundle);
    event.device.pluginVersion = text("8.0.0");
    event.action = text(action);
    event.versionName = text(bundle);
    event.bundle = text(bundle);
    event.channelId = channelId;
    event.runningVersion = text(bundle);
    event.runningBundle = text(bundle);
    event.count = wire::countOf(event.action);
    event.outcome = event.count;
    event.failure = wire::failureClassOf(event.action);
    QVERIFY(server.store().recordEvents(kApp, {event}).has_value());
}

} // namespace

void TestRoutesOfDevices::devicesAndLog()
{
    ManagementFixture server;
    server.makeApp();
    server.makeBundle("1.0.0");
    const char *first = "00000000-0000-4000-8000-000000000001";
    const char *second = "00000000-0000-4000-8000-000000000002";
    report(server, first, "set", "1.0.0");
    server.clock.advance(std::chrono::seconds(5));
    report(server, second, "update_fail", "1.0.0");

    const RawAnswer list = server.call("GET", "/device?app_id=com.example.app&limit=1");
    QCOMPARE(list.json().value(QLatin1String("data")).toArray().size(), 1);
    QVERIFY(list.json().value(QLatin1String("hasMore")).toBool());
    const QByteArray cursor =
        QUrl::toPercentEncoding(list.json().value(QLatin1String("nextCursor")).toString());
    const RawAnswer rest = server.call("GET", "/device?app_id=com.example.app&limit=5&cursor=" + cursor);
    QCOMPARE(rest.json().value(QLatin1String("data")).toArray().size(), 1);
    QVERIFY(!rest.json().value(QLatin1String("hasMore")).toBool());
    QCOMPARE(server.call("GET", QByteArray("/device?app_id=com.example.app&device_id=") + first)
                 .json()
                 .value(QLatin1String("version_name"))
                 .toString(),
             text("1.0.0"));
    QCOMPARE(
        server.call("GET", "/device?app_id=com.example.app&device_id=0b8e0000-0000-4000-8000-000000000000")
            .error(),
        text("device_not_found"));
    QCOMPARE(server.call("GET", "/device?app_id=com.example.app&limit=0").error(), text("invalid_limit"));
    QCOMPARE(server.call("GET", "/device?app_id=com.example.app&order=up").error(), text("invalid_order"));
    QCOMPARE(server.call("GET", "/device?app_id=com.example.app&updated_at=yesterday").error(),
             text("invalid_updated_at"));

    QCOMPARE(
        server.call("POST", "/private/devices", QJsonObject{{text("appId"), kApp}, {text("count"), true}})
            .json()
            .value(QLatin1String("count"))
            .toInt(),
        2);
    QCOMPARE(server.call("POST", "/private/devices", QJsonObject{{text("appId"), text("x")}}).error(),
             text("invalid_body"));
    const RawAnswer some =
        server.call("POST", "/private/devices",
                    QJsonObject{{text("appId"), kApp}, {text("devicesId"), QJsonArray{text(first)}}});
    QCOMPARE(some.json().value(QLatin1String("data")).toArray().size(), 1);

    const QJsonArray log =
        ManagementFixture::rows(server.call("POST", "/private/stats", QJsonObject{{text("appId"), kApp}}));
    QCOMPARE(log.size(), 2);
    QCOMPARE(log.first()[QLatin1String("action")].toString(), text("update_fail"));
    const QJsonArray failed = ManagementFixture::rows(
        server.call("POST", "/private/stats",
                    QJsonObject{{text("appId"), kApp}, {text("actions"), QJsonArray{text("set")}}}));
    QCOMPARE(failed.size(), 1);
    QCOMPARE(
        server.call("POST", "/private/stats", QJsonObject{{text("appId"), kApp}, {text("limit"), 50'001}})
            .error(),
        text("invalid_body"));
    QCOMPARE(server
                 .call("POST", "/private/stats",
                       QJsonObject{{text("appId"), kApp}, {text("rangeStart"), text("x")}})
                 .error(),
             text("invalid_body"));
}

/// Ids come in any case, and are stored in one.
void TestRoutesOfDevices::idsInAnyCase()
{
    ManagementFixture server;
    server.makeApp();
    const QString id = text("44f128a5-ac7a-4c9a-be4c-224b6bf81b20");
    report(server, "44f128a5-ac7a-4c9a-be4c-224b6bf81b20", "set", "1.0.0");
    const QJsonObject body{{text("appId"), kApp}, {text("devicesId"), QJsonArray{id.toUpper()}}};
    QCOMPARE(ManagementFixture::rows(server.call("POST", "/private/stats", body)).size(), 1);
    QCOMPARE(
        server.call("POST", "/private/devices", body).json().value(QLatin1String("data")).toArray().size(),
        1);
}

void TestRoutesOfDevices::logExportIsSafe()
{
    ManagementFixture server;
    server.makeApp();
    report(server, "00000000-0000-4000-8000-000000000001", "set", "=cmd(\"x\")");
    const RawAnswer csv = server.call("POST", "/private/stats/export",
                                      QJsonObject{{text("appId"), kApp}, {text("format"), text("csv")}});
    QCOMPARE(csv.json().value(QLatin1String("rowCount")).toInt(), 1);
    QVERIFY(csv.json().value(QLatin1String("csv")).toString().contains(text("\"'=cmd(\"\"x\"\")\"")));
    QCOMPARE(server.call("POST", "/private/stats/export", QJsonObject{{text("appId"), kApp}}).error(),
             text("invalid_body"));
}

void TestRoutesOfDevices::statistics()
{
    ManagementFixture server;
    server.makeApp();
    server.makeBundle("1.0.0");
    report(server, "00000000-0000-4000-8000-000000000001", "set", "1.0.0");
    const QByteArray day = toIso(server.clock.now()).left(10).toLatin1();
    const QByteArray next = toIso(server.clock.now() + std::chrono::hours(24)).left(10).toLatin1();
    const QByteArray span = "?from=" + day + "&to=" + next;
    const QJsonArray days =
        ManagementFixture::rows(server.call("GET", "/statistics/app/com.example.app" + span));
    QCOMPARE(days.size(), 1);
    QVERIFY(days.first()[QLatin1String("date")].toString().startsWith(QString::fromLatin1(day)));
    QVERIFY(days.first()[QLatin1String("mau")].isDouble());
    const QJsonObject usage =
        server.call("GET", "/statistics/app/com.example.app/bundle_usage" + span).json();
    QCOMPARE(usage.value(QLatin1String("labels")).toArray().size(), 1);
    const QJsonArray datasets = usage.value(QLatin1String("datasets")).toArray();
    QCOMPARE(datasets.size(), 1);
    QCOMPARE(datasets.first()[QLatin1String("label")].toString(), text("1.0.0"));
    QCOMPARE(datasets.first()[QLatin1String("metaCounts")].toArray().first().toInt(), 1);
    QCOMPARE(datasets.first()[QLatin1String("data")].toArray().first().toDouble(), 100.0);
    QVERIFY(server.call("GET", "/statistics/app/com.example.app/native_usage" + span)
                .json()
                .contains(QLatin1String("latestVersion")));
    QCOMPARE(server.call("GET", "/statistics/app/com.example.app").error(), text("invalid_body"));
    QCOMPARE(server.call("GET", "/statistics/app/com.example.app?from=2026-02-02&to=2026-01-01").error(),
             text("invalid_body"));
    QCOMPARE(server.call("GET", "/statistics/app/com.example.none" + span).error(), text("no_access_to_app"));
}

void TestRoutesOfDevices::apiKeys()
{
    ManagementFixture server;
    const QJsonObject binding{{text("role_name"), text("org_admin")},
                              {text("scope_type"), text("org")},
                              {text("org_id"), server.organization()}};
    const RawAnswer made = server.call(
        "POST", "/apikey", QJsonObject{{text("name"), text("CI")}, {text("bindings"), QJsonArray{binding}}});
    QCOMPARE(made.status, 200);
    const QString key = made.json().value(QLatin1String("key")).toString();
    const QByteArray id = QByteArray::number(made.json().value(QLatin1String("id")).toInteger());
    QVERIFY(!QUuid::fromString(key).isNull());
    QVERIFY(made.json().value(QLatin1String("is_hashed_key")).toBool());
    QCOMPARE(made.headers.value("cache-control"), QByteArray("no-store"));
    // Shown once, never again.
    QVERIFY(!server.call("GET", "/apikey").body.contains(key.toLatin1()));
    QVERIFY(!server.call("GET", "/apikey/" + id).json().contains(QLatin1String("key")));
    const QByteArray header = "capgkey: " + key.toLatin1() + "\r\n";
    QCOMPARE(server.call("GET", "/app", QByteArray(), header).status, 200);
    QCOMPARE(server.call("DELETE", "/apikey/" + id, QByteArray(), header).error(),
             text("cannot_delete_apikey"));
    const RawAnswer again = server.call("PUT", "/apikey/" + id, field("regenerate", true));
    const QString newKey = again.json().value(QLatin1String("key")).toString();
    QVERIFY(!newKey.isEmpty() && newKey != key);
    QCOMPARE(server.call("GET", "/app", QByteArray(), header).error(), text("invalid_apikey"));
    QCOMPARE(server
                 .call("PUT", "/apikey",
                       QJsonObject{{text("id"), made.json().value(QLatin1String("id"))},
                                   {text("name"), text("Build")}})
                 .json()
                 .value(QLatin1String("name"))
                 .toString(),
             text("Build"));
    QCOMPARE(server.call("DELETE", "/apikey/" + id).status, 200);
    QCOMPARE(server.call("GET", "/apikey/" + id).status, 404);
    QCOMPARE(server.call("GET", "/app", QByteArray(), "capgkey: " + newKey.toLatin1() + "\r\n").error(),
             text("invalid_apikey"));
}

void TestRoutesOfDevices::apiKeyErrors()
{
    ManagementFixture server;
    const auto make = [&](const QJsonObject &body) { return server.call("POST", "/apikey", body).error(); };
    const auto binding = [&](const char *role, const char *scope) {
        return QJsonArray{QJsonObject{{text("role_name"), text(role)},
                                      {text("scope_type"), text(scope)},
                                      {text("org_id"), server.organization()}}};
    };
    QCOMPARE(make({}), text("name_is_required"));
    QCOMPARE(make({{text("name"), text("x")}}), text("bindings_required"));
    QCOMPARE(make({{text("name"), text("x")}, {text("bindings"), binding("god", "org")}}),
             text("invalid_bindings"));
    QCOMPARE(make({{text("name"), text("x")}, {text("bindings"), binding("app_admin", "org")}}),
             text("invalid_bindings"));
    QCOMPARE(make({{text("name"), text("x")}, {text("bindings"), binding("app_admin", "app")}}),
             text("invalid_bindings"));
    QCOMPARE(make({{text("name"), text("x")},
                   {text("bindings"), binding("org_admin", "org")},
                   {text("expires_at"), text("soon")}}),
             text("invalid_expiration_date"));
    // Whoever manages keys cannot take over a stronger one by making it anew.
    const RawAnswer strong = server.call(
        "POST", "/apikey",
        QJsonObject{{text("name"), text("root")}, {text("bindings"), binding("org_super_admin", "org")}});
    const QByteArray id = QByteArray::number(strong.json().value(QLatin1String("id")).toInteger());
    const QByteArray manager = server.makeKey("apikey_manager", "org");
    QCOMPARE(server.call("PUT", "/apikey/" + id, field("regenerate", true), manager).error(),
             text("forbidden_binding"));
    QCOMPARE(server.call("DELETE", "/apikey/" + id, QByteArray(), manager).error(),
             text("forbidden_binding"));
}

void TestRoutesOfDevices::organizationAndAudit()
{
    ManagementFixture server;
    const QJsonArray list = ManagementFixture::rows(server.call("GET", "/organization"));
    QCOMPARE(list.size(), 1);
    const QString id = list.first()[QLatin1String("id")].toString();
    QCOMPARE(id, server.organization());
    QCOMPARE(server.call("GET", "/organization?page=1").error(), text("invalid_body"));
    QCOMPARE(server.call("GET", "/organization?orgId=x").error(), text("cannot_access_organization"));
    QCOMPARE(
        server.call("PUT", "/organization", QJsonObject{{text("orgId"), id}, {text("name"), text("Acme")}})
            .json()
            .value(QLatin1String("data"))[QLatin1String("name")]
            .toString(),
        text("Acme"));
    server.makeApp();
    server.makeBundle("1.0.0");
    server.makeChannel("production", field("version", text("1.0.0")));
    const RawAnswer audit =
        server.call("GET", "/organization/audit?tableName=channels&orgId=" + id.toLatin1());
    QCOMPARE(audit.json().value(QLatin1String("total")).toInt(), 1);
    const QJsonObject entry = audit.json().value(QLatin1String("data")).toArray().first().toObject();
    QCOMPARE(entry.value(QLatin1String("operation")).toString(), text("INSERT"));
    QCOMPARE(entry.value(QLatin1String("table_name")).toString(), text("channels"));
    QVERIFY(entry.value(QLatin1String("old_record")).isNull());
    const RawAnswer all = server.call("GET", "/organization/audit?orgId=" + id.toLatin1());
    QVERIFY(all.json().value(QLatin1String("total")).toInt() >= 3);
    QCOMPARE(server.call("GET", "/organization/audit?orgId=x").error(), text("invalid_org_id"));
}

QTEST_GUILESS_MAIN(TestRoutesOfDevices)
#include "test_devices.moc"
