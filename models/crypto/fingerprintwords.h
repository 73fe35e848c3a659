// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

namespace gatehouse::crypto {

/// 2048 English words, 11 bits each, sorted; no two share their first four letters.
/// @source BIP-39, "Wordlists", English
extern const std::array<const char *, 2048> kFingerprintWords;

} // namespace gatehouse::crypto
