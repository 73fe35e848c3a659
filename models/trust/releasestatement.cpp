// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "trust/releasestatement.h"

#include "crypto/digest.h"

namespace gatehouse::trust {

namespace {
Result<void> requireEqual(const std::optional<QString> &expected, const std::optional<QString> &found,
                          const QString &what)
{
    if (!expected || (found && *expected == *found)) {
        return {};
    }
    return makeError(ErrorKind::Crypto, "trust.statement.mismatch",
                     QStringLiteral("The release statement belongs to something else."),
                     QStringLiteral("It says \"%1\" for the %2, expected is \"%3\".")
                         .arg(found.value_or(QStringLiteral("nothing")), what, *expected));
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
    GATEHOUSE_TRY(requireEqual(textOf(expectation.app), statement.app.text(), QStringLiteral("app")));
    GATEHOUSE_TRY(
        requireEqual(textOf(expectation.version), statement.version.text(), QStringLiteral("version")));
    GATEHOUSE_TRY(requireEqual(expectation.archiveSha256, statement.archive.sha256,
                               QStringLiteral("SHA-256 of the archive")));
    GATEHOUSE_TRY(requireEqual(expectation.artifactSha256, digestOf(statement.artifact),
                               QStringLiteral("SHA-256 of the encrypted archive")));
    return requireEqual(expectation.manifestSha256, digestOf(statement.manifest),
                        QStringLiteral("SHA-256 of the manifest"));
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
