// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"

#include <QString>

namespace gatehouse::rollout {

/// Why a device gets the rollout bundle or not.
enum class Reason {
    GateClosed, ///< no rollout of the app is active for this device
    Disabled,
    AlreadyOnRollout,
    Paused,
    PercentageZero,
    Tester,       ///< named on the channel
    WithinShare,  ///< threshold below the share
    OutsideShare, ///< threshold at or above the share
    CachedSelected,
    CachedUnselected,
    PercentageDecreaseReroll,
    DeltaReroll,
    CacheMiss,
};
/// "already_on_rollout". The names of the reference server where it has the rule.
[[nodiscard]] QString reasonCode(Reason reason);

/// A channel's rollout as a decision needs it.
struct RolloutRules
{
    bool enabled = false;
    bool paused = false;
    BasisPoints share;
    QString bundle; ///< name of the rollout bundle

    bool operator==(const RolloutRules &) const = default;
};

/// The device as a decision needs it.
struct RolloutDevice
{
    QString currentBundle; ///< version_name after "builtin" was replaced by the native version
    int threshold = 0;     ///< deviceThreshold()
    bool isTester = false;

    bool operator==(const RolloutDevice &) const = default;
};

/// The zero value is "not selected".
struct Decision
{
    bool selected = false;
    Reason reason = Reason::Disabled;

    bool operator==(const Decision &) const = default;
};

/// What gatehouse-server decides: no memory, no chance. Raising the share only adds devices, lowering it
/// leaves those that have the bundle, disabling brings all home. Named testers count as within any share
/// above zero. gateOpen: isGateOpen() of the app for this device.
/// @source spec: gatehouse-v1, section 4
[[nodiscard]] Decision decide(const RolloutRules &rules, const RolloutDevice &device, bool gateOpen);

} // namespace gatehouse::rollout
