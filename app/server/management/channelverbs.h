// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "server/storage/records.h"
#include "wire/channelaction.h"

#include <optional>

namespace gatehouse::server {

/// The channel after an action. bundleId is that of action.bundle. Pure; the rules that need the store are
/// the store's. @error Invalid "action.bundle", "action.share", "action.no_rollout", "action.no_stable",
/// "action.rules", "channel.column", "channel.value"
/// @source spec: gatehouse-v1, sections 4 and 6
Result<ChannelRecord> afterAction(const ChannelRecord &now, const wire::ChannelAction &action,
                                  std::optional<qint64> bundleId, UtcTime time);

/// The permissions that an action needs; any one of them will do.
[[nodiscard]] QStringList permissionsFor(wire::ActionVerb verb);

} // namespace gatehouse::server
