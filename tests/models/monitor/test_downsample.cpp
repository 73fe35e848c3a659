// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/downsample.h"

#include <QtTest>

#include <algorithm>
#include <cmath>

using namespace gatehouse::monitor;

namespace {
QVector<QPointF> wave(int count)
{
    QVector<QPointF> points;
    for (int i = 0; i < count; ++i) {
        points.append({static_cast<double>(i), std::sin(i / 40.0)});
    }
    return points;
}
} // namespace

class TestDownsample : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fewPointsStay();
    void keepsEndsOrderAndNumber();
    void keepsASinglePeak();
    void smallNumbers();
    void oneLess();
};

void TestDownsample::fewPointsStay()
{
    const auto points = wave(50);
    QCOMPARE(downsample(points, 50), points);
    QCOMPARE(downsample(points, 500), points);
    QVERIFY(downsample({}, 10).isEmpty());
}

void TestDownsample::keepsEndsOrderAndNumber()
{
    const auto points = wave(10'000);
    const auto kept = downsample(points, 300);
    QCOMPARE(kept.size(), 300);
    QCOMPARE(kept.first(), points.first());
    QCOMPARE(kept.last(), points.last());
    QVERIFY(std::is_sorted(kept.cbegin(), kept.cend(),
                           [](QPointF left, QPointF right) { return left.x() < right.x(); }));
    for (const QPointF point : kept) {
        QVERIFY(points.contains(point));
    }
}

void TestDownsample::keepsASinglePeak()
{
    QVector<QPointF> points;
    for (int i = 0; i < 5000; ++i) {
        points.append({static_cast<double>(i), i == 3217 ? 90.0 : 1.0});
    }
    QVERIFY(downsample(points, 100).contains(QPointF(3217, 90)));
}

void TestDownsample::smallNumbers()
{
    const auto points = wave(100);
    const QVector<QPointF> ends{points.first(), points.last()};
    QCOMPARE(downsample(points, 2), ends);
    QCOMPARE(downsample(points, 0), ends);
    QCOMPARE(downsample(points, -7), ends);
    QCOMPARE(downsample(points, 3).size(), 3);
}

void TestDownsample::oneLess()
{
    const auto points = wave(10);
    QCOMPARE(downsample(points, 9).size(), 9);
}

QTEST_APPLESS_MAIN(TestDownsample)
#include "test_downsample.moc"
