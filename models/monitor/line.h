// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "wire/series.h"

#include <QPointF>
#include <QVector>

#include <optional>

namespace gatehouse::monitor {

/// Evenly spaced moments of a chart: bucket i covers [from + i·step, from + (i+1)·step).
struct TimeAxis
{
    UtcTime from{};
    Milliseconds step{60'000};
    qsizetype count = 0;

    [[nodiscard]] UtcTime startOf(qsizetype bucket) const { return from + step * bucket; }
    [[nodiscard]] UtcTime end() const { return startOf(count); }
    /// Nothing outside the axis.
    [[nodiscard]] std::optional<qsizetype> bucketOf(UtcTime time) const;
    bool operator==(const TimeAxis &) const = default;
};
[[nodiscard]] TimeAxis axisOf(const wire::SeriesAnswer &answer);

/// Values on an axis; nothing is a gap.
using Line = QVector<std::optional<double>>;

/// The line cut at its gaps into runs of points (milliseconds since the epoch at the bucket's start, value).
/// Charts draw each run for itself, since they have no gaps of their own.
[[nodiscard]] QVector<QVector<QPointF>> runsOf(const TimeAxis &axis, const Line &line);

/// The last value that is there, and its bucket.
struct LastValue
{
    qsizetype bucket = 0;
    double value = 0.0;
};
[[nodiscard]] std::optional<LastValue> lastValue(const Line &line);

/// A step that people can read (1 min … 1 week) so that span gives at most maxBuckets buckets.
[[nodiscard]] Milliseconds readableStep(Milliseconds span, qsizetype maxBuckets);

} // namespace gatehouse::monitor
