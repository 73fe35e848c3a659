// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operation.h"
#include "core/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <memory>

namespace gatehouse::crypto {

inline constexpr qsizetype kSha256Bytes = 32;

/// SHA-256 over bytes as they come. @source FIPS 180-4
class Sha256
{
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256 &&) noexcept;
    Sha256 &operator=(Sha256 &&) noexcept;

    void add(QByteArrayView bytes);
    /// 32 raw bytes; afterwards the object starts anew.
    [[nodiscard]] QByteArray finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// 32 raw bytes.
[[nodiscard]] QByteArray sha256(QByteArrayView bytes);
/// 64 lower-case hex digits.
[[nodiscard]] QString sha256Hex(QByteArrayView bytes);
/// 32 raw bytes of a file's content, read in pieces.
/// @error NotFound "crypto.digest.open", Io "crypto.digest.read", Cancelled
Result<QByteArray> sha256File(const QString &path, Operation &operation);
/// HMAC with SHA-256, 32 raw bytes. @source RFC 2104; a key of any length
[[nodiscard]] QByteArray hmacSha256(QByteArrayView key, QByteArrayView message);
/// Compares in constant time; different lengths are different.
[[nodiscard]] bool equalInConstantTime(QByteArrayView left, QByteArrayView right);

} // namespace gatehouse::crypto
