// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/impactof.h"

#include "rollout/share.h"

#include <algorithm>

namespace gatehouse::release {

namespace {

/// Devices that get the rollout bundle. Those that have it keep it, also while it is paused or its share is
/// lowered.
qint64 onRollout(const Pointers &pointers, const wire::ChannelState &state, const QString &haveBundle)
{
    if (!pointers.hasRollout()) {
        return 0;
    }
    const qint64 have = pointers.rollout == haveBundle ? state.rolloutDevices : 0;
    const qint64 drawn = pointers.isPaused ? 0 : rollout::devicesReached(state.activeDevices, pointers.share);
    return std::min(state.activeDevices, std::max(have, drawn));
}

/// Devices in the order in which rollouts take them, cut into stretches that get the same bundle.
const QString &bundleAt(const Pointers &pointers, qint64 reached, qint64 device)
{
    return device < reached ? pointers.rollout : pointers.stable;
}

} // namespace

Impact impactOf(const Pointers &before, const Pointers &after, const wire::ChannelState &state,
                const QString &bundle)
{
    Impact impact;
    impact.isKnown = state.activeDevices > 0;
    impact.activeDevices = state.activeDevices;
    impact.before = onRollout(before, state, before.rollout);
    impact.after = onRollout(after, state, before.rollout);
    const qint64 low = std::min(impact.before, impact.after);
    const qint64 high = std::max(impact.before, impact.after);
    const struct
    {
        qint64 from;
        qint64 to;
    } stretches[] = {{0, low}, {low, high}, {high, state.activeDevices}};
    for (const auto &stretch : stretches) {
        const QString &now = bundleAt(before, impact.before, stretch.from);
        const QString &then = bundleAt(after, impact.after, stretch.from);
        if (stretch.to > stretch.from && now != then) {
            impact.changed += stretch.to - stretch.from;
            impact.newlyExposed += then == bundle ? stretch.to - stretch.from : 0;
        }
    }
    if (impact.newlyExposed > 0 && bundle == before.rollout && state.rolloutAttempts > 0) {
        impact.failures =
            monitor::estimateImpact(0, impact.newlyExposed, {state.rolloutAttempts, state.rolloutFailures})
                .failures;
    }
    return impact;
}

} // namespace gatehouse::release
