// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"

#include <QVector>

#include <optional>

namespace gatehouse::monitor {

/// How long it takes until devices are back on the stable bundle after a take-back, if they go on as they
/// did.
struct TakeBackEstimate
{
    Milliseconds half{}; ///< half of the devices have asked again
    Milliseconds most{}; ///< nine of ten
    qint64 devicesToReach = 0;

    bool operator==(const TakeBackEstimate &) const = default;
};

/// From what a fleet does: checks that active devices made within span. Devices are taken to ask at random
/// moments, at equal rates. Nothing when there is no device or no check to go by.
[[nodiscard]] std::optional<TakeBackEstimate> estimateTakeBack(qint64 devicesToReach, qint64 activeDevices,
                                                               qint64 checks, Milliseconds span);

/// From gaps between check-ins that were seen. The wait from a random moment falls into long gaps more often:
/// this counts. Nothing without gaps.
[[nodiscard]] std::optional<TakeBackEstimate> estimateTakeBack(qint64 devicesToReach,
                                                               const QVector<Milliseconds> &gaps);

} // namespace gatehouse::monitor
