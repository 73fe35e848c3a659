// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/ids.h"
#include "core/result.h"
#include "crypto/ed25519.h"
#include "trust/dsse.h"

#include <QMap>
#include <QStringList>

#include <optional>

namespace gatehouse::trust {

inline constexpr const char *kInTotoStatementType = "https://in-toto.io/Statement/v1";
inline constexpr const char *kReleasePredicateType = "urn:gatehouse:release:v1";

/// One thing that a statement speaks of.
struct StatementSubject
{
    QString name;
    QString sha256; ///< 64 lower-case hex digits

    bool operator==(const StatementSubject &) const = default;
};

/// Where the web folder came from, when known.
struct StatementSource
{
    QString repository;
    QString commit;
    bool isDirty = false; ///< there were changes that are in no commit

    bool operator==(const StatementSource &) const = default;
};

/// What built the bundle. encoder names the compressor with its version: the archive's bytes depend on it.
struct StatementBuilder
{
    QString name;
    QString version;
    QString encoder;

    bool operator==(const StatementBuilder &) const = default;
};

struct StatementInspection
{
    QString ruleSet; ///< version of the rules; empty when nothing was inspected
    qint64 errors = 0;
    qint64 warnings = 0;
    qint64 notes = 0;
    QStringList waivers; ///< ids of the rules that somebody waived

    bool operator==(const StatementInspection &) const = default;
};

/// What is known of a bundle when it is built: the predicate urn:gatehouse:release:v1 and its subjects.
/// @source spec: bundle-format, section 5
struct ReleaseStatement
{
    AppId app;
    BundleName version;
    UtcTime created; ///< whole seconds are kept
    StatementSubject archive;
    std::optional<StatementSubject> artifact; ///< the encrypted archive
    std::optional<StatementSubject> manifest; ///< the delta manifest's lines
    StatementBuilder builder;
    std::optional<StatementSource> source;
    QString fileListSha256;                ///< of the lines "sha256 two-spaces path LF" of the web folder
    QMap<QString, QString> nativePackages; ///< name to version
    QString cipher;                        ///< "none", "aes-128-cbc", "aes-256-cbc"
    QString keyId;                         ///< label of the bundle key; empty with cipher "none"
    StatementInspection inspection;
    QString notes;

    bool operator==(const ReleaseStatement &) const = default;
};

/// The in-toto statement's canonical bytes: what is signed.
/// @error Invalid "trust.statement.field" when a field breaks its rule
Result<QByteArray> statementPayload(const ReleaseStatement &statement);
/// Reads a payload strictly. Proves nothing. @error Protocol "trust.statement"
Result<ReleaseStatement> parseStatementPayload(QByteArrayView payload);

/// @error as statementPayload()
Result<DsseEnvelope> signStatement(const ReleaseStatement &statement, const crypto::Ed25519PrivateKey &key);

/// What the reader knows from elsewhere. A field that is set must be equal in the statement.
struct StatementExpectation
{
    std::optional<AppId> app;
    std::optional<BundleName> version;
    std::optional<QString> archiveSha256;
    std::optional<QString> artifactSha256;
    std::optional<QString> manifestSha256;
};

/// A statement whose signature was checked, and by whom it was signed. Only verifyStatement() makes one.
class VerifiedStatement
{
public:
    [[nodiscard]] const ReleaseStatement &statement() const { return m_statement; }
    /// Key ids; at least one.
    [[nodiscard]] const QVector<QString> &signers() const { return m_signers; }
    /// SHA-256 of the payload, hex: how approvals name this statement.
    [[nodiscard]] const QString &digest() const { return m_digest; }

private:
    VerifiedStatement(ReleaseStatement statement, QVector<QString> signers, QString digest)
        : m_statement(std::move(statement))
        , m_signers(std::move(signers))
        , m_digest(std::move(digest))
    {}
    friend Result<VerifiedStatement>
    verifyStatement(QByteArrayView, const QVector<crypto::Ed25519PublicKey> &, const StatementExpectation &);
    ReleaseStatement m_statement;
    QVector<QString> m_signers;
    QString m_digest;
};

/// Needs public keys only. Whatever is not exactly as expected is an error; there is no "partly verified".
/// @error Protocol "trust.envelope", "trust.envelope.type", "trust.statement"; Crypto
/// "trust.envelope.signature";
///        Crypto "trust.statement.mismatch" when it speaks of another app, version or file
Result<VerifiedStatement> verifyStatement(QByteArrayView envelopeJson,
                                          const QVector<crypto::Ed25519PublicKey> &keys,
                                          const StatementExpectation &expectation);

} // namespace gatehouse::trust
