// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/statementof.h"

namespace gatehouse::release {

namespace {

QString hex(const QByteArray &digest)
{
    return QString::fromLatin1(digest.toHex());
}

QString cipherWord(bundle::Cipher cipher)
{
    switch (cipher) {
    case bundle::Cipher::None:
        return QStringLiteral("none");
    case bundle::Cipher::Aes128Cbc:
        return QStringLiteral("aes-128-cbc");
    case bundle::Cipher::Aes256Cbc:
        return QStringLiteral("aes-256-cbc");
    }
    return QStringLiteral("none");
}

trust::StatementInspection inspectionOf(const bundle::Findings &findings, bool isReadyCallWaived)
{
    trust::StatementInspection inspection;
    for (const bundle::Finding &finding : findings) {
        switch (finding.severity) {
        case bundle::Severity::Note:
            ++inspection.notes;
            break;
        case bundle::Severity::Warning:
            ++inspection.warnings;
            break;
        case bundle::Severity::Error:
            ++inspection.errors;
            break;
        }
    }
    if (isReadyCallWaived) {
        inspection.waivers.append(QStringLiteral("bundle.ready_call.missing"));
    }
    return inspection;
}

} // namespace

trust::ReleaseStatement statementOf(const bundle::BuiltBundle &built,
                                    const std::optional<bundle::DeltaManifest> &manifest,
                                    const StatementFacts &facts, UtcTime created)
{
    trust::ReleaseStatement statement{facts.app,
                                      facts.version,
                                      created,
                                      {facts.archiveName, hex(built.archiveSha256)},
                                      std::nullopt,
                                      std::nullopt,
                                      {facts.builder, facts.builderVersion, built.encoder},
                                      std::nullopt,
                                      built.fileListDigest,
                                      {},
                                      cipherWord(built.cipher),
                                      built.keyId,
                                      inspectionOf(built.findings, facts.isReadyCallWaived),
                                      facts.notes};
    if (built.cipher != bundle::Cipher::None) {
        statement.artifact = trust::StatementSubject{facts.artifactName, hex(built.artifactSha256)};
    }
    if (manifest) {
        statement.manifest =
            trust::StatementSubject{facts.archiveName + QStringLiteral(".manifest"), manifest->digest};
    }
    for (const wire::NativePackage &package : facts.packages) {
        statement.nativePackages.insert(package.name, package.version);
    }
    return statement;
}

} // namespace gatehouse::release
