// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "trust/dsse.h"

#include "core/sentences.h"
#include "crypto/canonicaljson.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace gatehouse::trust {

namespace {
constexpr qsizetype kMaxEnvelopeBytes = 4 * 1024 * 1024;
constexpr qsizetype kMaxSignatures = 64;

Error badEnvelope(const QString &cause)
{
    return makeError(ErrorKind::Protocol, "trust.envelope",
                     Sentences::tr("The signed envelope is not as agreed."), cause);
}

Result<QByteArray> base64Member(const QJsonObject &object, const char *key)
{
    const QJsonValue value = object.value(QLatin1String(key));
    const QByteArray text = value.toString().toLatin1();
    const auto decoded = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    // One spelling only: otherwise two different texts would be the same envelope.
    if (!value.isString() || !decoded || decoded.decoded.toBase64() != text) {
        return badEnvelope(Sentences::tr("\"%1\" is not base64.").arg(QLatin1String(key)));
    }
    return decoded.decoded;
}

Result<DsseSignature> parseSignature(const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    GATEHOUSE_TRY(crypto::requireOnlyKeys(object, {"keyid", "sig"}, QStringLiteral("signatures")));
    const QString keyId = object.value(QLatin1String("keyid")).toString();
    if (!value.isObject() || keyId.isEmpty()) {
        return badEnvelope(Sentences::tr("A signature names no key."));
    }
    GATEHOUSE_ASSIGN(QByteArray signature, base64Member(object, "sig"));
    return DsseSignature{keyId, std::move(signature)};
}
} // namespace

QByteArray DsseEnvelope::toJson() const
{
    QByteArray json("{\"payload\":\"");
    json.append(payload.toBase64());
    json.append("\",\"payloadType\":");
    // Text of ours or text that was parsed: it always has a canonical form.
    json.append(crypto::canonicalJson(QJsonValue(payloadType)).value_or(QByteArray("\"\"")));
    json.append(",\"signatures\":[");
    for (qsizetype i = 0; i < signatures.size(); ++i) {
        json.append(i > 0 ? "," : "");
        json.append("{\"keyid\":");
        json.append(crypto::canonicalJson(QJsonValue(signatures.at(i).keyId)).value_or(QByteArray("\"\"")));
        json.append(",\"sig\":\"");
        json.append(signatures.at(i).signature.toBase64());
        json.append("\"}");
    }
    json.append("]}\n");
    return json;
}

Result<DsseEnvelope> DsseEnvelope::parse(QByteArrayView json)
{
    if (json.size() > kMaxEnvelopeBytes) {
        return badEnvelope(Sentences::tr("It is larger than 4 MiB."));
    }
    GATEHOUSE_ASSIGN(const QJsonObject object, crypto::parseStrictObject(json));
    GATEHOUSE_TRY(crypto::requireOnlyKeys(object, {"payload", "payloadType", "signatures"},
                                          QStringLiteral("envelope")));
    DsseEnvelope envelope;
    envelope.payloadType = object.value(QLatin1String("payloadType")).toString();
    GATEHOUSE_ASSIGN(envelope.payload, base64Member(object, "payload"));
    const QJsonArray signatures = object.value(QLatin1String("signatures")).toArray();
    if (envelope.payloadType.isEmpty() || signatures.isEmpty() || signatures.size() > kMaxSignatures) {
        return badEnvelope(Sentences::tr("It has no type, no signature, or too many of them."));
    }
    for (const QJsonValue &value : signatures) {
        GATEHOUSE_ASSIGN(DsseSignature signature, parseSignature(value));
        envelope.signatures.append(std::move(signature));
    }
    return envelope;
}

QByteArray preAuthenticationEncoding(QByteArrayView payloadType, QByteArrayView payload)
{
    QByteArray encoded("DSSEv1 ");
    encoded.append(QByteArray::number(payloadType.size()));
    encoded.append(' ');
    encoded.append(payloadType);
    encoded.append(' ');
    encoded.append(QByteArray::number(payload.size()));
    encoded.append(' ');
    encoded.append(payload);
    return encoded;
}

DsseEnvelope signEnvelope(const QString &payloadType, const QByteArray &payload,
                          const crypto::Ed25519PrivateKey &key)
{
    DsseEnvelope envelope{payloadType, payload, {}};
    addSignature(envelope, key);
    return envelope;
}

void addSignature(DsseEnvelope &envelope, const crypto::Ed25519PrivateKey &key)
{
    const QString keyId = key.publicKey().keyId();
    envelope.signatures.removeIf([&](const DsseSignature &signature) { return signature.keyId == keyId; });
    envelope.signatures.append(DsseSignature{
        keyId, key.sign(preAuthenticationEncoding(envelope.payloadType.toUtf8(), envelope.payload))});
}

Result<QVector<QString>> verifyEnvelope(const DsseEnvelope &envelope, const QString &payloadType,
                                        const QVector<crypto::Ed25519PublicKey> &keys)
{
    if (envelope.payloadType != payloadType) {
        return makeError(ErrorKind::Protocol, "trust.envelope.type",
                         Sentences::tr("The signed envelope holds something else than expected."),
                         Sentences::tr("Its type is \"%1\".").arg(envelope.payloadType));
    }
    const QByteArray signedBytes = preAuthenticationEncoding(payloadType.toUtf8(), envelope.payload);
    QVector<QString> signers;
    for (const crypto::Ed25519PublicKey &key : keys) {
        const QString keyId = key.keyId();
        for (const DsseSignature &signature : envelope.signatures) {
            if (signature.keyId != keyId) {
                continue;
            }
            if (auto verified = key.verify(signedBytes, signature.signature); !verified) {
                return makeError(
                    ErrorKind::Crypto, "trust.envelope.signature",
                    Sentences::tr("A signature is wrong: what it covers was changed, or it is forged."),
                    Sentences::tr("It claims to be by the key %1.").arg(keyId));
            }
            if (!signers.contains(keyId)) {
                signers.append(keyId);
            }
        }
    }
    if (signers.isEmpty()) {
        return makeError(ErrorKind::Crypto, "trust.envelope.signature",
                         Sentences::tr("Nobody that is trusted here signed this."),
                         Sentences::tr("No signature is by one of the expected keys."));
    }
    return signers;
}

} // namespace gatehouse::trust
