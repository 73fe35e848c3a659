// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "rollout/referencedecision.h"

#include <algorithm>

namespace gatehouse::rollout {
namespace {

constexpr int ceilDivide(int numerator, int denominator)
{
    return (numerator + denominator - 1) / denominator;
}

RememberedDecision freshMemory(const ReferenceRollout &rollout, bool selected, UtcTime now)
{
    return {selected, rollout.rules.share, rollout.rolloutId, rollout.bundleId, now, now};
}

RememberedDecision changedMemory(RememberedDecision memory, bool selected, BasisPoints share, UtcTime now)
{
    memory.selected = selected;
    memory.share = share;
    memory.updatedAt = now;
    return memory;
}

/// Rules 6 and 7: there is a valid memory.
ReferenceDecision decideFromMemory(BasisPoints share, const RememberedDecision &memory, UtcTime now,
                                   const Draw &draw)
{
    if (memory.selected && share >= memory.share) {
        return {{true, Reason::CachedSelected}, std::nullopt};
    }
    if (!memory.selected && share <= memory.share) {
        return {{false, Reason::CachedUnselected}, std::nullopt};
    }
    const int limit = memory.selected ? lowerLimit(memory.share, share) : raiseLimit(memory.share, share);
    const bool selected = draw() < limit;
    const Reason reason = memory.selected ? Reason::PercentageDecreaseReroll : Reason::DeltaReroll;
    return {{selected, reason}, changedMemory(memory, selected, share, now)};
}

} // namespace

int raiseLimit(BasisPoints previous, BasisPoints next)
{
    if (next <= previous || previous.value() >= BasisPoints::kAll) {
        return 0;
    }
    return ceilDivide((next.value() - previous.value()) * BasisPoints::kAll,
                      BasisPoints::kAll - previous.value());
}

int lowerLimit(BasisPoints previous, BasisPoints next)
{
    if (next >= previous) {
        return BasisPoints::kAll;
    }
    return ceilDivide(next.value() * BasisPoints::kAll, previous.value());
}

ReferenceDecision decideAsReference(const ReferenceRollout &rollout, const QString &currentBundle,
                                    const std::optional<RememberedDecision> &memory, UtcTime now,
                                    const Draw &draw)
{
    const RolloutRules &rules = rollout.rules;
    const bool known =
        memory && memory->rolloutId == rollout.rolloutId && memory->bundleId == rollout.bundleId;
    if (!rules.enabled) {
        return {{false, Reason::Disabled}, std::nullopt};
    }
    if (currentBundle == rules.bundle && !(known && !memory->selected)) {
        const RememberedDecision stored =
            known ? changedMemory(*memory, true, std::max(memory->share, rules.share), now)
                  : freshMemory(rollout, true, now);
        return {{true, Reason::AlreadyOnRollout}, stored};
    }
    if (rules.paused) {
        return {{false, Reason::Paused}, std::nullopt};
    }
    if (rules.share.value() <= 0) {
        return {{false, Reason::PercentageZero}, std::nullopt};
    }
    if (known) {
        return decideFromMemory(rules.share, *memory, now, draw);
    }
    const bool selected = draw() < rules.share.value();
    return {{selected, Reason::CacheMiss}, freshMemory(rollout, selected, now)};
}

} // namespace gatehouse::rollout
