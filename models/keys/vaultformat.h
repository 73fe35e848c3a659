// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/secret.h"
#include "keys/keyentry.h"

#include <QByteArrayView>

#include <map>

namespace gatehouse::keys {

/// What is sealed in a vault: the line "GHVAULT1", then for each entry one line of JSON with its public facts
/// and "private_bytes", then so many raw bytes and a line feed. So no JSON reader ever copies a private part.
[[nodiscard]] Secret vaultContent(const std::map<QString, KeyEntry> &entries);
/// @error Protocol "keys.vault.format"
Result<std::map<QString, KeyEntry>> parseVaultContent(QByteArrayView content);

} // namespace gatehouse::keys
