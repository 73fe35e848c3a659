// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/takeback.h"

#include <algorithm>
#include <cmath>

namespace gatehouse::monitor {
namespace {

Milliseconds rounded(double milliseconds)
{
    constexpr double century = 100.0 * 365.0 * 86'400'000.0;
    return Milliseconds{std::llround(std::clamp(milliseconds, 0.0, century))};
}

/// The share of devices that asked again after wait: for a gap g the wait is even in 0…g, and a random moment
/// lies in gap g with weight g.
double shareBack(const QVector<Milliseconds> &gaps, double total, double wait)
{
    double back = 0.0;
    for (const Milliseconds gap : gaps) {
        back += std::min(static_cast<double>(gap.count()), wait);
    }
    return back / total;
}

Milliseconds waitFor(const QVector<Milliseconds> &gaps, double total, double share)
{
    double low = 0.0;
    double high = static_cast<double>(std::max_element(gaps.cbegin(), gaps.cend())->count());
    for (int i = 0; i < 100 && high - low > 0.25; ++i) {
        const double middle = 0.5 * (low + high);
        (shareBack(gaps, total, middle) < share ? low : high) = middle;
    }
    return rounded(high);
}

} // namespace

std::optional<TakeBackEstimate> estimateTakeBack(qint64 devicesToReach, qint64 activeDevices, qint64 checks,
                                                 Milliseconds span)
{
    if (activeDevices <= 0 || checks <= 0 || span.count() <= 0) {
        return std::nullopt;
    }
    const double meanGap =
        static_cast<double>(span.count()) * static_cast<double>(activeDevices) / static_cast<double>(checks);
    return TakeBackEstimate{rounded(meanGap * std::log(2.0)), rounded(meanGap * std::log(10.0)),
                            std::max<qint64>(devicesToReach, 0)};
}

std::optional<TakeBackEstimate> estimateTakeBack(qint64 devicesToReach, const QVector<Milliseconds> &gaps)
{
    QVector<Milliseconds> usable;
    double total = 0.0;
    for (const Milliseconds gap : gaps) {
        if (gap.count() > 0) {
            usable.append(gap);
            total += static_cast<double>(gap.count());
        }
    }
    if (usable.isEmpty()) {
        return std::nullopt;
    }
    return TakeBackEstimate{waitFor(usable, total, 0.5), waitFor(usable, total, 0.9),
                            std::max<qint64>(devicesToReach, 0)};
}

} // namespace gatehouse::monitor
