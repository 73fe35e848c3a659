// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/secret.h"
#include "crypto/rsakey.h"

namespace gatehouse::bundle {

/// How the content of a bundle is encrypted. Stock devices take Aes128 only; Aes256 is for apps with a plugin
/// build of their own. @source spec: bundle-format, section 3
enum class Cipher { None, Aes128Cbc, Aes256Cbc };

/// "AES-128-CBC", "AES-256-CBC", "none".
[[nodiscard]] QString cipherName(Cipher cipher);

/// The key and IV of one bundle.
struct SessionKey
{
    Secret key; ///< 16 or 32 bytes
    QByteArray iv;

    /// Fresh random bytes; cipher is not None.
    [[nodiscard]] static SessionKey generate(Cipher cipher);
    [[nodiscard]] Cipher cipher() const;
    /// base64(IV) ":" base64(RSA block of the key): what servers call session_key.
    [[nodiscard]] Result<QString> wrap(const crypto::RsaPrivateKey &privateKey) const;
    /// @error Invalid "bundle.session_key.format"; Crypto "bundle.session_key.wrong_key"
    static Result<SessionKey> unwrap(const QString &ivSessionKey, const crypto::RsaPublicKey &publicKey);
};

/// The RSA block over 32 raw hash bytes as 512 lower-case hex digits.
Result<QString> sealChecksum(QByteArrayView sha256, const crypto::RsaPrivateKey &privateKey);
/// The 32 hash bytes inside a checksum: 512 hex digits or base64 of 256 bytes, as devices take it.
/// @error Invalid "bundle.checksum.format"; Crypto "bundle.checksum.wrong_key"
Result<QByteArray> openChecksum(const QString &checksum, const crypto::RsaPublicKey &publicKey);

} // namespace gatehouse::bundle
