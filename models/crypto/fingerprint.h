// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QStringList>

namespace gatehouse::crypto {

/// What people compare to know that they mean the same public key: SHA-256 of the SubjectPublicKeyInfo DER
/// (RSA) or of the raw 32 bytes (Ed25519). @source spec: gatehouse-v1, section 1
class Fingerprint
{
public:
    /// Of a public key in the form said above.
    [[nodiscard]] static Fingerprint of(QByteArrayView publicKey);
    /// 64 hex digits, upper or lower case; white space and colons between them are ignored.
    /// @error Invalid "crypto.fingerprint"
    static Result<Fingerprint> parse(const QString &text);

    /// 64 lower-case hex digits.
    [[nodiscard]] QString hex() const;
    /// Hex in 16 groups of four: "21fe 31df …".
    [[nodiscard]] QString groupedHex() const;
    /// Six English words: the first 66 bits, 11 bits a word.
    [[nodiscard]] QStringList words() const;
    /// The words with a space between.
    [[nodiscard]] QString wordText() const { return words().join(QLatin1Char(' ')); }
    [[nodiscard]] const QByteArray &bytes() const { return m_digest; }

    bool operator==(const Fingerprint &) const = default;

private:
    explicit Fingerprint(QByteArray digest)
        : m_digest(std::move(digest))
    {}
    QByteArray m_digest;
};

} // namespace gatehouse::crypto
