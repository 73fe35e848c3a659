// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/artifact.h"
#include "cli/claims.h"
#include "cli/command.h"

#include "keys/secretfile.h"
#include "trust/releasestatement.h"

#include <QJsonArray>

namespace gatehouse::cli {

namespace {

/// From a SubjectPublicKeyInfo PEM, as key export writes it. @error Invalid "cli.identity_key"
Result<crypto::Ed25519PublicKey> readIdentityKey(const QString &path)
{
    GATEHOUSE_ASSIGN(const QByteArray pem, keys::readFileBytes(path, 64LL * 1024));
    QByteArray body;
    for (const QByteArray &line : pem.split('\n')) {
        body += line.startsWith("-----") ? QByteArray() : line.trimmed();
    }
    const QByteArray der = QByteArray::fromBase64(body);
    // RFC 8410: the algorithm's identifier is always these twelve bytes, then come the 32 of the key.
    const QByteArray prefix = QByteArray::fromHex("302a300506032b6570032100");
    if (der.size() != prefix.size() + crypto::Ed25519PublicKey::kBytes || !der.startsWith(prefix)) {
        return makeError(ErrorKind::Invalid, "cli.identity_key",
                         QStringLiteral("The file \"%1\" holds no Ed25519 public key.").arg(path));
    }
    return crypto::Ed25519PublicKey::fromRaw(der.mid(prefix.size()));
}

Result<QStringList> checkStatement(const QString &artifact, const QString &keyPath,
                                   const bundle::VerifiedBundle &verified)
{
    GATEHOUSE_ASSIGN(const crypto::Ed25519PublicKey key, readIdentityKey(keyPath));
    GATEHOUSE_ASSIGN(const QByteArray envelope, keys::readFileBytes(statementPath(artifact), 4LL << 20));
    trust::StatementExpectation expectation;
    expectation.archiveSha256 = QString::fromLatin1(verified.archiveSha256.toHex());
    if (verified.cipher != bundle::Cipher::None) {
        expectation.artifactSha256 = QString::fromLatin1(verified.artifactSha256.toHex());
    }
    GATEHOUSE_ASSIGN(const trust::VerifiedStatement statement,
                     trust::verifyStatement(envelope, {key}, expectation));
    return QStringList(statement.signers());
}

} // namespace

Result<void> runBundleVerify(Context &context)
{
    const Arguments &arguments = context.arguments();
    GATEHOUSE_ASSIGN(const QString artifact, arguments.positional(0, "The artifact"));
    GATEHOUSE_TRY(arguments.atMost(1));
    GATEHOUSE_ASSIGN(const bundle::ArtifactClaims claims, claimsOf(arguments, artifact));
    GATEHOUSE_ASSIGN(const std::optional<crypto::RsaPublicKey> key, publicKeyOf(arguments));
    GATEHOUSE_ASSIGN(const bundle::VerifiedBundle verified,
                     bundle::verifyBundle(artifact, claims, key ? &*key : nullptr, context.operation()));
    QStringList signers;
    if (const std::optional<QString> path = arguments.value("identity-key")) {
        GATEHOUSE_ASSIGN(signers, checkStatement(artifact, *path, verified));
    }
    const QString sha256 = QString::fromLatin1(verified.archiveSha256.toHex());
    context.output().result({{QStringLiteral("good"), true},
                             {QStringLiteral("cipher"), bundle::cipherName(verified.cipher)},
                             {QStringLiteral("archive_sha256"), sha256},
                             {QStringLiteral("files"), static_cast<qint64>(verified.entries.size())},
                             {QStringLiteral("file_list_sha256"), verified.fileListDigest},
                             {QStringLiteral("signers"), QJsonArray::fromStringList(signers)}},
                            QStringList{QStringLiteral("A device would accept this bundle."),
                                        QStringLiteral("Cipher   ") + bundle::cipherName(verified.cipher),
                                        QStringLiteral("Content  %1 files").arg(verified.entries.size()),
                                        QStringLiteral("SHA-256  ") + sha256} +
                                (signers.isEmpty() ? QStringList()
                                                   : QStringList{QStringLiteral("Signed   ") +
                                                                 signers.join(QStringLiteral(", "))}));
    return {};
}

} // namespace gatehouse::cli
