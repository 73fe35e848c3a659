// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "keys/keyentry.h"

namespace gatehouse::keys {

/// The public half belongs to the name, and the private half to the public one (not to be seen when it is
/// sealed).
/// @error Crypto "keys.entry.mismatch"; those of reading the key
Result<void> checkEntry(const KeyEntry &entry);
/// Crypto "keys.entry.mismatch".
[[nodiscard]] Error entryMismatch(const EntryName &name);

} // namespace gatehouse::keys
