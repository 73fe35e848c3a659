// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/line.h"
#include "wire/series.h"

#include <QString>
#include <QVector>

namespace gatehouse::monitor {

/// One area of a stacked chart.
struct AdoptionArea
{
    QString label;
    Line counts; ///< devices
    Line shares; ///< 0…1 of all devices of the bucket

    bool operator==(const AdoptionArea &) const = default;
};
struct Adoption
{
    TimeAxis axis;
    /// Biggest in the last bucket with data first; the rest, when there are more than maxAreas, is the last
    /// area, with an empty label.
    QVector<AdoptionArea> areas;
    Line totals;

    bool operator==(const Adoption &) const = default;
};

/// Who runs what, from the series "active_devices". A bucket that is a gap in all lines stays a gap; a line
/// that is missing where others are there counts as zero.
[[nodiscard]] Adoption adoptionOf(const wire::SeriesAnswer &activeDevices, qsizetype maxAreas = 8);

} // namespace gatehouse::monitor
