// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bundle/sessionkey.h"

#include "core/sentences.h"
#include "crypto/aescbc.h"
#include "crypto/digest.h"

namespace gatehouse::bundle {

namespace {
constexpr auto kAes128Bytes = std::size_t(16);
constexpr auto kAes256Bytes = std::size_t(32);

Error badSessionKey(const QString &cause)
{
    return makeError(ErrorKind::Invalid, "bundle.session_key.format",
                     Sentences::tr("The session key of this bundle cannot be read."), cause);
}

// Strict: QByteArray::fromBase64 would pass over what it does not know.
std::optional<QByteArray> decodeBase64(const QString &text)
{
    const auto decoded =
        QByteArray::fromBase64Encoding(text.toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    if (decoded.decodingStatus != QByteArray::Base64DecodingStatus::Ok) {
        return std::nullopt;
    }
    return *decoded;
}

bool isHex(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar character) {
        return (character >= QLatin1Char('0') && character <= QLatin1Char('9')) ||
               (character >= QLatin1Char('a') && character <= QLatin1Char('f')) ||
               (character >= QLatin1Char('A') && character <= QLatin1Char('F'));
    });
}

std::optional<QByteArray> decodeBlock(const QString &checksum)
{
    if (checksum.size() == 2 * crypto::kRsaBytes && isHex(checksum)) {
        return QByteArray::fromHex(checksum.toLatin1());
    }
    auto block = decodeBase64(checksum);
    return block && block->size() == crypto::kRsaBytes ? block : std::nullopt;
}
} // namespace

QString cipherName(Cipher cipher)
{
    switch (cipher) {
    case Cipher::Aes128Cbc:
        return QStringLiteral("AES-128-CBC");
    case Cipher::Aes256Cbc:
        return QStringLiteral("AES-256-CBC");
    case Cipher::None:
        break;
    }
    return QStringLiteral("none");
}

SessionKey SessionKey::generate(Cipher cipher)
{
    Q_ASSERT(cipher != Cipher::None);
    SessionKey made;
    made.key = Secret::random(cipher == Cipher::Aes256Cbc ? kAes256Bytes : kAes128Bytes);
    made.iv = Secret::random(crypto::kAesBlockBytes).view().toByteArray();
    return made;
}

Cipher SessionKey::cipher() const
{
    return key.isEmpty() ? Cipher::None : key.size() == kAes256Bytes ? Cipher::Aes256Cbc : Cipher::Aes128Cbc;
}

Result<QString> SessionKey::wrap(const crypto::RsaPrivateKey &privateKey) const
{
    GATEHOUSE_ASSIGN(const QByteArray block, privateKey.apply(key.view()));
    return QString::fromLatin1(iv.toBase64() + ':' + block.toBase64());
}

Result<SessionKey> SessionKey::unwrap(const QString &ivSessionKey, const crypto::RsaPublicKey &publicKey)
{
    const qsizetype colon = ivSessionKey.indexOf(QLatin1Char(':'));
    if (colon < 0) {
        return badSessionKey(Sentences::tr("Expected is an IV, a colon and a key, both in base64."));
    }
    auto iv = decodeBase64(ivSessionKey.left(colon));
    const auto block = decodeBase64(ivSessionKey.mid(colon + 1));
    if (!iv || iv->size() != crypto::kAesBlockBytes) {
        return badSessionKey(Sentences::tr("The part before the colon is not base64 of 16 bytes."));
    }
    if (!block || block->size() != crypto::kRsaBytes) {
        return badSessionKey(Sentences::tr("The part after the colon is not base64 of 256 bytes."));
    }
    auto key = publicKey.recover(*block);
    if (!key) {
        Error error =
            makeError(ErrorKind::Crypto, "bundle.session_key.wrong_key",
                      Sentences::tr("The session key of this bundle was made with another bundle key."), {},
                      Sentences::tr("Use the public key that the app was built with."));
        error.details = key.error().details;
        return error;
    }
    if (key->size() != kAes128Bytes && key->size() != kAes256Bytes) {
        return badSessionKey(Sentences::tr("It has %1 bytes instead of 16 or 32.").arg(key->size()));
    }
    SessionKey made;
    made.key = std::move(*key);
    made.iv = std::move(*iv);
    return made;
}

Result<QString> sealChecksum(QByteArrayView sha256, const crypto::RsaPrivateKey &privateKey)
{
    GATEHOUSE_ASSIGN(const QByteArray block, privateKey.apply(sha256));
    return QString::fromLatin1(block.toHex());
}

Result<QByteArray> openChecksum(const QString &checksum, const crypto::RsaPublicKey &publicKey)
{
    const auto block = decodeBlock(checksum);
    if (!block) {
        return makeError(ErrorKind::Invalid, "bundle.checksum.format",
                         Sentences::tr("The checksum of this encrypted bundle cannot be read."),
                         Sentences::tr("Expected are 512 hex digits, or base64 of 256 bytes."));
    }
    const auto inside = publicKey.recover(*block);
    if (!inside || inside->size() != static_cast<std::size_t>(crypto::kSha256Bytes)) {
        return makeError(ErrorKind::Crypto, "bundle.checksum.wrong_key",
                         Sentences::tr("The checksum of this bundle was made with another bundle key."), {},
                         Sentences::tr("Use the public key that the app was built with."));
    }
    return inside->view().toByteArray();
}

} // namespace gatehouse::bundle
