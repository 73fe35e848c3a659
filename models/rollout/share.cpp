// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "rollout/share.h"

#include <algorithm>
#include <cmath>

namespace gatehouse::rollout {

BasisPoints cleanShare(std::optional<double> basisPoints)
{
    if (!basisPoints || !std::isfinite(*basisPoints)) {
        return BasisPoints{};
    }
    // Clamped before the cast: a double beyond the range of an integer has no defined value there.
    return BasisPoints::clamp(
        static_cast<qint64>(std::clamp(std::floor(*basisPoints), 0.0, double{BasisPoints::kAll})));
}

std::chrono::seconds cleanMemoryTime(std::optional<double> seconds)
{
    if (!seconds || !std::isfinite(*seconds)) {
        return kUsualMemory;
    }
    const double cut = std::clamp(std::floor(*seconds), static_cast<double>(kShortestMemory.count()),
                                  static_cast<double>(kLongestMemory.count()));
    return std::chrono::seconds{static_cast<std::chrono::seconds::rep>(cut)};
}

qint64 devicesReached(qint64 population, BasisPoints share)
{
    if (population <= 0 || share.value() == 0) {
        return 0;
    }
    // In two parts, so that no population overflows.
    const qint64 whole = population / BasisPoints::kAll * share.value();
    const qint64 rest =
        (population % BasisPoints::kAll * share.value() + BasisPoints::kAll / 2) / BasisPoints::kAll;
    return std::max<qint64>(1, whole + rest);
}

ReachChange reachChange(qint64 population, BasisPoints before, BasisPoints after)
{
    return {devicesReached(population, before), devicesReached(population, after)};
}

} // namespace gatehouse::rollout
