// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "crypto/ed25519.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QVector>

namespace gatehouse::trust {

/// The payload type of in-toto statements.
inline constexpr const char *kInTotoPayloadType = "application/vnd.in-toto+json";

struct DsseSignature
{
    QString keyId;
    QByteArray signature;

    bool operator==(const DsseSignature &) const = default;
};

/// A signed payload. Holding one says nothing about whether a signature is good: see verifyEnvelope().
/// @source DSSE 1.0.2, "envelope.md" and "protocol.md"
struct DsseEnvelope
{
    QString payloadType;
    QByteArray payload;
    QVector<DsseSignature> signatures;

    /// Canonical JSON with a closing line feed, as it is stored and sent.
    [[nodiscard]] QByteArray toJson() const;
    /// At most 4 MiB, 1 to 64 signatures, no unknown keys. @error Protocol "trust.envelope"
    static Result<DsseEnvelope> parse(QByteArrayView json);

    bool operator==(const DsseEnvelope &) const = default;
};

/// What is really signed: type and body with their lengths.
[[nodiscard]] QByteArray preAuthenticationEncoding(QByteArrayView payloadType, QByteArrayView payload);

/// A new envelope with one signature.
[[nodiscard]] DsseEnvelope signEnvelope(const QString &payloadType, const QByteArray &payload,
                                        const crypto::Ed25519PrivateKey &key);
/// Adds this key's signature, or replaces the one it made before.
void addSignature(DsseEnvelope &envelope, const crypto::Ed25519PrivateKey &key);

/// The key ids out of keys that signed this envelope of this type; each at most once. Signatures of other
/// keys are passed over; a wrong signature under the id of one of the keys is an error, never passed over.
/// @error Protocol "trust.envelope.type"; Crypto "trust.envelope.signature" (wrong, or none by these keys)
Result<QVector<QString>> verifyEnvelope(const DsseEnvelope &envelope, const QString &payloadType,
                                        const QVector<crypto::Ed25519PublicKey> &keys);

} // namespace gatehouse::trust
