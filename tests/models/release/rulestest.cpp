// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/releaseaction.h"
#include "release/rulereview.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::release;

namespace {

wire::ChannelRow channel(qint64 id, const char *name)
{
    wire::ChannelRow row;
    row.id = id;
    row.appId = QStringLiteral("com.example.app");
    row.name = QString::fromLatin1(name);
    return row;
}

ReleaseAction changing(const QJsonObject &rules)
{
    return setRules(*AppId::parse(QStringLiteral("com.example.app")),
                    *ChannelName::parse(QStringLiteral("production")), rules);
}

QStringList idsOf(const QVector<Obstacle> &obstacles)
{
    QStringList ids;
    for (const Obstacle &obstacle : obstacles) {
        ids.append((obstacle.weight == Obstacle::Weight::Blocker ? QStringLiteral("! ") : QString()) +
                   obstacle.sentence.id.section(QLatin1Char('.'), 1));
    }
    return ids;
}

} // namespace

class RulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changesAreRawColumnsInOrder();
    void columnsBringTheChannelThere();
    void aWrongTypeIsRefused();
    void mineGoesOnTopOfTheirs();
    void readingBackComparesEveryColumn();
    void obstacles_data();
    void obstacles();
    void whatWasWrongBeforeMayBeMended();
    void theBundlesOwnMinimumNeedsOne();
    void defaultsMoveBetweenChannels();
    void undoOnlyWhereItBringsAllBack();
    void everyObstacleHasEnglish();
};

void RulesTest::changesAreRawColumnsInOrder()
{
    const wire::ChannelRow before = channel(1, "production");
    wire::ChannelRow after = before;
    QVERIFY(ruleChanges(before, after).isEmpty());
    after.android = false;
    after.isPublic = true;
    after.autoPauseFailureRateBps = 200;
    // Not rules: they have actions of their own.
    after.rolloutEnabled = true;
    after.version = 7;
    const QVector<RuleChange> changes = ruleChanges(before, after);
    QCOMPARE(changes.size(), 3);
    QCOMPARE(changes.at(0), (RuleChange{QStringLiteral("public"), false, true}));
    QCOMPARE(changes.at(1).column, QStringLiteral("android"));
    QCOMPARE(changes.at(2).before, QJsonValue(QJsonValue::Null));
    QCOMPARE(toColumns(changes).size(), 3);
}

void RulesTest::columnsBringTheChannelThere()
{
    const wire::ChannelRow before = channel(1, "production");
    wire::ChannelRow wished = before;
    wished.disableAutoUpdate = QStringLiteral("minor");
    wished.rolloutCacheTtlSeconds = 3600;
    wished.autoPauseMinAttempts = 50;
    const Result<wire::ChannelRow> made = withRules(before, toColumns(ruleChanges(before, wished)));
    QVERIFY(made);
    QCOMPARE(*made, wished);
}

void RulesTest::aWrongTypeIsRefused()
{
    QVERIFY(!withRules(channel(1, "production"), {{QStringLiteral("ios"), QStringLiteral("yes")}}));
    wire::ChannelState state;
    state.channel = channel(1, "production");
    const Review made = review(changing({{QStringLiteral("ios"), 3}}), state, {});
    QVERIFY(made.isBlocked());
    QVERIFY(idsOf(made.obstacles).contains(QStringLiteral("! rules_value")));
}

void RulesTest::mineGoesOnTopOfTheirs()
{
    const wire::ChannelRow base = channel(1, "production");
    wire::ChannelRow mine = base;
    mine.allowEmulator = false;
    mine.ios = false;
    wire::ChannelRow theirs = base;
    theirs.allowDev = false;
    theirs.disableAutoUpdate = QStringLiteral("none");
    const wire::ChannelRow both = rebasedRules(base, mine, theirs);
    QVERIFY(!both.allowEmulator && !both.ios && !both.allowDev);
    QCOMPARE(both.disableAutoUpdate, QStringLiteral("none"));
    // What they did is no wish of mine.
    QCOMPARE(ruleChanges(theirs, both).size(), 2);
}

void RulesTest::readingBackComparesEveryColumn()
{
    wire::ChannelRow now = channel(1, "production");
    now.android = false;
    now.rolloutCacheTtlSeconds = 60;
    QVERIFY(showsRules(now, {}));
    QVERIFY(showsRules(
        now, {{QStringLiteral("android"), false}, {QStringLiteral("rollout_cache_ttl_seconds"), 60.0}}));
    QVERIFY(!showsRules(now, {{QStringLiteral("android"), false}, {QStringLiteral("ios"), false}}));
}

void RulesTest::obstacles_data()
{
    QTest::addColumn<QJsonObject>("rules");
    QTest::addColumn<QStringList>("ids");
    const auto row = [](const char *name, const QJsonObject &rules, const QStringList &ids) {
        QTest::newRow(name) << rules << ids;
    };
    const QString minutes = QStringLiteral("auto_pause_window_minutes");
    row("nothing wrong", {{QStringLiteral("android"), false}}, {});
    row("no platform",
        {{QStringLiteral("android"), false},
         {QStringLiteral("ios"), false},
         {QStringLiteral("electron"), false}},
        {QStringLiteral("! rules_no_platform")});
    row("no build", {{QStringLiteral("allow_dev"), false}, {QStringLiteral("allow_prod"), false}},
        {QStringLiteral("! rules_no_build")});
    row("no device", {{QStringLiteral("allow_device"), false}, {QStringLiteral("allow_emulator"), false}},
        {QStringLiteral("! rules_no_device")});
    row("a pause without a limit", {{QStringLiteral("auto_pause_enabled"), true}},
        {QStringLiteral("! rules_no_limit")});
    row("out of range", {{minutes, 0}}, {QStringLiteral("! rules_range")});
    row("just within", {{minutes, 10080}}, {});
    row("sure of nothing", {{QStringLiteral("auto_pause_confidence"), 1}}, {QStringLiteral("! rules_range")});
    row("devices join", {{QStringLiteral("allow_device_self_set"), true}},
        {QStringLiteral("rules_self_set")});
}

void RulesTest::obstacles()
{
    QFETCH(QJsonObject, rules);
    QFETCH(QStringList, ids);
    const wire::ChannelRow before = channel(1, "production");
    const Result<wire::ChannelRow> after = withRules(before, rules);
    QVERIFY(after);
    QCOMPARE(idsOf(ruleObstacles(before, *after, {})), ids);
}

void RulesTest::whatWasWrongBeforeMayBeMended()
{
    wire::ChannelRow before = channel(1, "production");
    before.allowDev = false;
    before.allowProd = false;
    before.allowDevice = false;
    before.allowEmulator = false;
    wire::ChannelRow after = before;
    after.allowProd = true;
    QVERIFY(ruleObstacles(before, after, {}).isEmpty());
}

void RulesTest::theBundlesOwnMinimumNeedsOne()
{
    const wire::ChannelRow before = channel(1, "production");
    wire::ChannelRow after = before;
    after.disableAutoUpdate = QStringLiteral("version_number");
    ReviewContext context;
    context.stable = wire::BundleRow();
    context.stable->name = QStringLiteral("1.4.2");
    context.stable->minUpdateVersion = QStringLiteral("1.0.0");
    QVERIFY(ruleObstacles(before, after, context).isEmpty());
    context.rollout = wire::BundleRow();
    context.rollout->name = QStringLiteral("1.5.0");
    const QVector<Obstacle> found = ruleObstacles(before, after, context);
    QCOMPARE(idsOf(found), QStringList{QStringLiteral("! rules_no_minimum")});
    QCOMPARE(found.first().sentence.args, QStringList{QStringLiteral("1.5.0")});
}

void RulesTest::defaultsMoveBetweenChannels()
{
    const wire::ChannelRow quiet = channel(1, "beta");
    wire::ChannelRow asDefault = quiet;
    asDefault.isPublic = true;
    wire::ChannelRow other = channel(2, "production");
    other.isPublic = true;
    ReviewContext context;
    context.others = {other, channel(3, "staging")};
    const QVector<Obstacle> taken = ruleObstacles(quiet, asDefault, context);
    QCOMPARE(idsOf(taken), QStringList{QStringLiteral("rules_other_default")});
    QCOMPARE(taken.first().sentence.args, QStringList{QStringLiteral("production")});

    // Nobody else serves Android and Electron then.
    context.others.first().android = false;
    context.others.first().electron = false;
    const QVector<Obstacle> left = ruleObstacles(asDefault, quiet, context);
    QCOMPARE(idsOf(left),
             (QStringList{QStringLiteral("rules_no_default"), QStringLiteral("rules_unreachable")}));
    QCOMPARE(left.first().sentence.args, QStringList{QStringLiteral("Android, Electron")});
}

void RulesTest::undoOnlyWhereItBringsAllBack()
{
    wire::ChannelState before;
    before.channel = channel(1, "production");
    const auto undo = undoOf(changing({{QStringLiteral("allow_emulator"), false}}), before);
    QVERIFY(undo);
    QCOMPARE(undo->rules, (QJsonObject{{QStringLiteral("allow_emulator"), true}}));
    // The channel that was the default before would not be it again.
    QVERIFY(!undoOf(changing({{QStringLiteral("public"), true}}), before));
    before.channel.isPublic = true;
    before.channel.ios = false;
    QVERIFY(!undoOf(changing({{QStringLiteral("ios"), true}}), before));
    QVERIFY(undoOf(changing({{QStringLiteral("public"), false}}), before));
}

void RulesTest::everyObstacleHasEnglish()
{
    for (const char *id : {"rules_value", "rules_no_platform", "rules_no_build", "rules_no_device",
                           "rules_no_limit", "rules_range", "rules_no_minimum", "rules_other_default",
                           "rules_no_default", "rules_unreachable", "rules_self_set"}) {
        const Sentence sentence{QStringLiteral("obstacle.") + QLatin1String(id),
                                {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}};
        QVERIFY2(toEnglish(sentence) != sentence.id, id);
    }
}

QTEST_GUILESS_MAIN(RulesTest)
#include "rulestest.moc"
