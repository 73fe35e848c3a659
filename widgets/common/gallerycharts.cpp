// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Gallery: charts. The curves are computed from plain formulas; they belong to no app.
#include "widgets/common/chartpanel.h"
#include "widgets/common/chartview.h"
#include "widgets/common/gallerypages.h"

#include <QBoxLayout>

#include <cmath>

namespace gatehouse::widgets::gallery {

namespace {

constexpr qint64 kStartMs = 1773619200000; // Monday 16 March 2026, 00:00 UTC
constexpr qint64 kStepMs = 2 * 3600 * 1000;
constexpr int kSteps = 72;

QVBoxLayout *columnOf(QWidget *page)
{
    return static_cast<QVBoxLayout *>(page->layout());
}

UtcTime moment(int step)
{
    return utcFromMs(kStartMs + step * kStepMs);
}

double risen(double step, double middle, double width)
{
    return 1.0 / (1.0 + std::exp(-(step - middle) / width));
}

ChartData adoption()
{
    ChartData data;
    data.kind = ChartKind::StackedArea;
    data.series = {{GalleryText::tr("older"), ColorRole::SeriesSlate},
                   {QStringLiteral("1.2.2"), ColorRole::SeriesGreen},
                   {QStringLiteral("1.2.3"), ColorRole::SeriesBlue},
                   {GalleryText::tr("built-in"), ColorRole::SeriesPurple}};
    for (int step = 0; step < kSteps; ++step) {
        const double newest = 31000.0 * risen(step, 42, 5);
        const double older = 47000.0 * (1.0 - risen(step, 11, 3.6)) + 2200.0;
        const double builtIn = 420;
        data.series[0].points.append({moment(step), older});
        data.series[1].points.append({moment(step), qMax(0.0, 48000.0 - older - newest - builtIn)});
        data.series[2].points.append({moment(step), newest});
        data.series[3].points.append({moment(step), builtIn});
    }
    data.references = {{45600, GalleryText::tr("95 % of active devices"), Tone::Neutral}};
    data.events = {{moment(6), GalleryText::tr("1.2.2 released")},
                   {moment(33), GalleryText::tr("1.2.3 · 10 %")},
                   {moment(46), GalleryText::tr("50 %")},
                   {moment(57), GalleryText::tr("100 %")}};
    return data;
}

ChartData failures()
{
    ChartData data;
    data.kind = ChartKind::Line;
    data.unit = ValueUnit::Ratio;
    data.maximum = 0.04;
    data.series = {{QStringLiteral("1.2.3"), ColorRole::SeriesBlue},
                   {QStringLiteral("1.2.2"), ColorRole::SeriesGreen, Qt::DashLine}};
    for (int step = 0; step < kSteps; ++step) {
        const double wave = 0.0012 * std::sin(step / 7.0);
        const double oldRate = 0.0046 + wave;
        const double oldWidth = 0.0015 + 0.011 * std::exp(-step / 5.0);
        const bool gap = step >= 22 && step < 26;
        data.series[1].points.append(
            gap ? ChartPoint{moment(step)}
                : ChartPoint{moment(step), oldRate, qMax(0.0, oldRate - oldWidth), oldRate + oldWidth});
        if (step >= 33) {
            const double rate = 0.0074 + wave;
            const double width = 0.0028 + 0.028 * std::exp(-(step - 33) / 4.0);
            data.series[0].points.append({moment(step), rate, qMax(0.0, rate - width), rate + width});
        }
    }
    data.references = {{0.02, GalleryText::tr("guard limit 2 %"), Tone::Danger}};
    return data;
}

QWidget *charts(const Theme &theme, Prompts &prompts)
{
    QWidget *page = emptyPage(theme, GalleryText::tr("Chart panel"));
    auto *areas = new ChartPanel(theme, prompts, GalleryText::tr("Active devices by bundle"),
                                 QStringLiteral("adoptionChart"));
    areas->setData(adoption());
    auto *lines =
        new ChartPanel(theme, prompts, GalleryText::tr("Failure rate"), QStringLiteral("failureChart"));
    lines->setSubtitle(GalleryText::tr("share of installs; band holds at every moment, 95 %"));
    lines->setData(failures());
    columnOf(page)->addWidget(areas, 6);
    columnOf(page)->addWidget(lines, 5);
    return page;
}

QWidget *crosshair(const Theme &theme, Prompts &prompts)
{
    QWidget *page = emptyPage(theme, GalleryText::tr("Chart panel: crosshair and table"));
    auto *areas = new ChartPanel(theme, prompts, GalleryText::tr("Active devices by bundle"),
                                 QStringLiteral("adoptionChart"));
    areas->setData(adoption());
    areas->view()->setCrosshair(moment(44));
    auto *lines =
        new ChartPanel(theme, prompts, GalleryText::tr("Failure rate"), QStringLiteral("failureChart"));
    lines->setData(failures());
    lines->setTableVisible(true);
    columnOf(page)->addWidget(areas, 6);
    columnOf(page)->addWidget(lines, 5);
    return page;
}

} // namespace

QVector<GalleryPage> chartPages()
{
    return {{QStringLiteral("chart-panel"), charts}, {QStringLiteral("chart-crosshair"), crosshair}};
}

} // namespace gatehouse::widgets::gallery
