// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"

#include <QtGlobal>

#include <chrono>
#include <optional>

namespace gatehouse::rollout {

inline constexpr std::chrono::seconds kShortestMemory{60};
inline constexpr std::chrono::seconds kLongestMemory{31536000};
inline constexpr std::chrono::seconds kUsualMemory{2592000};

/// A share as it may stand in a database or a request, made usable: missing or not finite is 0, fractions are
/// cut, the rest is brought into 0…10000. @source spec: device-protocol, section 2.3
[[nodiscard]] BasisPoints cleanShare(std::optional<double> basisPoints);
/// How long a decision is remembered: missing or not finite is 30 days, fractions are cut, the rest is
/// brought into a minute…a year. @source spec: device-protocol, section 2.3
[[nodiscard]] std::chrono::seconds cleanMemoryTime(std::optional<double> seconds);

/// How many of population devices a share reaches: the expected number, rounded to the nearest, and at least
/// one as soon as the share and the population are above zero, so that nobody reads "0 devices" and is
/// surprised.
[[nodiscard]] qint64 devicesReached(qint64 population, BasisPoints share);

/// What moving the share does, in devices.
struct ReachChange
{
    qint64 before = 0;
    qint64 after = 0;

    /// Devices that newly receive the bundle; 0 when the share is lowered.
    [[nodiscard]] qint64 added() const { return after > before ? after - before : 0; }
    bool operator==(const ReachChange &) const = default;
};
[[nodiscard]] ReachChange reachChange(qint64 population, BasisPoints before, BasisPoints after);

} // namespace gatehouse::rollout
