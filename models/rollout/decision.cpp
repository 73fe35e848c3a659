// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "rollout/decision.h"

namespace gatehouse::rollout {

QString reasonCode(Reason reason)
{
    switch (reason) {
    case Reason::GateClosed:
        return QStringLiteral("gate_closed");
    case Reason::Disabled:
        return QStringLiteral("disabled");
    case Reason::AlreadyOnRollout:
        return QStringLiteral("already_on_rollout");
    case Reason::Paused:
        return QStringLiteral("paused");
    case Reason::PercentageZero:
        return QStringLiteral("percentage_zero");
    case Reason::Tester:
        return QStringLiteral("tester");
    case Reason::WithinShare:
        return QStringLiteral("within_share");
    case Reason::OutsideShare:
        return QStringLiteral("outside_share");
    case Reason::CachedSelected:
        return QStringLiteral("cached_selected");
    case Reason::CachedUnselected:
        return QStringLiteral("cached_unselected");
    case Reason::PercentageDecreaseReroll:
        return QStringLiteral("percentage_decrease_reroll");
    case Reason::DeltaReroll:
        return QStringLiteral("delta_reroll");
    case Reason::CacheMiss:
        return QStringLiteral("cache_miss");
    }
    return QStringLiteral("disabled");
}

Decision decide(const RolloutRules &rules, const RolloutDevice &device, bool gateOpen)
{
    if (!gateOpen) {
        return {false, Reason::GateClosed};
    }
    if (!rules.enabled) {
        return {false, Reason::Disabled};
    }
    if (!rules.bundle.isEmpty() && device.currentBundle == rules.bundle) {
        return {true, Reason::AlreadyOnRollout};
    }
    if (rules.paused) {
        return {false, Reason::Paused};
    }
    if (rules.share.value() <= 0) {
        return {false, Reason::PercentageZero};
    }
    if (device.isTester) {
        return {true, Reason::Tester};
    }
    if (device.threshold < rules.share.value()) {
        return {true, Reason::WithinShare};
    }
    return {false, Reason::OutsideShare};
}

} // namespace gatehouse::rollout
