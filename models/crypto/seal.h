// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operation.h"
#include "core/result.h"
#include "core/secret.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QJsonObject>

#include <cstdint>

namespace gatehouse::crypto {

/// What a sealed file is for. A file sealed for one purpose never opens for another.
enum class SealPurpose { Vault, Backup, Exchange };

/// How dear it is to try a passphrase. The default is what Gatehouse writes; tests that only need the format
/// take less.
struct SealCost
{
    std::uint64_t operations = 3;
    std::uint64_t memoryBytes = std::uint64_t(256) << 20U;

    bool operator==(const SealCost &) const = default;
};

/// The readable head of a sealed file. Anybody can read it; it is proven only by opening the file.
struct SealHeader
{
    SealCost cost;
    QByteArray salt;
    SealPurpose purpose = SealPurpose::Vault;
    QJsonObject about; ///< public facts: the app, the key's fingerprint, the number of plain bytes ("bytes")
};

/// A key made from a passphrase, for one salt. Kept while a vault is open, so that the passphrase need not
/// be.
class SealKey
{
public:
    /// Slow (about a second) and hungry (cost.memoryBytes) by intent; stops between, not within.
    /// @error Invalid "crypto.seal.passphrase_empty"; Internal "crypto.seal.memory"; the operation's
    static Result<SealKey> create(const Secret &passphrase, Operation &operation, SealCost cost = {});
    /// The key that opens the file with this header. @error as create()
    static Result<SealKey> forHeader(const SealHeader &header, const Secret &passphrase,
                                     Operation &operation);

    [[nodiscard]] const QByteArray &salt() const { return m_salt; }
    [[nodiscard]] SealCost cost() const { return m_cost; }
    [[nodiscard]] const Secret &key() const { return m_key; }

private:
    SealKey(Secret key, QByteArray salt, SealCost cost)
        : m_key(std::move(key))
        , m_salt(std::move(salt))
        , m_cost(cost)
    {}
    static Result<SealKey> derive(const Secret &passphrase, const QByteArray &salt, SealCost cost,
                                  Operation &operation);
    Secret m_key;
    QByteArray m_salt;
    SealCost m_cost;
};

/// Whether these bytes begin as a sealed file does.
[[nodiscard]] bool isSealed(QByteArrayView bytes);

/// @error Invalid "crypto.seal.format" (not such a file); Invalid "crypto.seal.header" (damaged head, or one
/// that asks
///        for more work than Gatehouse does for a file); Invalid "crypto.seal.truncated"
Result<SealHeader> readSealHeader(QByteArrayView sealedBytes);

/// GHSEAL1: two readable lines, then libsodium secretstream in chunks of 64 KiB. about gets "bytes", the
/// plain size.
/// @source spec: gatehouse-v1, section 1
/// @error Invalid "crypto.seal.header" when about is too large; the operation's
Result<QByteArray> seal(const Secret &plain, const SealKey &key, SealPurpose purpose,
                        const QJsonObject &about, Operation &operation);
Result<QByteArray> seal(const Secret &plain, const Secret &passphrase, SealPurpose purpose,
                        const QJsonObject &about, Operation &operation, SealCost cost = {});

/// Opens a file of this purpose whose about holds every member of expectedAbout with the same value.
/// @error those of readSealHeader(); Invalid "crypto.seal.purpose"; Denied "crypto.seal.about" (another app's
/// or key's);
///        Invalid "crypto.seal.truncated"; Denied "crypto.seal.passphrase"; Crypto "crypto.seal.damaged"
Result<Secret> openSealed(QByteArrayView sealedBytes, const Secret &passphrase, SealPurpose purpose,
                          const QJsonObject &expectedAbout, Operation &operation);
Result<Secret> openSealed(QByteArrayView sealedBytes, const SealKey &key, SealPurpose purpose,
                          const QJsonObject &expectedAbout, Operation &operation);

} // namespace gatehouse::crypto
