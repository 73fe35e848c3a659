// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "trust/releasestatement.h"

#include "core/sentences.h"
#include "crypto/digest.h"

namespace gatehouse::trust {

namespace {
/// @param other   what the statement says instead, with places for it and for what is expected
/// @param nothing  it says nothing, with a place for what is expected; both are marked for translation
Result<void> requireEqual(const std::optional<QString> &expected, const std::optional<QString> &found,
                          const char *other, const char *nothing = nullptr)
{
    if (!expected || (found && *expected == *found)) {
        return {};
    }
    return makeError(ErrorKind::Crypto, "trust.statement.mismatch",
                     Sentences::tr("The release statement belongs to something else."),
                     found ? Sentences::tr(other).arg(*found, *expected)
                           : Sentences::tr(nothing).arg(*expected));
}

std::optional<QString> digestOf(const std::optional<StatementSubject> &subject)
{
    return subject ? std::optional(subject->sha256) : std::nullopt;
}

template<typename Text>
std::optional<QString> textOf(const std::optional<Text> &value)
{
    return value ? std::optional(value->text()) : std::nullopt;
}

Result<void> requireExpected(const ReleaseStatement &statement, const StatementExpectation &expectation)
{
    GATEHOUSE_TRY(requireEqual(textOf(expectation.app), statement.app.text(),
                               QT_TRANSLATE_NOOP("Sentences", "It is for the app “%1”; expected is “%2”.")));
    GATEHOUSE_TRY(requireEqual(textOf(expectation.version), statement.version.text(),
                               QT_TRANSLATE_NOOP("Sentences", "It is for version %1; expected is %2.")));
    GATEHOUSE_TRY(requireEqual(
        expectation.archiveSha256, statement.archive.sha256,
        QT_TRANSLATE_NOOP("Sentences", "It is for an archive with the SHA-256 %1; expected is %2.")));
    GATEHOUSE_TRY(requireEqual(
        expectation.artifactSha256, digestOf(statement.artifact),
        QT_TRANSLATE_NOOP("Sentences", "It is for an encrypted archive with the SHA-256 %1; expected is %2."),
        QT_TRANSLATE_NOOP("Sentences",
                          "It names no encrypted archive; expected is one with the SHA-256 %1.")));
    return requireEqual(
        expectation.manifestSha256, digestOf(statement.manifest),
        QT_TRANSLATE_NOOP("Sentences", "It is for a manifest with the SHA-256 %1; expected is %2."),
        QT_TRANSLATE_NOOP("Sentences", "It names no manifest; expected is one with the SHA-256 %1."));
}
} // namespace

Result<DsseEnvelope> signStatement(const ReleaseStatement &statement, const crypto::Ed25519PrivateKey &key)
{
    GATEHOUSE_ASSIGN(const QByteArray payload, statementPayload(statement));
    return signEnvelope(QLatin1String(kInTotoPayloadType), payload, key);
}

Result<VerifiedStatement> verifyStatement(QByteArrayView envelopeJson,
                                          const QVector<crypto::Ed25519PublicKey> &keys,
                                          const StatementExpectation &expectation)
{
    GATEHOUSE_ASSIGN(const DsseEnvelope envelope, DsseEnvelope::parse(envelopeJson));
    GATEHOUSE_ASSIGN(QVector<QString> signers,
                     verifyEnvelope(envelope, QLatin1String(kInTotoPayloadType), keys));
    GATEHOUSE_ASSIGN(ReleaseStatement statement, parseStatementPayload(envelope.payload));
    GATEHOUSE_TRY(requireExpected(statement, expectation));
    return VerifiedStatement(std::move(statement), std::move(signers), crypto::sha256Hex(envelope.payload));
}

} // namespace gatehouse::trust
