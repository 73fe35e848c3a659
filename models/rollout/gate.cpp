// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "rollout/gate.h"

#include <algorithm>

namespace gatehouse::rollout {

bool isGateOpen(const QVector<GateChannel> &channels, const QString &currentBundle)
{
    return std::any_of(channels.cbegin(), channels.cend(), [&](const GateChannel &channel) {
        if (!channel.enabled || channel.share.value() <= 0 || channel.rolloutBundle.isEmpty()) {
            return false;
        }
        return !channel.paused || channel.rolloutBundle == currentBundle;
    });
}

} // namespace gatehouse::rollout
