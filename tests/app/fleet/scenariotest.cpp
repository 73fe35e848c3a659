// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleet/population/scenario.h"
#include "core/ids.h"
#include "fleet/population/profile.h"
#include "fleet/population/random.h"

#include <QSet>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::fleet;

class ScenarioTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEverything();
    void anEmptyScenarioIsTheDefault();
    void refuses_data();
    void refuses();
    void rulesMatchByBeginning_data();
    void rulesMatchByBeginning();
    void aFaultOfTheBundleStaysWithTheDevice();
    void aFaultOfTheNetworkIsDrawnAnew();
    void rateIsTheShareOfTheDevices();
    void profilesAreRepeatable();
    void profilesFollowTheMix();
    void gatesFollowThePlugin_data();
    void gatesFollowThePlugin();
};

void ScenarioTest::readsEverything()
{
    const auto scenario = Scenario::parse(R"({
        "devices": 12, "seed": 7, "speed": 60, "channel": "beta",
        "platforms": ["android", {"value": "ios", "share": 3}],
        "native_versions": ["1.0.0", "1.2"], "plugin_versions": ["8.51.14"],
        "os_versions": {"android": ["9"]},
        "checkin_seconds": 60, "foreground_seconds": 5, "ready_timeout_seconds": 2,
        "emulator_share": 0, "dev_share": 0.5, "megabits": 1.5,
        "failures": [{"bundle": "1.1.0", "platform": "android", "os": "9", "native": "1", "rate": 0.6,
                      "action": "update_fail"}],
        "events": [{"at": 20, "do": "open", "share": 0.5},
                   {"at": 10, "do": "offline", "platform": "ios", "seconds": 30},
                   {"at": 30, "do": "native_update", "version": "1.3"},
                   {"at": 40, "do": "failures", "failures": [{"action": "app_crash"}]}]})");
    QVERIFY2(scenario, scenario ? "" : qPrintable(scenario.error().toText()));
    QCOMPARE(scenario->devices, 12);
    QCOMPARE(scenario->seed, std::uint64_t(7));
    QCOMPARE(scenario->speed, 60.0);
    QCOMPARE(scenario->channel, QStringLiteral("beta"));
    QCOMPARE(scenario->platforms.size(), 2);
    QCOMPARE(scenario->platforms.at(1).share, 3.0);
    QCOMPARE(scenario->osVersions.value(QStringLiteral("android")).size(), 1);
    QVERIFY(!scenario->osVersions.value(QStringLiteral("ios")).isEmpty());
    QCOMPARE(scenario->checkin, Milliseconds(60'000));
    QCOMPARE(scenario->faults.size(), 1);
    QCOMPARE(scenario->faults.first().rate, 0.6);
    QCOMPARE(scenario->events.size(), 4);
    QCOMPARE(scenario->events.at(0).kind, ScenarioEvent::Kind::Offline);
    QCOMPARE(scenario->events.at(0).lasting, Milliseconds(30'000));
    QCOMPARE(scenario->events.at(3).faults.first().action, QStringLiteral("app_crash"));
}

void ScenarioTest::anEmptyScenarioIsTheDefault()
{
    const auto scenario = Scenario::parse("{}");
    QVERIFY(scenario);
    QCOMPARE(*scenario, Scenario());
}

void ScenarioTest::refuses_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("path");
    const auto row = [](const char *name, const char *json, const char *path) {
        QTest::newRow(name) << QByteArray(json) << QString::fromLatin1(path);
    };
    row("nothing", "", "$");
    row("not JSON", "{\"devices\": ", "$");
    row("an array", "[]", "$");
    row("unknown key", R"({"device": 5})", "device");
    row("no devices", R"({"devices": 0})", "devices");
    row("too many devices", R"({"devices": 1000001})", "devices");
    row("half a device", R"({"devices": 1.5})", "devices");
    row("devices as text", R"({"devices": "12"})", "devices");
    row("standing time", R"({"speed": 0})", "speed");
    row("negative share", R"({"dev_share": -0.1})", "dev_share");
    row("channel as number", R"({"channel": 3})", "channel");
    row("unknown platform", R"({"platforms": ["symbian"]})", "platforms[0]");
    row("empty list", R"({"platforms": []})", "platforms");
    row("a list of nothing", R"({"platforms": [{"value": "ios", "share": 0}]})", "platforms");
    row("list as text", R"({"native_versions": "1.0.0"})", "native_versions");
    row("broken plugin version", R"({"plugin_versions": ["8.x"]})", "plugin_versions[0]");
    row("unknown key in a share", R"({"platforms": [{"value": "ios", "weight": 1}]})", "platforms[0].weight");
    row("os of an unknown platform", R"({"os_versions": {"beos": ["5"]}})", "os_versions.beos");
    row("rules as object", R"({"failures": {}})", "failures");
    row("rule without action", R"({"failures": [{"bundle": "1.0.0"}]})", "failures[0].action");
    row("rule with unknown action", R"({"failures": [{"action": "set"}]})", "failures[0].action");
    row("rate over 1", R"({"failures": [{"action": "set_fail", "rate": 1.01}]})", "failures[0].rate");
    row("rule for no bundle", R"({"failures": [{"action": "set_fail", "bundle": "latest"}]})",
        "failures[0].bundle");
    row("event without time", R"({"events": [{"do": "open"}]})", "events[0].at");
    row("event before the start", R"({"events": [{"at": -1, "do": "open"}]})", "events[0].at");
    row("unknown event", R"({"events": [{"at": 1, "do": "explode"}]})", "events[0].do");
    row("update without version", R"({"events": [{"at": 1, "do": "native_update"}]})", "events[0].version");
    row("events as text", R"({"events": "none"})", "events");
    row("bad rule in an event", R"({"events": [{"at": 1, "do": "failures", "failures": [{"action": "x"}]}]})",
        "events[0].failures[0].action");
}

void ScenarioTest::refuses()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, path);
    const auto scenario = Scenario::parse(json);
    QVERIFY(!scenario);
    QCOMPARE(scenario.error().kind, ErrorKind::Invalid);
    QCOMPARE(scenario.error().id, QStringLiteral("fleet.scenario"));
    const QString quoted = QLatin1Char('"') + path + QLatin1Char('"');
    QVERIFY2(scenario.error().what.contains(quoted), qPrintable(scenario.error().what));
}

void ScenarioTest::rulesMatchByBeginning_data()
{
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<QString>("os");
    QTest::addColumn<bool>("expected");
    QTest::newRow("any") << QString() << QStringLiteral("9") << true;
    QTest::newRow("equal") << QStringLiteral("9") << QStringLiteral("9") << true;
    QTest::newRow("beginning") << QStringLiteral("9") << QStringLiteral("9.1") << true;
    QTest::newRow("other number") << QStringLiteral("9") << QStringLiteral("90") << false;
    QTest::newRow("longer than it") << QStringLiteral("9.1") << QStringLiteral("9") << false;
    QTest::newRow("other") << QStringLiteral("9") << QStringLiteral("10.9") << false;
}

void ScenarioTest::rulesMatchByBeginning()
{
    QFETCH(QString, wanted);
    QFETCH(QString, os);
    QFETCH(bool, expected);
    FaultRule rule;
    rule.os = wanted;
    Profile profile;
    profile.osVersion = os;
    QCOMPARE(matches(rule, profile, QStringLiteral("1.0.0")), expected);
    rule.bundle = QStringLiteral("1.0.1");
    QVERIFY(!matches(rule, profile, QStringLiteral("1.0.0")));
}

void ScenarioTest::aFaultOfTheBundleStaysWithTheDevice()
{
    const QVector<FaultRule> rules{
        {QString(), QString(), QString(), QString(), 0.5, QStringLiteral("update_fail")}};
    Random chance(1);
    for (int number = 0; number < 50; ++number) {
        const Profile profile = makeProfile(Scenario(), 1, number);
        const auto first = strike(rules, FaultStage::Launch, profile, QStringLiteral("1.1.0"), chance);
        for (int again = 0; again < 5; ++again) {
            QCOMPARE(strike(rules, FaultStage::Launch, profile, QStringLiteral("1.1.0"), chance), first);
        }
        QVERIFY(!strike(rules, FaultStage::Transfer, profile, QStringLiteral("1.1.0"), chance));
    }
}

void ScenarioTest::aFaultOfTheNetworkIsDrawnAnew()
{
    const QVector<FaultRule> rules{
        {QString(), QString(), QString(), QString(), 0.5, QStringLiteral("download_fail")}};
    const Profile profile = makeProfile(Scenario(), 1, 1);
    Random chance(3);
    int struck = 0;
    for (int i = 0; i < 1000; ++i) {
        struck += strike(rules, FaultStage::Transfer, profile, QStringLiteral("1.1.0"), chance) ? 1 : 0;
    }
    QVERIFY2(struck > 430 && struck < 570, qPrintable(QString::number(struck)));
}

void ScenarioTest::rateIsTheShareOfTheDevices()
{
    const QVector<FaultRule> rules{
        {QString(), QString(), QString(), QString(), 0.2, QStringLiteral("update_fail")}};
    Random chance(1);
    int struck = 0;
    for (int number = 0; number < 2000; ++number) {
        const Profile profile = makeProfile(Scenario(), 9, number);
        struck += strike(rules, FaultStage::Launch, profile, QStringLiteral("1.1.0"), chance) ? 1 : 0;
    }
    // Four standard deviations of a binomial count around 400.
    QVERIFY2(struck > 328 && struck < 472, qPrintable(QString::number(struck)));
}

void ScenarioTest::profilesAreRepeatable()
{
    const Scenario scenario;
    QSet<QString> ids;
    for (int number = 0; number < 500; ++number) {
        const Profile one = makeProfile(scenario, 42, number);
        const Profile two = makeProfile(scenario, 42, number);
        QCOMPARE(one.id, two.id);
        QCOMPARE(one.platform, two.platform);
        QCOMPARE(one.osVersion, two.osVersion);
        QCOMPARE(one.interval, two.interval);
        QVERIFY(DeviceId::parse(one.id));
        QCOMPARE(one.id, one.id.toLower());
        QCOMPARE(one.id.at(14), QLatin1Char('4'));
        ids.insert(one.id);
        QVERIFY(one.id != makeProfile(scenario, 43, number).id);
    }
    QCOMPARE(ids.size(), 500);
}

void ScenarioTest::profilesFollowTheMix()
{
    Scenario scenario;
    scenario.platforms = {{QStringLiteral("ios"), 1}, {QStringLiteral("android"), 3}};
    scenario.osVersions[QStringLiteral("android")] = {{QStringLiteral("9"), 1}};
    int android = 0;
    for (int number = 0; number < 2000; ++number) {
        const Profile profile = makeProfile(scenario, 5, number);
        QVERIFY(profile.platform != QLatin1String("electron"));
        if (profile.platform == QLatin1String("android")) {
            ++android;
            QCOMPARE(profile.osVersion, QStringLiteral("9"));
        }
    }
    QVERIFY2(android > 1420 && android < 1580, qPrintable(QString::number(android)));
}

void ScenarioTest::gatesFollowThePlugin_data()
{
    QTest::addColumn<QString>("plugin");
    QTest::addColumn<QString>("gates");
    QTest::newRow("8.41.9") << QStringLiteral("8.41.9") << QString();
    QTest::newRow("8.42.0") << QStringLiteral("8.42.0") << QStringLiteral("b");
    QTest::newRow("8.44.0") << QStringLiteral("8.44.0") << QStringLiteral("bn");
    QTest::newRow("8.45.11") << QStringLiteral("8.45.11") << QStringLiteral("bnk");
    QTest::newRow("8.46.0") << QStringLiteral("8.46.0") << QStringLiteral("bnkm");
    QTest::newRow("8.51.0") << QStringLiteral("8.51.0") << QStringLiteral("bnkml");
    QTest::newRow("8.51.5-beta.1") << QStringLiteral("8.51.5-beta.1") << QStringLiteral("bnkml");
    QTest::newRow("8.51.14") << QStringLiteral("8.51.14") << QStringLiteral("bnkmlw");
}

void ScenarioTest::gatesFollowThePlugin()
{
    QFETCH(QString, plugin);
    QFETCH(QString, gates);
    const auto version = SemanticVersion::parse(plugin);
    QVERIFY(version);
    const PluginGates found = PluginGates::of(*version);
    QString text;
    text += found.batches ? QStringLiteral("b") : QString();
    text += found.nativeNameOfBuiltin ? QStringLiteral("n") : QString();
    text += found.kinds ? QStringLiteral("k") : QString();
    text += found.metadata ? QStringLiteral("m") : QString();
    text += found.launchEvents ? QStringLiteral("l") : QString();
    text += found.waitsAfter429 ? QStringLiteral("w") : QString();
    QCOMPARE(text, gates);
}

QTEST_GUILESS_MAIN(ScenarioTest)
#include "scenariotest.moc"
