// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

namespace gatehouse::crypto {

inline constexpr qsizetype kAesBlockBytes = 16;

/// AES in CBC mode with PKCS#7 padding, over bytes as they come; the key's 16 or 32 bytes choose AES-128 or
/// AES-256. It has no authentication of its own: what counts is the checksum after decryption.
/// @source spec: bundle-format, section 3; NIST SP 800-38A
class AesCbc
{
public:
    enum class Direction { Encrypt, Decrypt };

    /// @error Invalid "crypto.aes.key" unless key has 16 or 32 bytes and iv 16
    static Result<AesCbc> start(Direction direction, const Secret &key, QByteArrayView iv);
    ~AesCbc();
    AesCbc(AesCbc &&) noexcept;
    AesCbc &operator=(AesCbc &&) noexcept;

    /// Writes what is ready into to, which has room for from.size() + 16 bytes, and says how much that is.
    /// from and to must not overlap, unless they are the same address and from holds whole blocks only.
    [[nodiscard]] Result<qsizetype> update(QByteArrayView from, char *to);
    /// The rest: at most 16 bytes. @error Crypto "crypto.aes.padding" when decrypting with a wrong key or of
    /// cut bytes
    [[nodiscard]] Result<QByteArray> finish();

private:
    struct State;
    explicit AesCbc(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// Bytes of the cipher text of plain bytes: (n / 16 + 1) · 16.
[[nodiscard]] constexpr qint64 aesCbcLength(qint64 plain)
{
    return (plain / kAesBlockBytes + 1) * kAesBlockBytes;
}
/// Whole buffers. @error as AesCbc
Result<QByteArray> encryptAesCbc(const Secret &key, QByteArrayView iv, QByteArrayView plain);
Result<QByteArray> decryptAesCbc(const Secret &key, QByteArrayView iv, QByteArrayView cipherText);

} // namespace gatehouse::crypto
