// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "keys/keystore.h"

namespace gatehouse::keys {

/// Unusable "keys.keychain.locked", "….missing", "….waiting" or "….failed", with the way out. detail is what
/// the service itself said.
[[nodiscard]] Error keychainError(KeychainState state, const QString &detail);
/// NotFound "keys.entry.missing".
[[nodiscard]] Error entryMissing(const EntryName &name);

} // namespace gatehouse::keys
