// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/chartdata.h"

#include "core/foreigntext.h"
#include "widgets/common/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace gatehouse::widgets {

namespace {

bool hasBand(const ChartSeries &series)
{
    return std::any_of(series.points.begin(), series.points.end(),
                       [](const ChartPoint &point) { return std::isfinite(point.high); });
}

QString csvNumber(double value)
{
    return std::isfinite(value) ? QString::number(value, 'g', 10) : QString();
}

} // namespace

QString formatValue(double value, ValueUnit unit)
{
    if (!std::isfinite(value)) {
        return QStringLiteral("–");
    }
    switch (unit) {
    case ValueUnit::Ratio:
        return formatPercent(value);
    case ValueUnit::Seconds:
        return formatDuration(Milliseconds(std::llround(value * 1000.0)));
    case ValueUnit::Count:
        break;
    }
    return formatCount(std::llround(value));
}

QVector<UtcTime> momentsOf(const ChartData &data)
{
    QVector<UtcTime> moments;
    for (const ChartSeries &series : data.series) {
        for (const ChartPoint &point : series.points) {
            moments.append(point.at);
        }
    }
    std::sort(moments.begin(), moments.end());
    moments.erase(std::unique(moments.begin(), moments.end()), moments.end());
    return moments;
}

ChartPoint pointAt(const ChartSeries &series, UtcTime at)
{
    const auto found =
        std::lower_bound(series.points.begin(), series.points.end(), at,
                         [](const ChartPoint &point, UtcTime when) { return point.at < when; });
    if (found != series.points.end() && found->at == at) {
        return *found;
    }
    return ChartPoint{at};
}

QByteArray toCsv(const ChartData &data)
{
    QStringList lines;
    QStringList head = {QStringLiteral("time")};
    for (const ChartSeries &series : data.series) {
        head.append(csvField(series.name));
        if (hasBand(series)) {
            head.append(csvField(series.name + QStringLiteral(" low")));
            head.append(csvField(series.name + QStringLiteral(" high")));
        }
    }
    lines.append(head.join(QLatin1Char(',')));
    for (const UtcTime at : momentsOf(data)) {
        QStringList row = {toIso(at, Fraction::Drop)};
        for (const ChartSeries &series : data.series) {
            const ChartPoint point = pointAt(series, at);
            row.append(csvNumber(point.value));
            if (hasBand(series)) {
                row.append(csvNumber(point.low));
                row.append(csvNumber(point.high));
            }
        }
        lines.append(row.join(QLatin1Char(',')));
    }
    lines.append(QString());
    return lines.join(QStringLiteral("\r\n")).toUtf8();
}

QString describe(const ChartData &data)
{
    QStringList parts;
    for (const ChartSeries &series : data.series) {
        const auto last = std::find_if(series.points.rbegin(), series.points.rend(),
                                       [](const ChartPoint &point) { return std::isfinite(point.value); });
        const QString value =
            last == series.points.rend() ? QStringLiteral("–") : formatValue(last->value, data.unit);
        parts.append(series.name + QStringLiteral(": ") + value);
    }
    if (parts.isEmpty()) {
        return QCoreApplication::translate("ChartData", "No values in this range.");
    }
    return QCoreApplication::translate("ChartData", "Last values: %1.").arg(parts.join(QStringLiteral("; ")));
}

} // namespace gatehouse::widgets
