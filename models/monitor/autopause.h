// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"

#include <QString>

#include <optional>

namespace gatehouse::monitor {

/// z with Φ(z) = p, for 0 < p < 1: Acklam's rational approximation, as the reference server has it.
[[nodiscard]] double inverseNormal(double p);

/// The lower end of Wilson's two-sided interval of failures of attempts, in basis points, rounded down.
/// @source spec: device-protocol, section 2.6
[[nodiscard]] int wilsonLowerBoundBps(qint64 failures, qint64 attempts, double confidence);

/// The columns auto_pause_… of a channel.
struct AutoPauseRules
{
    bool enabled = false;
    std::chrono::minutes window{60};
    std::optional<qint64> failureRateBps;
    double confidence = 0.95;
    std::optional<qint64> minAttempts;
    std::optional<qint64> minFailures;
    std::chrono::minutes cooldown{60};
    std::optional<UtcTime> lastTriggeredAt;
};

enum class AutoPauseOutcome {
    Disabled,
    MissingThreshold,
    Cooldown,
    InsufficientAttempts,
    InsufficientFailures,
    BelowThreshold,
    Triggered,
};
/// "below_threshold".
[[nodiscard]] QString autoPauseOutcomeName(AutoPauseOutcome outcome);

struct AutoPauseVerdict
{
    AutoPauseOutcome outcome = AutoPauseOutcome::Disabled;
    int lowerBoundBps = 0; ///< 0 where it was not needed

    bool operator==(const AutoPauseVerdict &) const = default;
};

/// What a Capgo server's own guard says of the events in its window. The first rule that fits decides.
/// @source spec: device-protocol, section 2.6
[[nodiscard]] AutoPauseVerdict evaluateAutoPause(const AutoPauseRules &rules, qint64 installs,
                                                 qint64 failures, UtcTime now);

/// The threshold to write for a wished share of devices that fail at start: one broken device counts there as
/// one install and one failure. @source spec: guard-statistics, fact (a)
[[nodiscard]] int eventThresholdBps(double deviceShare);

} // namespace gatehouse::monitor
