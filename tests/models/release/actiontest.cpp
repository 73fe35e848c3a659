// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/releaseaction.h"
#include "release/review.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::release;
using wire::ActionVerb;

namespace {

AppId app()
{
    return *AppId::parse(QStringLiteral("com.example.app"));
}

ChannelName production()
{
    return *ChannelName::parse(QStringLiteral("production"));
}

/// 1.4.2 stable, 1.5.0 at 10 %, 1000 active devices of which 100 have it.
wire::ChannelState running()
{
    wire::ChannelState state;
    state.channel.id = 12;
    state.channel.name = QStringLiteral("production");
    state.channel.version = 1;
    state.channel.versionInfo = wire::BundleReference{1, QStringLiteral("1.4.2")};
    state.channel.rolloutVersion = 2;
    state.channel.rolloutVersionInfo = wire::BundleReference{2, QStringLiteral("1.5.0")};
    state.channel.rolloutPercentage = BasisPoints::clamp(1000);
    state.channel.rolloutEnabled = true;
    state.etag = QStringLiteral("e1");
    state.activeDevices = 1000;
    state.rolloutDevices = 100;
    state.rolloutAttempts = 200;
    state.rolloutFailures = 4;
    return state;
}

wire::ChannelState stableOnly()
{
    wire::ChannelState state = running();
    state.channel.rolloutVersion.reset();
    state.channel.rolloutVersionInfo.reset();
    state.channel.rolloutPercentage = {};
    state.channel.rolloutEnabled = false;
    state.rolloutDevices = 0;
    state.rolloutAttempts = 0;
    state.rolloutFailures = 0;
    return state;
}

wire::BundleRow bundle(const char *name)
{
    wire::BundleRow row;
    row.name = QString::fromLatin1(name);
    row.storageProvider = QStringLiteral("r2");
    row.checksum = QStringLiteral("00");
    row.sessionKey = QStringLiteral("iv:key");
    row.keyId = QStringLiteral("MIIBCgKCAQEAy1x8Zk3Q");
    return row;
}

client::Capabilities gatehouseServer()
{
    wire::ServerCapabilities answer;
    answer.serverId = QStringLiteral("s");
    answer.version = QStringLiteral("0.1.0");
    answer.features = {QStringLiteral("actions"), QStringLiteral("state"), QStringLiteral("freeze"),
                       QStringLiteral("replace_bundle")};
    return client::Capabilities::ofGatehouse(answer, {});
}

ReviewContext context(const char *name = nullptr)
{
    ReviewContext context;
    context.capabilities = gatehouseServer();
    if (name != nullptr) {
        context.bundle = bundle(name);
    }
    context.stable = bundle("1.4.2");
    return context;
}

bool hasObstacle(const Review &review, const char *id)
{
    return std::any_of(review.obstacles.begin(), review.obstacles.end(),
                       [&](const Obstacle &obstacle) { return obstacle.sentence.id == QLatin1String(id); });
}

} // namespace

/// What an action does, says and undoes, as plain data.
class ActionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pointers_data();
    void pointers();
    void undoBringsBackWhatWasServed_data();
    void undoBringsBackWhatWasServed();
    void noUndoWhereOneActionIsNotEnough();
    void saferActions();
    void impactCountsDevices_data();
    void impactCountsDevices();
    void manyDevicesAreDangerous();
    void unknownDevicesAreDangerous();
    void safeActionsAreNeverDangerous();
    void obstacles_data();
    void obstacles();
    void capgoCannotFreeze();
    void missingPermissionBlocks();
    void everySentenceHasEnglish();
    void foreignNamesAreNotReadAsMarkers();
    void intentsDiffer();
};

void ActionTest::pointers_data()
{
    QTest::addColumn<ReleaseAction>("action");
    QTest::addColumn<QString>("stable");
    QTest::addColumn<QString>("rollout");
    QTest::addColumn<int>("share");
    QTest::addColumn<bool>("paused");
    const auto row = [](const char *name, const ReleaseAction &action, const char *stable,
                        const char *rollout, int share, bool paused) {
        QTest::newRow(name) << action << QString::fromLatin1(stable) << QString::fromLatin1(rollout) << share
                            << paused;
    };
    row("promoting the rollout's bundle ends it", promote(app(), production(), QStringLiteral("1.5.0")),
        "1.5.0", "", 0, false);
    row("promoting another bundle leaves it", promote(app(), production(), QStringLiteral("1.4.3")), "1.4.3",
        "1.5.0", 1000, false);
    row("another rollout takes its place",
        startRollout(app(), production(), QStringLiteral("1.6.0"), BasisPoints::clamp(500)), "1.4.2", "1.6.0",
        500, false);
    row("the share moves", setShare(app(), production(), BasisPoints::clamp(2500)), "1.4.2", "1.5.0", 2500,
        false);
    row("a fix takes over the devices", replaceBundle(app(), production(), QStringLiteral("1.5.1")), "1.4.2",
        "1.5.1", 1000, false);
    row("a pause keeps the share", pause(app(), production(), {}), "1.4.2", "1.5.0", 1000, true);
    row("taking back ends it", takeBack(app(), production(), {}), "1.4.2", "", 0, false);
    row("rolling back ends it, too", rollBack(app(), production(), QStringLiteral("1.4.1"), {}), "1.4.1", "",
        0, false);
    row("rolling back to the built-in bundle", rollBack(app(), production(), {}, {}), "", "", 0, false);
}

void ActionTest::pointers()
{
    QFETCH(const ReleaseAction, action);
    QFETCH(const QString, stable);
    QFETCH(const QString, rollout);
    QFETCH(const int, share);
    QFETCH(const bool, paused);
    const Pointers after = pointersAfter(action, pointersOf(running()));
    QCOMPARE(after.stable, stable);
    QCOMPARE(after.rollout, rollout);
    QCOMPARE(after.share.value(), share);
    QCOMPARE(after.isPaused, paused);
}

void ActionTest::undoBringsBackWhatWasServed_data()
{
    QTest::addColumn<ReleaseAction>("action");
    QTest::addColumn<bool>("hasRollout");
    QTest::newRow("promote") << promote(app(), production(), QStringLiteral("1.4.3")) << false;
    QTest::newRow("promote beside a rollout")
        << promote(app(), production(), QStringLiteral("1.4.3")) << true;
    QTest::newRow("start") << startRollout(app(), production(), QStringLiteral("1.5.0"),
                                           BasisPoints::clamp(500))
                           << false;
    QTest::newRow("share") << setShare(app(), production(), BasisPoints::clamp(5000)) << true;
    QTest::newRow("replace") << replaceBundle(app(), production(), QStringLiteral("1.5.1")) << true;
    QTest::newRow("pause") << pause(app(), production(), {}) << true;
    QTest::newRow("take back") << takeBack(app(), production(), {}) << true;
    QTest::newRow("roll back") << rollBack(app(), production(), QStringLiteral("1.4.1"), {}) << false;
    QTest::newRow("freeze") << freeze(app(), production(), {}) << true;
}

void ActionTest::undoBringsBackWhatWasServed()
{
    QFETCH(const ReleaseAction, action);
    QFETCH(const bool, hasRollout);
    const wire::ChannelState before = hasRollout ? running() : stableOnly();
    const std::optional<ReleaseAction> undo = undoOf(action, before);
    QVERIFY(undo);
    const Pointers met = pointersOf(before);
    const Pointers changed = pointersAfter(action, met);
    QVERIFY(!changed.servesLike(met));
    QVERIFY(pointersAfter(*undo, changed).servesLike(met));
    QVERIFY(undo->intent != action.intent);
}

void ActionTest::noUndoWhereOneActionIsNotEnough()
{
    QVERIFY(!undoOf(promote(app(), production(), QStringLiteral("1.5.0")), running()));
    QVERIFY(!undoOf(rollBack(app(), production(), QStringLiteral("1.4.1"), {}), running()));
    wire::ChannelState paused = running();
    paused.channel.rolloutPausedAt = utcFromMs(1);
    QVERIFY2(!undoOf(takeBack(app(), production(), {}), paused), "it would come back running");
}

void ActionTest::saferActions()
{
    const wire::ChannelState state = running();
    QVERIFY(isSafer(pause(app(), production(), {}), state));
    QVERIFY(isSafer(freeze(app(), production(), {}), state));
    QVERIFY(isSafer(takeBack(app(), production(), {}), state));
    QVERIFY(isSafer(rollBack(app(), production(), QStringLiteral("1.4.1"), {}), state));
    QVERIFY(isSafer(setShare(app(), production(), BasisPoints::clamp(900)), state));
    QVERIFY(!isSafer(setShare(app(), production(), BasisPoints::clamp(1100)), state));
    QVERIFY(!isSafer(resume(app(), production()), state));
    QVERIFY(!isSafer(unfreeze(app(), production()), state));
    QVERIFY(!isSafer(promote(app(), production(), QStringLiteral("1.5.0")), state));
    wire::ChannelState off = running();
    off.channel.rolloutEnabled = false;
    QVERIFY2(!isSafer(setShare(app(), production(), BasisPoints::clamp(900)), off),
             "a share switches a prepared rollout on");
}

void ActionTest::impactCountsDevices_data()
{
    QTest::addColumn<ReleaseAction>("action");
    QTest::addColumn<qint64>("changed");
    QTest::addColumn<qint64>("exposed");
    const auto row = [](const char *name, const ReleaseAction &action, qint64 changed, qint64 exposed) {
        QTest::newRow(name) << action << changed << exposed;
    };
    row("raising adds", setShare(app(), production(), BasisPoints::clamp(2500)), 150, 150);
    row("lowering takes nothing away", setShare(app(), production(), BasisPoints::clamp(100)), 0, 0);
    row("promoting reaches the rest", promote(app(), production(), QStringLiteral("1.5.0")), 900, 900);
    row("promoting a third bundle reaches the others", promote(app(), production(), QStringLiteral("1.4.3")),
        900, 900);
    row("taking back brings those home", takeBack(app(), production(), {}), 100, 0);
    row("rolling back reaches all", rollBack(app(), production(), QStringLiteral("1.4.1"), {}), 1000, 0);
    row("pausing changes nobody", pause(app(), production(), {}), 0, 0);
    row("a fix reaches those on the rollout", replaceBundle(app(), production(), QStringLiteral("1.5.1")),
        100, 100);
}

void ActionTest::impactCountsDevices()
{
    QFETCH(const ReleaseAction, action);
    QFETCH(const qint64, changed);
    QFETCH(const qint64, exposed);
    const Review made =
        review(action, running(), context(action.bundle.isEmpty() ? nullptr : qPrintable(action.bundle)));
    QVERIFY(made.impact.isKnown);
    QCOMPARE(made.impact.changed, changed);
    QCOMPARE(made.impact.newlyExposed, exposed);
    QVERIFY(!made.isBlocked());
    QCOMPARE(made.etag, QStringLiteral("e1"));
}

void ActionTest::manyDevicesAreDangerous()
{
    QVERIFY(
        !review(setShare(app(), production(), BasisPoints::clamp(2000)), running(), context()).isDangerous);
    QVERIFY(
        review(setShare(app(), production(), BasisPoints::clamp(5000)), running(), context()).isDangerous);
    const Review promoted =
        review(promote(app(), production(), QStringLiteral("1.5.0")), running(), context("1.5.0"));
    QVERIFY(promoted.isDangerous);
    // 4 of 200 failed so far: about 18 of 900 more.
    QVERIFY(promoted.impact.failures);
    QVERIFY(promoted.impact.failures->low <= 18 && promoted.impact.failures->high >= 18);
}

void ActionTest::unknownDevicesAreDangerous()
{
    wire::ChannelState state = running();
    state.activeDevices = 0;
    state.rolloutDevices = 0;
    const Review made = review(setShare(app(), production(), BasisPoints::clamp(1100)), state, context());
    QVERIFY(!made.impact.isKnown);
    QVERIFY(made.isDangerous);
}

void ActionTest::safeActionsAreNeverDangerous()
{
    wire::ChannelState state = running();
    state.activeDevices = 0;
    for (const ReleaseAction &action :
         {pause(app(), production(), {}), takeBack(app(), production(), {}),
          rollBack(app(), production(), QStringLiteral("1.4.1"), {}), freeze(app(), production(), {})}) {
        QVERIFY(!review(action, state, context()).isDangerous);
    }
}

void ActionTest::obstacles_data()
{
    QTest::addColumn<ReleaseAction>("action");
    QTest::addColumn<bool>("hasRollout");
    QTest::addColumn<QString>("obstacle");
    QTest::addColumn<bool>("blocks");
    const auto row = [](const char *name, const ReleaseAction &action, bool hasRollout, const char *id,
                        bool blocks) {
        QTest::newRow(name) << action << hasRollout << QString::fromLatin1(id) << blocks;
    };
    row("no rollout to pause", pause(app(), production(), {}), false, "obstacle.no_rollout", true);
    row("no rollout to raise", setShare(app(), production(), BasisPoints::clamp(1)), false,
        "obstacle.no_rollout", true);
    row("a share of nothing", setShare(app(), production(), BasisPoints()), true, "obstacle.share_zero",
        true);
    row("a bundle that is not there", promote(app(), production(), QStringLiteral("9.9.9")), false,
        "obstacle.bundle_missing", true);
    row("a rollout of the stable bundle",
        startRollout(app(), production(), QStringLiteral("1.4.2"), BasisPoints::clamp(100)), false,
        "obstacle.same_as_stable", true);
    row("a rollout in the way",
        startRollout(app(), production(), QStringLiteral("1.6.0"), BasisPoints::clamp(100)), true,
        "obstacle.other_rollout", false);
    row("an older bundle", promote(app(), production(), QStringLiteral("1.3.0")), false, "obstacle.older",
        false);
}

void ActionTest::obstacles()
{
    QFETCH(const ReleaseAction, action);
    QFETCH(const bool, hasRollout);
    QFETCH(const QString, obstacle);
    QFETCH(const bool, blocks);
    const bool isThere = !action.bundle.isEmpty() && action.bundle != QLatin1String("9.9.9");
    const Review made = review(action, hasRollout ? running() : stableOnly(),
                               context(isThere ? qPrintable(action.bundle) : nullptr));
    QVERIFY(hasObstacle(made, qPrintable(obstacle)));
    QCOMPARE(made.isBlocked(), blocks);
}

void ActionTest::capgoCannotFreeze()
{
    ReviewContext capgo = context();
    capgo.capabilities = client::Capabilities::ofCapgo({});
    QVERIFY(hasObstacle(review(freeze(app(), production(), {}), running(), capgo), "obstacle.unavailable"));
    QVERIFY(review(freeze(app(), production(), {}), running(), capgo).isBlocked());
    QVERIFY(!review(pause(app(), production(), {}), running(), capgo).isBlocked());
    QVERIFY(!review(freeze(app(), production(), {}), running(), context()).isBlocked());
}

void ActionTest::missingPermissionBlocks()
{
    wire::ServerCapabilities answer;
    answer.features = {QStringLiteral("actions")};
    answer.permissions = {QStringLiteral("channel.promote_bundle")};
    ReviewContext uploader = context("1.5.0");
    uploader.capabilities = client::Capabilities::ofGatehouse(answer, {});
    QVERIFY(!review(promote(app(), production(), QStringLiteral("1.5.0")), running(), uploader).isBlocked());
    QVERIFY(hasObstacle(review(setShare(app(), production(), BasisPoints::clamp(1)), running(), uploader),
                        "obstacle.permission"));
}

void ActionTest::everySentenceHasEnglish()
{
    const QVector<ReleaseAction> all = {
        promote(app(), production(), QStringLiteral("1.5.0")),
        startRollout(app(), production(), QStringLiteral("1.3.0"), BasisPoints::clamp(100)),
        setShare(app(), production(), BasisPoints::clamp(5000)),
        setShare(app(), production(), BasisPoints::clamp(1)),
        replaceBundle(app(), production(), QStringLiteral("1.5.1")),
        pause(app(), production(), {}),
        resume(app(), production()),
        freeze(app(), production(), {}),
        unfreeze(app(), production()),
        takeBack(app(), production(), {}),
        rollBack(app(), production(), {}, {}),
        setRules(app(), production(), {{QStringLiteral("ios"), false}})};
    for (const ReleaseAction &action : all) {
        const Review made = review(action, running(), context());
        QVERIFY(!made.sentences.isEmpty());
        QVector<Sentence> sentences = made.sentences;
        for (const Obstacle &obstacle : made.obstacles) {
            sentences.append(obstacle.sentence);
        }
        for (const Sentence &sentence : sentences) {
            const QString text = toEnglish(sentence);
            QVERIFY2(text != sentence.id && text.endsWith(QLatin1Char('.')), qPrintable(text));
        }
    }
}

void ActionTest::foreignNamesAreNotReadAsMarkers()
{
    const Sentence sentence{QStringLiteral("obstacle.older"),
                            {QStringLiteral("%2"), QStringLiteral("1.0.0")}};
    QCOMPARE(toEnglish(sentence), QStringLiteral("Bundle %2 is older than 1.0.0."));
}

void ActionTest::intentsDiffer()
{
    QVERIFY(pause(app(), production(), {}).intent != pause(app(), production(), {}).intent);
    QCOMPARE(toWire(pause(app(), production(), QStringLiteral("why"))).reason, QStringLiteral("why"));
}

QTEST_GUILESS_MAIN(ActionTest)
#include "actiontest.moc"
