// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "managementfixture.h"

#include "server/management/authentication.h"
#include "server/management/permissions.h"

using namespace gatehouse;
using namespace gatehouse::server;
using namespace std::chrono_literals;

namespace {

QJsonArray bound(const char *role, const char *scope, const char *app = "", const QJsonValue &channel = {})
{
    return {QJsonObject{{QStringLiteral("role_name"), text(role)},
                        {QStringLiteral("scope_type"), text(scope)},
                        {QStringLiteral("app_id"), text(app)},
                        {QStringLiteral("channel_id"), channel}}};
}

} // namespace

class TestPermissions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void matrix_data();
    void matrix();
    void scopes();
    void unknownRolesHoldNothing();
    void whereTheKeyIs_data();
    void whereTheKeyIs();
    void wrongKeysAreCounted();
    void theLimitEnds();
    void keysExpire();
    void subkeysAreRefused();
    void narrowKeysAreKeptNarrow();
};

/// @source spec: management-api, section 4.3
void TestPermissions::matrix_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<QString>("permission");
    QTest::addColumn<bool>("holds");
    const auto row = [](const char *role, const char *permission, bool holds) {
        QTest::addRow("%s %s", role, permission) << text(role) << text(permission) << holds;
    };
    row("org_super_admin", "app.delete", true);
    row("org_admin", "app.delete", false);
    row("org_admin", "bundle.delete", false);
    row("app_admin", "bundle.delete", true);
    row("org_admin", "org.manage_apikeys", true);
    row("apikey_manager", "org.manage_apikeys", true);
    row("org_member", "org.manage_apikeys", false);
    row("org_member", "org.create_app", true);
    row("org_member", "app.read", false);
    row("app_developer", "channel.update_settings", false);
    row("app_developer", "channel.promote_bundle", true);
    row("app_uploader", "channel.promote_bundle", true);
    row("app_uploader", "app.create_channel", false);
    row("app_reader", "channel.promote_bundle", false);
    row("app_reader", "app.read_logs", true);
    row("app_preview", "app.read_channels", false);
    row("app_preview", "app.create_channel", true);
    row("app_notifications", "app.manage_notifications", true);
    row("app_notifications", "app.read", false);
    row("channel_uploader", "channel.promote_bundle", true);
    row("channel_uploader", "channel.rollback_bundle", false);
    row("channel_developer", "channel.rollback_bundle", true);
    row("channel_reader", "channel.read", true);
    row("channel_admin", "channel.update_settings", true);
    row("apikey_org_reader", "org.read", true);
    row("apikey_org_reader", "org.read_members", false);
}

void TestPermissions::matrix()
{
    QFETCH(QString, role);
    QFETCH(QString, permission);
    QFETCH(bool, holds);
    QCOMPARE(roleHolds(role, permission), holds);
}

void TestPermissions::scopes()
{
    const Scope channel{text("uuid-1"), 7, text("rbac-7")};
    const Scope otherChannel{text("uuid-1"), 8, text("rbac-8")};
    const Scope otherApp{text("uuid-2"), 7, text("rbac-7")};
    const QString promote = text("channel.promote_bundle");
    QVERIFY(bindingsAllow(bound("org_super_admin", "org"), promote, otherApp));
    QVERIFY(bindingsAllow(bound("app_admin", "app", "uuid-1"), promote, channel));
    QVERIFY(!bindingsAllow(bound("app_admin", "app", "uuid-1"), promote, otherApp));
    QVERIFY(!bindingsAllow(bound("app_admin", "app", "uuid-1"), promote, {}));
    QVERIFY(bindingsAllow(bound("channel_admin", "channel", "uuid-1", 7), promote, channel));
    QVERIFY(bindingsAllow(bound("channel_admin", "channel", "uuid-1", text("7")), promote, channel));
    QVERIFY(bindingsAllow(bound("channel_admin", "channel", "uuid-1", text("rbac-7")), promote, channel));
    QVERIFY(!bindingsAllow(bound("channel_admin", "channel", "uuid-1", 7), promote, otherChannel));
    QVERIFY(!bindingsAllow(bound("channel_admin", "channel", "uuid-1", 7), promote, otherApp));
    // A role counts at its own scope only.
    QVERIFY(!bindingsAllow(bound("app_admin", "org"), promote, channel));
    QVERIFY(!bindingsAllow(bound("org_super_admin", "app", "uuid-1"), promote, channel));
    QVERIFY(!bindingsAllow({}, promote, channel));
}

void TestPermissions::unknownRolesHoldNothing()
{
    for (const QString &permission : allPermissions()) {
        QVERIFY(!roleHolds(text("god"), permission));
        QVERIFY(!roleHolds(QString(), permission));
        QVERIFY(roleHolds(text("org_super_admin"), permission) || permission == text("channel.unknown"));
    }
    QVERIFY(!roleHolds(text("org_super_admin"), text("org.create")));
    QVERIFY(!roleHolds(text("org_super_admin"), QString()));
}

void TestPermissions::whereTheKeyIs_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("error");
    const QByteArray key = "11111111-2222-4333-8444-555555555555";
    const auto row = [](const char *name, const char *target, const QByteArray &headers, int status,
                        const char *error) {
        QTest::newRow(name) << QByteArray(target) << headers << status << text(error);
    };
    row("key: capgkey", "/app", "capgkey: " + key + "\r\n", 200, "");
    row("key: authorization", "/app", "Authorization: " + key + "\r\n", 200, "");
    row("key: bearer is verbatim", "/app", "Authorization: Bearer " + key + "\r\n", 401, "invalid_apikey");
    row("key: capgkey wins", "/app", "capgkey: " + key + "\r\nAuthorization: Bearer anon\r\n", 200, "");
    row("key: no x-api-key", "/app", "x-api-key: " + key + "\r\n", 401, "no_key_provided");
    row("key: none", "/app", "X-No-Key: 1\r\n", 401, "no_key_provided");
    row("key: wrong", "/app", "capgkey: nonsense\r\n", 401, "invalid_apikey");
    row("auth: capgkey", "/apikey", "capgkey: " + key + "\r\n", 200, "");
    row("auth: x-api-key", "/apikey", "x-api-key: " + key + "\r\n", 200, "");
    row("auth: bare uuid", "/apikey", "Authorization: " + key + "\r\n", 200, "");
    row("auth: bearer", "/apikey", "Authorization: Bearer " + key + "\r\n", 401, "invalid_jwt");
    row("auth: bearer beats capgkey", "/apikey", "Authorization: Bearer x\r\ncapgkey: " + key + "\r\n", 401,
        "invalid_jwt");
    row("auth: none", "/apikey", "X-No-Key: 1\r\n", 401, "no_jwt_apikey_or_subkey");
    row("table: capgkey", "/rest/v1/apps", "capgkey: " + key + "\r\nAuthorization: Bearer anon\r\n", 200, "");
    row("table: authorization is the anonymous key", "/rest/v1/apps", "Authorization: " + key + "\r\n", 401,
        "no_key_provided");
    row("in the query", "/app?capgkey=11111111-2222-4333-8444-555555555555", "X-No-Key: 1\r\n", 401,
        "no_key_provided");
}

void TestPermissions::whereTheKeyIs()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, headers);
    QFETCH(int, status);
    QFETCH(QString, error);
    ManagementFixture server;
    const RawAnswer answer = server.call("GET", target, QByteArray(), headers);
    QCOMPARE(answer.status, status);
    if (!error.isEmpty()) {
        // Tables have a form of their own, with the same word.
        const QJsonObject body = answer.json();
        QCOMPARE(
            body.value(body.contains(QLatin1String("code")) ? QLatin1String("code") : QLatin1String("error"))
                .toString(),
            error);
    }
}

void TestPermissions::wrongKeysAreCounted()
{
    FailureLimit limit;
    const UtcTime now = utcFromMs(1'000'000);
    const QString address = text("192.0.2.1");
    for (int i = 0; i < FailureLimit::kMaxFailures; ++i) {
        QVERIFY(!limit.waitFor(address, now + Milliseconds(i)));
        limit.addFailure(address, now + Milliseconds(i));
    }
    QVERIFY(limit.waitFor(address, now + 1s).has_value());
    QVERIFY(!limit.waitFor(text("192.0.2.2"), now + 1s).has_value());
    // The first failure leaves the window, and one more attempt is free.
    QVERIFY(!limit.waitFor(address, now + FailureLimit::kWindow).has_value());
    // What a clock noted that was ahead counts no more when it is right again.
    QVERIFY(!limit.waitFor(address, now - 1h).has_value());
    limit.addFailure(address, now - 1h);
    QVERIFY(!limit.waitFor(address, now - 1h + 1s).has_value());
}

void TestPermissions::theLimitEnds()
{
    ManagementFixture server;
    for (int i = 0; i < FailureLimit::kMaxFailures; ++i) {
        QCOMPARE(server.call("GET", "/app", QByteArray(), "capgkey: wrong\r\n").status, 401);
    }
    const RawAnswer refused = server.call("GET", "/app", QByteArray(), "capgkey: wrong\r\n");
    QCOMPARE(refused.status, 429);
    QCOMPARE(refused.error(), text("too_many_requests"));
    QCOMPARE(refused.json().value(QLatin1String("moreInfo"))[QLatin1String("reason")].toString(),
             text("too_many_failed_auth_attempts"));
    QCOMPARE(refused.headers.value("retry-after"), QByteArray("900"));
    // On this machine another program's good key still gets through.
    QCOMPARE(server.call("GET", "/app").status, 200);
    server.clock.advance(FailureLimit::kWindow);
    QCOMPARE(server.call("GET", "/app", QByteArray(), "capgkey: wrong\r\n").status, 401);
}

void TestPermissions::keysExpire()
{
    ManagementFixture server;
    const QJsonObject binding{{QStringLiteral("role_name"), text("org_admin")},
                              {QStringLiteral("scope_type"), text("org")},
                              {QStringLiteral("org_id"), server.organization()}};
    QJsonObject body{{QStringLiteral("name"), text("CI")},
                     {QStringLiteral("bindings"), QJsonArray{binding}},
                     {QStringLiteral("expires_at"), toIso(server.clock.now() + 1h)}};
    const RawAnswer made = server.call("POST", "/apikey", body);
    QCOMPARE(made.status, 200);
    const QByteArray header =
        "capgkey: " + made.json().value(QLatin1String("key")).toString().toLatin1() + "\r\n";
    QCOMPARE(server.call("GET", "/app", QByteArray(), header).status, 200);
    server.clock.advance(1h);
    QCOMPARE(server.call("GET", "/app", QByteArray(), header).error(), text("invalid_apikey"));
    body.insert(QStringLiteral("expires_at"), toIso(server.clock.now() - 1h));
    QCOMPARE(server.call("POST", "/apikey", body).error(), text("invalid_expiration_date"));
}

void TestPermissions::subkeysAreRefused()
{
    ManagementFixture server;
    const QByteArray key = "capgkey: " + server.ownerKey + "\r\n";
    QCOMPARE(server.call("GET", "/app", QByteArray(), key + "x-limited-key-id: 4\r\n").error(),
             text("invalid_subkey"));
}

void TestPermissions::narrowKeysAreKeptNarrow()
{
    ManagementFixture server;
    const QString first = server.makeApp("com.example.first").value(QLatin1String("id")).toString();
    QVERIFY(!first.isEmpty());
    server.makeApp("com.example.second");
    server.makeBundle("1.0.0", "com.example.first");
    const qint64 channel = server.makeChannel("production", {}, "com.example.first");
    const QByteArray reader = server.makeKey("app_reader", "app", first);

    const QJsonArray apps = ManagementFixture::rows(server.call("GET", "/app", QByteArray(), reader));
    QCOMPARE(apps.size(), 1);
    QCOMPARE(ManagementFixture::rows(server.call("GET", "/rest/v1/apps", QByteArray(), reader)).size(), 1);
    QCOMPARE(server.call("GET", "/app/com.example.second", QByteArray(), reader).status, 401);
    QCOMPARE(server.call("GET", "/channel?app_id=com.example.first", QByteArray(), reader).status, 200);
    const QJsonObject settings{{QStringLiteral("app_id"), text("com.example.first")},
                               {QStringLiteral("channel"), text("production")},
                               {QStringLiteral("public"), true}};
    QCOMPARE(server.call("POST", "/channel", settings, reader).error(), text("cannot_access_app"));
    QCOMPARE(server
                 .call("DELETE", "/bundle",
                       QJsonObject{{QStringLiteral("app_id"), text("com.example.first")},
                                   {QStringLiteral("version"), text("1.0.0")}},
                       reader)
                 .error(),
             text("cannot_delete_bundle"));
    QCOMPARE(server
                 .call("PATCH", "/rest/v1/channels?id=eq." + QByteArray::number(channel),
                       QJsonObject{{QStringLiteral("public"), true}}, reader)
                 .status,
             403);
    QCOMPARE(server.call("POST", "/apikey", QJsonObject{{QStringLiteral("name"), text("x")}}, reader).error(),
             text("cannot_create_apikey"));
    QCOMPARE(server
                 .call("GET", "/statistics/app/com.example.second?from=2026-07-01&to=2026-07-02",
                       QByteArray(), reader)
                 .error(),
             text("no_access_to_app"));
    // A manager of keys cannot hand out more than the own rights.
    const QByteArray manager = server.makeKey("apikey_manager", "org");
    const QJsonObject strong{{QStringLiteral("role_name"), text("org_super_admin")},
                             {QStringLiteral("scope_type"), text("org")},
                             {QStringLiteral("org_id"), server.organization()}};
    const RawAnswer refused = server.call(
        "POST", "/apikey",
        QJsonObject{{QStringLiteral("name"), text("x")}, {QStringLiteral("bindings"), QJsonArray{strong}}},
        manager);
    QCOMPARE(refused.status, 403);
    QCOMPARE(refused.error(), text("forbidden_binding"));
}

QTEST_GUILESS_MAIN(TestPermissions)
#include "test_permissions.moc"
