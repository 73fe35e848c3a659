// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/impact.h"

#include <QtTest>

using namespace gatehouse::monitor;

class TestImpact : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void countsDevices();
    void withoutOutcomesNothingIsForetold();
    void spanHoldsTheExpectation();
    void moreDataNarrowIt();
    void neverMoreThanAdded();
    void loweringAddsNothing();
};

void TestImpact::countsDevices()
{
    const Impact impact = estimateImpact(100, 250, {});
    QCOMPARE(impact.devicesBefore, 100);
    QCOMPARE(impact.devicesAfter, 250);
    QCOMPARE(impact.devicesAdded(), 150);
    QCOMPARE(estimateImpact(-4, 7, {}).devicesBefore, 0);
}

void TestImpact::withoutOutcomesNothingIsForetold()
{
    QVERIFY(!estimateImpact(0, 1000, {}).failures.has_value());
}

void TestImpact::spanHoldsTheExpectation()
{
    const auto forecast = estimateImpact(100, 1100, {200, 10}).failures;
    QVERIFY(forecast.has_value());
    QCOMPARE(forecast->expected, 50);
    QVERIFY(forecast->low < 50 && forecast->high > 50);
    QVERIFY(forecast->low >= 0);
}

void TestImpact::moreDataNarrowIt()
{
    const auto few = estimateImpact(0, 1000, {20, 1}).failures;
    const auto many = estimateImpact(0, 1000, {20'000, 1000}).failures;
    QCOMPARE(few->expected, many->expected);
    QVERIFY(many->low > few->low && many->high < few->high);
}

void TestImpact::neverMoreThanAdded()
{
    const auto forecast = estimateImpact(0, 10, {3, 3}).failures;
    QCOMPARE(forecast->expected, 10);
    QCOMPARE(forecast->high, 10);
    QVERIFY(forecast->low <= 10);
}

void TestImpact::loweringAddsNothing()
{
    const Impact impact = estimateImpact(500, 100, {50, 5});
    QCOMPARE(impact.devicesAdded(), 0);
    QCOMPARE(*impact.failures, (FailureForecast{0, 0, 0}));
}

QTEST_APPLESS_MAIN(TestImpact)
#include "test_impact.moc"
