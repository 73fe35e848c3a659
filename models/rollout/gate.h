// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"

#include <QString>
#include <QVector>

namespace gatehouse::rollout {

/// What the gate needs to know of a channel that has a rollout bundle. Channels without one are left out.
struct GateChannel
{
    QString rolloutBundle; ///< name
    BasisPoints share;
    bool enabled = false;
    bool paused = false;

    bool operator==(const GateChannel &) const = default;
};

/// Whether rollouts of the app are looked at for this device at all. When closed everybody gets the stable
/// bundle, also devices that run a rollout bundle. channels are those of the whole app.
/// @source spec: device-protocol, section 2.3, "Gate"
[[nodiscard]] bool isGateOpen(const QVector<GateChannel> &channels, const QString &currentBundle);

} // namespace gatehouse::rollout
