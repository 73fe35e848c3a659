// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/chartpanel.h"

#include "support.h"
#include "widgets/common/chartscale.h"
#include "widgets/common/charttable.h"
#include "widgets/common/chartview.h"
#include "widgets/common/tableview.h"

#include <QtCharts/QAreaSeries>
#include <QtCharts/QChart>
#include <QtCharts/QLineSeries>

#include <QAbstractItemModelTester>
#include <QFile>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

namespace gatehouse::widgets {

namespace {

UtcTime at(int minute)
{
    return utcFromMs(1773619200000 + minute * 60000LL);
}

ChartData rates()
{
    ChartData data;
    data.unit = ValueUnit::Ratio;
    data.series = {{QStringLiteral("2.4.1"), ColorRole::SeriesBlue}};
    for (int i = 0; i < 10; ++i) {
        const bool gap = i == 4 || i == 5;
        data.series[0].points.append(gap ? ChartPoint{at(i)} : ChartPoint{at(i), 0.01, 0.005, 0.02});
    }
    return data;
}

} // namespace

class ChartTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void gapsStayGaps();
    void gapInAStackStaysAGap();
    void loneMomentOfAStackIsSeen();
    void csvHoldsWhatIsShown();
    void csvRunsNothing();
    void tableShowsTheSameData();
    void arrowsMoveTheCrosshair();
    void emptyDataIsDescribed();
    void updatesAreHeldBack();
    void exportGoesWhereAsked();
    void exportFailureIsAnError();
    void zoomByDragging();
    void valueTicksAreRound_data();
    void valueTicksAreRound();
    void timeTicksAreRoundAndFew();

private:
    ThemeFixture m_fixture;
    AnsweringPrompts m_prompts;
};

void ChartTest::gapsStayGaps()
{
    ChartView view(m_fixture.theme);
    view.resize(600, 300);
    view.setData(rates());
    int lines = 0;
    int bands = 0;
    for (const QAbstractSeries *series : view.chart()->series()) {
        if (const auto *line = qobject_cast<const QLineSeries *>(series)) {
            ++lines;
            for (const QPointF &point : line->points()) {
                QVERIFY(std::isfinite(point.y()));
            }
        }
        bands += qobject_cast<const QAreaSeries *>(series) ? 1 : 0;
    }
    QCOMPARE(lines, 2);
    QCOMPARE(bands, 2);
}

void ChartTest::gapInAStackStaysAGap()
{
    ChartData data = rates();
    data.kind = ChartKind::StackedArea;
    data.unit = ValueUnit::Count;
    ChartView view(m_fixture.theme);
    view.setData(data);
    QCOMPARE(view.chart()->series().size(), 2);
}

void ChartTest::loneMomentOfAStackIsSeen()
{
    ChartData data = rates();
    data.kind = ChartKind::StackedArea;
    data.unit = ValueUnit::Count;
    data.from = at(0);
    data.to = at(10);
    data.series[0].points = {{at(5), 12.0}};
    ChartView view(m_fixture.theme);
    view.setData(data);
    QCOMPARE(view.chart()->series().size(), 1);
    const auto *area = qobject_cast<const QAreaSeries *>(view.chart()->series().first());
    QVERIFY(area != nullptr);
    const QVector<QPointF> points = area->upperSeries()->points();
    QCOMPARE(points.size(), 2);
    QVERIFY(points.last().x() > points.first().x());
    QCOMPARE(points.first().y(), 12.0);
    QCOMPARE(points.last().y(), 12.0);
}

void ChartTest::csvHoldsWhatIsShown()
{
    const QList<QByteArray> lines = toCsv(rates()).split('\n');
    QCOMPARE(lines.first().trimmed(), QByteArray("time,2.4.1,2.4.1 low,2.4.1 high"));
    QCOMPARE(lines.at(1).trimmed(), QByteArray("2026-03-16T00:00:00Z,0.01,0.005,0.02"));
    QCOMPARE(lines.at(5).trimmed(), QByteArray("2026-03-16T00:04:00Z,,,"));
    QCOMPARE(lines.size(), 12);
}

void ChartTest::csvRunsNothing()
{
    ChartData data = rates();
    data.series[0].name = QStringLiteral("=cmd()");
    QVERIFY(toCsv(data).startsWith("time,'=cmd()") || toCsv(data).startsWith("time,\"'=cmd()"));
}

void ChartTest::tableShowsTheSameData()
{
    ChartTable table;
    QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
    table.setChart(rates());
    QCOMPARE(table.rowCount(), 10);
    QCOMPARE(table.columnCount(), 2);
    QCOMPARE(table.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("2.4.1"));
    QVERIFY(table.index(0, 1).data().toString().startsWith(QStringLiteral("1.00")));
    QCOMPARE(table.index(4, 1).data().toString(), QStringLiteral("–"));
    QSignalSpy reset(&table, &QAbstractItemModel::modelReset);
    table.setChart(rates());
    QCOMPARE(reset.count(), 0);
}

void ChartTest::arrowsMoveTheCrosshair()
{
    ChartView view(m_fixture.theme);
    view.resize(600, 300);
    view.setData(rates());
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QVERIFY(!view.crosshair());
    QTest::keyClick(&view, Qt::Key_Left);
    QCOMPARE(view.crosshair(), std::optional(at(9)));
    QTest::keyClick(&view, Qt::Key_Left);
    QCOMPARE(view.crosshair(), std::optional(at(8)));
    QVERIFY(view.accessibleDescription().contains(QStringLiteral("2.4.1")));
    QTest::keyClick(&view, Qt::Key_Home);
    QCOMPARE(view.crosshair(), std::optional(at(0)));
    QTest::keyClick(&view, Qt::Key_Left);
    QCOMPARE(view.crosshair(), std::optional(at(0)));
    view.setData(rates());
    QCOMPARE(view.crosshair(), std::optional(at(0)));
    QTest::keyClick(&view, Qt::Key_Escape);
    QVERIFY(!view.crosshair());
}

void ChartTest::emptyDataIsDescribed()
{
    ChartPanel panel(m_fixture.theme, m_prompts, QStringLiteral("Rates"), QStringLiteral("rates"));
    panel.resize(500, 300);
    panel.setData({});
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel));
    QVERIFY(!panel.view()->accessibleDescription().isEmpty());
    QTest::keyClick(panel.view(), Qt::Key_Right);
    QVERIFY(!panel.view()->crosshair());
}

void ChartTest::updatesAreHeldBack()
{
    ChartPanel panel(m_fixture.theme, m_prompts, QStringLiteral("Rates"), QStringLiteral("rates"));
    ChartData data = rates();
    panel.setData(data);
    QCOMPARE(panel.view()->data().series.first().name, QStringLiteral("2.4.1"));
    data.series[0].name = QStringLiteral("second");
    panel.setData(data);
    data.series[0].name = QStringLiteral("third");
    panel.setData(data);
    QCOMPARE(panel.view()->data().series.first().name, QStringLiteral("2.4.1"));
    QTRY_COMPARE_WITH_TIMEOUT(panel.view()->data().series.first().name, QStringLiteral("third"), 2000);
}

void ChartTest::exportGoesWhereAsked()
{
    QTemporaryDir folder;
    ChartPanel panel(m_fixture.theme, m_prompts, QStringLiteral("Rates"), QStringLiteral("rates"));
    panel.resize(500, 300);
    panel.setData(rates());
    const QString csv = folder.filePath(QStringLiteral("a.csv"));
    QVERIFY(panel.exportCsv(csv).has_value());
    QFile written(csv);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(written.readAll(), toCsv(rates()));
    const QString png = folder.filePath(QStringLiteral("a.png"));
    QVERIFY(panel.exportPng(png).has_value());
    QCOMPARE(QImage(png).size(), QSize(1000, 600));
}

void ChartTest::exportFailureIsAnError()
{
    ChartPanel panel(m_fixture.theme, m_prompts, QStringLiteral("Rates"), QStringLiteral("rates"));
    const Result<void> written = panel.exportCsv(QStringLiteral("/nowhere/at/all.csv"));
    QVERIFY(!written.has_value());
    QCOMPARE(written.error().id, QStringLiteral("chart.export"));
    QCOMPARE(written.error().kind, ErrorKind::Io);
}

void ChartTest::zoomByDragging()
{
    ChartView view(m_fixture.theme);
    view.resize(600, 300);
    view.setData(rates());
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QSignalSpy chosen(&view, &ChartView::rangeChosen);
    QTest::mousePress(view.viewport(), Qt::LeftButton, Qt::NoModifier, QPoint(200, 100));
    QTest::mouseMove(view.viewport(), QPoint(400, 100));
    QTest::mouseRelease(view.viewport(), Qt::LeftButton, Qt::NoModifier, QPoint(400, 100));
    QCOMPARE(chosen.count(), 1);
    const auto from = chosen.first().at(0).value<std::optional<UtcTime>>();
    QVERIFY(from.has_value());
    QVERIFY(*from > at(0) && *from < at(9));
    QTest::keyClick(&view, Qt::Key_Escape);
    QCOMPARE(chosen.count(), 2);
    QVERIFY(!chosen.last().at(0).value<std::optional<UtcTime>>().has_value());
}

void ChartTest::valueTicksAreRound_data()
{
    QTest::addColumn<double>("maximum");
    QTest::addColumn<double>("step");
    QTest::addColumn<double>("top");
    QTest::newRow("devices") << 48000.0 << 10000.0 << 50000.0;
    QTest::newRow("a small rate") << 0.03 << 0.01 << 0.03;
    QTest::newRow("all") << 1.0 << 0.2 << 1.0;
    QTest::newRow("nothing") << 0.0 << 1.0 << 1.0;
    QTest::newRow("not a number") << std::nan("") << 1.0 << 1.0;
    QTest::newRow("below zero") << -3.0 << 1.0 << 1.0;
}

void ChartTest::valueTicksAreRound()
{
    QFETCH(double, maximum);
    QFETCH(double, step);
    QFETCH(double, top);
    const ValueTicks ticks = valueTicks(maximum, 5);
    QCOMPARE(ticks.step, step);
    QCOMPARE(ticks.top, top);
}

void ChartTest::timeTicksAreRoundAndFew()
{
    for (const int minutes : {5, 60, 24 * 60, 7 * 24 * 60, 30 * 24 * 60, 90 * 24 * 60}) {
        const QVector<TimeTick> ticks = timeTicks(at(7), at(7 + minutes), 8);
        QVERIFY2(ticks.size() >= 2 && ticks.size() <= 9,
                 qPrintable(QStringLiteral("%1 for %2").arg(ticks.size()).arg(minutes)));
        for (const TimeTick &tick : ticks) {
            QVERIFY(tick.at >= at(7) && tick.at <= at(7 + minutes));
            QVERIFY(!tick.label.isEmpty());
        }
    }
    QVERIFY(timeTicks(at(5), at(5), 8).isEmpty());
    QVERIFY(timeTicks(at(5), at(1), 8).isEmpty());
}

} // namespace gatehouse::widgets

QTEST_MAIN(gatehouse::widgets::ChartTest)
#include "chart_test.moc"
