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
    void bindings_data();
    void bindings();
    void oneRoleForEachScope();
    void whoMayChangeBindings();
    void keysHaveNames();
    void strangersLearnNothing();
    void filesOfOwnAppsOnly();

private:
    static RawAnswer make(ManagementFixture &server, const QJsonArray &bindings)
    {
        return server.call("POST", "/apikey",
                           QJsonObject{{text("name"), text("CI")}, {text("bindings"), bindings}});
    }
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

void TestKeys::bindings_data()
{
    QTest::addColumn<QJsonObject>("binding"); // app_id "own" and channel_id "own" are filled in
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const QJsonObject &binding, int status) {
        QTest::newRow(name) << binding << status;
    };
    const auto of = [](const char *role, const char *scope, const QJsonValue &app = QJsonValue::Undefined,
                       const QJsonValue &channel = QJsonValue::Undefined) {
        QJsonObject binding{{text("role_name"), text(role)}, {text("scope_type"), text(scope)}};
        if (!app.isUndefined()) {
            binding.insert(text("app_id"), app);
        }
        if (!channel.isUndefined()) {
            binding.insert(text("channel_id"), channel);
        }
        return binding;
    };
    row("app", of("app_uploader", "app", text("own")), 200);
    row("channel by number", of("channel_reader", "channel", text("own"), text("own")), 200);
    row("channel by uuid", of("channel_reader", "channel", text("own"), text("uuid")), 200);
    row("no app", of("app_uploader", "app"), 400);
    row("unknown app", of("app_uploader", "app", text("00000000-0000-4000-8000-000000000000")), 400);
    row("no channel", of("channel_reader", "channel", text("own")), 400);
    row("unknown channel", of("channel_reader", "channel", text("own"), 999), 400);
    row("channel of another app", of("channel_reader", "channel", text("own"), text("other")), 400);
    row("role that people do not give", of("channel_preview", "channel", text("own"), text("own")), 400);
    row("role for compatibility", of("apikey_org_reader", "org"), 400);
}

void TestKeys::bindings()
{
    QFETCH(QJsonObject, binding);
    QFETCH(int, status);
    ManagementFixture server;
    const QString app = server.makeApp().value(QLatin1String("id")).toString();
    server.makeApp("com.example.other");
    const qint64 own = server.makeChannel("beta");
    const qint64 other = server.makeChannel("beta", {}, "com.example.other");
    const QString channel = binding.value(QLatin1String("channel_id")).toString();
    if (binding.value(QLatin1String("app_id")) == text("own")) {
        binding.insert(text("app_id"), app);
    }
    if (channel == QLatin1String("own") || channel == QLatin1String("other")) {
        binding.insert(text("channel_id"), channel == QLatin1String("own") ? own : other);
    } else if (channel == QLatin1String("uuid")) {
        binding.insert(text("channel_id"), server.store().channel(own)->value().rbacId);
    }
    binding.insert(text("org_id"), server.organization());
    const RawAnswer made = make(server, {binding});
    QCOMPARE(made.status, status);
    if (status != 200) {
        QCOMPARE(made.error(), text("invalid_bindings"));
    } else if (!channel.isEmpty()) {
        const QByteArray key =
            "capgkey: " + made.json().value(QLatin1String("key")).toString().toLatin1() + "\r\n";
        QCOMPARE(ManagementFixture::rows(server.call("GET", "/rest/v1/channels", QByteArray(), key)).size(),
                 1);
    }
}

void TestKeys::oneRoleForEachScope()
{
    ManagementFixture server;
    const auto role = [&](const char *name) {
        return QJsonObject{{text("role_name"), text(name)},
                           {text("scope_type"), text("org")},
                           {text("org_id"), server.organization()}};
    };
    const RawAnswer twice = make(server, {role("org_member"), role("org_admin")});
    QCOMPARE(twice.status, 409);
    QCOMPARE(twice.error(), text("duplicate_binding"));
}

void TestKeys::whoMayChangeBindings()
{
    ManagementFixture server;
    const QJsonArray member{QJsonObject{{text("role_name"), text("org_member")},
                                        {text("scope_type"), text("org")},
                                        {text("org_id"), server.organization()}}};
    const QByteArray id =
        QByteArray::number(make(server, member).json().value(QLatin1String("id")).toInteger());
    const QByteArray manager = server.makeKey("apikey_manager", "org");
    const QJsonObject change{{text("bindings"), member}};
    const RawAnswer refused = server.call("PUT", "/apikey/" + id, change, manager);
    QCOMPARE(refused.status, 403);
    QCOMPARE(refused.error(), text("forbidden_binding"));
    QCOMPARE(server.call("PUT", "/apikey/" + id, QJsonObject{{text("name"), text("Build")}}, manager).status,
             200);
    QCOMPARE(server.call("PUT", "/apikey/" + id, change, server.makeKey("org_admin", "org")).status, 200);
}

void TestKeys::keysHaveNames()
{
    ManagementFixture server;
    server.makeKey("org_member", "org");
    QCOMPARE(server.call("PUT", "/apikey/1", QJsonObject{{text("name"), text("  ")}}).error(),
             text("name_is_required"));
    QCOMPARE(server.call("PUT", "/apikey/1", QJsonObject{{text("name"), text(" CI ")}})
                 .json()
                 .value(QLatin1String("name"))
                 .toString(),
             text("CI"));
}

/// Which keys there are is told only to who may manage them.
void TestKeys::strangersLearnNothing()
{
    ManagementFixture server;
    const QByteArray member = server.makeKey("org_member", "org");
    server.makeKey("org_admin", "org");
    for (const char *method : {"GET", "PUT", "DELETE"}) {
        QStringList errors;
        for (const char *id : {"2", "99"}) {
            errors.append(
                server
                    .call(method, QByteArray("/apikey/") + id, QJsonObject{{text("name"), text("x")}}, member)
                    .error());
        }
        QCOMPARE(errors.first(), text("cannot_update_apikey"));
        QCOMPARE(errors.last(), errors.first());
    }
    QCOMPARE(server.call("GET", "/apikey/1", QByteArray(), member).status, 200);
    QCOMPARE(server.call("GET", "/apikey/" + member.mid(9).trimmed(), QByteArray(), member).status, 200);
}

void TestKeys::filesOfOwnAppsOnly()
{
    ManagementFixture server;
    const QString app = server.makeApp().value(QLatin1String("id")).toString();
    server.makeApp("com.example.other");
    const qint64 channel = server.makeChannel("beta");
    const auto mayRead = [&](const QByteArray &header, const char *appId) {
        Request request;
        const QByteArray key = header.mid(9).trimmed();
        request.headers.emplaceBack("capgkey", key);
        const auto allowed = server.management().mayReadFiles(request, text(appId));
        return allowed.has_value() && *allowed;
    };
    const QByteArray reader = server.makeKey("app_reader", "app", app);
    QVERIFY(mayRead(reader, "com.example.app"));
    QVERIFY(!mayRead(reader, "com.example.other"));
    QVERIFY(!mayRead(reader, "com.example.none"));
    QVERIFY(!mayRead(reader, ""));
    QVERIFY(!mayRead(server.makeKey("channel_reader", "channel", app, channel), "com.example.app"));
    QVERIFY(mayRead(server.makeKey("org_admin", "org"), "com.example.other"));
    QVERIFY(mayRead("capgkey: " + server.ownerKey, "com.example.app"));
    QVERIFY(!mayRead("capgkey: wrong", "com.example.app"));
}

QTEST_GUILESS_MAIN(TestKeys)
#include "test_keys.moc"
