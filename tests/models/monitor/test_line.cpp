// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/line.h"

#include <QtTest>

using namespace gatehouse;
using namespace gatehouse::monitor;
using namespace std::chrono_literals;

class TestLine : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsBuckets();
    void cutsAtGaps();
    void findsTheLastValue();
    void choosesSteps_data();
    void choosesSteps();
    void takesTheAxisFromAnAnswer();
};

void TestLine::findsBuckets()
{
    const TimeAxis axis{utcFromMs(120'000), 1min, 3};
    QCOMPARE(axis.bucketOf(utcFromMs(120'000)), std::optional<qsizetype>(0));
    QCOMPARE(axis.bucketOf(utcFromMs(299'999)), std::optional<qsizetype>(2));
    QVERIFY(!axis.bucketOf(utcFromMs(300'000)));
    QVERIFY(!axis.bucketOf(utcFromMs(119'999)));
    QCOMPARE(toMs(axis.startOf(1)), 180'000);
    QVERIFY(!(TimeAxis{utcFromMs(0), Milliseconds{0}, 3}).bucketOf(utcFromMs(0)));
}

void TestLine::cutsAtGaps()
{
    const TimeAxis axis{utcFromMs(0), 1min, 6};
    const auto runs = runsOf(axis, {std::nullopt, 1.0, 2.0, std::nullopt, std::nullopt, 0.0});
    QCOMPARE(runs.size(), 2);
    QCOMPARE(runs.at(0), (QVector<QPointF>{{60'000, 1}, {120'000, 2}}));
    QCOMPARE(runs.at(1), (QVector<QPointF>{{300'000, 0}}));
    QVERIFY(runsOf(axis, {}).isEmpty());
    QVERIFY(runsOf(axis, {std::nullopt}).isEmpty());
}

void TestLine::findsTheLastValue()
{
    const auto last = lastValue({1.0, 0.0, std::nullopt});
    QCOMPARE(last->bucket, 1);
    QCOMPARE(last->value, 0.0);
    QVERIFY(!lastValue({std::nullopt}).has_value());
}

void TestLine::choosesSteps_data()
{
    QTest::addColumn<qint64>("span");
    QTest::addColumn<qint64>("step");
    QTest::newRow("half an hour") << qint64{30} << qint64{1};
    QTest::newRow("exactly") << qint64{60} << qint64{1};
    QTest::newRow("one more") << qint64{61} << qint64{2};
    QTest::newRow("a day") << qint64{1440} << qint64{30};
    QTest::newRow("a month") << qint64{43200} << qint64{720};
    QTest::newRow("nothing") << qint64{0} << qint64{1};
    QTest::newRow("ten years") << qint64{5'256'000} << qint64{90'720};
}

void TestLine::choosesSteps()
{
    QFETCH(qint64, span);
    QFETCH(qint64, step);
    const Milliseconds chosen = readableStep(Milliseconds{std::chrono::minutes{span}}, 60);
    QCOMPARE(chosen.count(), step * 60'000);
    QVERIFY(chosen * 60 >= Milliseconds{std::chrono::minutes{span}});
}

void TestLine::takesTheAxisFromAnAnswer()
{
    const wire::SeriesAnswer answer{QStringLiteral("checks"),
                                    QStringLiteral("bundle"),
                                    utcFromMs(60'000),
                                    60'000,
                                    {{QString(), {1.0, 2.0}}}};
    QCOMPARE(axisOf(answer), (TimeAxis{utcFromMs(60'000), 1min, 2}));
}

QTEST_APPLESS_MAIN(TestLine)
#include "test_line.moc"
