// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/takeback.h"

#include <QtTest>

#include <cmath>

using namespace gatehouse;
using namespace gatehouse::monitor;
using namespace std::chrono_literals;

class TestTakeBack : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fromRates();
    void fromRatesWithoutData();
    void fromEqualGaps();
    void longGapsWeighMore();
    void fromGapsWithoutData();
};

void TestTakeBack::fromRates()
{
    // 1000 devices, each asks once an hour on average.
    const auto estimate = estimateTakeBack(300, 1000, 2000, Milliseconds{2h});
    QVERIFY(estimate.has_value());
    QCOMPARE(estimate->devicesToReach, 300);
    QCOMPARE(estimate->half.count(), std::llround(3'600'000.0 * std::log(2.0)));
    QCOMPARE(estimate->most.count(), std::llround(3'600'000.0 * std::log(10.0)));
}

void TestTakeBack::fromRatesWithoutData()
{
    QVERIFY(!estimateTakeBack(300, 0, 2000, Milliseconds{2h}).has_value());
    QVERIFY(!estimateTakeBack(300, 1000, 0, Milliseconds{2h}).has_value());
    QVERIFY(!estimateTakeBack(300, 1000, 2000, Milliseconds{0}).has_value());
    QCOMPARE(estimateTakeBack(-1, 10, 10, Milliseconds{1h})->devicesToReach, 0);
    // One check of very many devices in a long time stays a number.
    QVERIFY(estimateTakeBack(1, 1'000'000'000, 1, Milliseconds{24h * 365})->most.count() > 0);
}

void TestTakeBack::fromEqualGaps()
{
    const auto estimate = estimateTakeBack(10, QVector<Milliseconds>(5, Milliseconds{60min}));
    QVERIFY(std::abs(estimate->half.count() - Milliseconds{30min}.count()) <= 1);
    QVERIFY(std::abs(estimate->most.count() - Milliseconds{54min}.count()) <= 1);
}

void TestTakeBack::longGapsWeighMore()
{
    // Nine gaps of a minute and one of 91: nine tenths of all moments lie in the long one.
    QVector<Milliseconds> gaps(9, Milliseconds{1min});
    gaps.append(Milliseconds{91min});
    const auto estimate = estimateTakeBack(10, gaps);
    QVERIFY(estimate->half > Milliseconds{40min} && estimate->half < Milliseconds{42min});
    QVERIFY(estimate->most > Milliseconds{80min} && estimate->most < Milliseconds{82min});
}

void TestTakeBack::fromGapsWithoutData()
{
    QVERIFY(!estimateTakeBack(10, QVector<Milliseconds>{}).has_value());
    QVERIFY(!estimateTakeBack(10, QVector<Milliseconds>{Milliseconds{0}, Milliseconds{-5}}).has_value());
}

QTEST_APPLESS_MAIN(TestTakeBack)
#include "test_takeback.moc"
