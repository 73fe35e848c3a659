// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "widgets/common/tone.h"

#include <QString>
#include <QVector>

#include <limits>
#include <optional>

namespace gatehouse::widgets {

inline constexpr double kNoValue = std::numeric_limits<double>::quiet_NaN();

/// One moment of a series. A value that is not a number is a gap and stays one.
struct ChartPoint
{
    UtcTime at = {};
    double value = kNoValue;
    double low = kNoValue;  ///< lower edge of the band, if there is one
    double high = kNoValue; ///< upper edge
};

struct ChartSeries
{
    QString name;
    ColorRole color = ColorRole::SeriesBlue;
    Qt::PenStyle dash = Qt::SolidLine;
    QVector<ChartPoint> points = {};
    bool estimated = false; ///< drawn dotted, and named so
};

/// A level to compare with: "guard limit 2 %", "95 % of active devices".
struct ReferenceLine
{
    double value = 0;
    QString label;
    Tone tone = Tone::Neutral;
};

/// What happened at a moment: a release, a rollback.
struct EventMarker
{
    UtcTime at = {};
    QString label;
};

enum class ChartKind { Line, StackedArea };
enum class ValueUnit {
    Count, ///< devices, installs
    Ratio, ///< 0 to 1, shown in percent
    Seconds,
};

/// All that a chart shows. Stacked series are listed from the bottom to the top and share their moments.
struct ChartData
{
    ChartKind kind = ChartKind::Line;
    ValueUnit unit = ValueUnit::Count;
    QVector<ChartSeries> series = {};
    QVector<ReferenceLine> references = {};
    QVector<EventMarker> events = {};
    /// The range shown; empty takes the data's.
    std::optional<UtcTime> from = std::nullopt;
    std::optional<UtcTime> to = std::nullopt;
    /// The top of the value axis; empty takes the data's.
    std::optional<double> maximum = std::nullopt;
};

/// A value in its unit: "4 810", "0.61 %", "2 h 40 min". A gap is a dash.
[[nodiscard]] QString formatValue(double value, ValueUnit unit);
/// The moments of all series together, sorted, each once.
[[nodiscard]] QVector<UtcTime> momentsOf(const ChartData &data);
/// The point of the series at this moment, or one whose value is a gap.
[[nodiscard]] ChartPoint pointAt(const ChartSeries &series, UtcTime at);
/// The same data as comma separated values: one row a moment, edges of bands as columns of their own.
[[nodiscard]] QByteArray toCsv(const ChartData &data);
/// Name and last value of each series, in words, for assistive tools.
[[nodiscard]] QString describe(const ChartData &data);

} // namespace gatehouse::widgets
