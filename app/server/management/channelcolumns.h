// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "server/storage/records.h"

#include <QJsonObject>

namespace gatehouse::server {

/// The channel with raw columns changed. Columns that the server keeps (id, times, rollout id) are ignored
/// when they are sent. Pure. @error Invalid "channel.column" (no such column), "channel.value" (not as the
/// column wants it) @source spec: management-api, section 2.3, "Raw columns"
Result<ChannelRecord> withColumns(const ChannelRecord &now, const QJsonObject &columns);

/// Whether a change of these columns needs channel.promote_bundle.
[[nodiscard]] bool movesPointers(const QJsonObject &columns);
/// What a change of these columns is in the words of the history: a verb's name, or "edited".
[[nodiscard]] QString verbOf(const QJsonObject &columns);
/// The columns that end a rollout. @source spec: management-api, section 6.4
[[nodiscard]] QJsonObject endedRollout();

} // namespace gatehouse::server
