// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "core/operation.h"
#include "crypto/seal.h"
#include "keys/keystore.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace gatehouse::keys {

/// What a backup says of itself. Proven only by restoring it.
struct BackupFacts
{
    EntryName name;
    UtcTime created; ///< of the key

    bool operator==(const BackupFacts &) const = default;
};

/// Which key a restore wants. What is not set may be any.
struct BackupExpectation
{
    std::optional<KeyKind> kind;
    std::optional<AppId> app; ///< of a bundle key
};

/// A key, sealed with a passphrase of its own (GHSEAL1, purpose "backup"). A sealed identity stays sealed
/// inside.
/// @error the store's; Invalid "crypto.seal.passphrase_empty"
Result<QByteArray> backupKey(KeyStore &store, const EntryName &name, const Secret &passphrase,
                             Operation &operation, crypto::SealCost cost = {});
/// backupKey() into a file of mode 0600. @error as backupKey(); Io "keys.file.write"
Result<void> backupKeyToFile(KeyStore &store, const EntryName &name, const Secret &passphrase,
                             const QString &path, Operation &operation, crypto::SealCost cost = {});

/// Reads the readable head. @error those of crypto::readSealHeader(); Invalid "crypto.seal.purpose";
///        Invalid "keys.backup.facts"
Result<BackupFacts> readBackupFacts(QByteArrayView backup);

/// Puts the key of a backup into the store. Nothing is changed unless everything fits; a key that is there
/// already is replaced by itself.
/// @error Denied "crypto.seal.passphrase"; Invalid "crypto.seal.truncated"; Denied "keys.backup.other_app",
///        "keys.backup.other_kind"; Crypto "crypto.seal.damaged", "keys.entry.mismatch"; as
///        readBackupFacts(); the store's
Result<EntryInfo> restoreKey(KeyStore &store, QByteArrayView backup, const Secret &passphrase,
                             const BackupExpectation &expectation, Operation &operation);
/// restoreKey() from a file. @error as restoreKey(); NotFound or Io "keys.file.…"
Result<EntryInfo> restoreKeyFromFile(KeyStore &store, const QString &path, const Secret &passphrase,
                                     const BackupExpectation &expectation, Operation &operation);

} // namespace gatehouse::keys
