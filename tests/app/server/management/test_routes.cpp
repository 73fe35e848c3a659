// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "managementfixture.h"

#include "wire/approw.h"
#include "wire/bundlerow.h"
#include "wire/channelrow.h"

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

class TestRoutes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void discoveryNeedsNoKey();
    void leftOutRoutesAnswer_data();
    void leftOutRoutesAnswer();
    void everyRouteNeedsAKey();
    void functionsPrefix();
    void badBodies();
    void apps();
    void appErrors_data();
    void appErrors();
    void bundles();
    void bundleErrors_data();
    void bundleErrors();
    void linkedBundlesStay();
    void channelShape();
    void channelFieldsBothWays();
    void channelRollout();
    void channelErrors_data();
    void channelErrors();
    void publicChannelsDoNotOverlap();
    void deviceOverrides();
    void devicesAndLog();
    void logExportIsSafe();
    void statistics();
    void apiKeys();
    void apiKeyErrors();
    void organizationAndAudit();
};

void TestRoutes::discoveryNeedsNoKey()
{
    ManagementFixture server;
    const RawAnswer config = server.call("GET", "/private/config", QByteArray(), "X-No-Key: 1\r\n");
    QCOMPARE(config.status, 200);
    QCOMPARE(config.json().value(QLatin1String("supaHost")).toString(), server.url());
    QVERIFY(!config.json().value(QLatin1String("supaKey")).toString().isEmpty());
    const RawAnswer files = server.call("GET", "/files/config", QByteArray(), "X-No-Key: 1\r\n");
    QCOMPARE(files.json().value(QLatin1String("maxUploadLength")).toInt(), 1'000'000);
    QVERIFY(files.json().value(QLatin1String("TUSUploadForced")).toBool());
}

void TestRoutes::leftOutRoutesAnswer_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    for (const char *target :
         {"/webhooks", "/build/request", "/notifications", "/private/sso/check-domain",
          "/files/download_link", "/organization/members", "/app/store-metadata/x/y", "/nowhere"}) {
        QTest::newRow(target) << QByteArray("POST") << QByteArray(target);
    }
    QTest::newRow("wrong method") << QByteArray("PATCH") << QByteArray("/bundle");
    QTest::newRow("case") << QByteArray("GET") << QByteArray("/App");
}

void TestRoutes::leftOutRoutesAnswer()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    ManagementFixture server;
    const RawAnswer answer = server.call(method, target, QJsonObject());
    QCOMPARE(answer.status, 404);
    QCOMPARE(answer.error(), text("not_found"));
    QVERIFY(!answer.json().value(QLatin1String("message")).toString().isEmpty());
}

void TestRoutes::everyRouteNeedsAKey()
{
    ManagementFixture server;
    const QStringList open{text("GET /private/config"),
                           text("GET /files/config"),
                           text("POST /rest/v1/rpc/:name"),
                           text("OPTIONS /files/upload/attachments"),
                           text("OPTIONS /files/upload/attachments/:id"),
                           text("OPTIONS /functions/v1/files/upload/attachments"),
                           text("OPTIONS /functions/v1/files/upload/attachments/:id")};
    int asked = 0;
    for (const QString &route : server.router().list()) {
        if (open.contains(route)) {
            continue;
        }
        QByteArray target = route.section(QLatin1Char(' '), 1).toLatin1();
        target.replace(":app_id", "com.example.app")
            .replace(":channel", "production")
            .replace(":table", "apps");
        target.replace(":id", "1").replace("*path", "app");
        const QByteArray method = route.section(QLatin1Char(' '), 0, 0).toLatin1();
        const RawAnswer answer = server.call(method, target, QByteArray("{}"), "X-No-Key: 1\r\n");
        // Below the prefix stands no route for every method.
        const bool isForwarded = route.endsWith(text("/functions/v1/*path"));
        QVERIFY2(answer.status == 401 || (isForwarded && answer.status == 404), qPrintable(route));
        ++asked;
    }
    QVERIFY(asked > 40);
    QCOMPARE(server.call("POST", "/rest/v1/rpc/get_orgs_v7", QByteArray("{}"), "X-No-Key: 1\r\n").status,
             401);
}

void TestRoutes::functionsPrefix()
{
    ManagementFixture server;
    server.makeApp();
    // As a client of a Supabase host sends it.
    const QByteArray headers = "Authorization: Bearer anonymous\r\ncapgkey: " + server.ownerKey + "\r\n";
    QCOMPARE(server.call("GET", "/functions/v1/app/com.example.app", QByteArray(), headers).status, 200);
    QCOMPARE(server.call("POST", "/functions/v1/channel", withApp({{text("channel"), text("beta")}}), headers)
                 .status,
             200);
    QCOMPARE(server.call("GET", "/functions/v1/app/com.example.app", QByteArray(), "X-No-Key: 1\r\n").status,
             401);
    QCOMPARE(server.call("GET", "/functions/v1/nothing", QByteArray(), headers).error(), text("not_found"));
    QCOMPARE(server.call("GET", "/functions/v1/functions/v1/app", QByteArray(), headers).error(),
             text("not_found"));
}

void TestRoutes::badBodies()
{
    ManagementFixture server;
    QCOMPARE(server.call("POST", "/bundle", QByteArray("{\"a\":")).error(), text("invalid_json_parse_body"));
    QCOMPARE(server.call("POST", "/bundle", QByteArray()).error(), text("invalid_json_parse_body"));
    QCOMPARE(server.call("POST", "/bundle", QByteArray("[1]")).error(), text("invalid_json_body"));
    QCOMPARE(server.call("POST", "/bundle", QByteArray("{}")).error(), text("missing_app_id"));
    QCOMPARE(server.call("POST", "/bundle", field("app_id", text("nodots"))).error(), text("invalid_app_id"));
    QCOMPARE(server.call("POST", "/bundle", field("app_id", 7)).error(), text("missing_app_id"));
}

void TestRoutes::apps()
{
    ManagementFixture server;
    QCOMPARE(ManagementFixture::rows(server.call("GET", "/app")).size(), 0);
    const QJsonObject made = server.makeApp();
    const auto row = wire::AppRow::fromJson(made, text("app"));
    QVERIFY2(row.has_value(), row ? "" : qPrintable(row.error().toText()));
    QCOMPARE(row->appId, kApp);
    QCOMPARE(row->defaultUploadChannel, text("dev"));
    QCOMPARE(row->retentionSeconds, 2'592'000);
    QVERIFY(!QUuid::fromString(row->id).isNull());
    QCOMPARE(ManagementFixture::rows(server.call("GET", "/app?limit=10&page=0")).size(), 1);
    QCOMPARE(ManagementFixture::rows(server.call("GET", "/app?limit=10&page=1")).size(), 0);
    QCOMPARE(server.call("GET", "/app/com.example.app").json().value(QLatin1String("name")).toString(),
             text("Example"));
    const RawAnswer changed = server.call("PUT", "/app/com.example.app",
                                          QJsonObject{{QStringLiteral("name"), text("Other")},
                                                      {QStringLiteral("retention"), 0},
                                                      {QStringLiteral("expose_metadata"), true}});
    QCOMPARE(changed.json().value(QLatin1String("name")).toString(), text("Other"));
    QCOMPARE(changed.json().value(QLatin1String("expose_metadata")).toBool(), true);
    QCOMPARE(server.call("PUT", "/app/com.example.app", field("retention", -1)).error(),
             text("retention_to_small"));
    QCOMPARE(server.call("PUT", "/app/com.example.app", field("retention", 63'113'904)).error(),
             text("retention_to_big"));
    QCOMPARE(server.call("DELETE", "/app/com.example.app").status, 200);
    QCOMPARE(server.call("GET", "/app/com.example.app").error(), text("cannot_access_app"));
}

void TestRoutes::appErrors_data()
{
    QTest::addColumn<QJsonObject>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("error");
    const QJsonValue owner = text("00000000-0000-4000-8000-000000000000");
    QTest::newRow("no id") << field("name", text("x")) << 400 << text("missing_app_id");
    QTest::newRow("bad id") << field("app_id", text("a b.c")) << 400 << text("invalid_app_id");
    QTest::newRow("no name") << field("app_id", kApp) << 400 << text("missing_name");
    QTest::newRow("no owner") << withApp(field("name", text("x"))) << 400 << text("missing_owner_org");
    QTest::newRow("foreign owner") << withApp({{text("name"), text("x")}, {text("owner_org"), owner}}) << 403
                                   << text("cannot_access_organization");
}

void TestRoutes::appErrors()
{
    QFETCH(QJsonObject, body);
    QFETCH(int, status);
    QFETCH(QString, error);
    ManagementFixture server;
    const RawAnswer answer = server.call("POST", "/app", body);
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.error(), error);
    server.makeApp();
    const RawAnswer twice = server.call(
        "POST", "/app", withApp({{text("name"), text("x")}, {text("owner_org"), server.organization()}}));
    QCOMPARE(twice.status, 409);
    QCOMPARE(twice.error(), text("app_id_already_exists"));
}

void TestRoutes::bundles()
{
    ManagementFixture server;
    server.makeApp();
    QCOMPARE(server.call("GET", "/bundle?app_id=com.example.app").error(), text("cannot_get_bundle"));
    const qint64 first = server.makeBundle("1.0.0");
    server.clock.advance(std::chrono::seconds(1));
    const qint64 second = server.makeBundle("1.1.0");
    QVERIFY(first > 0 && second > first);
    const QJsonArray rows = ManagementFixture::rows(server.call("GET", "/bundle?app_id=com.example.app"));
    QCOMPARE(rows.size(), 2);
    const auto newest = wire::BundleRow::fromJson(rows.first().toObject(), text("bundle"));
    QVERIFY(newest.has_value());
    QCOMPARE(newest->name, text("1.1.0"));
    QVERIFY(newest->isReady());
    QCOMPARE(ManagementFixture::rows(server.call("GET", "/bundle?app_id=com.example.app&page=0")).size(), 2);

    QCOMPARE(server
                 .call("POST", "/bundle/metadata",
                       withApp({{text("version_id"), first}, {text("comment"), text("Fix")}}))
                 .status,
             200);
    QCOMPARE(server.store().bundle(first)->value().comment, std::optional(text("Fix")));
    QCOMPARE(server.call("POST", "/bundle/metadata", withApp({{text("version_id"), first}})).error(),
             text("no_fields_to_update"));
    QCOMPARE(server.call("DELETE", "/bundle", withApp({{text("version"), text("1.0.0")}})).status, 200);
    QVERIFY(server.store().bundle(first)->value().deleted);
    // The name stays taken.
    QCOMPARE(server.makeBundle("1.0.0"), 0);
    QCOMPARE(server.call("DELETE", "/bundle", withApp({{text("version"), text("1.0.0")}})).error(),
             text("cannot_delete_version"));
}

void TestRoutes::bundleErrors_data()
{
    QTest::addColumn<QJsonObject>("body");
    QTest::addColumn<QString>("error");
    const QJsonObject good{{text("version"), text("1.0.0")},
                           {text("external_url"), text("https://cdn.example.com/a.zip")},
                           {text("checksum"), text("aa")}};
    const auto with = [&](const char *key, const QJsonValue &value) {
        QJsonObject body = good;
        body.insert(QString::fromLatin1(key), value);
        return withApp(body);
    };
    QTest::newRow("no version") << with("version", QJsonValue()) << text("missing_version");
    QTest::newRow("no url") << with("external_url", QString()) << text("missing_external_url");
    QTest::newRow("no checksum") << with("checksum", QString()) << text("missing_checksum");
    QTest::newRow("leading v") << with("version", text("v1.0.0")) << text("invalid_version_format");
    QTest::newRow("two parts") << with("version", text("1.0")) << text("invalid_version_format");
    QTest::newRow("builtin") << with("version", text("builtin")) << text("invalid_version_format");
    QTest::newRow("http") << with("external_url", text("http://cdn.example.com/a.zip"))
                          << text("invalid_protocol");
    QTest::newRow("other app") << with("app_id", text("com.example.other")) << text("cannot_create_bundle");
    QTest::newRow("twice") << withApp(good) << text("version_already_exists");
}

void TestRoutes::bundleErrors()
{
    QFETCH(QJsonObject, body);
    QFETCH(QString, error);
    ManagementFixture server;
    server.makeApp();
    server.makeBundle("1.0.0");
    // The helper of the row above overwrites app_id last; the row that names another app keeps it.
    if (error == text("cannot_create_bundle")) {
        body.insert(text("app_id"), text("com.example.other"));
    }
    QCOMPARE(server.call("POST", "/bundle", body).error(), error);
}

void TestRoutes::linkedBundlesStay()
{
    ManagementFixture server;
    server.makeApp();
    const qint64 bundle = server.makeBundle("1.0.0");
    const qint64 other = server.makeBundle("1.1.0");
    const qint64 channel = server.makeChannel("production", field("version", text("1.0.0")));
    QVERIFY(channel > 0);
    QCOMPARE(server.call("DELETE", "/bundle", withApp({{text("version"), text("1.0.0")}})).error(),
             text("cannot_delete_linked_version"));
    QCOMPARE(
        server.call("PUT", "/bundle", withApp({{text("version_id"), other}, {text("channel_id"), channel}}))
            .status,
        200);
    QCOMPARE(server.store().channel(channel)->value().row.version, std::optional<qint64>(other));
    // Without a version everything goes that no channel uses.
    QCOMPARE(server.call("DELETE", "/bundle", withApp({})).status, 200);
    QVERIFY(server.store().bundle(bundle)->value().deleted);
    QVERIFY(!server.store().bundle(other)->value().deleted);
    QCOMPARE(
        server.call("PUT", "/bundle", withApp({{text("version_id"), bundle}, {text("channel_id"), channel}}))
            .error(),
        text("cannot_find_version"));
    QCOMPARE(server.call("PUT", "/bundle", withApp({{text("version_id"), other}, {text("channel_id"), 999}}))
                 .error(),
             text("cannot_find_channel"));
    QCOMPARE(server.call("PUT", "/bundle", withApp({{text("version_id"), text("x")}})).error(),
             text("missing_required_fields"));
    QCOMPARE(server.call("DELETE", "/private/delete_failed_version", withApp({{text("name"), text("1.1.0")}}))
                 .error(),
             text("cannot_delete_version"));
}

void TestRoutes::channelShape()
{
    ManagementFixture server;
    server.makeApp();
    const qint64 bundle = server.makeBundle("1.0.0");
    const RawAnswer made =
        server.call("POST", "/channel",
                    withApp({{text("channel"), text("production")}, {text("version"), text("1.0.0")}}));
    QCOMPARE(made.json().value(QLatin1String("status")).toString(), text("ok"));
    QVERIFY(made.json().value(QLatin1String("id")).toInteger() > 0);
    QCOMPARE(made.json().value(QLatin1String("public")).toBool(true), false);
    const QJsonObject one = server.call("GET", "/channel?app_id=com.example.app&channel=production").json();
    const QStringList expected =
        text("id name app_id created_by created_at updated_at public allow_device_self_set "
             "allow_emulator allow_device allow_dev allow_prod disableAutoUpdateUnderNative "
             "disableAutoUpdate version rollout_version rollout_id rollout_version_info "
             "rolloutPercentageBps rolloutEnabled rolloutPausedAt rolloutPauseReason "
             "rolloutCacheTtlSeconds autoPauseEnabled autoPauseWindowMinutes "
             "autoPauseFailureRateBps autoPauseConfidence autoPauseMinAttempts "
             "autoPauseMinFailures autoPauseAction autoPauseCooldownMinutes "
             "autoPauseLastTriggeredAt autoPauseLastCheckedAt")
            .split(QLatin1Char(' '));
    QStringList keys = one.keys();
    QStringList wanted = expected;
    keys.sort();
    wanted.sort();
    QCOMPARE(keys, wanted);
    QCOMPARE(one.value(QLatin1String("version"))[QLatin1String("id")].toInteger(), bundle);
    QCOMPARE(one.value(QLatin1String("version"))[QLatin1String("name")].toString(), text("1.0.0"));
    QVERIFY(one.value(QLatin1String("rollout_version_info")).isNull());
    QVERIFY(wire::ChannelRow::fromJson(one, text("channel")).has_value());
    QCOMPARE(server.call("GET", "/channel?app_id=com.example.app&channel=none").error(),
             text("cannot_find_version"));
    QCOMPARE(ManagementFixture::rows(server.call("GET", "/channel?app_id=com.example.app")).size(), 1);
}

void TestRoutes::channelFieldsBothWays()
{
    ManagementFixture server;
    server.makeApp();
    const QJsonObject camel{{text("public"), true},
                            {text("ios"), false},
                            {text("disableAutoUpdate"), text("minor")},
                            {text("disableAutoUpdateUnderNative"), false},
                            {text("allow_device_self_set"), true},
                            {text("allow_emulator"), false},
                            {text("allow_device"), false},
                            {text("allow_dev"), false},
                            {text("allow_prod"), false},
                            {text("rolloutCacheTtlSeconds"), 3600},
                            {text("autoPauseEnabled"), true},
                            {text("autoPauseWindowMinutes"), 30},
                            {text("autoPauseFailureRateBps"), 700},
                            {text("autoPauseConfidence"), 0.99},
                            {text("autoPauseMinAttempts"), 20},
                            {text("autoPauseMinFailures"), 2},
                            {text("autoPauseAction"), text("rollback")},
                            {text("autoPauseCooldownMinutes"), 0}};
    const qint64 id = server.makeChannel("beta", camel);
    wire::ChannelRow row = server.store().channel(id)->value().row;
    QVERIFY(row.isPublic && !row.ios && row.android && !row.electron);
    QCOMPARE(row.disableAutoUpdate, text("minor"));
    QVERIFY(!row.disableAutoUpdateUnderNative && row.allowDeviceSelfSet);
    QVERIFY(!row.allowEmulator && !row.allowDevice && !row.allowDev && !row.allowProd);
    QCOMPARE(row.rolloutCacheTtlSeconds, 3600);
    QVERIFY(row.autoPauseEnabled);
    QCOMPARE(row.autoPauseWindowMinutes, 30);
    QCOMPARE(row.autoPauseFailureRateBps, std::optional<qint64>(700));
    QCOMPARE(row.autoPauseConfidence, 0.99);
    QCOMPARE(row.autoPauseMinAttempts, std::optional<qint64>(20));
    QCOMPARE(row.autoPauseMinFailures, std::optional<qint64>(2));
    QCOMPARE(row.autoPauseAction, text("rollback"));
    QCOMPARE(row.autoPauseCooldownMinutes, 0);

    // Snake case, too; camel wins; what is left out stays.
    server.makeChannel("beta", {{text("auto_pause_window_minutes"), 45},
                                {text("auto_pause_min_attempts"), QJsonValue::Null},
                                {text("auto_pause_confidence"), 0.5},
                                {text("autoPauseConfidence"), 0.9}});
    row = server.store().channel(id)->value().row;
    QCOMPARE(row.autoPauseWindowMinutes, 45);
    QVERIFY(!row.autoPauseMinAttempts);
    QCOMPARE(row.autoPauseConfidence, 0.9);
    QCOMPARE(row.autoPauseMinFailures, std::optional<qint64>(2));
}

void TestRoutes::channelRollout()
{
    ManagementFixture server;
    server.makeApp();
    const qint64 stable = server.makeBundle("1.0.0");
    const qint64 next = server.makeBundle("1.1.0");
    const qint64 id = server.makeChannel("production", field("version", text("1.0.0")));
    const auto now = [&] { return server.store().channel(id)->value().row; };
    server.makeChannel("production", {{text("rolloutVersion"), text("1.1.0")},
                                      {text("rolloutPercentage"), 12.34},
                                      {text("rolloutEnabled"), true}});
    QCOMPARE(now().rolloutVersion, std::optional<qint64>(next));
    QCOMPARE(now().rolloutPercentage.value(), 1234);
    QCOMPARE(now().rolloutState(), wire::RolloutState::Running);
    const QString rolloutId = now().rolloutId;
    server.makeChannel("production",
                       {{text("rollout_percentage_bps"), 5000}, {text("rolloutPercentage"), 1}});
    QCOMPARE(now().rolloutPercentage.value(), 5000);
    QCOMPARE(now().rolloutId, rolloutId);
    server.makeChannel("production",
                       {{text("rolloutPaused"), true}, {text("rolloutPauseReason"), text("Crash")}});
    QCOMPARE(now().rolloutState(), wire::RolloutState::Paused);
    QCOMPARE(now().rolloutPauseReason, std::optional(text("Crash")));
    server.makeChannel("production", field("rolloutPaused", false));
    QCOMPARE(now().rolloutState(), wire::RolloutState::Running);
    QVERIFY(!now().rolloutPauseReason);
    server.makeChannel("production", field("rollback", true));
    QCOMPARE(now().rolloutState(), wire::RolloutState::None);
    QCOMPARE(now().version, std::optional<qint64>(stable));
    QVERIFY(!now().rolloutEnabled);
    server.makeChannel("production", {{text("rolloutVersion"), next},
                                      {text("rolloutPercentageBps"), 100},
                                      {text("rolloutEnabled"), true}});
    QVERIFY(now().rolloutId != rolloutId);
    server.makeChannel("production", field("promote_to_stable", true));
    QCOMPARE(now().version, std::optional<qint64>(next));
    QCOMPARE(now().rolloutState(), wire::RolloutState::None);
    // null and builtin both mean: no bundle.
    server.makeChannel("production", field("version", QJsonValue::Null));
    QVERIFY(!now().version);
    QCOMPARE(server.call("DELETE", "/channel", withApp({{text("channel"), text("production")}})).status, 200);
    QVERIFY(!server.store().channel(id)->has_value());
}

void TestRoutes::channelErrors_data()
{
    QTest::addColumn<QJsonObject>("body");
    QTest::addColumn<QString>("error");
    const auto row = [](const char *name, const QJsonObject &fields, const char *error,
                        const char *channel = "production") {
        QJsonObject body = withApp(fields);
        body.insert(text("channel"), text(channel));
        QTest::newRow(name) << body << text(error);
    };
    row("percentage", field("rolloutPercentage", 101), "invalid_rollout_percentage");
    row("percentage text", field("rolloutPercentage", text("many")), "invalid_rollout_percentage");
    row("bps", field("rolloutPercentageBps", 10'001), "invalid_rollout_config");
    row("bps fraction", field("rolloutPercentageBps", 1.5), "invalid_rollout_config");
    row("ttl", field("rolloutCacheTtlSeconds", 59), "invalid_rollout_config");
    row("window", field("autoPauseWindowMinutes", 0), "invalid_rollout_config");
    row("cooldown", field("auto_pause_cooldown_minutes", 10'081), "invalid_rollout_config");
    row("confidence", field("autoPauseConfidence", 1), "invalid_auto_pause_confidence");
    row("action", field("autoPauseAction", text("explode")), "invalid_auto_pause_action");
    row("policy", field("disableAutoUpdate", text("never")), "invalid_channel_field");
    row("boolean", field("public", text("yes")), "invalid_channel_field");
    row("no such bundle", field("version", text("9.9.9")), "cannot_find_version");
    row("no such target", field("rolloutVersion", text("9.9.9")), "cannot_find_version");
    row("no stable", field("rolloutVersion", text("1.0.0")), "missing_stable_version");
    row("nothing to promote", field("promoteToStable", true), "missing_rollout_version");
    row("target on a new channel", field("rolloutVersion", text("1.0.0")), "cannot_find_channel", "fresh");
    row("bundle on a new channel", field("version", text("9.9.9")), "cannot_find_version", "fresh");
    row("no name", {}, "missing_channel_name", "");
}

void TestRoutes::channelErrors()
{
    QFETCH(QJsonObject, body);
    QFETCH(QString, error);
    ManagementFixture server;
    server.makeApp();
    server.makeBundle("1.0.0");
    server.makeChannel("production");
    const RawAnswer answer = server.call("POST", "/channel", body);
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.error(), error);
    QCOMPARE(server.call("DELETE", "/channel", withApp({{text("channel"), text("none")}})).error(),
             text("cannot_find_channel"));
    QCOMPARE(server.call("DELETE", "/channel", withApp({})).error(), text("missing_channel_name"));
}

void TestRoutes::publicChannelsDoNotOverlap()
{
    ManagementFixture server;
    server.makeApp();
    const qint64 first = server.makeChannel("first", field("public", true));
    const qint64 second = server.makeChannel("second", field("public", true));
    QVERIFY(!server.store().channel(first)->value().row.isPublic);
    QVERIFY(server.store().channel(second)->value().row.isPublic);
}

void TestRoutes::deviceOverrides()
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

void TestRoutes::devicesAndLog()
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

void TestRoutes::logExportIsSafe()
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

void TestRoutes::statistics()
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

void TestRoutes::apiKeys()
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

void TestRoutes::apiKeyErrors()
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

void TestRoutes::organizationAndAudit()
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

QTEST_GUILESS_MAIN(TestRoutes)
#include "test_routes.moc"
