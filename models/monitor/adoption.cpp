// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/adoption.h"

#include <algorithm>

namespace gatehouse::monitor {
namespace {

Line totalsOf(const wire::SeriesAnswer &answer, qsizetype count)
{
    Line totals(count);
    for (const wire::SeriesLine &line : answer.lines) {
        for (qsizetype i = 0; i < std::min(count, line.values.size()); ++i) {
            if (line.values.at(i)) {
                totals[i] = totals.at(i).value_or(0.0) + *line.values.at(i);
            }
        }
    }
    return totals;
}

AdoptionArea emptyArea(const QString &label, const Line &totals)
{
    AdoptionArea area{label, Line(totals.size()), Line(totals.size())};
    for (qsizetype i = 0; i < totals.size(); ++i) {
        if (totals.at(i)) {
            area.counts[i] = 0.0;
        }
    }
    return area;
}

void addTo(AdoptionArea &area, const wire::SeriesLine &line)
{
    for (qsizetype i = 0; i < std::min(area.counts.size(), line.values.size()); ++i) {
        if (line.values.at(i)) {
            area.counts[i] = area.counts.at(i).value_or(0.0) + *line.values.at(i);
        }
    }
}

void fillShares(AdoptionArea &area, const Line &totals)
{
    for (qsizetype i = 0; i < totals.size(); ++i) {
        if (totals.at(i) && *totals.at(i) > 0.0) {
            area.shares[i] = area.counts.at(i).value_or(0.0) / *totals.at(i);
        }
    }
}

/// Most devices at the end first; equal ones by label, so that colours do not jump.
QVector<wire::SeriesLine> bySize(QVector<wire::SeriesLine> lines, const Line &totals)
{
    const std::optional<LastValue> last = lastValue(totals);
    const auto size = [&](const wire::SeriesLine &line) {
        return last && last->bucket < line.values.size() ? line.values.at(last->bucket).value_or(0.0) : 0.0;
    };
    std::stable_sort(lines.begin(), lines.end(),
                     [&](const wire::SeriesLine &left, const wire::SeriesLine &right) {
                         const double leftSize = size(left);
                         const double rightSize = size(right);
                         return leftSize > rightSize || (!(leftSize < rightSize) && left.label < right.label);
                     });
    return lines;
}

} // namespace

Adoption adoptionOf(const wire::SeriesAnswer &activeDevices, qsizetype maxAreas)
{
    Adoption adoption;
    adoption.axis = axisOf(activeDevices);
    adoption.totals = totalsOf(activeDevices, adoption.axis.count);
    const QVector<wire::SeriesLine> lines = bySize(activeDevices.lines, adoption.totals);
    const qsizetype own = lines.size() > maxAreas ? std::max<qsizetype>(maxAreas - 1, 0) : lines.size();
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (i < own || adoption.areas.size() == own) {
            adoption.areas.append(emptyArea(i < own ? lines.at(i).label : QString(), adoption.totals));
        }
        addTo(adoption.areas.last(), lines.at(i));
    }
    for (AdoptionArea &area : adoption.areas) {
        fillShares(area, adoption.totals);
    }
    return adoption;
}

} // namespace gatehouse::monitor
