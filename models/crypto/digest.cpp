// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/digest.h"

#include "core/sentences.h"
#include "crypto/opensslhandles.h"

#include <QFile>

#include <openssl/crypto.h>
#include <openssl/hmac.h>

#include <new>

namespace gatehouse::crypto {

namespace {
// Digests of bytes in memory fail only when memory has run out: not worth a Result at every call.
void require(bool done)
{
    if (!done) {
        throw std::bad_alloc();
    }
}

unsigned char *writable(QByteArray &bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

const unsigned char *readable(QByteArrayView bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}
} // namespace

struct Sha256::State
{
    EvpMdContext context{EVP_MD_CTX_new()};
};

Sha256::Sha256()
    : m_state(std::make_unique<State>())
{
    require(m_state->context != nullptr);
    require(EVP_DigestInit_ex(m_state->context.get(), EVP_sha256(), nullptr) == 1);
}

Sha256::~Sha256() = default;
Sha256::Sha256(Sha256 &&) noexcept = default;
Sha256 &Sha256::operator=(Sha256 &&) noexcept = default;

void Sha256::add(QByteArrayView bytes)
{
    require(EVP_DigestUpdate(m_state->context.get(), bytes.data(), static_cast<std::size_t>(bytes.size())) ==
            1);
}

QByteArray Sha256::finish()
{
    QByteArray digest(kSha256Bytes, Qt::Uninitialized);
    require(EVP_DigestFinal_ex(m_state->context.get(), writable(digest), nullptr) == 1);
    require(EVP_DigestInit_ex(m_state->context.get(), nullptr, nullptr) == 1);
    return digest;
}

QByteArray sha256(QByteArrayView bytes)
{
    QByteArray digest(kSha256Bytes, Qt::Uninitialized);
    require(EVP_Digest(bytes.data(), static_cast<std::size_t>(bytes.size()), writable(digest), nullptr,
                       EVP_sha256(), nullptr) == 1);
    return digest;
}

QString sha256Hex(QByteArrayView bytes)
{
    return QString::fromLatin1(sha256(bytes).toHex());
}

Result<QByteArray> sha256File(const QString &path, Operation &operation)
{
    constexpr qint64 kPiece = 256 * 1024;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
        return makeError(ErrorKind::NotFound, "crypto.digest.open",
                         Sentences::tr("The file “%1” could not be opened.").arg(path), file.errorString());
    }
    Sha256 digest;
    QByteArray piece(kPiece, Qt::Uninitialized);
    for (;;) {
        GATEHOUSE_TRY(operation.check());
        const qint64 got = file.read(piece.data(), kPiece);
        if (got < 0) {
            return makeError(ErrorKind::Io, "crypto.digest.read",
                             Sentences::tr("The file “%1” could not be read.").arg(path), file.errorString());
        }
        if (got == 0) {
            return digest.finish();
        }
        digest.add(QByteArrayView(piece.constData(), got));
    }
}

QByteArray hmacSha256(QByteArrayView key, QByteArrayView message)
{
    QByteArray code(kSha256Bytes, Qt::Uninitialized);
    // OpenSSL takes a null key as "the key of before"; an empty one needs an address.
    const void *keyBytes = key.isEmpty() ? static_cast<const void *>("") : key.data();
    require(HMAC(EVP_sha256(), keyBytes, static_cast<int>(key.size()), readable(message),
                 static_cast<std::size_t>(message.size()), writable(code), nullptr) != nullptr);
    return code;
}

bool equalInConstantTime(QByteArrayView left, QByteArrayView right)
{
    return left.size() == right.size() &&
           CRYPTO_memcmp(left.data(), right.data(), static_cast<std::size_t>(left.size())) == 0;
}

} // namespace gatehouse::crypto
