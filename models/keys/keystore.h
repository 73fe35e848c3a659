// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operation.h"
#include "core/result.h"
#include "keys/keyentry.h"

#include <QVector>

namespace gatehouse::keys {

/// Whether the keychain of the session can be used.
enum class KeychainState {
    Failed,  ///< it answers, but with an error that says none of the below
    Usable,  ///< an entry was written, read back and removed
    Locked,  ///< it wants to be unlocked by a person
    Missing, ///< no such service in this session
    Waiting, ///< it asks a person something and does not answer meanwhile
};
[[nodiscard]] QString keychainStateName(KeychainState state);

/// Where keys rest. All functions block: never call them on the GUI thread.
///
/// Errors that every function can give: Unusable "keys.keychain.locked", "keys.keychain.missing",
/// "keys.keychain.waiting", "keys.keychain.failed" and the operation's. NotFound "keys.entry.missing" is
/// given only when the store was proven to work at that moment: so it really means that there is no such
/// entry.
/// @thread any but the GUI thread
class KeyStore
{
public:
    virtual ~KeyStore() = default;

    /// The entries of a kind, by name. @error those of the class
    virtual Result<QVector<EntryInfo>> list(KeyKind kind, Operation &operation) = 0;
    /// @error NotFound "keys.entry.missing"; Protocol "keys.entry.format"; those of the class
    virtual Result<KeyEntry> read(const EntryName &name, Operation &operation) = 0;
    /// Makes or replaces the entry, and reads it back before it says yes. @error those of the class
    virtual Result<void> write(const KeyEntry &entry, Operation &operation) = 0;
    /// @error NotFound "keys.entry.missing"; those of the class
    virtual Result<void> remove(const EntryName &name, Operation &operation) = 0;
};

} // namespace gatehouse::keys
