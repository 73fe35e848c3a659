// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/seal.h"

#include "core/sentences.h"
#include "crypto/sealheader.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <limits>

namespace gatehouse::crypto {

namespace {
constexpr qsizetype kChunk = 64 * 1024;
constexpr qsizetype kOverhead = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr qsizetype kStreamHeader = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr qint64 kMaxPlain = std::numeric_limits<qint64>::max() / 4;

const unsigned char *unsignedBytes(QByteArrayView bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

// An empty content is one empty chunk: the last chunk carries the FINAL tag, so there is always one.
qint64 bodySize(qint64 plain)
{
    const qint64 chunks = plain == 0 ? 1 : (plain + kChunk - 1) / kChunk;
    return kStreamHeader + plain + chunks * kOverhead;
}

Error wrongPassphrase()
{
    return makeError(ErrorKind::Denied, "crypto.seal.passphrase", Sentences::tr("The passphrase is wrong."),
                     Sentences::tr("The sealed file does not open with it; nothing was changed."),
                     Sentences::tr("Check capital letters and the keyboard layout, then try again."));
}

Error damaged()
{
    return makeError(ErrorKind::Crypto, "crypto.seal.damaged", Sentences::tr("The sealed file was altered."),
                     Sentences::tr("The passphrase fits, but a part of the content is not what was sealed."),
                     Sentences::tr("Take another copy of the file."));
}

Result<void> checkExpected(const SealHeader &header, SealPurpose purpose, const QJsonObject &expectedAbout)
{
    if (header.purpose != purpose) {
        return makeError(ErrorKind::Invalid, "crypto.seal.purpose",
                         Sentences::tr("The sealed file is for another purpose."),
                         Sentences::tr("It is a file of the kind \"%1\", wanted is \"%2\".")
                             .arg(sealPurposeName(header.purpose), sealPurposeName(purpose)));
    }
    for (auto it = expectedAbout.begin(); it != expectedAbout.end(); ++it) {
        const QJsonValue found = header.about.value(it.key());
        if (found != it.value()) {
            return makeError(
                ErrorKind::Denied, "crypto.seal.about",
                Sentences::tr("The sealed file is not the one that is wanted here."),
                Sentences::tr("Its \"%1\" is \"%2\", wanted is \"%3\".")
                    .arg(it.key(), found.toVariant().toString(), it.value().toVariant().toString()));
        }
    }
    return {};
}

// The plain size is told in the head, so that a cut file is known as one before the passphrase is tried. A
// file from another maker may leave it out.
Result<void> checkLength(const ParsedSeal &parsed)
{
    const QJsonValue told = parsed.header.about.value(QLatin1String("bytes"));
    const qint64 plain = told.toInteger(-1);
    if (parsed.body.size() < kStreamHeader + kOverhead) {
        return sealTruncated();
    }
    if (told.isUndefined() || plain < 0 || plain > kMaxPlain) {
        return {};
    }
    if (parsed.body.size() < bodySize(plain)) {
        return sealTruncated();
    }
    if (parsed.body.size() > bodySize(plain)) {
        return makeError(ErrorKind::Crypto, "crypto.seal.damaged",
                         Sentences::tr("The sealed file was altered."),
                         Sentences::tr("It is longer than what was sealed."));
    }
    return {};
}

// The stream's state holds a key: wiped on every way out.
struct StreamState
{
    crypto_secretstream_xchacha20poly1305_state state{};
    StreamState() = default;
    StreamState(const StreamState &) = delete;
    StreamState &operator=(const StreamState &) = delete;
    ~StreamState() { sodium_memzero(&state, sizeof state); }
};

Result<Secret> decrypt(const ParsedSeal &parsed, const SealKey &key, Operation &operation)
{
    StreamState stream;
    if (crypto_secretstream_xchacha20poly1305_init_pull(&stream.state, unsignedBytes(parsed.body),
                                                        key.key().data()) != 0) {
        return damaged();
    }
    QByteArrayView rest = parsed.body.sliced(kStreamHeader);
    const qsizetype chunks = (rest.size() + kChunk + kOverhead - 1) / (kChunk + kOverhead);
    Secret plain(static_cast<std::size_t>(std::max<qsizetype>(rest.size() - chunks * kOverhead, 0)));
    qsizetype at = 0;
    bool isFirst = true;
    bool isFinal = false;
    while (!rest.isEmpty()) {
        GATEHOUSE_TRY(operation.check());
        const QByteArrayView chunk = rest.first(std::min(rest.size(), kChunk + kOverhead));
        rest = rest.sliced(chunk.size());
        const QByteArrayView additional = isFirst ? parsed.head : QByteArrayView();
        unsigned char tag = 0;
        if (chunk.size() < kOverhead) {
            return sealTruncated();
        }
        // One byte of room for an empty chunk: the library wants an address.
        unsigned char none = 0;
        unsigned char *to = plain.isEmpty() ? &none : plain.data() + at;
        if (crypto_secretstream_xchacha20poly1305_pull(
                &stream.state, to, nullptr, &tag, unsignedBytes(chunk),
                static_cast<unsigned long long>(chunk.size()), unsignedBytes(additional),
                static_cast<unsigned long long>(additional.size())) != 0) {
            if (isFirst) {
                return wrongPassphrase();
            }
            // A chunk that is cut fails like one that was altered; only full chunks and the told length tell.
            return rest.isEmpty() && chunk.size() < kChunk + kOverhead &&
                           parsed.header.about.value(QLatin1String("bytes")).isUndefined()
                       ? sealTruncated()
                       : damaged();
        }
        at += chunk.size() - kOverhead;
        isFirst = false;
        isFinal = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
        if (isFinal && !rest.isEmpty()) {
            return damaged();
        }
    }
    if (!isFinal) {
        return sealTruncated();
    }
    return plain;
}
} // namespace

Result<SealKey> SealKey::create(const Secret &passphrase, Operation &operation, SealCost cost)
{
    QByteArray salt(crypto_pwhash_SALTBYTES, Qt::Uninitialized);
    randombytes_buf(salt.data(), static_cast<std::size_t>(salt.size()));
    return derive(passphrase, salt, cost, operation);
}

Result<SealKey> SealKey::forHeader(const SealHeader &header, const Secret &passphrase, Operation &operation)
{
    return derive(passphrase, header.salt, header.cost, operation);
}

Result<SealKey> SealKey::derive(const Secret &passphrase, const QByteArray &salt, SealCost cost,
                                Operation &operation)
{
    if (passphrase.isEmpty()) {
        return makeError(ErrorKind::Invalid, "crypto.seal.passphrase_empty",
                         Sentences::tr("There is no passphrase."),
                         Sentences::tr("An empty passphrase protects nothing."));
    }
    GATEHOUSE_TRY(operation.check());
    Secret key(crypto_secretstream_xchacha20poly1305_KEYBYTES);
    if (crypto_pwhash(key.data(), key.size(), reinterpret_cast<const char *>(passphrase.data()),
                      passphrase.size(), unsignedBytes(salt), cost.operations,
                      static_cast<std::size_t>(cost.memoryBytes), crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return makeError(
            ErrorKind::Internal, "crypto.seal.memory",
            Sentences::tr("The key could not be made from the passphrase."),
            Sentences::tr("It needs %1 MiB of free memory for a moment.").arg(cost.memoryBytes >> 20U),
            Sentences::tr("Close other programs and try again."));
    }
    GATEHOUSE_TRY(operation.check());
    return SealKey(std::move(key), salt, cost);
}

Result<QByteArray> seal(const Secret &plain, const SealKey &key, SealPurpose purpose,
                        const QJsonObject &about, Operation &operation)
{
    SealHeader header{key.cost(), key.salt(), purpose, about};
    header.about.insert(QLatin1String("bytes"), static_cast<qint64>(plain.size()));
    GATEHOUSE_ASSIGN(const QByteArray head, sealHead(header));

    QByteArray bytes = head;
    bytes.reserve(head.size() + bodySize(qint64(plain.size())));
    StreamState stream;
    std::array<unsigned char, crypto_secretstream_xchacha20poly1305_HEADERBYTES> streamHeader{};
    crypto_secretstream_xchacha20poly1305_init_push(&stream.state, streamHeader.data(), key.key().data());
    bytes.append(reinterpret_cast<const char *>(streamHeader.data()), kStreamHeader);

    QByteArrayView rest = plain.view();
    QByteArrayView additional = head;
    std::array<unsigned char, kChunk + kOverhead> sealedChunk{};
    do {
        GATEHOUSE_TRY(operation.check());
        const QByteArrayView chunk = rest.first(std::min(rest.size(), kChunk));
        rest = rest.sliced(chunk.size());
        unsigned long long length = 0;
        crypto_secretstream_xchacha20poly1305_push(
            &stream.state, sealedChunk.data(), &length, unsignedBytes(chunk),
            static_cast<unsigned long long>(chunk.size()), unsignedBytes(additional),
            static_cast<unsigned long long>(additional.size()),
            rest.isEmpty() ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                           : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
        bytes.append(reinterpret_cast<const char *>(sealedChunk.data()), static_cast<qsizetype>(length));
        additional = {};
    } while (!rest.isEmpty());
    return bytes;
}

Result<QByteArray> seal(const Secret &plain, const Secret &passphrase, SealPurpose purpose,
                        const QJsonObject &about, Operation &operation, SealCost cost)
{
    GATEHOUSE_ASSIGN(const SealKey key, SealKey::create(passphrase, operation, cost));
    return seal(plain, key, purpose, about, operation);
}

Result<Secret> openSealed(QByteArrayView sealedBytes, const Secret &passphrase, SealPurpose purpose,
                          const QJsonObject &expectedAbout, Operation &operation)
{
    GATEHOUSE_ASSIGN(const ParsedSeal parsed, parseSeal(sealedBytes));
    GATEHOUSE_TRY(checkExpected(parsed.header, purpose, expectedAbout));
    GATEHOUSE_TRY(checkLength(parsed));
    GATEHOUSE_ASSIGN(const SealKey key, SealKey::forHeader(parsed.header, passphrase, operation));
    return decrypt(parsed, key, operation);
}

Result<Secret> openSealed(QByteArrayView sealedBytes, const SealKey &key, SealPurpose purpose,
                          const QJsonObject &expectedAbout, Operation &operation)
{
    GATEHOUSE_ASSIGN(const ParsedSeal parsed, parseSeal(sealedBytes));
    GATEHOUSE_TRY(checkExpected(parsed.header, purpose, expectedAbout));
    GATEHOUSE_TRY(checkLength(parsed));
    return decrypt(parsed, key, operation);
}

} // namespace gatehouse::crypto
