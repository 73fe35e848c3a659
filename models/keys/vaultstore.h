// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "crypto/seal.h"
#include "keys/keystore.h"

#include <QString>

#include <map>
#include <memory>
#include <mutex>

namespace gatehouse::keys {

/// A file that holds keys under one passphrase, for computers without a keychain: GHSEAL1, purpose "vault".
/// While it is open, the key made from the passphrase stays in locked memory; the passphrase does not.
/// @thread any but the GUI thread; several at once
class VaultStore final : public KeyStore
{
public:
    /// A new, empty vault. @error Conflict "keys.vault.exists"; Io "keys.vault.write"; those of
    /// SealKey::create()
    static Result<std::unique_ptr<VaultStore>> create(const QString &path, const Secret &passphrase,
                                                      Operation &operation, crypto::SealCost cost = {});
    /// @error NotFound "keys.vault.missing"; Io "keys.vault.read"; those of crypto::openSealed(): wrong
    /// passphrase, cut
    ///        off, altered and other purpose are told apart
    static Result<std::unique_ptr<VaultStore>> open(const QString &path, const Secret &passphrase,
                                                    Operation &operation);
    [[nodiscard]] static bool exists(const QString &path);
    /// In the user's data folder: gatehouse/keys.vault.
    [[nodiscard]] static QString defaultPath();

    /// Seals everything anew; the old passphrase opens no later copy. @error as create() and the class
    Result<void> changePassphrase(const Secret &newPassphrase, Operation &operation);
    [[nodiscard]] const QString &path() const { return m_path; }

    /// Besides those of KeyStore, all give: Io "keys.vault.read", "keys.vault.write"; Denied
    /// "keys.vault.changed" when another program changed the passphrase; Crypto "crypto.seal.damaged";
    /// Protocol "keys.vault.format".
    Result<QVector<EntryInfo>> list(KeyKind kind, Operation &operation) override;
    Result<KeyEntry> read(const EntryName &name, Operation &operation) override;
    Result<void> write(const KeyEntry &entry, Operation &operation) override;
    Result<void> remove(const EntryName &name, Operation &operation) override;

private:
    /// By the text of the name.
    using Entries = std::map<QString, KeyEntry>;

    VaultStore(QString path, crypto::SealKey key)
        : m_path(std::move(path))
        , m_key(std::move(key))
    {}
    Result<Entries> load(Operation &operation) const;
    Result<void> save(const Entries &entries, const crypto::SealKey &key, Operation &operation) const;

    QString m_path;
    crypto::SealKey m_key;
    std::mutex m_mutex;
};

} // namespace gatehouse::keys
