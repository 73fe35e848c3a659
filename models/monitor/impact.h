// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/failurerate.h"

#include <QtGlobal>

#include <optional>

namespace gatehouse::monitor {

/// Failing devices to expect, with the span that the data allow.
struct FailureForecast
{
    qint64 expected = 0;
    qint64 low = 0;
    qint64 high = 0;

    bool operator==(const FailureForecast &) const = default;
};

/// What a change of share means in devices.
struct Impact
{
    qint64 devicesBefore = 0;
    qint64 devicesAfter = 0;
    /// Failing devices among those that newly receive the bundle; nothing when no device has tried it yet.
    std::optional<FailureForecast> failures;

    [[nodiscard]] qint64 devicesAdded() const
    {
        return devicesAfter > devicesBefore ? devicesAfter - devicesBefore : 0;
    }
    bool operator==(const Impact &) const = default;
};

/// Devices reached before and after, and the failures to expect from what is known of the bundle so far: the
/// ends of its band, widened by two standard deviations of the count itself.
[[nodiscard]] Impact estimateImpact(qint64 devicesBefore, qint64 devicesAfter, const FailureRate &known);

} // namespace gatehouse::monitor
