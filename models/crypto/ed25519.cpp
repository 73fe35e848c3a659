// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/ed25519.h"

#include "core/sentences.h"
#include "crypto/secretencoding.h"

#include <sodium.h>

#include <array>
#include <cstring>

namespace gatehouse::crypto {

namespace {
static_assert(Ed25519PublicKey::kBytes == crypto_sign_PUBLICKEYBYTES);
static_assert(Ed25519PublicKey::kSignatureBytes == crypto_sign_BYTES);
static_assert(Ed25519PrivateKey::kSeedBytes == crypto_sign_SEEDBYTES);

// RFC 8410: SEQUENCE { SEQUENCE { OID 1.3.101.112 }, BIT STRING } and
// SEQUENCE { INTEGER 0, SEQUENCE { OID 1.3.101.112 }, OCTET STRING { OCTET STRING } }; what follows is the
// raw key.
constexpr std::array<unsigned char, 12> kSpkiPrefix{0x30, 0x2a, 0x30, 0x05, 0x06, 0x03,
                                                    0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};
constexpr std::array<unsigned char, 16> kPkcs8Prefix{0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06,
                                                     0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20};

const unsigned char *unsignedBytes(QByteArrayView bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

Error notAPublicKey(const QString &cause)
{
    return makeError(ErrorKind::Invalid, "crypto.ed25519.public",
                     Sentences::tr("This is not the public key of a release identity."), cause);
}

Error notAPrivateKeyFile()
{
    return makeError(
        ErrorKind::Invalid, "crypto.ed25519.pem",
        Sentences::tr("This file does not hold an Ed25519 private key."),
        Sentences::tr("An unencrypted PKCS#8 file that begins with BEGIN PRIVATE KEY is expected."));
}
} // namespace

Result<Ed25519PublicKey> Ed25519PublicKey::fromRaw(QByteArrayView raw)
{
    if (raw.size() != kBytes) {
        return notAPublicKey(Sentences::tr("It has %1 bytes instead of 32.").arg(raw.size()));
    }
    // Under a point of small order a signature proves nothing.
    if (crypto_core_ed25519_is_valid_point(unsignedBytes(raw)) != 1) {
        return notAPublicKey(Sentences::tr("The bytes are not a point of the curve that a key may be."));
    }
    return Ed25519PublicKey(raw.toByteArray());
}

Result<Ed25519PublicKey> Ed25519PublicKey::fromBase64(const QString &text)
{
    const auto decoded =
        QByteArray::fromBase64Encoding(text.toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.toBase64() != text.toUtf8()) {
        return notAPublicKey(Sentences::tr("It is not base64."));
    }
    return fromRaw(decoded.decoded);
}

QString Ed25519PublicKey::toBase64() const
{
    return QString::fromLatin1(m_raw.toBase64());
}

QByteArray Ed25519PublicKey::toPem() const
{
    QByteArray der(reinterpret_cast<const char *>(kSpkiPrefix.data()), qsizetype(kSpkiPrefix.size()));
    der.append(m_raw);
    QByteArray pem("-----BEGIN PUBLIC KEY-----\n");
    pem.append(der.toBase64());
    pem.append("\n-----END PUBLIC KEY-----\n");
    return pem;
}

Result<void> Ed25519PublicKey::verify(QByteArrayView message, QByteArrayView signature) const
{
    const bool isOurs = signature.size() == kSignatureBytes &&
                        crypto_sign_verify_detached(unsignedBytes(signature), unsignedBytes(message),
                                                    static_cast<unsigned long long>(message.size()),
                                                    unsignedBytes(m_raw)) == 0;
    if (!isOurs) {
        return makeError(ErrorKind::Crypto, "crypto.ed25519.signature",
                         Sentences::tr("The signature is not valid."),
                         Sentences::tr("It was made by another key, or what was signed has changed since."));
    }
    return {};
}

Ed25519PrivateKey Ed25519PrivateKey::expand(const Secret &seed)
{
    Secret expanded(crypto_sign_SECRETKEYBYTES);
    QByteArray publicKey(crypto_sign_PUBLICKEYBYTES, Qt::Uninitialized);
    crypto_sign_seed_keypair(reinterpret_cast<unsigned char *>(publicKey.data()), expanded.data(),
                             seed.data());
    return {std::move(expanded), Ed25519PublicKey(publicKey)};
}

Ed25519PrivateKey Ed25519PrivateKey::generate()
{
    return expand(Secret::random(kSeedBytes));
}

Result<Ed25519PrivateKey> Ed25519PrivateKey::fromSeed(const Secret &seed)
{
    if (seed.size() != kSeedBytes) {
        return makeError(ErrorKind::Invalid, "crypto.ed25519.seed",
                         Sentences::tr("This is not the private key of a release identity."),
                         Sentences::tr("It has %1 bytes instead of 32.").arg(seed.size()));
    }
    return expand(seed);
}

Result<Ed25519PrivateKey> Ed25519PrivateKey::fromPkcs8Pem(const Secret &pem)
{
    auto der = secretFromPem(pem, "PRIVATE KEY");
    if (!der || der->size() != kPkcs8Prefix.size() + kSeedBytes ||
        std::memcmp(der->data(), kPkcs8Prefix.data(), kPkcs8Prefix.size()) != 0) {
        return notAPrivateKeyFile();
    }
    return fromSeed(Secret::copyOf(der->view().sliced(qsizetype(kPkcs8Prefix.size()))));
}

Secret Ed25519PrivateKey::seed() const
{
    return Secret::copyOf(m_expanded.view().first(qsizetype(kSeedBytes)));
}

QByteArray Ed25519PrivateKey::sign(QByteArrayView message) const
{
    QByteArray signature(crypto_sign_BYTES, Qt::Uninitialized);
    crypto_sign_detached(reinterpret_cast<unsigned char *>(signature.data()), nullptr, unsignedBytes(message),
                         static_cast<unsigned long long>(message.size()), m_expanded.data());
    return signature;
}

} // namespace gatehouse::crypto
