// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "managementfixture.h"

#include "server/management/channelverbs.h"
#include "wire/capabilities.h"
#include "wire/channelaction.h"
#include "wire/liveevent.h"
#include "wire/series.h"

#include <QUuid>

using namespace gatehouse;
using namespace gatehouse::server;
using wire::ActionVerb;

namespace {

const QByteArray kChannel = "/gatehouse/v1/apps/com.example.app/channels/production";

wire::ChannelAction action(ActionVerb verb, const char *bundle = "", std::optional<int> share = std::nullopt)
{
    wire::ChannelAction wish;
    wish.verb = verb;
    wish.intent = QUuid::createUuid().toString(QUuid::WithoutBraces);
    wish.bundle = text(bundle);
    wish.reason = text("because");
    if (share) {
        wish.share = BasisPoints::clamp(*share);
    }
    return wish;
}

wire::ChannelState stateIn(const QJsonObject &object)
{
    const auto state = wire::ChannelState::fromJson(object, text("state"));
    if (!state) {
        qWarning("%s", qPrintable(state.error().toText()));
        return {};
    }
    return *state;
}

} // namespace

class TestActions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void capabilities();
    void strictCapgoHidesAll();
    void mainJob();
    void replaceKeepsTheOrder();
    void freeze();
    void sameIntentTwice();
    void staleIsRefusedWithTheState();
    void actionErrors_data();
    void actionErrors();
    void rights();
    void pureVerbs();
    void series();
    void seriesErrors_data();
    void seriesErrors();
    void eventsArrive();
    void eventsResume();

private:
    RawAnswer act(const wire::ChannelAction &wish, const QByteArray &headers = {})
    {
        return m_server->call("POST", kChannel + "/actions", wish.toJson(), headers);
    }
    wire::ChannelState done(const wire::ChannelAction &wish)
    {
        const RawAnswer answer = act(wish);
        if (answer.status != 200) {
            qWarning("%s", answer.body.constData());
            return {};
        }
        return stateIn(answer.json());
    }
    wire::ChannelState now() { return stateIn(m_server->call("GET", kChannel + "/state").json()); }

    std::unique_ptr<ManagementFixture> m_server;
    qint64 m_first = 0;
    qint64 m_second = 0;
    qint64 m_third = 0;
};

void TestActions::init()
{
    m_server = std::make_unique<ManagementFixture>();
    m_server->makeApp();
    m_first = m_server->makeBundle("1.0.0");
    m_second = m_server->makeBundle("1.1.0");
    m_third = m_server->makeBundle("1.1.1");
    m_server->makeChannel("production", {{text("version"), text("1.0.0")}, {text("public"), true}});
}

void TestActions::cleanup()
{
    m_server.reset();
}

void TestActions::capabilities()
{
    const RawAnswer answer = m_server->call("GET", "/gatehouse/v1/capabilities");
    const auto found = wire::ServerCapabilities::fromJson(answer.json(), text("capabilities"));
    QVERIFY(found.has_value());
    QCOMPARE(found->serverId, m_server->store().serverId());
    for (const char *feature : {"events", "series", "state", "actions", "freeze", "replace_bundle"}) {
        QVERIFY(found->features.contains(text(feature)));
    }
    QVERIFY(found->permissions.contains(text("channel.promote_bundle")));
    QCOMPARE(found->maxUploadBytes, 1'000'000);
    const QByteArray reader = m_server->makeKey("org_member", "org");
    const auto less = wire::ServerCapabilities::fromJson(
        m_server->call("GET", "/gatehouse/v1/capabilities", QByteArray(), reader).json(),
        text("capabilities"));
    QVERIFY(!less->permissions.contains(text("channel.promote_bundle")));
}

void TestActions::strictCapgoHidesAll()
{
    ManagementFixture strict(true);
    strict.makeApp();
    strict.makeChannel("production");
    for (const QByteArray &target :
         {QByteArray("/gatehouse/v1/capabilities"), QByteArray(kChannel + "/state"),
          QByteArray("/gatehouse/v1/apps/com.example.app/series"),
          QByteArray("/gatehouse/v1/apps/com.example.app/events")}) {
        const RawAnswer answer = strict.call("GET", target);
        QCOMPARE(answer.status, 404);
        QCOMPARE(answer.error(), text("not_found"));
    }
    QVERIFY(strict.router().list().filter(text("/gatehouse/")).isEmpty());
}

void TestActions::mainJob()
{
    wire::ChannelState state = done(action(ActionVerb::StartRollout, "1.1.0", 500));
    QCOMPARE(state.channel.rolloutVersionInfo, std::optional(wire::BundleReference{m_second, text("1.1.0")}));
    QCOMPARE(state.channel.rolloutState(), wire::RolloutState::Running);
    QCOMPARE(state.channel.rolloutPercentage.value(), 500);
    const QString rolloutId = state.channel.rolloutId;
    state = done(action(ActionVerb::SetShare, "", 2500));
    QCOMPARE(state.channel.rolloutPercentage.value(), 2500);
    QCOMPARE(state.channel.rolloutId, rolloutId);
    state = done(action(ActionVerb::Pause));
    QCOMPARE(state.channel.rolloutState(), wire::RolloutState::Paused);
    QCOMPARE(state.channel.rolloutPauseReason, std::optional(text("because")));
    state = done(action(ActionVerb::Resume));
    QCOMPARE(state.channel.rolloutState(), wire::RolloutState::Running);
    state = done(action(ActionVerb::TakeBack));
    QCOMPARE(state.channel.rolloutState(), wire::RolloutState::None);
    QVERIFY(!state.channel.rolloutEnabled);
    QCOMPARE(state.channel.version, std::optional(m_first));
    done(action(ActionVerb::StartRollout, "1.1.0", 10000));
    state = done(action(ActionVerb::Promote, "1.1.0"));
    QCOMPARE(state.channel.version, std::optional(m_second));
    QCOMPARE(state.channel.rolloutState(), wire::RolloutState::None);
    state = done(action(ActionVerb::RollBack, "1.0.0"));
    QCOMPARE(state.channel.version, std::optional(m_first));
    state = done(action(ActionVerb::RollBack));
    QVERIFY(!state.channel.version);
    wire::ChannelAction rules = action(ActionVerb::SetRules);
    rules.rules = {{text("disable_auto_update"), text("minor")}, {text("ios"), false}};
    state = done(rules);
    QCOMPARE(state.channel.disableAutoUpdate, text("minor"));
    QVERIFY(!state.channel.ios);
    // The history tells it all, newest first.
    QStringList verbs;
    for (const wire::ChannelHistoryEntry &entry : now().history) {
        verbs.prepend(entry.what);
    }
    const QStringList expected =
        text("created start_rollout set_share pause resume take_back start_rollout promote "
             "roll_back roll_back set_rules")
            .split(QLatin1Char(' '));
    QCOMPARE(verbs, expected);
    QCOMPARE(now().history.first().actor, text("This computer"));
}

void TestActions::replaceKeepsTheOrder()
{
    done(action(ActionVerb::StartRollout, "1.1.0", 500));
    const QByteArray seed =
        m_server->store().channelByName(text("com.example.app"), text("production"))->value().rolloutSeed;
    QCOMPARE(seed.size(), 16);
    const wire::ChannelState state = done(action(ActionVerb::ReplaceBundle, "1.1.1"));
    QCOMPARE(state.channel.rolloutVersion, std::optional(m_third));
    QCOMPARE(state.channel.rolloutPercentage.value(), 500);
    QCOMPARE(
        m_server->store().channelByName(text("com.example.app"), text("production"))->value().rolloutSeed,
        seed);
    done(action(ActionVerb::TakeBack));
    done(action(ActionVerb::StartRollout, "1.1.0", 500));
    QVERIFY(
        m_server->store().channelByName(text("com.example.app"), text("production"))->value().rolloutSeed !=
        seed);
}

void TestActions::freeze()
{
    done(action(ActionVerb::StartRollout, "1.1.0", 500));
    QVERIFY(done(action(ActionVerb::Freeze)).frozen);
    const RawAnswer refused = act(action(ActionVerb::SetShare, "", 1000));
    QCOMPARE(refused.status, 409);
    QCOMPARE(refused.error(), text("frozen"));
    QVERIFY(
        stateIn(refused.json().value(QLatin1String("moreInfo"))[QLatin1String("state")].toObject()).frozen);
    // The other ways in are closed, too.
    QCOMPARE(m_server
                 ->call("POST", "/channel",
                        QJsonObject{{text("app_id"), text("com.example.app")},
                                    {text("channel"), text("production")},
                                    {text("version"), text("1.1.0")}})
                 .status,
             400);
    QCOMPARE(m_server
                 ->call("PATCH", "/rest/v1/channels?app_id=eq.com.example.app",
                        QJsonObject{{text("version"), m_second}})
                 .status,
             409);
    // Making it safer is not.
    QCOMPARE(done(action(ActionVerb::Pause)).channel.rolloutState(), wire::RolloutState::Paused);
    QVERIFY(!done(action(ActionVerb::Unfreeze)).frozen);
    QCOMPARE(done(action(ActionVerb::SetShare, "", 1000)).channel.rolloutPercentage.value(), 1000);
}

void TestActions::sameIntentTwice()
{
    const wire::ChannelAction start = action(ActionVerb::StartRollout, "1.1.0", 500);
    const wire::ChannelState first = done(start);
    done(action(ActionVerb::SetShare, "", 900));
    const wire::ChannelState again = done(start);
    QCOMPARE(again.etag, first.etag);
    QCOMPARE(again.channel.rolloutPercentage.value(), 500);
    QCOMPARE(now().channel.rolloutPercentage.value(), 900);
    wire::ChannelAction other = action(ActionVerb::SetShare, "", 7000);
    other.intent = start.intent;
    const RawAnswer refused = act(other);
    QCOMPARE(refused.status, 409);
    QCOMPARE(refused.error(), text("intent_reused"));
    QCOMPARE(now().channel.rolloutPercentage.value(), 900);
}

void TestActions::staleIsRefusedWithTheState()
{
    const QByteArray before = now().etag.toUtf8();
    QVERIFY(!before.isEmpty());
    const RawAnswer fresh =
        act(action(ActionVerb::StartRollout, "1.1.0", 500), "If-Match: " + before + "\r\n");
    QCOMPARE(fresh.status, 200);
    QVERIFY(fresh.headers.value("etag") != before);
    const RawAnswer stale = act(action(ActionVerb::SetShare, "", 9000), "If-Match: " + before + "\r\n");
    QCOMPARE(stale.status, 409);
    QCOMPARE(stale.error(), text("stale"));
    const wire::ChannelState shown =
        stateIn(stale.json().value(QLatin1String("moreInfo"))[QLatin1String("state")].toObject());
    QCOMPARE(shown.etag.toUtf8(), fresh.headers.value("etag"));
    QCOMPARE(shown.channel.rolloutPercentage.value(), 500);
}

void TestActions::actionErrors_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("error");
    const auto row = [](const char *name, const wire::ChannelAction &wish, int status, const char *error) {
        QTest::newRow(name) << QJsonDocument(wish.toJson()).toJson() << status << text(error);
    };
    QTest::newRow("no json") << QByteArray("nonsense") << 400 << text("invalid_json_parse_body");
    QTest::newRow("no verb") << QByteArray("{}") << 400 << text("invalid_action");
    wire::ChannelAction nameless = action(ActionVerb::Pause);
    nameless.intent = text("again");
    row("no intent", nameless, 400, "invalid_intent");
    row("no such bundle", action(ActionVerb::Promote, "9.9.9"), 404, "bundle_not_found");
    row("no rollout to pause", action(ActionVerb::Pause), 400, "action_no_rollout");
    row("no rollout to promote", action(ActionVerb::Promote), 400, "action_no_rollout");
    row("rollout of nothing", action(ActionVerb::StartRollout, "", 100), 400, "action_bundle");
    wire::ChannelAction rules = action(ActionVerb::SetRules);
    rules.rules = {{text("version"), 1}};
    row("pointer among the rules", rules, 400, "action_rules");
    rules.rules = {{text("nonsense"), 1}};
    row("unknown rule", rules, 400, "channel_column");
    rules.rules = {{text("ios"), text("yes")}};
    row("bad rule", rules, 400, "channel_value");
}

void TestActions::actionErrors()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QString, error);
    const QString before = now().etag;
    const RawAnswer answer = m_server->call("POST", kChannel + "/actions", body);
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.error(), error);
    QCOMPARE(now().etag, before);
    QCOMPARE(m_server->call("GET", "/gatehouse/v1/apps/com.example.app/channels/none/state").status, 404);
}

void TestActions::rights()
{
    const QString app = m_server->store().app(text("com.example.app"))->value().row.id;
    const QByteArray developer = m_server->makeKey("app_developer", "app", app);
    const QByteArray reader = m_server->makeKey("app_reader", "app", app);
    QCOMPARE(m_server->call("GET", kChannel + "/state", QByteArray(), reader).status, 200);
    const RawAnswer denied = act(action(ActionVerb::Promote, "1.1.0"), reader);
    QCOMPARE(denied.status, 403);
    QCOMPARE(denied.error(), text("permission_denied"));
    QCOMPARE(act(action(ActionVerb::StartRollout, "1.1.0", 500), developer).status, 403);
    QCOMPARE(act(action(ActionVerb::Promote, "1.1.0"), developer).status, 200);
    // Whoever may promote may also stop what goes wrong.
    done(action(ActionVerb::StartRollout, "1.1.1", 500));
    QCOMPARE(act(action(ActionVerb::Pause), developer).status, 200);
    QCOMPARE(act(action(ActionVerb::TakeBack), developer).status, 200);
}

void TestActions::pureVerbs()
{
    ChannelRecord channel;
    channel.row.name = text("production");
    channel.row.version = 1;
    const UtcTime time = utcFromMs(1000);
    const auto after = [&](const wire::ChannelAction &wish, std::optional<qint64> bundle) {
        return afterAction(channel, wish, bundle, time);
    };
    // A rollout of another bundle goes on when a bundle is promoted.
    channel.row.rolloutVersion = 2;
    channel.row.rolloutEnabled = true;
    QCOMPARE(after(action(ActionVerb::Promote), 3)->row.rolloutVersion, std::optional<qint64>(2));
    QVERIFY(!after(action(ActionVerb::Promote), 2)->row.rolloutVersion);
    QCOMPARE(after(action(ActionVerb::Promote), std::nullopt)->row.version, std::optional<qint64>(2));
    // Pausing twice keeps the first moment.
    channel.row.rolloutPausedAt = utcFromMs(5);
    QCOMPARE(after(action(ActionVerb::Pause), std::nullopt)->row.rolloutPausedAt,
             std::optional(utcFromMs(5)));
    QCOMPARE(after(action(ActionVerb::SetShare, "", 0), std::nullopt).error().id, text("action.share"));
    channel.row.version.reset();
    QCOMPARE(after(action(ActionVerb::StartRollout, "", 1), 2).error().id, text("action.no_stable"));
    QVERIFY(after(action(ActionVerb::RollBack), std::nullopt).has_value());
}

void TestActions::series()
{
    DeviceEvent event;
    event.device.appId = text("com.example.app");
    event.device.platform = text("android");
    event.device.versionBuild = text("1.0.0");
    event.device.pluginVersion = text("8.0.0");
    event.bundle = text("1.1.0");
    event.versionName = text("1.1.0");
    event.runningBundle = text("1.1.0");
    event.runningVersion = text("1.1.0");
    for (int i = 0; i < 4; ++i) {
        event.device.deviceId = QStringLiteral("00000000-0000-4000-8000-00000000000%1").arg(i);
        event.action = i == 0 ? text("update_fail") : text("set");
        event.outcome = wire::countOf(event.action);
        event.count = event.outcome;
        event.failure = wire::failureClassOf(event.action);
        QVERIFY(m_server->store().recordEvents(event.device.appId, {event}).has_value());
    }
    const QByteArray span = "&from=" + toIso(m_server->clock.now() - std::chrono::minutes(5)).toLatin1() +
                            "&to=" + toIso(m_server->clock.now() + std::chrono::minutes(1)).toLatin1();
    const auto ask = [&](const QByteArray &query) {
        const RawAnswer answer =
            m_server->call("GET", "/gatehouse/v1/apps/com.example.app/series?" + query + span);
        return wire::SeriesAnswer::fromJson(answer.json(), text("series"));
    };
    const auto sum = [](const wire::SeriesAnswer &answer) {
        double total = 0.0;
        for (const wire::SeriesLine &line : answer.lines) {
            for (const auto &value : line.values) {
                total += value.value_or(0.0);
            }
        }
        return total;
    };
    const auto attempts = ask("metric=attempts&by=bundle&step=60000");
    QVERIFY(attempts.has_value());
    QCOMPARE(attempts->metric, text("attempts"));
    QCOMPARE(attempts->stepMs, 60'000);
    QCOMPARE(attempts->bucketCount(), 6);
    QCOMPARE(sum(*attempts), 4.0);
    QCOMPARE(sum(*ask("metric=failures&by=bundle")), 1.0);
    QCOMPARE(sum(*ask("metric=installs&by=platform")), 3.0);
    QCOMPARE(sum(*ask("metric=failure_rate&by=bundle")), 0.25);
    QCOMPARE(sum(*ask("metric=failures&by=bundle&bundle=1.0.0")), 0.0);
    const auto active = ask("metric=active_devices&by=bundle&step=1m");
    QVERIFY(!active->lines.isEmpty());
    QCOMPARE(active->lines.first().label, text("1.1.0"));
    const auto last = active->lines.first().values.constLast();
    QCOMPARE(last.value_or(-1.0), 4.0);
}

void TestActions::seriesErrors_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("error");
    const auto row = [](const char *query, int status, const char *error) {
        QTest::newRow(query) << QByteArray(query) << status << text(error);
    };
    row("metric=happiness&from=2026-07-01T00:00:00Z", 400, "invalid_series");
    row("by=colour&from=2026-07-01T00:00:00Z", 400, "invalid_series");
    row("metric=installs", 400, "invalid_series");
    row("from=2026-07-02T00:00:00Z&to=2026-07-01T00:00:00Z", 400, "invalid_series");
    row("from=2026-07-01T00:00:00Z&to=2026-07-02T00:00:00Z&step=1000", 400, "invalid_series");
    row("from=2026-07-01T00:00:00Z&to=2026-07-01T01:00:00Z&step=15s", 400, "invalid_series");
    row("from=2026-07-01T00:00:00Z&to=2026-07-02T00:00:00Z&step=-60000", 400, "invalid_series");
    row("from=1990-07-01T00:00:00Z&to=2026-07-02T00:00:00Z&step=1m", 400, "invalid_series");
    row("from=2026-07-01T00:00:00Z&to=2026-07-02T00:00:00Z&step=1h&channel=none", 404, "channel_not_found");
}

void TestActions::seriesErrors()
{
    QFETCH(QByteArray, query);
    QFETCH(int, status);
    QFETCH(QString, error);
    const RawAnswer answer = m_server->call("GET", "/gatehouse/v1/apps/com.example.app/series?" + query);
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.error(), error);
    QCOMPARE(m_server->call("GET", "/gatehouse/v1/apps/com.example.none/series?" + query).status, 404);
}

void TestActions::eventsArrive()
{
    RawClient stream(m_server->port());
    stream.send(rawRequest("GET", "/gatehouse/v1/apps/com.example.app/events", m_server->port(), {},
                           "capgkey: " + m_server->ownerKey + "\r\n"));
    QVERIFY(stream.waitFor("text/event-stream"));
    done(action(ActionVerb::StartRollout, "1.1.0", 500));
    QVERIFY(stream.waitFor("start_rollout"));
    QVERIFY(stream.received().contains("event: channel"));
    QVERIFY(stream.received().contains("\"name\":\"production\""));
}

void TestActions::eventsResume()
{
    QByteArray id;
    {
        RawClient stream(m_server->port());
        stream.send(rawRequest("GET", "/gatehouse/v1/apps/com.example.app/events", m_server->port(), {},
                               "capgkey: " + m_server->ownerKey + "\r\n"));
        QVERIFY(stream.waitFor("text/event-stream"));
        done(action(ActionVerb::StartRollout, "1.1.0", 500));
        QVERIFY(stream.waitFor("start_rollout"));
        const qsizetype at = stream.received().lastIndexOf("id: ");
        id = stream.received().mid(at + 4, stream.received().indexOf('\n', at) - at - 4).trimmed();
    }
    QVERIFY(id.toLongLong() > 0);
    done(action(ActionVerb::SetShare, "", 900));
    RawClient stream(m_server->port());
    stream.send(rawRequest("GET", "/gatehouse/v1/apps/com.example.app/events", m_server->port(), {},
                           "capgkey: " + m_server->ownerKey + "\r\nLast-Event-ID: " + id + "\r\n"));
    QVERIFY(stream.waitFor("set_share"));
    QVERIFY(!stream.received().contains("start_rollout"));
}

QTEST_GUILESS_MAIN(TestActions)
#include "test_actions.moc"
