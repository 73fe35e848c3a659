// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/autopause.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace gatehouse::monitor {
namespace {

template<std::size_t Size>
double polynomial(const std::array<double, Size> &coefficients, double x)
{
    double value = 0.0;
    for (const double coefficient : coefficients) {
        value = value * x + coefficient;
    }
    return value;
}

} // namespace

double inverseNormal(double p)
{
    // P. J. Acklam's coefficients, relative error below 1.15e-9.
    static constexpr std::array a{-3.969683028665376e+01, 2.209460984245205e+02,  -2.759285104469687e+02,
                                  1.383577518672690e+02,  -3.066479806614716e+01, 2.506628277459239e+00};
    static constexpr std::array b{-5.447609879822406e+01, 1.615858368580409e+02,  -1.556989798598866e+02,
                                  6.680131188771972e+01,  -1.328068155288572e+01, 1.0};
    static constexpr std::array c{-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
                                  -2.549732539343734e+00, 4.374664141464968e+00,  2.938163982698783e+00};
    static constexpr std::array d{7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00,
                                  3.754408661907416e+00, 1.0};
    constexpr double tail = 0.02425;
    if (p < tail) {
        const double q = std::sqrt(-2.0 * std::log(p));
        return polynomial(c, q) / polynomial(d, q);
    }
    if (p > 1.0 - tail) {
        const double q = std::sqrt(-2.0 * std::log1p(-p));
        return -polynomial(c, q) / polynomial(d, q);
    }
    const double q = p - 0.5;
    return polynomial(a, q * q) * q / polynomial(b, q * q);
}

int wilsonLowerBoundBps(qint64 failures, qint64 attempts, double confidence)
{
    if (attempts <= 0) {
        return 0;
    }
    const double sure = std::clamp(confidence, 0.0001, 0.9999);
    const double z = inverseNormal(1.0 - (1.0 - sure) / 2.0);
    const auto n = static_cast<double>(attempts);
    const double share = static_cast<double>(std::clamp<qint64>(failures, 0, attempts)) / n;
    const double z2 = z * z;
    const double low =
        (share + z2 / (2.0 * n) - z * std::sqrt((share * (1.0 - share) + z2 / (4.0 * n)) / n)) /
        (1.0 + z2 / n);
    return static_cast<int>(std::clamp(std::floor(low * 10000.0), 0.0, 10000.0));
}

QString autoPauseOutcomeName(AutoPauseOutcome outcome)
{
    switch (outcome) {
    case AutoPauseOutcome::Disabled:
        return QStringLiteral("disabled");
    case AutoPauseOutcome::MissingThreshold:
        return QStringLiteral("missing_threshold");
    case AutoPauseOutcome::Cooldown:
        return QStringLiteral("cooldown");
    case AutoPauseOutcome::InsufficientAttempts:
        return QStringLiteral("insufficient_attempts");
    case AutoPauseOutcome::InsufficientFailures:
        return QStringLiteral("insufficient_failures");
    case AutoPauseOutcome::BelowThreshold:
        return QStringLiteral("below_threshold");
    case AutoPauseOutcome::Triggered:
        return QStringLiteral("triggered");
    }
    return QStringLiteral("disabled");
}

AutoPauseVerdict evaluateAutoPause(const AutoPauseRules &rules, qint64 installs, qint64 failures, UtcTime now)
{
    const qint64 attempts = installs + failures;
    if (!rules.enabled) {
        return {AutoPauseOutcome::Disabled, 0};
    }
    if (!rules.failureRateBps) {
        return {AutoPauseOutcome::MissingThreshold, 0};
    }
    if (rules.cooldown.count() > 0 && rules.lastTriggeredAt &&
        *rules.lastTriggeredAt + rules.cooldown > now) {
        return {AutoPauseOutcome::Cooldown, 0};
    }
    if (rules.minAttempts && attempts < *rules.minAttempts) {
        return {AutoPauseOutcome::InsufficientAttempts, 0};
    }
    if (rules.minFailures && failures < *rules.minFailures) {
        return {AutoPauseOutcome::InsufficientFailures, 0};
    }
    if (failures <= 0) {
        return {AutoPauseOutcome::BelowThreshold, 0};
    }
    const int lowerBound = wilsonLowerBoundBps(failures, attempts, rules.confidence);
    const bool triggered = lowerBound >= *rules.failureRateBps;
    return {triggered ? AutoPauseOutcome::Triggered : AutoPauseOutcome::BelowThreshold, lowerBound};
}

int eventThresholdBps(double deviceShare)
{
    const double share = std::clamp(deviceShare, 0.0, 1.0);
    return static_cast<int>(std::lround(share / (1.0 + share) * 10000.0));
}

} // namespace gatehouse::monitor
