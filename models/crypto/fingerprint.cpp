// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/fingerprint.h"

#include "core/sentences.h"
#include "crypto/digest.h"
#include "crypto/fingerprintwords.h"

namespace gatehouse::crypto {

Fingerprint Fingerprint::of(QByteArrayView publicKey)
{
    return Fingerprint(sha256(publicKey));
}

Result<Fingerprint> Fingerprint::parse(const QString &text)
{
    QByteArray digits;
    for (const QChar c : text) {
        if (c.isSpace() || c == QLatin1Char(':')) {
            continue;
        }
        const char latin = c.toLatin1();
        const bool isHex = (latin >= '0' && latin <= '9') || (latin >= 'a' && latin <= 'f') ||
                           (latin >= 'A' && latin <= 'F');
        if (!isHex || c.unicode() > 0x7f) {
            digits.clear();
            break;
        }
        digits.append(latin);
    }
    if (digits.size() != 2 * kSha256Bytes) {
        return makeError(ErrorKind::Invalid, "crypto.fingerprint",
                         Sentences::tr("This is not the fingerprint of a key."),
                         Sentences::tr("A fingerprint has 64 hexadecimal digits."));
    }
    return Fingerprint(QByteArray::fromHex(digits));
}

QString Fingerprint::hex() const
{
    return QString::fromLatin1(m_digest.toHex());
}

QString Fingerprint::groupedHex() const
{
    const QString digits = hex();
    QStringList groups;
    for (qsizetype i = 0; i < digits.size(); i += 4) {
        groups.append(digits.mid(i, 4));
    }
    return groups.join(QLatin1Char(' '));
}

QStringList Fingerprint::words() const
{
    constexpr int kWords = 6;
    constexpr int kBitsPerWord = 11;
    QStringList words;
    for (int word = 0; word < kWords; ++word) {
        std::size_t index = 0;
        for (int bit = word * kBitsPerWord; bit < (word + 1) * kBitsPerWord; ++bit) {
            const auto byte = static_cast<unsigned char>(m_digest.at(bit / 8));
            index = (index << 1U) | ((byte >> (7U - static_cast<unsigned>(bit % 8))) & 1U);
        }
        words.append(QLatin1String(kFingerprintWords.at(index)));
    }
    return words;
}

} // namespace gatehouse::crypto
