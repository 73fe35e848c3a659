// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "rollout/share.h"

#include <QtTest>

#include <limits>

using namespace gatehouse;
using namespace gatehouse::rollout;

class TestShare : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleansShares();
    void cleansMemoryTimes();
    void countsDevices_data();
    void countsDevices();
    void neverOverflows();
    void tellsChange();
};

void TestShare::cleansShares()
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    QCOMPARE(cleanShare(std::nullopt).value(), 0);
    QCOMPARE(cleanShare(std::numeric_limits<double>::quiet_NaN()).value(), 0);
    QCOMPARE(cleanShare(infinity).value(), 0);
    QCOMPARE(cleanShare(-infinity).value(), 0);
    QCOMPARE(cleanShare(2500.9).value(), 2500);
    QCOMPARE(cleanShare(-0.5).value(), 0);
    QCOMPARE(cleanShare(-1.0).value(), 0);
    QCOMPARE(cleanShare(10000.0).value(), 10000);
    QCOMPARE(cleanShare(10001.0).value(), 10000);
    QCOMPARE(cleanShare(1e300).value(), 10000);
}

void TestShare::cleansMemoryTimes()
{
    QCOMPARE(cleanMemoryTime(5.0).count(), 60);
    QCOMPARE(cleanMemoryTime(3600.7).count(), 3600);
    QCOMPARE(cleanMemoryTime(31536001.0).count(), 31536000);
    QCOMPARE(cleanMemoryTime(std::nullopt).count(), 2592000);
    QCOMPARE(cleanMemoryTime(std::numeric_limits<double>::quiet_NaN()).count(), 2592000);
    QCOMPARE(cleanMemoryTime(-1e300).count(), 60);
}

void TestShare::countsDevices_data()
{
    QTest::addColumn<qint64>("population");
    QTest::addColumn<int>("share");
    QTest::addColumn<qint64>("reached");
    QTest::newRow("nobody there") << qint64{0} << 5000 << qint64{0};
    QTest::newRow("nonsense") << qint64{-5} << 5000 << qint64{0};
    QTest::newRow("share zero") << qint64{1000} << 0 << qint64{0};
    QTest::newRow("all") << qint64{1234} << 10000 << qint64{1234};
    QTest::newRow("half of odd") << qint64{3} << 5000 << qint64{2};
    QTest::newRow("tenth") << qint64{2000} << 1000 << qint64{200};
    QTest::newRow("never nobody") << qint64{10} << 1 << qint64{1};
    QTest::newRow("rounds") << qint64{12345} << 1 << qint64{1};
    QTest::newRow("million") << qint64{1'000'000} << 1 << qint64{100};
}

void TestShare::countsDevices()
{
    QFETCH(qint64, population);
    QFETCH(int, share);
    QFETCH(qint64, reached);
    QCOMPARE(devicesReached(population, BasisPoints::clamp(share)), reached);
}

void TestShare::neverOverflows()
{
    constexpr qint64 most = std::numeric_limits<qint64>::max();
    QCOMPARE(devicesReached(most, BasisPoints::clamp(10000)), most);
    QVERIFY(devicesReached(most, BasisPoints::clamp(9999)) < most);
    QVERIFY(devicesReached(most, BasisPoints::clamp(9999)) > most / 2);
}

void TestShare::tellsChange()
{
    const ReachChange up = reachChange(1000, BasisPoints::clamp(1000), BasisPoints::clamp(2500));
    QCOMPARE(up.before, 100);
    QCOMPARE(up.after, 250);
    QCOMPARE(up.added(), 150);
    const ReachChange down = reachChange(1000, BasisPoints::clamp(2500), BasisPoints::clamp(1000));
    QCOMPARE(down.added(), 0);
    QCOMPARE(down.after, 100);
}

QTEST_APPLESS_MAIN(TestShare)
#include "test_share.moc"
