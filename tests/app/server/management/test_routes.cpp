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

QTEST_GUILESS_MAIN(TestRoutes)
#include "test_routes.moc"
