// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/hello.h"
#include "client/releases.h"
#include "client/resources.h"
#include "support/scriptedcapgo.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonDocument>
#include <QTest>
#include <QUrlQuery>

#include <atomic>

using namespace gatehouse;
using namespace gatehouse::client;
using test::json;
using test::Reply;
using test::ScriptedCapgo;
using test::ScriptedServer;
using test::Seen;

namespace {

AppId app()
{
    return *AppId::parse(QStringLiteral("com.example.app"));
}

Result<SessionPtr> open(const QUrl &url)
{
    Operation operation;
    return Session::open(std::make_shared<HttpTransport>(), {url, {}},
                         std::make_shared<const Secret>(Secret::copyOf("key")), operation);
}

QByteArray channelRow(const QByteArray &updatedAt)
{
    return R"([{"id":12,"name":"production","app_id":"com.example.app","owner_org":"o","created_at":"2026-07-20T10:00:00Z",
        "updated_at":")" +
           updatedAt +
           R"(","public":true,"ios":true,"android":true,"electron":false,"version":{"id":1,"name":"1.4.2"},
        "rollout_version":2,"rollout_version_info":{"id":2,"name":"1.5.0"},"rollout_id":"r","rollout_percentage_bps":1000,
        "rollout_enabled":true}])";
}

QByteArray bundleRow()
{
    return R"([{"id":7,"app_id":"com.example.app","name":"1.4.1","created_at":"2026-07-20T10:00:00Z",
        "updated_at":"2026-07-20T10:00:00Z","deleted":false,"owner_org":"o","storage_provider":"r2","checksum":"00"}])";
}

} // namespace

/// Discovery, capabilities and resources against a server that speaks Capgo's way.
class SessionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void capgoIsFoundOut();
    void gatehouseIsFoundOut();
    void otherServersAreRefused_data();
    void otherServersAreRefused();
    void wrongKeyIsSaid();
    void trailingSlashesDoNotMatter();
    void channelsHaveTheirPlatforms();
    void patchIsConditional();
    void patchTellsConflictFromDenial_data();
    void patchTellsConflictFromDenial();
    void promotersWithoutSettingsUseTheOtherCall();
    void actionsGoByPatchOnCapgo_data();
    void actionsGoByPatchOnCapgo();
    void staleStateIsRefusedBeforeTheWrite();
    void actionsGoInOneCallOnGatehouse();
    void badAnswersNameThePath_data();
    void badAnswersNameThePath();
    void longTablesAreReadToTheirEnd();
    void eventsCountDevicesOnce();
    void usageBecomesASeries();
    void usageIsAskedForWholeDays();
    void helloVector();
    void helloOfAnotherProgramIsRefused();
};

void SessionTest::capgoIsFoundOut()
{
    ScriptedCapgo capgo;
    const Result<SessionPtr> session = open(capgo.url());
    QVERIFY(session);
    const Capabilities &can = (*session)->capabilities();
    QCOMPARE(can.kind(), ServerKind::Capgo);
    QVERIFY(!can.has(Feature::LiveEvents));
    QCOMPARE(can.of(Feature::LiveEvents).reasonId, QStringLiteral("capgo"));
    QVERIFY(!can.of(Feature::LiveEvents).reason.isEmpty());
    QVERIFY(can.has(Feature::ResumableUpload));
    QVERIFY(!can.has(Feature::DeltaUpload));
    QCOMPARE(can.files().maxUploadBytes, 1000000);
    QVERIFY(!can.mayCall(QStringLiteral("channel.promote_bundle")).has_value());
    QCOMPARE((*session)->identity(), capgo.url().toString());
}

void SessionTest::gatehouseIsFoundOut()
{
    ScriptedCapgo gatehouse([](const Seen &seen) -> std::optional<Reply> {
        if (seen.target != "/gatehouse/v1/capabilities") {
            return std::nullopt;
        }
        return json(200, R"({"server_id":"abc","version":"0.1.0","features":["events","series","state"],
                             "permissions":["app.read"],"max_upload_bytes":5000})");
    });
    const Result<SessionPtr> session = open(gatehouse.url());
    QVERIFY(session);
    const Capabilities &can = (*session)->capabilities();
    QCOMPARE(can.kind(), ServerKind::Gatehouse);
    QVERIFY(can.has(Feature::LiveEvents));
    QVERIFY(!can.has(Feature::Freeze));
    QCOMPARE(can.of(Feature::Freeze).reasonId, QStringLiteral("version"));
    QCOMPARE(can.mayCall(QStringLiteral("app.read")), std::optional(true));
    QCOMPARE(can.mayCall(QStringLiteral("app.delete")), std::optional(false));
    QCOMPARE(can.files().maxUploadBytes, 5000);
    QCOMPARE((*session)->identity(), QStringLiteral("abc"));
}

void SessionTest::otherServersAreRefused_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("id");
    QTest::newRow("a web site") << 404 << QByteArray("<html>") << QStringLiteral("client.discovery");
    QTest::newRow("a page for everything") << 200 << QByteArray("<html>") << QStringLiteral("wire.json");
    QTest::newRow("another API") << 200 << QByteArray(R"({"hello":1})") << QStringLiteral("wire.json");
    QTest::newRow("a Supabase over plain http elsewhere")
        << 200 << QByteArray(R"({"supaHost":"http://elsewhere.example"})") << QStringLiteral("wire.json");
}

void SessionTest::otherServersAreRefused()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const QString, id);
    const ScriptedServer server([&](const Seen &) { return json(status, body); });
    const Result<SessionPtr> session = open(server.url());
    QVERIFY(!session);
    QCOMPARE(session.error().id, id);
    QCOMPARE(session.error().kind, ErrorKind::Protocol);
    const QVector<Seen> all = server.seen();
    for (const Seen &seen : all) {
        QVERIFY2(!seen.headers.contains("capgkey"), "a mistyped address must not learn the key");
    }
}

void SessionTest::wrongKeyIsSaid()
{
    ScriptedCapgo server([](const Seen &seen) -> std::optional<Reply> {
        return seen.target == "/gatehouse/v1/capabilities"
                   ? std::optional(json(401, R"({"error":"invalid_apikey","message":"Invalid apikey"})"))
                   : std::nullopt;
    });
    const Result<SessionPtr> session = open(server.url());
    QVERIFY(!session);
    QCOMPARE(session.error().id, QStringLiteral("server.invalid_apikey"));
    QCOMPARE(session.error().kind, ErrorKind::Denied);
}

void SessionTest::trailingSlashesDoNotMatter()
{
    ScriptedCapgo capgo;
    const Result<SessionPtr> session = open(capgo.server().url(QStringLiteral("//")));
    QVERIFY(session);
    QCOMPARE((*session)->api(), capgo.url());
}

void SessionTest::channelsHaveTheirPlatforms()
{
    ScriptedCapgo capgo([](const Seen &seen) -> std::optional<Reply> {
        return seen.target.startsWith("/rest/v1/channels?")
                   ? std::optional(json(200, channelRow("2026-07-24T09:00:00.123456+00:00")))
                   : std::nullopt;
    });
    Operation operation;
    const Result<QVector<wire::ChannelRow>> channels = Channels(*open(capgo.url())).list(app(), operation);
    QVERIFY2(channels, channels ? "" : qPrintable(channels.error().toText()));
    QCOMPARE(channels->size(), 1);
    QCOMPARE(channels->at(0).electron, false);
    QCOMPARE(channels->at(0).versionInfo->name, QStringLiteral("1.4.2"));
    QCOMPARE(channels->at(0).rolloutVersionInfo->name, QStringLiteral("1.5.0"));
    const Seen seen = capgo.server().seen().last();
    QCOMPARE(seen.headers.value("apikey"), QByteArray("anon"));
    QCOMPARE(seen.headers.value("capgkey"), QByteArray("key"));
}

void SessionTest::patchIsConditional()
{
    const QByteArray mark = "2026-07-24T09:00:00.123456+00:00";
    ScriptedCapgo capgo([&](const Seen &seen) -> std::optional<Reply> {
        return seen.target.startsWith("/rest/v1/channels?") ? std::optional(json(200, channelRow(mark)))
                                                            : std::nullopt;
    });
    Operation operation;
    const Channels channels(*open(capgo.url()));
    const Result<MarkedChannel> channel =
        channels.one(app(), *ChannelName::parse(QStringLiteral("production")), operation);
    QVERIFY(channel);
    QCOMPARE(channel->mark.toLatin1(), mark);
    QVERIFY(channels.patch(*channel, {{QStringLiteral("rollout_percentage_bps"), 2500}}, operation));
    const Seen seen = capgo.server().seen().last();
    QCOMPARE(seen.method, QByteArray("PATCH"));
    QVERIFY2(seen.target.contains("id=eq.12"), seen.target.constData());
    // To the microsecond, and with its plus sign: a rounded time would never match.
    QVERIFY2(seen.target.contains("updated_at=eq.2026-07-24T09%3A00%3A00.123456%2B00%3A00"),
             seen.target.constData());
    QCOMPARE(seen.headers.value("prefer"), QByteArray("return=representation"));
}

void SessionTest::patchTellsConflictFromDenial_data()
{
    QTest::addColumn<QByteArray>("now");
    QTest::addColumn<QString>("id");
    QTest::newRow("somebody was faster")
        << QByteArray("2026-07-24T10:00:00+00:00") << QStringLiteral("client.channel_changed");
    QTest::newRow("the key may not") << QByteArray("2026-07-24T09:00:00+00:00")
                                     << QStringLiteral("client.channel_denied");
}

void SessionTest::patchTellsConflictFromDenial()
{
    QFETCH(const QByteArray, now);
    QFETCH(const QString, id);
    ScriptedCapgo capgo([&](const Seen &seen) -> std::optional<Reply> {
        if (!seen.target.startsWith("/rest/v1/channels?")) {
            return std::nullopt;
        }
        return seen.method == "PATCH" ? json(200, "[]") : json(200, channelRow(now));
    });
    Operation operation;
    MarkedChannel channel;
    channel.row.id = 12;
    channel.mark = QStringLiteral("2026-07-24T09:00:00+00:00");
    const Result<MarkedChannel> patched = Channels(*open(capgo.url())).patch(channel, {}, operation);
    QVERIFY(!patched);
    QCOMPARE(patched.error().id, id);
}

void SessionTest::promotersWithoutSettingsUseTheOtherCall()
{
    ScriptedCapgo capgo([&](const Seen &seen) -> std::optional<Reply> {
        if (seen.target.startsWith("/rest/v1/channels?")) {
            return seen.method == "PATCH" ? json(200, "[]")
                                          : json(200, channelRow("2026-07-24T09:00:00+00:00"));
        }
        if (seen.target.startsWith("/rest/v1/app_versions?")) {
            return json(200, bundleRow());
        }
        return seen.target == "/bundle" ? std::optional(json(200, R"({"status":"success"})")) : std::nullopt;
    });
    Operation operation;
    wire::ChannelAction action;
    action.verb = wire::ActionVerb::Promote;
    action.bundle = QStringLiteral("1.4.1");
    const Result<wire::ChannelState> state =
        Releases(*open(capgo.url()))
            .act(app(), *ChannelName::parse(QStringLiteral("production")), action, {}, operation);
    QVERIFY2(state, state ? "" : qPrintable(state.error().toText()));
    QVERIFY(capgo.calls().contains(QStringLiteral("PUT /bundle")));
}

void SessionTest::actionsGoByPatchOnCapgo_data()
{
    QTest::addColumn<int>("verb");
    QTest::addColumn<QByteArray>("columns");
    const auto row = [](const char *name, wire::ActionVerb verb, const char *columns) {
        QTest::newRow(name) << static_cast<int>(verb) << QByteArray(columns);
    };
    row("set share", wire::ActionVerb::SetShare, R"({"rollout_enabled":true,"rollout_percentage_bps":2500})");
    row("resume", wire::ActionVerb::Resume, R"({"rollout_pause_reason":null,"rollout_paused_at":null})");
    row("take back", wire::ActionVerb::TakeBack,
        R"({"rollout_enabled":false,"rollout_pause_reason":null,"rollout_paused_at":null,"rollout_percentage_bps":0,"rollout_version":null})");
    row("roll back", wire::ActionVerb::RollBack,
        R"({"rollout_enabled":false,"rollout_pause_reason":null,"rollout_paused_at":null,"rollout_percentage_bps":0,"rollout_version":null,"version":7})");
    row("promote another bundle", wire::ActionVerb::Promote, R"({"version":7})");
    row("start a rollout", wire::ActionVerb::StartRollout,
        R"({"rollout_enabled":true,"rollout_pause_reason":null,"rollout_paused_at":null,"rollout_percentage_bps":2500,"rollout_version":7})");
}

void SessionTest::actionsGoByPatchOnCapgo()
{
    QFETCH(const int, verb);
    QFETCH(const QByteArray, columns);
    wire::ChannelAction action;
    action.verb = static_cast<wire::ActionVerb>(verb);
    action.share = BasisPoints::clamp(2500);
    wire::ChannelRow now;
    now.rolloutVersion = 2;
    const Result<QJsonObject> made = columnsFor(action, now, 7, utcFromMs(0));
    QVERIFY(made);
    QCOMPARE(QJsonDocument(*made).toJson(QJsonDocument::Compact), columns);
    action.verb = wire::ActionVerb::Freeze;
    const Result<QJsonObject> refused = columnsFor(action, now, {}, utcFromMs(0));
    QVERIFY(!refused);
    QCOMPARE(refused.error().id, QStringLiteral("client.unavailable"));
}

void SessionTest::staleStateIsRefusedBeforeTheWrite()
{
    ScriptedCapgo capgo([&](const Seen &seen) -> std::optional<Reply> {
        return seen.target.startsWith("/rest/v1/channels?")
                   ? std::optional(json(200, channelRow("2026-07-24T10:00:00+00:00")))
                   : std::nullopt;
    });
    Operation operation;
    wire::ChannelAction action;
    action.verb = wire::ActionVerb::Pause;
    const Result<wire::ChannelState> state =
        Releases(*open(capgo.url()))
            .act(app(), *ChannelName::parse(QStringLiteral("production")), action,
                 QStringLiteral("2026-07-24T09:00:00+00:00"), operation);
    QVERIFY(!state);
    QCOMPARE(state.error().id, QStringLiteral("client.channel_changed"));
    const QVector<Seen> all = capgo.server().seen();
    for (const Seen &seen : all) {
        QVERIFY(seen.method != "PATCH");
    }
}

void SessionTest::actionsGoInOneCallOnGatehouse()
{
    std::atomic_int posts = 0;
    ScriptedCapgo gatehouse([&](const Seen &seen) -> std::optional<Reply> {
        if (seen.target == "/gatehouse/v1/capabilities") {
            return json(200, R"({"server_id":"abc","version":"0.1.0","features":["actions","state"]})");
        }
        if (seen.target != "/gatehouse/v1/apps/com.example.app/channels/production/actions") {
            return std::nullopt;
        }
        // The first answer is lost on the way; the same intent comes again.
        if (++posts == 1) {
            return Reply{{}, Reply::Then::Reset, false};
        }
        QByteArray channel = channelRow("2026-07-24T09:00:00Z");
        channel = channel.mid(1, channel.size() - 2);
        return json(200, R"({"etag":"e2","frozen":false,"channel":)" + channel + "}");
    });
    Operation operation;
    wire::ChannelAction action;
    action.verb = wire::ActionVerb::Pause;
    action.intent = QStringLiteral("i-1");
    const Result<wire::ChannelState> state =
        Releases(*open(gatehouse.url()))
            .act(app(), *ChannelName::parse(QStringLiteral("production")), action, QStringLiteral("\"e1\""),
                 operation);
    QVERIFY2(state, state ? "" : qPrintable(state.error().toText()));
    QCOMPARE(state->etag, QStringLiteral("e2"));
    const Seen seen = gatehouse.server().seen().last();
    QCOMPARE(seen.headers.value("if-match"), QByteArray("\"e1\""));
    QVERIFY(seen.body.contains(R"("intent":"i-1")"));
    QVERIFY(posts >= 2);
}

void SessionTest::badAnswersNameThePath_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("path");
    QTest::newRow("not JSON") << QByteArray("<html>") << QStringLiteral("/rest/v1/channels");
    QTest::newRow("an object") << QByteArray("{}") << QStringLiteral("/rest/v1/channels");
    QTest::newRow("a name that is a number")
        << QByteArray(R"([{"id":1,"name":5}])") << QStringLiteral("channels[0].");
    QTest::newRow("a row that is a text") << QByteArray(R"(["x"])") << QStringLiteral("channels[0].");
}

void SessionTest::badAnswersNameThePath()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, path);
    ScriptedCapgo capgo([&](const Seen &seen) -> std::optional<Reply> {
        return seen.target.startsWith("/rest/v1/channels?") ? std::optional(json(200, body)) : std::nullopt;
    });
    Operation operation;
    const Result<QVector<wire::ChannelRow>> channels = Channels(*open(capgo.url())).list(app(), operation);
    QVERIFY(!channels);
    QCOMPARE(channels.error().kind, ErrorKind::Protocol);
    QVERIFY2(channels.error().cause.contains(path), qPrintable(channels.error().cause));
}

void SessionTest::longTablesAreReadToTheirEnd()
{
    ScriptedCapgo capgo([&](const Seen &seen) -> std::optional<Reply> {
        const QUrlQuery query(QUrl::fromEncoded(seen.target));
        if (!seen.target.startsWith("/rest/v1/app_versions?")) {
            return std::nullopt;
        }
        QByteArray rows;
        const int offset = query.queryItemValue(QStringLiteral("offset")).toInt();
        for (int i = offset; i < std::min(offset + 1000, 1500); ++i) {
            QByteArray row = bundleRow().mid(1).chopped(1);
            row.replace("\"id\":7", QByteArray("\"id\":" + QByteArray::number(i)));
            rows += (rows.isEmpty() ? "" : ",") + row;
        }
        return json(200, "[" + rows + "]");
    });
    Operation operation;
    const Result<QVector<wire::BundleRow>> bundles = Bundles(*open(capgo.url())).list(app(), operation);
    QVERIFY2(bundles, bundles ? "" : qPrintable(bundles.error().toText()));
    QCOMPARE(bundles->size(), 1500);
    QCOMPARE(bundles->last().id, 1499);
}

void SessionTest::eventsCountDevicesOnce()
{
    const auto event = [](const char *device, const char *action, qint64 second) {
        return DeviceEvent{QString::fromLatin1(device),
                           QString::fromLatin1(action),
                           QStringLiteral("1.5.0"),
                           utcFromMs(second * 1000),
                           {}};
    };
    SeriesQuery query;
    query.metric = QStringLiteral("failures");
    query.from = utcFromMs(0);
    query.to = utcFromMs(120000);
    const QVector<DeviceEvent> log = {event("a", "update_fail", 5),  event("a", "update_fail", 65),
                                      event("b", "set", 10),         event("b", "update_fail", 70),
                                      event("c", "update_fail", 80), event("d", "download_10", 90)};
    const wire::SeriesAnswer failures = countEvents(log, query);
    QCOMPARE(failures.lines.size(), 1);
    QCOMPARE(failures.lines.at(0).label, QStringLiteral("1.5.0"));
    QCOMPARE(failures.lines.at(0).values, (QVector<std::optional<double>>{1.0, 1.0}));
    query.metric = QStringLiteral("attempts");
    QCOMPARE(countEvents(log, query).lines.at(0).values, (QVector<std::optional<double>>{2.0, 1.0}));
}

void SessionTest::usageBecomesASeries()
{
    const Result<wire::SeriesAnswer> usage = parseBundleUsage(
        R"({"labels":["2026-07-22","2026-07-23"],"datasets":[{"label":"1.4.2","data":[71.3,74.0],"metaCounts":[713,740]},
            {"label":"1.4.1","data":[28.7],"metaCounts":[287]}]})");
    QVERIFY(usage);
    QCOMPARE(toIso(usage->from), QStringLiteral("2026-07-22T00:00:00.000Z"));
    QCOMPARE(usage->stepMs, 86400000);
    QCOMPARE(usage->lines.at(0).values, (QVector<std::optional<double>>{713.0, 740.0}));
    QCOMPARE(usage->lines.at(1).values, (QVector<std::optional<double>>{287.0, std::nullopt}));
    QVERIFY(!parseBundleUsage(R"({"labels":["soon"],"datasets":[]})"));
    QVERIFY(!parseBundleUsage("[]"));
}

void SessionTest::usageIsAskedForWholeDays()
{
    QByteArray asked;
    const ScriptedCapgo capgo([&](const Seen &seen) -> std::optional<test::Reply> {
        if (!seen.target.startsWith("/statistics/app/com.example.app/bundle_usage")) {
            return std::nullopt;
        }
        asked = seen.target;
        return json(200, R"({"labels":["2026-07-22","2026-07-23"],"datasets":[]})");
    });
    const Result<SessionPtr> session = open(capgo.url());
    QVERIFY(session);
    // Nine minutes after midnight: the server would round this window to one day, the first.
    SeriesQuery query;
    query.metric = QStringLiteral("active_devices");
    query.from = *parseIso(QStringLiteral("2026-07-22T00:09:00Z"));
    query.to = *parseIso(QStringLiteral("2026-07-23T00:10:00Z"));
    Operation operation;
    QVERIFY(Statistics(*session).series(app(), query, operation));
    QVERIFY2(asked.contains("from=2026-07-22T00:00:00.000Z") && asked.contains("to=2026-07-24T00:00:00.000Z"),
             asked.constData());
}

void SessionTest::helloVector()
{
    const QByteArray digest = QCryptographicHash::hash("server-key-for-vectors", QCryptographicHash::Sha256);
    QCOMPARE(helloProof(digest, QStringLiteral("bm9uY2U"), QStringLiteral("127.0.0.1:43210")),
             QByteArray("024f7371d6305fd31c31bf673ac430763b508cc8e174855741647a383d17627a"));
}

void SessionTest::helloOfAnotherProgramIsRefused()
{
    const Secret key = Secret::copyOf("the key");
    const QByteArray digest = QCryptographicHash::hash("the key", QCryptographicHash::Sha256);
    ScriptedServer *address = nullptr;
    const auto prove = [&](const Seen &seen, const QByteArray &with) {
        const QString nonce =
            QUrlQuery(QUrl::fromEncoded(seen.target)).queryItemValue(QStringLiteral("nonce"));
        const QByteArray proof = helloProof(with, nonce, QStringLiteral("127.0.0.1:%1").arg(address->port()));
        return json(200, R"({"server_id":"s","version":"0.1.0","proof":")" + proof + R"("})");
    };
    Operation operation;
    HttpTransport transport;
    ScriptedServer ours([&](const Seen &seen) { return prove(seen, digest); });
    address = &ours;
    QVERIFY(proveServer(transport, ours.url(), key, operation));
    QVERIFY(!ours.seen().at(0).headers.contains("capgkey"));

    ScriptedServer other([&](const Seen &seen) { return prove(seen, QByteArray(32, 'x')); });
    address = &other;
    const Result<wire::Hello> refused = proveServer(transport, other.url(), key, operation);
    QVERIFY(!refused);
    QCOMPARE(refused.error().id, QStringLiteral("client.hello"));
}

QTEST_GUILESS_MAIN(SessionTest)
#include "sessiontest.moc"
