// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/management/answer.h"
#include "server/management/input.h"

namespace gatehouse::server {

/// Body of POST /channel, brought into raw columns. The bundles stay names (or ids) until they are looked up.
struct ChannelInput
{
    QJsonObject columns;
    bool hasVersion = false;
    QString version; ///< name; empty: no bundle
    bool hasRolloutVersion = false;
    QJsonValue rolloutVersion; ///< name, id, or null
    bool rollback = false;
    bool promoteToStable = false;

    [[nodiscard]] bool movesBundles() const
    {
        return hasVersion || hasRolloutVersion || rollback || promoteToStable;
    }
};

/// 400 invalid_rollout_percentage, invalid_rollout_config, invalid_auto_pause_confidence,
/// invalid_auto_pause_action, invalid_channel_field. now goes into rollout_paused_at.
/// @source spec: management-api, section 2.3
Answer<ChannelInput> readChannelInput(const Input &input, const QString &now);

} // namespace gatehouse::server
