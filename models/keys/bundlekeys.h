// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/ids.h"
#include "core/operation.h"
#include "crypto/fingerprint.h"
#include "crypto/rsakey.h"
#include "keys/keystore.h"

#include <QVector>

#include <optional>

namespace gatehouse::keys {

/// The public facts of an app's bundle key.
struct BundleKeyInfo
{
    AppId app;
    crypto::Fingerprint fingerprint;
    QString keyId;        ///< label on the wire, never proof
    QByteArray publicPem; ///< PKCS#1, with a final line feed
    UtcTime created;

    bool operator==(const BundleKeyInfo &) const = default;
};

/// The RSA-2048 bundle keys of the apps. @thread any but the GUI thread
class BundleKeys
{
public:
    BundleKeys(KeyStore &store, const Clock &clock)
        : m_store(store)
        , m_clock(clock)
    {}

    /// Makes a new pair and keeps it. @error the store's; Crypto from key generation
    Result<BundleKeyInfo> create(const AppId &app, Operation &operation);
    /// Keeps a pair that the Capgo command line made (.capgo_key_v2: PKCS#1 PEM, RSA-2048). Importing a key
    /// that is there already changes nothing. @error Invalid from reading the key; the store's
    Result<BundleKeyInfo> importPem(const AppId &app, const Secret &privatePem, Operation &operation);
    /// @error as importPem(); NotFound or Io "keys.file.…"
    Result<BundleKeyInfo> importFile(const AppId &app, const QString &path, Operation &operation);

    /// Newest first; of one app, or of all. @error the store's; Protocol "keys.entry.format"
    Result<QVector<BundleKeyInfo>> list(const std::optional<AppId> &app, Operation &operation);
    /// @error NotFound "keys.entry.missing"; the store's
    Result<BundleKeyInfo> find(const AppId &app, const crypto::Fingerprint &fingerprint,
                               Operation &operation);
    /// The private key for one operation. Checked to be the pair of the public half that it is filed under.
    /// @error Crypto "keys.entry.mismatch"; the store's
    Result<crypto::RsaPrivateKey> unlock(const AppId &app, const crypto::Fingerprint &fingerprint,
                                         Operation &operation);
    /// @error the store's
    Result<void> remove(const AppId &app, const crypto::Fingerprint &fingerprint, Operation &operation);
    /// Writes the public PEM as .capgo_key_v2.pub has it. @error Io "keys.file.write"
    static Result<void> exportPublic(const BundleKeyInfo &info, const QString &path);

private:
    Result<BundleKeyInfo> keep(const AppId &app, const crypto::RsaPrivateKey &key, Operation &operation);
    KeyStore &m_store;
    const Clock &m_clock;
};

} // namespace gatehouse::keys
