// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <memory>

struct evp_pkey_st;

namespace gatehouse::crypto {

/// RSA-2048 with e = 65537: what devices take, and nothing else. @source spec: bundle-format, section 3
inline constexpr int kRsaBits = 2048;
/// Bytes of one RSA block.
inline constexpr qsizetype kRsaBytes = kRsaBits / 8;

/// The public half of a bundle key, as apps carry it.
class RsaPublicKey
{
public:
    /// PKCS#1 PEM ("RSA PUBLIC KEY"). White space around and CRLF are allowed, "\n" escapes as in
    /// capacitor.config.json, too. @error Invalid "crypto.rsa.public", "crypto.rsa.size"
    static Result<RsaPublicKey> fromPem(QByteArrayView pem);
    /// The DER of PKCS#1. @error as fromPem
    static Result<RsaPublicKey> fromPkcs1Der(QByteArrayView der);

    /// PKCS#1 PEM with a final newline.
    [[nodiscard]] QByteArray toPem() const;
    [[nodiscard]] const QByteArray &pkcs1Der() const { return m_pkcs1Der; }
    /// SubjectPublicKeyInfo, what the fingerprint is taken of.
    [[nodiscard]] const QByteArray &spkiDer() const { return m_spkiDer; }
    /// The first 20 characters of the PEM's base64 body: a label on the wire, never proof.
    [[nodiscard]] QString keyId() const;

    /// Undoes RsaPrivateKey::apply(): takes a block of 256 bytes and gives what is inside the padding.
    /// @error Crypto "crypto.rsa.recover" when the block was not made with the private half
    [[nodiscard]] Result<Secret> recover(QByteArrayView block) const;

    /// Whole keys are compared, never key ids.
    bool operator==(const RsaPublicKey &other) const { return m_pkcs1Der == other.m_pkcs1Der; }

private:
    friend class RsaPrivateKey;
    RsaPublicKey() = default;
    static Result<RsaPublicKey> fromHandle(std::shared_ptr<evp_pkey_st> key);

    std::shared_ptr<evp_pkey_st> m_key;
    QByteArray m_pkcs1Der;
    QByteArray m_spkiDer;
};

/// The private half, kept by OpenSSL in its secure heap (prepareOpenSslForSecrets). Move-only.
class RsaPrivateKey
{
public:
    RsaPrivateKey(RsaPrivateKey &&) noexcept = default;
    RsaPrivateKey &operator=(RsaPrivateKey &&) noexcept = default;
    RsaPrivateKey(const RsaPrivateKey &) = delete;
    RsaPrivateKey &operator=(const RsaPrivateKey &) = delete;
    ~RsaPrivateKey() = default;

    /// Takes some tenths of a second. @error Internal "crypto.rsa.generate"
    static Result<RsaPrivateKey> generate();
    /// PKCS#1 PEM ("RSA PRIVATE KEY") as the peer's command line writes it.
    /// @error Invalid "crypto.rsa.private", "crypto.rsa.encrypted", "crypto.rsa.public_given",
    /// "crypto.rsa.size", "crypto.rsa.broken" (the numbers do not belong together)
    static Result<RsaPrivateKey> fromPem(const Secret &pem);

    /// PKCS#1 PEM with a final newline. @error Internal "crypto.rsa.encode"
    [[nodiscard]] Result<Secret> toPem() const;
    [[nodiscard]] const RsaPublicKey &publicKey() const { return m_public; }

    /// The private-key operation over raw bytes with PKCS#1 v1.5 padding, type 1, no digest: 256 bytes that
    /// the public half recovers. The same bytes give the same block. At most 245 bytes.
    /// @error Invalid "crypto.rsa.length", Internal "crypto.rsa.apply"
    [[nodiscard]] Result<QByteArray> apply(QByteArrayView bytes) const;

private:
    RsaPrivateKey(std::shared_ptr<evp_pkey_st> key, RsaPublicKey publicKey)
        : m_key(std::move(key))
        , m_public(std::move(publicKey))
    {}
    static Result<RsaPrivateKey> fromHandle(std::shared_ptr<evp_pkey_st> key);

    std::shared_ptr<evp_pkey_st> m_key;
    RsaPublicKey m_public;
};

} // namespace gatehouse::crypto
