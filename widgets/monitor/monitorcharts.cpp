// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/monitor/monitorcharts.h"

#include "core/foreigntext.h"
#include "core/semver.h"
#include "monitor/adoption.h"
#include "monitor/failurerate.h"
#include "tables/historytable.h"

#include <QCoreApplication>

namespace gatehouse::widgets {

namespace {

constexpr qsizetype kMostAreas = 5;
constexpr qsizetype kMostMarkers = 8;
constexpr int kMarkerRoom = 4;           // a label takes about a quarter of the axis
constexpr qsizetype kFewestBuckets = 12; // a young app's chart still has an axis to read
constexpr double kReferenceAdoption = 0.95;

/// Texts of free functions: by this class lupdate and the run time agree on the context.
class Words
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse::widgets::MonitorCharts)
};

QString nameOf(const QString &label)
{
    if (label.isEmpty()) {
        return Words::tr("older");
    }
    return label == QLatin1String("builtin") ? Words::tr("built-in") : displayable(label, 48);
}

QString colorKey(const QString &label)
{
    return label.isEmpty() ? QStringLiteral("older") : label;
}

double sumOf(const wire::SeriesAnswer &answer)
{
    double sum = 0;
    for (const wire::SeriesLine &line : answer.lines) {
        for (const std::optional<double> &value : line.values) {
            sum += value.value_or(0);
        }
    }
    return sum;
}

QVector<EventMarker> markersOf(const QVector<wire::ChannelState> &channels, const QString &channel,
                               UtcTime from, UtcTime to)
{
    QVector<EventMarker> markers;
    for (const wire::ChannelState &state : channels) {
        if (!channel.isEmpty() && state.channel.name != channel) {
            continue;
        }
        for (const wire::ChannelHistoryEntry &entry : state.history) {
            const bool isRelease =
                entry.what == QLatin1String("promote") || entry.what == QLatin1String("start_rollout") ||
                entry.what == QLatin1String("set_share") || entry.what == QLatin1String("take_back") ||
                entry.what == QLatin1String("roll_back");
            if (isRelease && entry.at >= from && entry.at < to) {
                markers.append({entry.at, tables::historySentence(entry)});
            }
        }
    }
    std::sort(markers.begin(), markers.end(),
              [](const EventMarker &one, const EventMarker &other) { return one.at > other.at; });
    if (markers.size() > kMostMarkers) {
        markers.resize(kMostMarkers);
    }
    // Newest first: a line too close to one that is named stands without words.
    std::optional<UtcTime> named;
    for (EventMarker &marker : markers) {
        if (named && *named - marker.at < (to - from) / kMarkerRoom) {
            marker.label.clear();
        } else {
            named = marker.at;
        }
    }
    return markers;
}

std::optional<double> limitOf(const QVector<wire::ChannelState> &channels, const QString &channel)
{
    std::optional<double> lowest;
    for (const wire::ChannelState &state : channels) {
        const std::optional<qint64> &bps = state.channel.autoPauseFailureRateBps;
        if ((channel.isEmpty() || state.channel.name == channel) && state.channel.autoPauseEnabled && bps) {
            const double limit = static_cast<double>(*bps) / 10000.0;
            lowest = lowest ? std::min(*lowest, limit) : limit;
        }
    }
    return lowest;
}

/// The first bucket worth showing: an app that is younger than the range has no past to draw.
qsizetype firstBucketOf(const wire::SeriesAnswer &answer)
{
    const qsizetype count = answer.bucketCount();
    qsizetype first = count;
    for (const wire::SeriesLine &line : answer.lines) {
        for (qsizetype i = 0; i < first; ++i) {
            if (line.values.at(i).value_or(0) > 0) {
                first = i;
            }
        }
    }
    return std::max<qsizetype>(0, std::min(first - 1, count - kFewestBuckets));
}

/// Where a bucket stands: at its end, since it tells how things are then; the running one at this moment.
UtcTime momentOf(const monitor::TimeAxis &axis, qsizetype bucket, UtcTime now)
{
    return std::min(axis.startOf(bucket + 1), std::max(now, axis.startOf(bucket)));
}

/// The highest bundle that devices are meant to get now: what was taken back is not awaited any more.
QString newestServed(const QVector<wire::ChannelState> &channels, const QString &channel)
{
    QString newest;
    std::optional<SemanticVersion> highest;
    const auto offer = [&](const std::optional<wire::BundleReference> &bundle) {
        if (!bundle) {
            return;
        }
        const Result<SemanticVersion> version = SemanticVersion::parse(bundle->name);
        if (newest.isEmpty() || (version && (!highest || *version > *highest))) {
            newest = bundle->name;
            highest = version ? std::optional(*version) : highest;
        }
    };
    for (const wire::ChannelState &state : channels) {
        if (!channel.isEmpty() && state.channel.name != channel) {
            continue;
        }
        offer(state.channel.versionInfo);
        if (state.channel.rolloutEnabled) {
            offer(state.channel.rolloutVersionInfo);
        }
    }
    return newest;
}

} // namespace

ChartData adoptionChart(const Theme &theme, const workspace::MonitorNumbers &numbers,
                        const QVector<wire::ChannelState> &channels, const QString &channel, UtcTime now)
{
    ChartData chart;
    chart.kind = ChartKind::StackedArea;
    chart.unit = ValueUnit::Count;
    const monitor::Adoption adoption = monitor::adoptionOf(numbers.active, kMostAreas);
    if (adoption.axis.count == 0) {
        return chart;
    }
    const qsizetype first = firstBucketOf(numbers.active);
    chart.from = adoption.axis.startOf(first);
    chart.to = adoption.axis.end();
    // Smallest at the bottom: the newest bundle grows from above into the rest.
    for (qsizetype i = adoption.areas.size() - 1; i >= 0; --i) {
        const monitor::AdoptionArea &area = adoption.areas.at(i);
        ChartSeries series;
        series.name = nameOf(area.label);
        series.color = theme.seriesRole(colorKey(area.label));
        for (qsizetype bucket = first; bucket < area.counts.size(); ++bucket) {
            series.points.append(
                {momentOf(adoption.axis, bucket, now), area.counts.at(bucket).value_or(kNoValue)});
        }
        chart.series.append(series);
    }
    if (const std::optional<monitor::LastValue> total = monitor::lastValue(adoption.totals);
        total && total->value > 0) {
        chart.references.append(
            {total->value * kReferenceAdoption, Words::tr("95 % of active devices"), Tone::Neutral});
    }
    chart.events = markersOf(channels, channel, *chart.from, *chart.to);
    return chart;
}

ChartData failureChart(const Theme &theme, const workspace::MonitorNumbers &numbers,
                       const QVector<wire::ChannelState> &channels, const QString &channel, UtcTime now)
{
    ChartData chart;
    chart.kind = ChartKind::Line;
    chart.unit = ValueUnit::Ratio;
    const monitor::TimeAxis axis = monitor::axisOf(numbers.attempts);
    if (axis.count > 0) {
        chart.from = axis.startOf(firstBucketOf(numbers.active));
        chart.to = axis.end();
    }
    const Result<QVector<monitor::FailureLine>> lines =
        monitor::failureLines(numbers.attempts, numbers.failures);
    double highest = 0.02;
    if (lines) {
        for (const monitor::FailureLine &line : *lines) {
            ChartSeries series;
            series.name = nameOf(line.label);
            series.color = theme.seriesRole(colorKey(line.label));
            series.dash = theme.seriesDash(colorKey(line.label));
            for (qsizetype bucket = 0; bucket < line.points.size(); ++bucket) {
                const std::optional<monitor::FailurePoint> &point = line.points.at(bucket);
                if (!point) {
                    series.points.append({momentOf(axis, bucket, now)});
                    continue;
                }
                series.points.append(
                    {momentOf(axis, bucket, now), point->share, point->band.low, point->band.high});
                highest = std::max(highest, point->share);
            }
            chart.series.append(series);
        }
    }
    if (const std::optional<double> limit = limitOf(channels, channel)) {
        chart.references.append({*limit, Words::tr("limit of the auto-pause"), Tone::Danger});
        highest = std::max(highest, *limit);
    }
    // Bands of few devices reach to 100 %; the lines are what one wants to read.
    chart.maximum = std::min(1.0, highest * 2.0);
    return chart;
}

MonitorFigures figuresOf(const workspace::MonitorNumbers &numbers,
                         const QVector<wire::ChannelState> &channels, const QString &channel)
{
    MonitorFigures figures;
    figures.newest = newestServed(channels, channel);
    double onNewest = 0;
    for (const wire::SeriesLine &line : numbers.active.lines) {
        const double last = monitor::lastValue(line.values).value_or(monitor::LastValue{}).value;
        figures.activeDevices += last;
        onNewest += line.label == figures.newest ? last : 0;
    }
    if (figures.activeDevices > 0 && !figures.newest.isEmpty()) {
        figures.onNewest = onNewest / figures.activeDevices;
    }
    figures.attempts = qRound64(sumOf(numbers.attempts));
    figures.failures = qRound64(sumOf(numbers.failures));
    figures.transportFailures = qRound64(sumOf(numbers.transportFailures));
    figures.installs = qRound64(sumOf(numbers.installs));
    return figures;
}

} // namespace gatehouse::widgets
