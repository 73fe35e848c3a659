// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/channelfacts.h"
#include "workspace/uptake.h"

#include <QSignalSpy>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::workspace;
using namespace std::chrono_literals;

namespace {

const UtcTime kStart = utcFromMs(1'700'000'000'000 / 60'000 * 60'000);

QVector<std::optional<double>> counts(std::initializer_list<double> values)
{
    QVector<std::optional<double>> made;
    for (const double value : values) {
        made.append(value < 0 ? std::nullopt : std::optional(value));
    }
    return made;
}

release::Effect effectOf(const release::ReleaseAction &action, int shareBefore = 1000, int shareAfter = 1000)
{
    release::Effect effect{action};
    for (wire::ChannelState *state : {&effect.before, &effect.after}) {
        state->channel.name = QStringLiteral("production");
        state->channel.version = 1;
        state->channel.versionInfo = wire::BundleReference{1, QStringLiteral("1.0.0")};
        state->channel.rolloutVersion = 2;
        state->channel.rolloutVersionInfo = wire::BundleReference{2, QStringLiteral("1.1.0")};
        state->channel.rolloutEnabled = true;
    }
    effect.before.channel.rolloutPercentage = BasisPoints::clamp(shareBefore);
    effect.after.channel.rolloutPercentage = BasisPoints::clamp(shareAfter);
    return effect;
}

wire::LiveEvent stats(const char *device, const char *action, const char *bundle)
{
    return {1, QStringLiteral("stats"),
            QJsonObject{{QStringLiteral("device_id"), QString::fromLatin1(device)},
                        {QStringLiteral("action"), QString::fromLatin1(action)},
                        {QStringLiteral("version_name"), QString::fromLatin1(bundle)}}};
}

AppId app()
{
    return *AppId::parse(QStringLiteral("com.example.app"));
}

ChannelName production()
{
    return *ChannelName::parse(QStringLiteral("production"));
}

} // namespace

class FactsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countingBeginsWithTheFirstCheck();
    void aFirstBucketIsLeftOutWhenThereAreEnough();
    void tooLittleIsNoHabit();
    void bundleThatDevicesTake_data();
    void bundleThatDevicesTake();
    void devicesAreCountedOnce();
};

void FactsTest::countingBeginsWithTheFirstCheck()
{
    const std::optional<CheckHabit> habit =
        habitOf(counts({-1, 0, 30, 20}), kStart, 1min, kStart + 3min + 30s);
    QVERIFY(habit);
    QCOMPARE(habit->checks, 50);
    QCOMPARE(habit->span, Milliseconds(90s));
}

void FactsTest::aFirstBucketIsLeftOutWhenThereAreEnough()
{
    const std::optional<CheckHabit> habit =
        habitOf(counts({0, 3, 60, 60, 0, 60, 10}), kStart, 1min, kStart + 6min + 10s);
    QVERIFY(habit);
    QCOMPARE(habit->checks, 190);
    QCOMPARE(habit->span, Milliseconds(4min + 10s));
    // Nothing was before the first bucket of the whole span: it is not cut.
    QCOMPARE(habitOf(counts({3, 60, 60, 60, 60}), kStart, 1min, kStart + 5min)->checks, 243);
}

void FactsTest::tooLittleIsNoHabit()
{
    QVERIFY(!habitOf({}, kStart, 1min, kStart + 5min));
    QVERIFY(!habitOf(counts({0, -1, 0}), kStart, 1min, kStart + 3min));
    QVERIFY(!habitOf(counts({0, 40}), kStart, 1min, kStart + 1min + 20s));
}

void FactsTest::bundleThatDevicesTake_data()
{
    QTest::addColumn<release::Effect>("effect");
    QTest::addColumn<QString>("bundle");
    const QString next = QStringLiteral("1.2.0");
    QTest::newRow("promote") << effectOf(release::promote(app(), production(), next)) << next;
    QTest::newRow("start") << effectOf(
                                  release::startRollout(app(), production(), next, BasisPoints::clamp(100)))
                           << next;
    QTest::newRow("raise") << effectOf(release::setShare(app(), production(), BasisPoints::clamp(2500)), 1000,
                                       2500)
                           << QStringLiteral("1.1.0");
    QTest::newRow("lower moves nobody")
        << effectOf(release::setShare(app(), production(), BasisPoints::clamp(500)), 1000, 500) << QString();
    QTest::newRow("take back") << effectOf(release::takeBack(app(), production(), {}))
                               << QStringLiteral("1.0.0");
    QTest::newRow("to the built-in one")
        << effectOf(release::rollBack(app(), production(), {}, {})) << QStringLiteral("builtin");
    QTest::newRow("pause moves nobody") << effectOf(release::pause(app(), production(), {})) << QString();
    QTest::newRow("rules move nobody") << effectOf(release::setRules(app(), production(), {})) << QString();
}

void FactsTest::bundleThatDevicesTake()
{
    QFETCH(release::Effect, effect);
    QFETCH(QString, bundle);
    QCOMPARE(bundleTaken(effect).value_or(QString()), bundle);
}

void FactsTest::devicesAreCountedOnce()
{
    Uptake uptake;
    QSignalSpy changes(&uptake, &Uptake::changed);
    uptake.take({stats("a", "set", "1.2.0")});
    QCOMPARE(uptake.devices(), 0);
    uptake.begin(effectOf(release::promote(app(), production(), QStringLiteral("1.2.0"))));
    uptake.take({stats("a", "set", "1.2.0"), stats("a", "set", "1.2.0"), stats("b", "set", "1.2.0"),
                 stats("c", "get", "1.2.0"), stats("d", "set", "1.0.0")});
    QCOMPARE(uptake.devices(), 2);
    QCOMPARE(changes.count(), 1);
    uptake.take({stats("b", "set", "1.2.0")});
    QCOMPARE(changes.count(), 1);
    QVERIFY(!uptake.isReturn());
    // The next change starts from nothing.
    uptake.begin(effectOf(release::takeBack(app(), production(), {})));
    QCOMPARE(uptake.devices(), 0);
    QVERIFY(uptake.isReturn());
    uptake.take({stats("a", "set", "1.0.0")});
    QCOMPARE(uptake.devices(), 1);
    uptake.end();
    uptake.take({stats("b", "set", "1.0.0")});
    QCOMPARE(uptake.devices(), 0);
}

QTEST_GUILESS_MAIN(FactsTest)
#include "facts_test.moc"
