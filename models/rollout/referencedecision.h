// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/ids.h"
#include "rollout/decision.h"

#include <QString>

#include <functional>
#include <optional>

namespace gatehouse::rollout {

/// A decision that a server with memory keeps for a device. @source spec: device-protocol, section 2.3
struct RememberedDecision
{
    bool selected = false;
    BasisPoints share;
    QString rolloutId;
    qint64 bundleId = 0;
    UtcTime createdAt{};
    UtcTime updatedAt{};

    bool operator==(const RememberedDecision &) const = default;
};

struct ReferenceRollout
{
    RolloutRules rules;
    QString rolloutId;
    qint64 bundleId = 0;
};

struct ReferenceDecision
{
    Decision decision;
    /// To be stored; nothing when the memory stays as it is.
    std::optional<RememberedDecision> toStore;

    bool operator==(const ReferenceDecision &) const = default;
};

/// Gives 0…9999. Called at most once, and only by the rules that draw.
using Draw = std::function<int()>;

/// What a Capgo server decides: chance at first contact, remembered. For simulation and explanation.
/// memory counts only when its rollout id and bundle are the channel's. @source spec: device-protocol,
/// section 2.4
[[nodiscard]] ReferenceDecision decideAsReference(const ReferenceRollout &rollout,
                                                  const QString &currentBundle,
                                                  const std::optional<RememberedDecision> &memory,
                                                  UtcTime now, const Draw &draw);

/// Limit of the draw when the share of a device that was not selected rises: the chance that yields the new
/// total. 0 when it does not rise.
[[nodiscard]] int raiseLimit(BasisPoints previous, BasisPoints next);
/// Limit of the draw when the share of a selected device falls. 10000 when it does not fall.
[[nodiscard]] int lowerLimit(BasisPoints previous, BasisPoints next);

} // namespace gatehouse::rollout
