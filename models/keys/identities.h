// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/operation.h"
#include "crypto/ed25519.h"
#include "crypto/seal.h"
#include "keys/keystore.h"

#include <QVector>

#include <optional>

namespace gatehouse::keys {

/// The public facts of a person's release identity.
struct IdentityInfo
{
    crypto::Ed25519PublicKey key;
    QString name; ///< as the person wishes to be shown
    UtcTime created;
    bool isSealed = false; ///< a passphrase is asked for each signature

    [[nodiscard]] QString keyId() const { return key.keyId(); }
    [[nodiscard]] crypto::Fingerprint fingerprint() const { return key.fingerprint(); }
    bool operator==(const IdentityInfo &) const = default;
};

/// The Ed25519 release identities on this computer. @thread any but the GUI thread
class Identities
{
public:
    Identities(KeyStore &store, const Clock &clock)
        : m_store(store)
        , m_clock(clock)
    {}
    /// For tests that seal often: how dear the passphrase is made.
    void setSealCost(crypto::SealCost cost) { m_cost = cost; }

    /// Makes a new identity; with a passphrase it is sealed. @error the store's; those of seal()
    Result<IdentityInfo> create(const QString &name, const Secret *passphrase, Operation &operation);
    /// Keeps a pair from an unencrypted PKCS#8 PEM. @error Invalid "crypto.ed25519.pem"; as create()
    Result<IdentityInfo> importPem(const QString &name, const Secret &pem, const Secret *passphrase,
                                   Operation &operation);
    /// By name. @error the store's
    Result<QVector<IdentityInfo>> list(Operation &operation);
    /// The private key for one signature. A sealed identity wants its passphrase.
    /// @error Denied "keys.identity.sealed" (no passphrase given); those of openSealed(); Crypto
    /// "keys.entry.mismatch"
    Result<crypto::Ed25519PrivateKey> unlock(const QString &keyId, const Secret *passphrase,
                                             Operation &operation);
    /// Seals it, or seals it anew under another passphrase; with newPassphrase null the seal is taken off.
    /// @error as unlock() and seal(); the identity stays as it was
    Result<IdentityInfo> changeSeal(const QString &keyId, const Secret *oldPassphrase,
                                    const Secret *newPassphrase, Operation &operation);
    Result<void> remove(const QString &keyId, Operation &operation);
    /// Writes the public half as PEM. @error Io "keys.file.write"
    static Result<void> exportPublic(const IdentityInfo &info, const QString &path);

private:
    Result<IdentityInfo> keep(const QString &name, const crypto::Ed25519PrivateKey &key, UtcTime created,
                              const Secret *passphrase, Operation &operation);
    KeyStore &m_store;
    const Clock &m_clock;
    crypto::SealCost m_cost;
};

} // namespace gatehouse::keys
