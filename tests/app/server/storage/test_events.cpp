// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/storefixture.h"

#include <thread>

using namespace std::chrono_literals;
using namespace gatehouse;
using namespace gatehouse::server;

/// What devices did: log, counters, roll-ups, devices.
class EventsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<StoreFixture>();
        m_fixture->makeApp();
        m_channel = m_fixture->makeChannel(QStringLiteral("production"), std::nullopt).row.id;
    }

    void logIsKeptInOrder()
    {
        record({eventOf(1, "download_complete", "1.0.0"), eventOf(1, "set", "1.0.0")});
        EventQuery query;
        query.appId = app();
        query.byTime = SortOrder::Ascending;
        const auto log = StoreFixture::must(store().eventLog(query));
        QCOMPARE(log.size(), 2);
        QCOMPARE(log.at(0).action, QStringLiteral("download_complete"));
        QCOMPARE(log.at(1).action, QStringLiteral("set"));
        query.actions = {QStringLiteral("set")};
        QCOMPARE(StoreFixture::must(store().eventLog(query)).size(), 1);
        query.search = QStringLiteral("100%_");
        QVERIFY(StoreFixture::must(store().eventLog(query)).isEmpty());
    }

    /// A check-in that a clock dated into the future must not stand there until then.
    void aClockSetBackIsFollowed()
    {
        m_fixture->clock.advance(std::chrono::hours(24 * 365));
        record({running(1, "1.0.0")});
        m_fixture->clock.advance(-std::chrono::hours(24 * 365));
        record({running(1, "1.0.0")});
        DeviceQuery query;
        query.appId = app();
        const DevicePage page = StoreFixture::must(store().devices(query));
        QCOMPARE(page.devices.size(), 1);
        QCOMPARE(page.devices.first().row.updatedAt, m_fixture->clock.now());
    }

    void oneDeviceIsOneAttempt()
    {
        // "set" is sent before the start is known to work; "update_fail" follows when it does not.
        record({install(1), install(2), install(2), failure(2), failure(2), failure(3)});
        const OutcomeCounts counts =
            StoreFixture::must(store().outcomes(app(), QStringLiteral("1.0.0"), m_channel));
        QCOMPARE(counts.attempts, 3);
        QCOMPARE(counts.installs, 2);
        QCOMPARE(counts.failures, 2);
        QCOMPARE(StoreFixture::must(store().outcomes(app(), QStringLiteral("1.0.0"), m_channel + 1)).attempts,
                 0);
    }

    void dailyCountersCountEvents()
    {
        DeviceEvent first = install(1);
        first.count = wire::ActionCount::Install;
        DeviceEvent builtin = first;
        builtin.bundle = QStringLiteral("builtin");
        record({first, first, builtin});
        const auto days = StoreFixture::must(store().dailyVersions(app(), day(), day()));
        QCOMPARE(days.size(), 1);
        QCOMPARE(days.front().install, 2);
        QCOMPARE(days.front().versionName, QStringLiteral("1.0.0"));
    }

    void populationIsASeries()
    {
        record({running(1, "1.0.0"), running(2, "1.0.0"), running(3, "builtin")});
        m_fixture->clock.advance(std::chrono::minutes(2));
        record({running(1, "1.1.0")});
        m_fixture->clock.advance(std::chrono::minutes(1));
        const auto rows = series(SeriesMetric::ActiveDevices, 5);
        QCOMPARE(valuesOf(rows, QStringLiteral("1.0.0")), (QVector<double>{2, 2, 1, 1, -1}));
        QCOMPARE(valuesOf(rows, QStringLiteral("1.1.0")), (QVector<double>{0, 0, 1, 1, -1}));
        QCOMPARE(valuesOf(rows, QStringLiteral("builtin")), (QVector<double>{1, 1, 1, 1, -1}));
        const auto population =
            StoreFixture::must(store().channelPopulation(app(), m_channel, QStringLiteral("1.1.0")));
        QCOMPARE(population.first, 3);
        QCOMPARE(population.second, 1);
    }

    void silentDevicesLeaveThePopulation()
    {
        record({running(1, "1.0.0"), running(2, "1.0.0")});
        m_fixture->clock.advance(std::chrono::hours(24 * 6));
        record({running(2, "1.0.0")});
        m_fixture->clock.advance(std::chrono::hours(25));
        StoreFixture::must(store().sweep());
        QCOMPARE(StoreFixture::must(store().channelPopulation(app(), m_channel, QString())).first, 1);
        StoreFixture::must(store().sweep());
        QCOMPARE(StoreFixture::must(store().channelPopulation(app(), m_channel, QString())).first, 1);
        record({running(1, "1.0.0")});
        QCOMPARE(StoreFixture::must(store().channelPopulation(app(), m_channel, QString())).first, 2);
    }

    void countersAreASeries()
    {
        record({install(1)});
        m_fixture->clock.advance(std::chrono::minutes(1));
        record({install(2), install(3), failure(3)});
        QCOMPARE(valuesOf(series(SeriesMetric::Installs, 3), QStringLiteral("1.0.0")),
                 (QVector<double>{1, 2, -1}));
        QCOMPARE(valuesOf(series(SeriesMetric::Failures, 3), QStringLiteral("1.0.0")),
                 (QVector<double>{0, 1, -1}));
    }

    void theLastHoursAreKnownByTenSeconds()
    {
        record({install(1)});
        m_fixture->clock.advance(std::chrono::seconds(20));
        record({install(2), running(3, "1.1.0")});
        SeriesQuery query;
        query.appId = app();
        query.metric = SeriesMetric::Installs;
        query.from = start();
        query.to = start() + std::chrono::seconds(50);
        query.step = std::chrono::seconds(10);
        QCOMPARE(valuesOf(StoreFixture::must(store().series(query)), QStringLiteral("1.0.0")),
                 (QVector<double>{1, 0, 1, -1, -1}));
        query.metric = SeriesMetric::ActiveDevices;
        QCOMPARE(valuesOf(StoreFixture::must(store().series(query)), QStringLiteral("1.1.0")),
                 (QVector<double>{0, 0, 1, -1, -1}));
        // Later the same question is answered by the minute, with the same sum.
        m_fixture->clock.advance(std::chrono::hours(4));
        StoreFixture::must(store().sweep());
        query.metric = SeriesMetric::Installs;
        QCOMPARE(valuesOf(StoreFixture::must(store().series(query)), QStringLiteral("1.0.0")),
                 (QVector<double>{2, 0, 0, 0, 0}));
    }

    void coarserStepsAgreeWithMinutes()
    {
        for (int i = 0; i < 90; ++i) {
            record({install(i)});
            m_fixture->clock.advance(std::chrono::minutes(1));
        }
        SeriesQuery query;
        query.appId = app();
        query.metric = SeriesMetric::Installs;
        query.step = std::chrono::hours(1);
        query.from = utcFromMs(toMs(start()) / 3'600'000 * 3'600'000);
        query.to = query.from + std::chrono::hours(3);
        double sum = 0;
        const auto rows = StoreFixture::must(store().series(query));
        QCOMPARE(rows.size(), 1);
        for (const auto &value : rows.front().values) {
            sum += value.value_or(0);
        }
        QCOMPARE(sum, 90.0);
    }

    void seriesRefusesNonsense()
    {
        SeriesQuery query;
        query.appId = app();
        query.from = start();
        query.to = start() + std::chrono::hours(1);
        query.step = std::chrono::milliseconds(1);
        QCOMPARE(store().series(query).error().id, QStringLiteral("store.series"));
        query.step = std::chrono::minutes(1);
        query.to = query.from - std::chrono::minutes(1);
        QCOMPARE(store().series(query).error().id, QStringLiteral("store.series"));
        query.to = query.from + std::chrono::hours(24 * 365);
        QCOMPARE(store().series(query).error().id, QStringLiteral("store.series"));
        query.to = query.from + std::chrono::minutes(1);
        query.appId = QStringLiteral("com.acme.none");
        QCOMPARE(store().series(query).error().kind, ErrorKind::NotFound);
    }

    void devicesAreKept()
    {
        DeviceEvent first = running(1, "1.0.0");
        first.device.customId = QStringLiteral("<b>Ann</b>");
        record({first});
        DeviceEvent second = running(1, "1.1.0");
        record({second});
        const auto device = StoreFixture::must(store().device(app(), id(1).toUpper()));
        QVERIFY(device.has_value());
        QCOMPARE(device->row.versionName, QStringLiteral("1.1.0"));
        QCOMPARE(device->row.customId, QStringLiteral("<b>Ann</b>"));
        QCOMPARE(device->channelId, m_channel);
        QVERIFY(!StoreFixture::must(store().device(app(), id(2))));
    }

    void devicesComeInPages()
    {
        for (int i = 0; i < 25; ++i) {
            record({running(i, "1.0.0")});
            m_fixture->clock.advance(i % 3 == 0 ? Milliseconds(0) : Milliseconds(1000));
        }
        DeviceQuery query;
        query.appId = app();
        query.limit = 10;
        QSet<QString> seen;
        int pages = 0;
        do {
            const DevicePage page = StoreFixture::must(store().devices(query));
            for (const DeviceRecord &device : page.devices) {
                seen.insert(device.row.deviceId);
            }
            query.cursor = page.nextCursor;
            ++pages;
        } while (!query.cursor.isEmpty());
        QCOMPARE(pages, 3);
        QCOMPARE(seen.size(), 25);
        QCOMPARE(StoreFixture::must(store().countDevices(query)), 25);
        query.cursor = QStringLiteral("rubbish");
        QCOMPARE(store().devices(query).error().id, QStringLiteral("store.cursor"));
    }

    void failuresAreRememberedUntilItWorked()
    {
        DeviceEvent failed = failure(1);
        failed.memory = DeviceEvent::Memory::Remember;
        record({failed});
        QVERIFY(StoreFixture::must(store().hasFailed(app(), id(1), QStringLiteral("1.0.0"))));
        QVERIFY(!StoreFixture::must(store().hasFailed(app(), id(1), QStringLiteral("1.0.1"))));
        QVERIFY(!StoreFixture::must(store().hasFailed(app(), id(2), QStringLiteral("1.0.0"))));
        DeviceEvent started = eventOf(1, "app_launch_ready", "1.0.0");
        started.memory = DeviceEvent::Memory::Forget;
        record({started});
        QVERIFY(!StoreFixture::must(store().hasFailed(app(), id(1), QStringLiteral("1.0.0"))));
    }

    void enqueuedEventsComeInOrder()
    {
        for (int i = 0; i < 500; ++i) {
            store().enqueueEvents(app(), {running(1, i % 2 == 0 ? "1.0.0" : "1.1.0")});
        }
        store().flush();
        QCOMPARE(StoreFixture::must(store().device(app(), id(1)))->row.versionName, QStringLiteral("1.1.0"));
        EventQuery query;
        query.appId = app();
        query.page.limit = 1000;
        QCOMPARE(StoreFixture::must(store().eventLog(query)).size(), 500);
    }

    void manyThreadsLoseNothing()
    {
        std::vector<std::thread> threads;
        threads.reserve(8);
        for (int t = 0; t < 8; ++t) {
            threads.emplace_back([this, t] {
                for (int i = 0; i < 25; ++i) {
                    StoreFixture::must(store().recordEvents(app(), {install(t * 100 + i)}));
                }
            });
        }
        for (std::thread &thread : threads) {
            thread.join();
        }
        QCOMPARE(StoreFixture::must(store().outcomes(app(), QStringLiteral("1.0.0"), std::nullopt)).installs,
                 200);
        m_fixture->reopen();
        QCOMPARE(StoreFixture::must(store().outcomes(app(), QStringLiteral("1.0.0"), std::nullopt)).installs,
                 200);
    }

    void liveEventsFollowTheCommit()
    {
        const auto subscription = store().events().subscribe(app(), std::nullopt, [] {});
        record({running(1, "1.0.0")});
        const auto events = subscription->take();
        QStringList types;
        for (const wire::LiveEvent &live : events) {
            types.append(live.type);
        }
        QCOMPARE(types, (QStringList{QStringLiteral("device"), QStringLiteral("stats")}));
    }

    void usageIsByDay()
    {
        record({running(1, "1.0.0"), running(2, "1.0.0"), running(1, "1.0.0")});
        store().enqueueBandwidth(app(), 1000);
        store().enqueueBandwidth(app(), 500);
        store().flush();
        const auto usage = StoreFixture::must(store().dailyUsage(app(), day(), day()));
        QCOMPARE(usage.size(), 1);
        QCOMPARE(usage.front().activeDevices, 2);
        QCOMPARE(usage.front().bandwidthBytes, 1500);
    }

    void eventsOfDeletedAppsAreDropped()
    {
        StoreFixture::must(m_fixture->apply(change::DeleteApp{}));
        record({running(1, "1.0.0")});
        m_fixture->makeApp();
        EventQuery query;
        query.appId = app();
        QVERIFY(StoreFixture::must(store().eventLog(query)).isEmpty());
    }

    void pluginsAndSystemsAreSeries()
    {
        record({of(running(1, "1.0.0"), "17.4", "8.0.0"), of(running(2, "1.0.0"), "17.4", "8.1.0"),
                of(running(3, "builtin"), "", "")});
        record({of(install(1), "17.4", "8.0.0"), of(failure(2), "17.4", "8.1.0")});
        m_fixture->clock.advance(std::chrono::minutes(2));
        // A new system and a new plugin, and nothing else of it.
        record({of(running(1, "1.0.0"), "18.0", "8.1.0")});
        const auto systems = series(SeriesMetric::ActiveDevices, 4, SeriesBy::OperatingSystem);
        QCOMPARE(valuesOf(systems, QStringLiteral("iOS 17.4")), (QVector<double>{2, 2, 1, -1}));
        QCOMPARE(valuesOf(systems, QStringLiteral("iOS 18.0")), (QVector<double>{0, 0, 1, -1}));
        QCOMPARE(valuesOf(systems, QStringLiteral("iOS")), (QVector<double>{1, 1, 1, -1}));
        const auto plugins = series(SeriesMetric::ActiveDevices, 4, SeriesBy::PluginVersion);
        QCOMPARE(valuesOf(plugins, QStringLiteral("8.0.0")), (QVector<double>{1, 1, 0, -1}));
        QCOMPARE(valuesOf(plugins, QStringLiteral("8.1.0")), (QVector<double>{1, 1, 2, -1}));
        QCOMPARE(valuesOf(plugins, QStringLiteral("unknown")), (QVector<double>{1, 1, 1, -1}));
        QCOMPARE(valuesOf(series(SeriesMetric::ActiveDevices, 4), QStringLiteral("1.0.0")),
                 (QVector<double>{2, 2, 2, -1}));
        QCOMPARE(
            valuesOf(series(SeriesMetric::Installs, 4, SeriesBy::PluginVersion), QStringLiteral("8.0.0")),
            (QVector<double>{1, 0, 0, -1}));
        QCOMPARE(
            valuesOf(series(SeriesMetric::Failures, 4, SeriesBy::PluginVersion), QStringLiteral("8.1.0")),
            (QVector<double>{1, 0, 0, -1}));
        // With a bundle and a channel chosen, and when they fall silent.
        SeriesQuery query = seriesQuery(SeriesMetric::ActiveDevices, 4, SeriesBy::OperatingSystem);
        query.bundle = QStringLiteral("builtin");
        query.channelId = m_channel;
        const auto builtin = StoreFixture::must(store().series(query));
        QCOMPARE(builtin.size(), 1);
        QCOMPARE(builtin.first().label, QStringLiteral("iOS"));
        m_fixture->clock.advance(std::chrono::hours(24 * 8));
        StoreFixture::must(store().sweep());
        query = seriesQuery(SeriesMetric::ActiveDevices, 1, SeriesBy::PluginVersion);
        query.from = m_fixture->clock.now() - (m_fixture->clock.now().time_since_epoch() % 60'000ms);
        query.to = query.from + std::chrono::minutes(1);
        QVERIFY(StoreFixture::must(store().series(query)).isEmpty());
    }

    /// What was swept away is a gap, not a time without devices.
    void whatIsForgottenIsAGap()
    {
        record({running(1, "1.0.0")});
        m_fixture->clock.advance(std::chrono::hours(24 * 6));
        record({running(1, "1.0.0"), of(running(2, "1.0.0"), "17.4", "8.0.0")});
        m_fixture->clock.advance(std::chrono::hours(24 * 2));
        StoreFixture::must(store().sweep());
        SeriesQuery query = seriesQuery(SeriesMetric::ActiveDevices, 1);
        query.from = start();
        query.to = start() + std::chrono::hours(24 * 8);
        query.step = std::chrono::minutes(30);
        const auto values = valuesOf(StoreFixture::must(store().series(query)), QStringLiteral("1.0.0"));
        QCOMPARE(values.first(), -1.0);
        QCOMPARE(values.at(47), -1.0);
        QCOMPARE(values.at(50), 1.0);
        QCOMPARE(values.last(), 2.0);
        query.step = std::chrono::hours(1);
        query.from = start() - (start().time_since_epoch() % 3'600'000ms);
        QCOMPARE(valuesOf(StoreFixture::must(store().series(query)), QStringLiteral("1.0.0")).first(), 1.0);
    }

private:
    static DeviceEvent of(DeviceEvent event, const char *os, const char *plugin)
    {
        event.device.versionOs = QString::fromLatin1(os);
        event.device.pluginVersion = QString::fromLatin1(plugin);
        return event;
    }
    Store &store() { return *m_fixture->store; }
    static QString app() { return QStringLiteral("com.acme.app"); }
    static QString id(int number)
    {
        return QStringLiteral("44f128a5-ac7a-4c9a-be4c-%1").arg(number, 12, 10, QLatin1Char('0'));
    }
    UtcTime start() const { return utcFromMs(1'785'000'000'000 / 60'000 * 60'000); }
    QString day() const { return toQDateTime(m_fixture->clock.now()).toString(QStringLiteral("yyyy-MM-dd")); }

    DeviceEvent eventOf(int device, const char *action, const char *bundle) const
    {
        DeviceEvent made;
        made.device.appId = app();
        made.device.deviceId = id(device);
        made.device.platform = QStringLiteral("ios");
        made.device.versionBuild = QStringLiteral("1.0.0");
        made.action = QString::fromLatin1(action);
        made.versionName = QString::fromLatin1(bundle);
        made.bundle = made.versionName;
        made.channelId = m_channel;
        return made;
    }
    DeviceEvent running(int device, const char *bundle) const
    {
        DeviceEvent made = eventOf(device, "app_moved_to_foreground", bundle);
        made.runningVersion = made.bundle;
        made.runningBundle = made.bundle;
        return made;
    }
    DeviceEvent install(int device) const
    {
        DeviceEvent made = eventOf(device, "set", "1.0.0");
        made.outcome = wire::ActionCount::Install;
        return made;
    }
    DeviceEvent failure(int device) const
    {
        DeviceEvent made = eventOf(device, "update_fail", "1.0.0");
        made.failure = wire::FailureClass::BundleFault;
        return made;
    }
    void record(const QVector<DeviceEvent> &events)
    {
        StoreFixture::must(store().recordEvents(app(), events));
    }
    SeriesQuery seriesQuery(SeriesMetric metric, int minutes, SeriesBy by = SeriesBy::Bundle) const
    {
        SeriesQuery query;
        query.appId = app();
        query.metric = metric;
        query.by = by;
        query.from = start();
        query.to = start() + std::chrono::minutes(minutes);
        return query;
    }
    QVector<SeriesRow> series(SeriesMetric metric, int minutes, SeriesBy by = SeriesBy::Bundle)
    {
        return StoreFixture::must(store().series(seriesQuery(metric, minutes, by)));
    }
    /// -1 for a gap.
    static QVector<double> valuesOf(const QVector<SeriesRow> &rows, const QString &label)
    {
        QVector<double> values;
        for (const SeriesRow &row : rows) {
            if (row.label == label) {
                for (const auto &value : row.values) {
                    values.append(value.value_or(-1));
                }
            }
        }
        return values;
    }

    std::unique_ptr<StoreFixture> m_fixture;
    qint64 m_channel = 0;
};

QTEST_GUILESS_MAIN(EventsTest)
#include "test_events.moc"
