// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/rsakey.h"

#include "core/sentences.h"
#include "crypto/opensslerrors.h"
#include "crypto/opensslhandles.h"
#include "crypto/secretencoding.h"

#include <openssl/encoder.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <array>

namespace gatehouse::crypto {

namespace {
constexpr unsigned long kExponent = 65537;
constexpr qsizetype kPaddingBytes = 11;
constexpr qsizetype kPemLine = 64;

using EncoderContext = std::unique_ptr<OSSL_ENCODER_CTX, OpenSslFree<OSSL_ENCODER_CTX_free>>;

std::shared_ptr<EVP_PKEY> shared(EVP_PKEY *key)
{
    return {key, EVP_PKEY_free};
}

// 2048 bits and e = 65537, or why not.
Result<void> checkShape(EVP_PKEY *key)
{
    BIGNUM *taken = nullptr;
    if (EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &taken) != 1) {
        return withOpenSslErrors(makeError(ErrorKind::Invalid, "crypto.rsa.public",
                                           Sentences::tr("This is not a usable RSA key.")));
    }
    const BigNumber exponent(taken);
    const int bits = EVP_PKEY_get_bits(key);
    if (bits != kRsaBits || BN_is_word(exponent.get(), kExponent) != 1) {
        return makeError(
            ErrorKind::Invalid, "crypto.rsa.size", Sentences::tr("Devices do not take this RSA key."),
            Sentences::tr("It has %1 bits; devices take 2048 bits with the exponent 65537 only.").arg(bits),
            Sentences::tr("Create a new bundle key, or import the one that the app was built with."));
    }
    return {};
}

// The i2d functions, not an encoder: keys read by d2i_PublicKey are not yet a provider's, and an encoder
// finds none. Whether p · q = n. A full check of the primes takes 60 ms at every use of the key; a wrong
// number elsewhere shows when the key is tried.
bool factorsBelong(EVP_PKEY *key)
{
    const BigNumber product(BN_secure_new());
    BIGNUM *p = BN_secure_new();
    BIGNUM *q = BN_secure_new();
    BIGNUM *n = nullptr;
    const bool known = EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_FACTOR1, &p) == 1 &&
                       EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_FACTOR2, &q) == 1 &&
                       EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &n) == 1;
    const BigNumber first(p);
    const BigNumber second(q);
    const BigNumber modulus(n);
    const std::unique_ptr<BN_CTX, OpenSslFree<BN_CTX_free>> context(BN_CTX_secure_new());
    return known && product && context && BN_mul(product.get(), p, q, context.get()) == 1 &&
           BN_cmp(product.get(), n) == 0;
}

Result<QByteArray> encodePublic(EVP_PKEY *key, int (*toDer)(const EVP_PKEY *, unsigned char **))
{
    unsigned char *bytes = nullptr;
    const int length = toDer(key, &bytes);
    if (length <= 0) {
        return withOpenSslErrors(makeError(ErrorKind::Internal, "crypto.rsa.encode",
                                           Sentences::tr("The public key could not be written.")));
    }
    QByteArray der(reinterpret_cast<const char *>(bytes), static_cast<qsizetype>(length));
    OPENSSL_free(bytes);
    return der;
}

// Base64 in lines of 64 characters between the two marker lines.
template<typename Append>
void writePem(const char *label, QByteArrayView base64, Append &&append)
{
    const QByteArray begin = QByteArray("-----BEGIN ") + label + "-----\n";
    const QByteArray end = QByteArray("-----END ") + label + "-----\n";
    append(QByteArrayView(begin));
    for (qsizetype at = 0; at < base64.size(); at += kPemLine) {
        append(base64.sliced(at, std::min(kPemLine, base64.size() - at)));
        append(QByteArrayView("\n"));
    }
    append(QByteArrayView(end));
}

Error notAPublicKey()
{
    return makeError(
        ErrorKind::Invalid, "crypto.rsa.public",
        Sentences::tr("This is not the public half of a bundle key."),
        Sentences::tr("Expected is a PEM file that begins with “-----BEGIN RSA PUBLIC KEY-----”."));
}

bool hasMarker(const Secret &pem, std::string_view marker)
{
    const std::string_view text(reinterpret_cast<const char *>(pem.data()), pem.size());
    return text.find(marker) != std::string_view::npos;
}

// The sentence for what people often hand over instead of a PKCS#1 private key.
Error notAPrivateKey(const Secret &pem)
{
    if (hasMarker(pem, "-----BEGIN RSA PUBLIC KEY-----") || hasMarker(pem, "-----BEGIN PUBLIC KEY-----")) {
        return makeError(
            ErrorKind::Invalid, "crypto.rsa.public_given",
            Sentences::tr("This is the public half of a key; the private half is needed."), {},
            Sentences::tr("Choose the file without “.pub” at its end, usually “.capgo_key_v2”."));
    }
    if (hasMarker(pem, "ENCRYPTED")) {
        return makeError(
            ErrorKind::Invalid, "crypto.rsa.encrypted",
            Sentences::tr("This key file is protected with a passphrase."), {},
            Sentences::tr("Take the protection off with “openssl rsa -traditional” and import the result."));
    }
    return makeError(
        ErrorKind::Invalid, "crypto.rsa.private",
        Sentences::tr("This is not the private half of a bundle key."),
        Sentences::tr("Expected is a PEM file that begins with “-----BEGIN RSA PRIVATE KEY-----”."));
}
} // namespace

Result<RsaPublicKey> RsaPublicKey::fromHandle(std::shared_ptr<evp_pkey_st> key)
{
    GATEHOUSE_TRY(checkShape(key.get()));
    RsaPublicKey made;
    GATEHOUSE_ASSIGN(made.m_pkcs1Der, encodePublic(key.get(), i2d_PublicKey));
    GATEHOUSE_ASSIGN(made.m_spkiDer, encodePublic(key.get(), i2d_PUBKEY));
    made.m_key = std::move(key);
    return made;
}

Result<RsaPublicKey> RsaPublicKey::fromPkcs1Der(QByteArrayView der)
{
    const auto *at = reinterpret_cast<const unsigned char *>(der.data());
    const auto *end = at + der.size();
    auto key = shared(d2i_PublicKey(EVP_PKEY_RSA, nullptr, &at, static_cast<long>(der.size())));
    if (!key || at != end) {
        return withOpenSslErrors(notAPublicKey());
    }
    return fromHandle(std::move(key));
}

Result<RsaPublicKey> RsaPublicKey::fromPem(QByteArrayView pem)
{
    constexpr qsizetype kLongestPem = 64 * 1024;
    if (pem.size() > kLongestPem) {
        return notAPublicKey();
    }
    QByteArray text = pem.toByteArray();
    text.replace("\\n", "\n");
    const auto body = secretFromPem(Secret::copyOf(text), "RSA PUBLIC KEY");
    if (!body) {
        return notAPublicKey();
    }
    return fromPkcs1Der(body->view());
}

QByteArray RsaPublicKey::toPem() const
{
    QByteArray pem;
    writePem("RSA PUBLIC KEY", m_pkcs1Der.toBase64(), [&pem](QByteArrayView part) { pem.append(part); });
    return pem;
}

QString RsaPublicKey::keyId() const
{
    constexpr qsizetype kKeyIdLength = 20;
    return QString::fromLatin1(m_pkcs1Der.toBase64().left(kKeyIdLength));
}

Result<Secret> RsaPublicKey::recover(QByteArrayView block) const
{
    const Error failed = makeError(ErrorKind::Crypto, "crypto.rsa.recover",
                                   Sentences::tr("This was not made with the private half of this key."));
    if (block.size() != kRsaBytes) {
        return failed.withDetail(QStringLiteral("%1 bytes instead of 256").arg(block.size()));
    }
    const EvpKeyContext context(EVP_PKEY_CTX_new(m_key.get(), nullptr));
    std::size_t length = kRsaBytes;
    Secret inside(length);
    if (!context || EVP_PKEY_verify_recover_init(context.get()) != 1 ||
        EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1 ||
        EVP_PKEY_verify_recover(context.get(), inside.data(), &length,
                                reinterpret_cast<const unsigned char *>(block.data()),
                                static_cast<std::size_t>(block.size())) != 1) {
        return withOpenSslErrors(failed);
    }
    inside.truncate(length);
    return inside;
}

Result<RsaPrivateKey> RsaPrivateKey::fromHandle(std::shared_ptr<evp_pkey_st> key)
{
    GATEHOUSE_TRY(checkShape(key.get()));
    GATEHOUSE_ASSIGN(const QByteArray publicDer, encodePublic(key.get(), i2d_PublicKey));
    // A handle of its own, so that a copy of the public half never drags the private numbers along.
    GATEHOUSE_ASSIGN(RsaPublicKey publicKey, RsaPublicKey::fromPkcs1Der(publicDer));
    return RsaPrivateKey(std::move(key), std::move(publicKey));
}

Result<RsaPrivateKey> RsaPrivateKey::generate()
{
    auto key = shared(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", static_cast<std::size_t>(kRsaBits)));
    if (!key) {
        return withOpenSslErrors(makeError(ErrorKind::Internal, "crypto.rsa.generate",
                                           Sentences::tr("A bundle key could not be created.")));
    }
    return fromHandle(std::move(key));
}

Result<RsaPrivateKey> RsaPrivateKey::fromPem(const Secret &pem)
{
    const auto der = hasMarker(pem, "ENCRYPTED") ? Result<Secret>(notAPrivateKey(pem))
                                                 : secretFromPem(pem, "RSA PRIVATE KEY");
    if (!der) {
        return notAPrivateKey(pem);
    }
    const auto *at = der->data();
    const auto *end = at + der->size();
    auto key = shared(d2i_PrivateKey(EVP_PKEY_RSA, nullptr, &at, static_cast<long>(der->size())));
    if (!key || at != end) {
        return withOpenSslErrors(notAPrivateKey(pem));
    }
    const bool belong = factorsBelong(key.get());
    GATEHOUSE_ASSIGN(RsaPrivateKey made, fromHandle(std::move(key)));

    // A file whose numbers do not belong together would make blocks that no device can read: try it.
    constexpr std::size_t kProbeBytes = 32;
    const Secret probe = Secret::random(kProbeBytes);
    const auto block = made.apply(probe.view());
    const auto back = block ? made.publicKey().recover(*block) : Result<Secret>(block.error());
    if (!belong || !back || !back->equals(probe)) {
        forgetOpenSslErrors();
        return makeError(ErrorKind::Invalid, "crypto.rsa.broken",
                         Sentences::tr("This key file is damaged: its numbers do not belong together."), {},
                         Sentences::tr("Import the key from a backup."));
    }
    return made;
}

Result<Secret> RsaPrivateKey::toPem() const
{
    const Error failed = makeError(ErrorKind::Internal, "crypto.rsa.encode",
                                   Sentences::tr("The private key could not be written."));
    const EncoderContext context(
        OSSL_ENCODER_CTX_new_for_pkey(m_key.get(), EVP_PKEY_KEYPAIR, "DER", "pkcs1", nullptr));
    const BioHandle memory(BIO_new(BIO_s_secmem()));
    if (!context || !memory || OSSL_ENCODER_to_bio(context.get(), memory.get()) != 1) {
        return withOpenSslErrors(failed);
    }
    char *bytes = nullptr;
    const long length = BIO_get_mem_data(memory.get(), &bytes);
    if (length <= 0) {
        return withOpenSslErrors(failed);
    }
    const Secret base64 = toBase64(Secret::copyOf(QByteArrayView(bytes, length)));
    Secret pem(base64.size() * 2 + 128);
    std::size_t written = 0;
    writePem("RSA PRIVATE KEY", base64.view(), [&](QByteArrayView part) {
        std::copy(part.begin(), part.end(), reinterpret_cast<char *>(pem.data()) + written);
        written += static_cast<std::size_t>(part.size());
    });
    pem.truncate(written);
    return pem;
}

Result<QByteArray> RsaPrivateKey::apply(QByteArrayView bytes) const
{
    if (bytes.size() > kRsaBytes - kPaddingBytes) {
        return makeError(ErrorKind::Invalid, "crypto.rsa.length",
                         Sentences::tr("At most 245 bytes fit into one block of this key."));
    }
    const EvpKeyContext context(EVP_PKEY_CTX_new(m_key.get(), nullptr));
    QByteArray block(kRsaBytes, Qt::Uninitialized);
    std::size_t length = kRsaBytes;
    if (!context || EVP_PKEY_sign_init(context.get()) != 1 ||
        EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1 ||
        EVP_PKEY_sign(context.get(), reinterpret_cast<unsigned char *>(block.data()), &length,
                      reinterpret_cast<const unsigned char *>(bytes.data()),
                      static_cast<std::size_t>(bytes.size())) != 1 ||
        length != static_cast<std::size_t>(kRsaBytes)) {
        return withOpenSslErrors(makeError(ErrorKind::Internal, "crypto.rsa.apply",
                                           Sentences::tr("The private key could not be used.")));
    }
    return block;
}

} // namespace gatehouse::crypto
