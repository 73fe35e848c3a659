// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/aescbc.h"

#include "core/sentences.h"
#include "crypto/opensslerrors.h"
#include "crypto/opensslhandles.h"

#include <algorithm>

namespace gatehouse::crypto {

namespace {
constexpr std::size_t kAes128Bytes = 16;
constexpr std::size_t kAes256Bytes = 32;
// EVP counts in int: long inputs go in pieces, whole blocks each.
constexpr qsizetype kPiece = qsizetype(1) << 30;

Result<QByteArray> run(AesCbc::Direction direction, const Secret &key, QByteArrayView iv, QByteArrayView from)
{
    GATEHOUSE_ASSIGN(AesCbc cipher, AesCbc::start(direction, key, iv));
    QByteArray to(from.size() + kAesBlockBytes, Qt::Uninitialized);
    GATEHOUSE_ASSIGN(const qsizetype length, cipher.update(from, to.data()));
    to.truncate(length);
    GATEHOUSE_ASSIGN(const QByteArray rest, cipher.finish());
    to.append(rest);
    return to;
}
} // namespace

struct AesCbc::State
{
    EvpCipherContext context{EVP_CIPHER_CTX_new()};
};

AesCbc::AesCbc(std::unique_ptr<State> state)
    : m_state(std::move(state))
{}
AesCbc::~AesCbc() = default;
AesCbc::AesCbc(AesCbc &&) noexcept = default;
AesCbc &AesCbc::operator=(AesCbc &&) noexcept = default;

Result<AesCbc> AesCbc::start(Direction direction, const Secret &key, QByteArrayView iv)
{
    if ((key.size() != kAes128Bytes && key.size() != kAes256Bytes) || iv.size() != kAesBlockBytes) {
        return makeError(ErrorKind::Invalid, "crypto.aes.key",
                         Sentences::tr("The session key of a bundle has 16 or 32 bytes, its IV 16."),
                         Sentences::tr("This one has %1 and %2.").arg(key.size()).arg(iv.size()));
    }
    auto state = std::make_unique<State>();
    const EVP_CIPHER *cipher = key.size() == kAes128Bytes ? EVP_aes_128_cbc() : EVP_aes_256_cbc();
    if (!state->context || EVP_CipherInit_ex(state->context.get(), cipher, nullptr, key.data(),
                                             reinterpret_cast<const unsigned char *>(iv.data()),
                                             direction == Direction::Encrypt ? 1 : 0) != 1) {
        return withOpenSslErrors(makeError(ErrorKind::Internal, "crypto.aes.start",
                                           Sentences::tr("The cipher could not be started.")));
    }
    return AesCbc(std::move(state));
}

Result<qsizetype> AesCbc::update(QByteArrayView from, char *to)
{
    qsizetype written = 0;
    while (!from.isEmpty()) {
        const qsizetype take = std::min(from.size(), kPiece);
        int length = 0;
        if (EVP_CipherUpdate(m_state->context.get(), reinterpret_cast<unsigned char *>(to) + written, &length,
                             reinterpret_cast<const unsigned char *>(from.data()),
                             static_cast<int>(take)) != 1) {
            return withOpenSslErrors(makeError(ErrorKind::Internal, "crypto.aes.update",
                                               Sentences::tr("The cipher stopped working.")));
        }
        written += length;
        from = from.sliced(take);
    }
    return written;
}

Result<QByteArray> AesCbc::finish()
{
    QByteArray rest(kAesBlockBytes, Qt::Uninitialized);
    int length = 0;
    if (EVP_CipherFinal_ex(m_state->context.get(), reinterpret_cast<unsigned char *>(rest.data()), &length) !=
        1) {
        return withOpenSslErrors(makeError(
            ErrorKind::Crypto, "crypto.aes.padding", Sentences::tr("The content could not be decrypted."),
            Sentences::tr("It is cut short or damaged, or it was encrypted with another session key.")));
    }
    rest.truncate(length);
    return rest;
}

Result<QByteArray> encryptAesCbc(const Secret &key, QByteArrayView iv, QByteArrayView plain)
{
    return run(AesCbc::Direction::Encrypt, key, iv, plain);
}

Result<QByteArray> decryptAesCbc(const Secret &key, QByteArrayView iv, QByteArrayView cipherText)
{
    return run(AesCbc::Direction::Decrypt, key, iv, cipherText);
}

} // namespace gatehouse::crypto
