// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recordingworld.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::fleet;
using namespace std::chrono_literals;

namespace {

/// One device of a chosen kind, its world, and the verbs of a story.
class Story
{
public:
    explicit Story(const QString &platform = QStringLiteral("ios"),
                   const QString &plugin = QStringLiteral("8.51.14"))
    {
        app.appId = QStringLiteral("com.example.app");
        app.keyId = QStringLiteral("MIIBCgKCAQEAabcdefgh");
        Profile profile = makeProfile(Scenario(), 1, 3);
        profile.platform = platform;
        profile.pluginVersion = plugin;
        profile.gates = PluginGates::of(*SemanticVersion::parse(plugin));
        profile.nativeVersion = QStringLiteral("1.0.0");
        profile.osVersion = QStringLiteral("9");
        profile.foreground = 60s;
        profile.interval = 600s;
        profile.bytesPerSecond = 1'000'000;
        device = std::make_unique<Device>(profile, app, faults);
    }

    static wire::UpdateAnswer offerOf(const char *version)
    {
        wire::UpdateAnswer offer;
        offer.version = QString::fromLatin1(version);
        offer.url = QStringLiteral("https://example.com/b.zip");
        offer.checksum = QStringLiteral("aa");
        return offer;
    }
    static wire::UpdateAnswer refusal(const char *error, const char *kind)
    {
        wire::UpdateAnswer answer;
        answer.error = QString::fromLatin1(error);
        answer.kind = QString::fromLatin1(kind);
        return answer;
    }

    void open() { device->openNow(world); }
    void answer(const wire::UpdateAnswer &given) { device->onChecked(world, {given, 200, Milliseconds(0)}); }
    void arrive(Fetched fetched = {})
    {
        fetched.bytes = 100'000;
        device->onFetched(world, fetched);
    }
    void pass(Milliseconds time) { world.pass(*device, time); }
    /// Opens the app, takes the offer, waits until the app went to the background and the bundle had its
    /// time.
    void take(const char *version)
    {
        if (device->isOpen()) {
            closeApp();
        }
        open();
        answer(offerOf(version));
        if (!world.fetches.isEmpty()) {
            world.fetches.clear();
            arrive();
        }
        closeApp();
        pass(35s);
    }
    void closeApp()
    {
        for (int i = 0; i < 600 && device->isOpen(); ++i) {
            pass(1s);
        }
    }
    [[nodiscard]] bool told(const char *action) const
    {
        return world.actions().contains(QString::fromLatin1(action));
    }
    [[nodiscard]] qsizetype position(const char *action) const
    {
        return world.actions().indexOf(QString::fromLatin1(action));
    }

    AppSettings app;
    QVector<FaultRule> faults;
    RecordingWorld world;
    std::unique_ptr<Device> device;
};

FaultRule rule(const char *action, const char *bundle)
{
    FaultRule fault;
    fault.action = QString::fromLatin1(action);
    fault.bundle = QString::fromLatin1(bundle);
    return fault;
}

} // namespace

class DeviceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensWithinItsInterval();
    void sendsWhatADeviceSends();
    void tellsTheTypicalSequence();
    void activatesOnlyInTheBackground();
    void rollsBackToTheBuiltInBundle();
    void rollsBackToTheLastGoodBundle();
    void aBundleThatNeverCallsReadyRollsBack();
    void triesAgainWhileItIsOffered();
    void whatIsOnDiskIsNotFetchedAgain();
    void anOfferOfTheRunningBundleIsNothing();
    void goesBackToBuiltInWhenAsked();
    void refusalsOfANewPlugin_data();
    void refusalsOfANewPlugin();
    void refusalsOfAnOldPluginAreFailures();
    void networkErrorsAreDownloadFailures();
    void reportsWhatWasWrong_data();
    void reportsWhatWasWrong();
    void aBundleWithoutIndexIsNotSet();
    void slowIosDevicesGiveUp();
    void androidWorkerReportsBare();
    void oldPluginsSendSingles();
    void keepsEventsUntilTaken();
    void dropsRefusedEvents();
    void keepsAtMostTwoHundred();
    void waitsAfter429();
    void anOldPluginIsSilentAfter429UntilRestart();
    void offlineDevicesSendNothing();
    void aNativeUpdateStartsAnew();
    void crashesAreToldByTheNextProcess();
    void staleWakesDoNothing();
};

void DeviceTest::opensWithinItsInterval()
{
    Story story;
    story.device->begin(story.world);
    story.pass(600s);
    QVERIFY(story.told("app_moved_to_foreground"));
    QCOMPARE(story.world.checks.size(), 1);
}

void DeviceTest::sendsWhatADeviceSends()
{
    Story story;
    story.open();
    QCOMPARE(story.world.checks.size(), 1);
    const wire::DeviceInfo &info = story.world.checks.first();
    QCOMPARE(info.platform, QStringLiteral("ios"));
    QCOMPARE(info.appId, QStringLiteral("com.example.app"));
    QCOMPARE(info.versionName, QStringLiteral("1.0.0"));
    QCOMPARE(info.keyId, story.app.keyId);
    Story old(QStringLiteral("ios"), QStringLiteral("8.43.0"));
    old.open();
    QCOMPARE(old.world.checks.first().versionName, QStringLiteral("builtin"));
    QVERIFY(!old.world.checks.first().installSource);
}

void DeviceTest::tellsTheTypicalSequence()
{
    Story story;
    story.take("1.1.0");
    QCOMPARE(story.device->running(), QStringLiteral("1.1.0"));
    QCOMPARE(story.world.running, QStringLiteral("1.1.0"));
    QStringList once = story.world.actions();
    once.removeDuplicates();
    QVERIFY2(once.startsWith(QStringLiteral("app_launch_start")), qPrintable(once.join(QLatin1Char(' '))));
    for (const auto &[before, after] :
         {std::pair{"app_launch_start", "app_moved_to_foreground"},
          std::pair{"app_moved_to_foreground", "download_zip_start"}, std::pair{"download_0", "download_10"},
          std::pair{"download_zip_start", "download_90"}, std::pair{"download_90", "download_zip_complete"},
          std::pair{"download_zip_complete", "download_complete"}, std::pair{"download_complete", "set_next"},
          std::pair{"set_next", "app_moved_to_background"}, std::pair{"app_moved_to_background", "set"}}) {
        QVERIFY2(story.position(before) >= 0, before);
        QVERIFY2(story.position(before) < story.position(after), after);
    }
    QCOMPARE(story.world.eventOf("set").value(QLatin1String("old_version_name")), QStringLiteral("1.0.0"));
    QVERIFY(!story.told("update_fail"));
    QVERIFY(story.world.counts.contains(std::pair(Moment::Install, QStringLiteral("1.1.0"))));
    for (const QJsonObject &event : story.world.events) {
        QVERIFY(wire::isKnownAction(event.value(QLatin1String("action")).toString()));
    }
}

void DeviceTest::activatesOnlyInTheBackground()
{
    Story story;
    story.open();
    story.answer(Story::offerOf("1.1.0"));
    story.arrive();
    story.pass(1500ms);
    QVERIFY(story.told("set_next") || story.device->isOpen());
    QVERIFY(story.device->running().isEmpty());
    story.closeApp();
    QCOMPARE(story.device->running(), QStringLiteral("1.1.0"));
}

void DeviceTest::rollsBackToTheBuiltInBundle()
{
    Story story;
    story.faults = {rule("update_fail", "1.1.0")};
    story.take("1.1.0");
    QVERIFY(story.device->running().isEmpty());
    QVERIFY(story.position("set") < story.position("app_launch_timeout"));
    QVERIFY(story.position("app_launch_timeout") < story.position("update_fail"));
    QCOMPARE(story.world.eventOf("update_fail").value(QLatin1String("version_name")),
             QStringLiteral("1.1.0"));
    QCOMPARE(story.world.eventOf("delete").value(QLatin1String("version_name")), QStringLiteral("1.1.0"));
    QCOMPARE(story.world.actions().count(QStringLiteral("set")), 1); // none for the built-in bundle
}

void DeviceTest::rollsBackToTheLastGoodBundle()
{
    Story story(QStringLiteral("android"));
    story.take("1.0.1");
    story.faults = {rule("update_fail", "1.1.0")};
    story.take("1.1.0");
    QCOMPARE(story.device->running(), QStringLiteral("1.0.1"));
    const QJsonObject back = story.world.eventOf("set");
    QCOMPARE(back.value(QLatin1String("version_name")), QStringLiteral("1.0.1"));
    QCOMPARE(back.value(QLatin1String("old_version_name")), QStringLiteral("1.0.0"));
    QVERIFY(story.world.counts.contains(std::pair(Moment::RollBack, QStringLiteral("1.1.0"))));
}

void DeviceTest::aBundleThatNeverCallsReadyRollsBack()
{
    Story story;
    story.open();
    story.answer(Story::offerOf("1.1.0"));
    Fetched silent;
    silent.callsReady = false;
    story.arrive(silent);
    story.closeApp();
    story.pass(35s);
    QVERIFY(story.told("update_fail"));
    QVERIFY(story.device->running().isEmpty());
}

void DeviceTest::triesAgainWhileItIsOffered()
{
    Story story;
    story.faults = {rule("update_fail", "1.1.0")};
    story.take("1.1.0");
    story.take("1.1.0");
    QCOMPARE(story.world.actions().count(QStringLiteral("update_fail")), 2);
    QCOMPARE(story.world.actions().count(QStringLiteral("download_complete")), 2);
}

void DeviceTest::whatIsOnDiskIsNotFetchedAgain()
{
    Story story;
    story.take("1.0.1");
    story.open();
    story.answer(Story::offerOf("1.0.2"));
    QCOMPARE(story.world.fetches.size(), 1);
    story.arrive();
    // The process ends before the bundle was activated: it is on disk and is activated at the next start.
    story.closeApp();
    story.pass(5s);
    QCOMPARE(story.device->running(), QStringLiteral("1.0.2"));
    QVERIFY(story.told("delete")); // the bundle before
    story.open();
    story.answer(Story::offerOf("1.0.1"));
    QCOMPARE(story.world.fetches.size(), 2); // deleted, so it is fetched again
}

void DeviceTest::anOfferOfTheRunningBundleIsNothing()
{
    Story story;
    story.take("1.1.0");
    story.world.fetches.clear();
    story.open();
    story.answer(Story::offerOf("1.1.0"));
    QVERIFY(story.world.fetches.isEmpty());
    QCOMPARE(story.world.checks.last().versionName, QStringLiteral("1.1.0"));
}

void DeviceTest::goesBackToBuiltInWhenAsked()
{
    Story story;
    story.take("1.1.0");
    const auto before = story.world.actions().count(QStringLiteral("set"));
    story.open();
    wire::UpdateAnswer builtin;
    builtin.version = QStringLiteral("builtin");
    story.answer(builtin);
    QCOMPARE(story.device->running(), QStringLiteral("1.1.0"));
    story.closeApp();
    QVERIFY(story.device->running().isEmpty());
    QCOMPARE(story.world.actions().count(QStringLiteral("set")), before);
}

void DeviceTest::refusalsOfANewPlugin_data()
{
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<bool>("isFailure");
    QTest::newRow("up to date") << QByteArray("up_to_date") << false;
    QTest::newRow("blocked") << QByteArray("blocked") << false;
    QTest::newRow("failed") << QByteArray("failed") << true;
    QTest::newRow("none") << QByteArray() << true;
    QTest::newRow("unknown") << QByteArray("tired") << true;
}

void DeviceTest::refusalsOfANewPlugin()
{
    QFETCH(QByteArray, kind);
    QFETCH(bool, isFailure);
    Story story;
    story.open();
    story.answer(Story::refusal("some_code", kind.constData()));
    story.pass(2s);
    QCOMPARE(story.told("download_fail"), isFailure);
}

void DeviceTest::refusalsOfAnOldPluginAreFailures()
{
    Story android(QStringLiteral("android"), QStringLiteral("8.45.10"));
    android.open();
    android.answer(Story::refusal("no_new_version_available", "up_to_date"));
    android.pass(2s);
    QVERIFY(android.told("download_fail"));
    Story ios(QStringLiteral("ios"), QStringLiteral("8.45.10"));
    ios.open();
    ios.answer(Story::refusal("no_new_version_available", "up_to_date"));
    ios.pass(2s);
    QVERIFY(!ios.told("download_fail"));
}

void DeviceTest::networkErrorsAreDownloadFailures()
{
    Story story;
    story.open();
    story.device->onChecked(story.world, {makeError(ErrorKind::Offline, "fleet.connect", QStringLiteral("x")),
                                          0, Milliseconds(0)});
    story.pass(2s);
    QCOMPARE(story.world.eventOf("download_fail").value(QLatin1String("version_name")),
             QStringLiteral("1.0.0"));
    story.closeApp();
    story.open();
    QCOMPARE(story.world.checks.size(), 2);
}

void DeviceTest::reportsWhatWasWrong_data()
{
    QTest::addColumn<QString>("platform");
    QTest::addColumn<QString>("found");
    QTest::addColumn<QString>("told");
    const auto row = [](const char *platform, const char *found, const char *told) {
        QTest::addRow("%s %s", platform, found)
            << QString::fromLatin1(platform) << QString::fromLatin1(found) << QString::fromLatin1(told);
    };
    row("ios", "checksum_fail", "checksum_fail");
    row("ios", "decrypt_fail", "decrypt_fail");
    row("android", "decrypt_fail", "finish_download_fail");
    row("android", "checksum_fail", "checksum_fail");
    row("android", "unzip_fail", "unzip_fail");
    row("electron", "canonical_path_fail", "canonical_path_fail");
}

void DeviceTest::reportsWhatWasWrong()
{
    QFETCH(QString, platform);
    QFETCH(QString, found);
    QFETCH(QString, told);
    Story story(platform);
    story.open();
    story.answer(Story::offerOf("1.1.0"));
    Fetched broken;
    broken.failure = found;
    story.arrive(broken);
    story.closeApp();
    story.pass(35s);
    const QByteArray name = told.toLatin1();
    QCOMPARE(story.world.eventOf(name.constData()).value(QLatin1String("version_name")),
             QStringLiteral("1.1.0"));
    QCOMPARE(story.world.eventOf("download_fail").value(QLatin1String("version_name")),
             QStringLiteral("1.0.0"));
    QVERIFY(!story.told("set_next"));
    QVERIFY(story.device->running().isEmpty());
}

void DeviceTest::aBundleWithoutIndexIsNotSet()
{
    Story story;
    story.open();
    story.answer(Story::offerOf("1.1.0"));
    Fetched bare;
    bare.hasIndex = false;
    story.arrive(bare);
    story.closeApp();
    story.pass(35s);
    QVERIFY(story.told("set_fail"));
    QVERIFY(!story.told("set"));
    QVERIFY(story.device->running().isEmpty());
}

void DeviceTest::slowIosDevicesGiveUp()
{
    Story story;
    story.open();
    story.answer(Story::offerOf("1.1.0"));
    Fetched large;
    large.bytes = 26'000'000; // 26 s at the profile's 1 MB/s, one more than iOS allows
    story.device->onFetched(story.world, large);
    story.closeApp();
    story.pass(60s);
    QVERIFY(story.told("download_fail"));
    QVERIFY(!story.told("download_complete"));
}

void DeviceTest::androidWorkerReportsBare()
{
    Story story(QStringLiteral("android"));
    story.open();
    story.answer(Story::offerOf("1.1.0"));
    QCOMPARE(story.world.bodies.size(), 1);
    const QJsonDocument &body = story.world.bodies.first();
    QVERIFY(body.isObject());
    QCOMPARE(body.object().value(QLatin1String("action")), QStringLiteral("download_zip_start"));
    QVERIFY(!body.object().contains(QLatin1String("timestamp")));
    QVERIFY(!body.object().contains(QLatin1String("key_id")));
    story.pass(2s);
    QVERIFY(!story.told("download_0"));
}

void DeviceTest::oldPluginsSendSingles()
{
    Story story(QStringLiteral("ios"), QStringLiteral("8.41.0"));
    story.open();
    story.answer(Story::refusal("no_new_version_available", "up_to_date"));
    story.closeApp();
    story.pass(10s);
    QVERIFY(story.world.bodies.size() >= 2);
    for (const QJsonDocument &body : story.world.bodies) {
        QVERIFY(body.isObject());
        QVERIFY(!body.object().contains(QLatin1String("timestamp")));
        QVERIFY(!body.object().contains(QLatin1String("metadata")));
    }
    QVERIFY(!story.told("app_launch_start"));
}

void DeviceTest::keepsEventsUntilTaken()
{
    Story story;
    story.world.delivery = {Delivered::Verdict::Later, false, Milliseconds(0)};
    story.open();
    story.pass(1200ms);
    QCOMPARE(story.world.bodies.size(), 1);
    const qsizetype sent = story.world.bodies.first().array().size();
    QVERIFY(sent >= 2);
    story.world.delivery = {Delivered::Verdict::Taken, false, Milliseconds(0)};
    story.pass(40s);
    QVERIFY(story.world.bodies.size() >= 2);
    const QJsonArray again = story.world.bodies.at(1).array();
    QCOMPARE(again.first(), story.world.bodies.first().array().first());
    const auto starts = story.world.actions().count(QStringLiteral("app_launch_start"));
    story.pass(5s);
    QCOMPARE(story.world.actions().count(QStringLiteral("app_launch_start")), starts);
}

void DeviceTest::dropsRefusedEvents()
{
    Story story;
    story.world.delivery = {Delivered::Verdict::Refused, false, Milliseconds(0)};
    story.open();
    story.pass(1200ms);
    story.world.delivery = {Delivered::Verdict::Taken, false, Milliseconds(0)};
    story.pass(40s);
    QCOMPARE(story.world.actions().count(QStringLiteral("app_launch_start")), 1);
    QVERIFY(story.world.counts.contains(std::pair(Moment::EventsLost, QStringLiteral("refused"))));
}

void DeviceTest::keepsAtMostTwoHundred()
{
    EventQueue queue;
    for (int i = 0; i < EventQueue::kCapacity; ++i) {
        QVERIFY(!queue.add({QString::number(i), QString()}));
    }
    QCOMPARE(queue.take(50).first().action, QStringLiteral("0"));
    QVERIFY(queue.add({QStringLiteral("new"), QString()}));
    // The oldest was under way and is gone: what arrives now must not take a younger one with it.
    QCOMPARE(queue.drop(), qsizetype(49));
    const auto left = queue.take(EventQueue::kCapacity);
    QCOMPARE(left.size(), qsizetype(151));
    QCOMPARE(left.first().action, QStringLiteral("50"));
    QCOMPARE(left.last().action, QStringLiteral("new"));
}

void DeviceTest::waitsAfter429()
{
    Story story;
    story.open();
    story.device->onChecked(story.world, {makeError(ErrorKind::Protocol, "fleet.status", QStringLiteral("x")),
                                          429, Milliseconds(3'600'000)});
    story.closeApp();
    story.pass(60s);
    QVERIFY(story.world.bodies.isEmpty());
    story.pass(3'700s);
    QVERIFY(story.told("rate_limit_reached"));
}

void DeviceTest::anOldPluginIsSilentAfter429UntilRestart()
{
    Story story(QStringLiteral("ios"), QStringLiteral("8.51.4"));
    story.world.delivery = {Delivered::Verdict::Later, true, Milliseconds(0)};
    story.open();
    story.answer(Story::refusal("no_new_version_available", "up_to_date"));
    story.pass(1200ms);
    QCOMPARE(story.world.bodies.size(), 1);
    story.closeApp();
    story.pass(60s);
    QCOMPARE(story.world.bodies.size(), 1);
    story.device->updateNative(QStringLiteral("1.0.1")); // the next opening is a new process
    story.world.delivery = {Delivered::Verdict::Taken, false, Milliseconds(0)};
    story.open();
    QCOMPARE(story.world.checks.size(), 2);
    story.pass(1200ms);
    QCOMPARE(story.world.bodies.size(), 2);
}

void DeviceTest::offlineDevicesSendNothing()
{
    Story story;
    story.device->goOffline(story.world, 300s);
    story.open();
    story.pass(200s);
    QVERIFY(story.world.checks.isEmpty());
    QVERIFY(story.world.bodies.isEmpty());
    story.pass(200s);
    QVERIFY(story.told("download_fail"));
    QVERIFY(story.told("app_launch_start"));
}

void DeviceTest::aNativeUpdateStartsAnew()
{
    Story story;
    story.take("1.1.0");
    story.device->updateNative(QStringLiteral("2.0.0"));
    QCOMPARE(story.device->running(), QStringLiteral("1.1.0"));
    story.open();
    QVERIFY(story.device->running().isEmpty());
    QCOMPARE(story.world.checks.last().versionBuild, QStringLiteral("2.0.0"));
    QCOMPARE(story.world.checks.last().versionName, QStringLiteral("2.0.0"));
    story.pass(2s);
    const QJsonObject metadata =
        story.world.eventOf("native_app_version_changed").value(QLatin1String("metadata")).toObject();
    QCOMPARE(metadata.value(QLatin1String("previous_version_build")), QStringLiteral("1.0.0"));
}

void DeviceTest::crashesAreToldByTheNextProcess()
{
    Story story;
    story.take("1.1.0");
    story.faults = {rule("app_crash", "1.1.0")};
    story.open();
    story.answer(Story::refusal("no_new_version_available", "up_to_date"));
    story.closeApp();
    story.pass(3s);
    QVERIFY(!story.told("app_crash"));
    story.faults.clear();
    story.open();
    story.pass(2s);
    QVERIFY(story.told("app_crash"));
    QCOMPARE(story.world.eventOf("app_crash").value(QLatin1String("version_name")), QStringLiteral("1.1.0"));
}

void DeviceTest::staleWakesDoNothing()
{
    Story story;
    story.open();
    story.device->onWake(story.world, Wake::NotReady, 1);
    story.device->onWake(story.world, Wake::Transferred, 99);
    story.device->onWake(story.world, Wake::Close, 99);
    story.device->onFetched(story.world, {});
    QVERIFY(story.device->isOpen());
    QVERIFY(story.device->running().isEmpty());
}

QTEST_GUILESS_MAIN(DeviceTest)
#include "devicetest.moc"
