// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/secret.h"
#include "crypto/fingerprint.h"

#include <QByteArray>
#include <QByteArrayView>

namespace gatehouse::crypto {

/// The public half of a release identity. @source RFC 8032; spec: gatehouse-v1, section 1
class Ed25519PublicKey
{
public:
    static constexpr qsizetype kBytes = 32;
    static constexpr qsizetype kSignatureBytes = 64;

    /// 32 raw bytes that are a usable point. @error Invalid "crypto.ed25519.public"
    static Result<Ed25519PublicKey> fromRaw(QByteArrayView raw);
    /// The raw bytes in base64, as on the wire. @error Invalid "crypto.ed25519.public"
    static Result<Ed25519PublicKey> fromBase64(const QString &text);

    [[nodiscard]] const QByteArray &raw() const { return m_raw; }
    [[nodiscard]] QString toBase64() const;
    /// SubjectPublicKeyInfo as PEM, as other tools read it.
    [[nodiscard]] QByteArray toPem() const;
    [[nodiscard]] Fingerprint fingerprint() const { return Fingerprint::of(m_raw); }
    /// SHA-256 of the raw bytes, hex: the key's name in envelopes and documents.
    [[nodiscard]] QString keyId() const { return fingerprint().hex(); }

    /// @error Crypto "crypto.ed25519.signature" when the signature is not this key's over exactly these bytes
    [[nodiscard]] Result<void> verify(QByteArrayView message, QByteArrayView signature) const;

    bool operator==(const Ed25519PublicKey &) const = default;

private:
    explicit Ed25519PublicKey(QByteArray raw)
        : m_raw(std::move(raw))
    {}
    friend class Ed25519PrivateKey;
    QByteArray m_raw;
};

/// The private half, in locked memory, move-only. What is kept of it is the 32-byte seed.
class Ed25519PrivateKey
{
public:
    static constexpr std::size_t kSeedBytes = 32;

    [[nodiscard]] static Ed25519PrivateKey generate();
    /// @error Invalid "crypto.ed25519.seed" unless it has 32 bytes
    static Result<Ed25519PrivateKey> fromSeed(const Secret &seed);
    /// An unencrypted PKCS#8 file as `openssl genpkey -algorithm ed25519` writes it. @source RFC 8410,
    /// section 7
    /// @error Invalid "crypto.ed25519.pem"
    static Result<Ed25519PrivateKey> fromPkcs8Pem(const Secret &pem);

    [[nodiscard]] Secret seed() const;
    [[nodiscard]] const Ed25519PublicKey &publicKey() const { return m_public; }
    /// 64 bytes; the same message gives the same signature.
    [[nodiscard]] QByteArray sign(QByteArrayView message) const;

private:
    Ed25519PrivateKey(Secret expanded, Ed25519PublicKey publicKey)
        : m_expanded(std::move(expanded))
        , m_public(std::move(publicKey))
    {}
    static Ed25519PrivateKey expand(const Secret &seed);
    Secret m_expanded; ///< libsodium's 64-byte form: seed, then public key
    Ed25519PublicKey m_public;
};

} // namespace gatehouse::crypto
