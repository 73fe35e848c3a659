// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "keys/keychainstore.h"
#include "keys/vaultstore.h"

#include <memory>
#include <optional>

namespace gatehouse::keys {

/// Where a person wants keys to rest.
enum class KeyStoreChoice { Keychain, Vault };
/// "keychain", "vault": as in settings and on the command line.
[[nodiscard]] QString keyStoreChoiceName(KeyStoreChoice choice);
[[nodiscard]] std::optional<KeyStoreChoice> keyStoreChoiceFrom(const QString &name);

/// What can be chosen from at this moment.
struct KeyStoreSurvey
{
    KeychainState keychain = KeychainState::Failed;
    bool hasVault = false;
    QString vaultPath;

    /// What to take when nobody has chosen yet: the keychain when it works, else a vault that is there
    /// already; else nothing, and a person must be asked.
    [[nodiscard]] std::optional<KeyStoreChoice> suggestion() const;
};

/// Looks, asks no person anything, changes nothing. @error Cancelled
Result<KeyStoreSurvey> surveyKeyStores(KeychainStore &keychain, const QString &vaultPath,
                                       Operation &operation);

/// What opens the chosen place. The vault needs a passphrase; makeVault is for a person who just chose one
/// anew.
struct KeyStoreOpening
{
    KeyStoreChoice choice = KeyStoreChoice::Keychain;
    QString vaultPath = {};
    const Secret *passphrase = nullptr;
    enum class MissingVault { Refuse, Make } missingVault = MissingVault::Refuse;
};

/// The chosen store, ready to use: a keychain is unlocked (a person may be asked), a vault opened or made.
/// There is no falling back from one to the other.
/// @error Unusable "keys.keychain.…"; Denied "keys.vault.sealed" without a passphrase; as VaultStore::open()
/// and create()
Result<std::unique_ptr<KeyStore>> openKeyStore(const KeyStoreOpening &opening, KeychainThread &thread,
                                               Operation &operation);

} // namespace gatehouse::keys
