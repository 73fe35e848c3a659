// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/impact.h"

#include <algorithm>
#include <cmath>

namespace gatehouse::monitor {
namespace {

double spread(double devices, double share)
{
    return 2.0 * std::sqrt(devices * share * (1.0 - share));
}

} // namespace

Impact estimateImpact(qint64 devicesBefore, qint64 devicesAfter, const FailureRate &known)
{
    Impact impact{std::max<qint64>(devicesBefore, 0), std::max<qint64>(devicesAfter, 0), std::nullopt};
    const std::optional<double> share = known.share();
    if (!share) {
        return impact;
    }
    const auto added = static_cast<double>(impact.devicesAdded());
    const Band band = known.band();
    const double low = added * band.low - spread(added, band.low);
    const double high = added * band.high + spread(added, band.high);
    impact.failures = FailureForecast{
        qRound64(added * *share),
        static_cast<qint64>(std::floor(std::clamp(low, 0.0, added))),
        static_cast<qint64>(std::ceil(std::clamp(high, 0.0, added))),
    };
    return impact;
}

} // namespace gatehouse::monitor
