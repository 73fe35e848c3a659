// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/artifact.h"
#include "cli/command.h"
#include "cli/keys.h"

#include "bundle/folderscan.h"
#include "bundle/nativepackages.h"
#include "keys/secretfile.h"
#include "trust/releasestatement.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

namespace gatehouse::cli {

namespace {

struct Wish
{
    AppId app;
    BundleName version;
    QString folder;
    QString output;
    bundle::Cipher cipher = bundle::Cipher::Aes128Cbc;
};

Result<Wish> readWish(const Arguments &arguments)
{
    GATEHOUSE_ASSIGN(const QString folder, arguments.positional(0, "The web folder"));
    GATEHOUSE_TRY(arguments.atMost(1));
    GATEHOUSE_ASSIGN(const AppId app, arguments.app());
    GATEHOUSE_ASSIGN(const BundleName version, arguments.required("version").then(BundleName::parse));
    if (arguments.has("plain") && arguments.has("aes256")) {
        return makeError(ErrorKind::Invalid, "cli.option",
                         QStringLiteral("--plain and --aes256 exclude each other."));
    }
    Wish wish{app, version, folder, {}};
    wish.cipher = arguments.has("plain")    ? bundle::Cipher::None
                  : arguments.has("aes256") ? bundle::Cipher::Aes256Cbc
                                            : bundle::Cipher::Aes128Cbc;
    wish.output = arguments.value("output").value_or(QStringLiteral("%1_%2%3").arg(
        app.text(), version.text(),
        wish.cipher == bundle::Cipher::None ? QStringLiteral(".zip") : QStringLiteral(".encrypted.zip")));
    return wish;
}

QJsonArray toJson(const bundle::Findings &findings)
{
    QJsonArray array;
    for (const bundle::Finding &finding : findings) {
        array.append(QJsonObject{{QStringLiteral("rule"), finding.rule},
                                 {QStringLiteral("severity"), bundle::severityName(finding.severity)},
                                 {QStringLiteral("file"), finding.file},
                                 {QStringLiteral("sentence"), finding.sentence}});
    }
    return array;
}

void noteFindings(const Output &output, const bundle::Findings &findings)
{
    for (const bundle::Finding &finding : findings) {
        const QString file =
            finding.file.isEmpty() ? QString() : QString(finding.file + QStringLiteral(": "));
        output.note(bundle::severityName(finding.severity) + QStringLiteral(": ") + file + finding.sentence);
    }
}

/// Broken rules as one error, so that a script sees the first without reading the notes.
Error refusedFolder(const bundle::Findings &findings)
{
    Error error = makeError(ErrorKind::Invalid, "bundle.build.findings",
                            QStringLiteral("The folder cannot become a bundle."));
    for (const bundle::Finding &finding : findings) {
        if (finding.severity == bundle::Severity::Error) {
            const QString file =
                finding.file.isEmpty() ? QString() : QString(finding.file + QStringLiteral(": "));
            error.details.append(finding.rule + QStringLiteral(": ") + file + finding.sentence);
        }
    }
    return error;
}

ArtifactDescription describeArtifact(const Wish &wish, const bundle::BuiltBundle &built,
                                     const QVector<wire::NativePackage> &packages)
{
    ArtifactDescription description;
    description.app = wish.app.text();
    description.version = wish.version.text();
    description.cipher = bundle::cipherName(built.cipher);
    description.sessionKey = built.sessionKey;
    description.checksum = built.checksum;
    description.keyId = built.keyId;
    description.archiveSha256 = QString::fromLatin1(built.archiveSha256.toHex());
    description.artifactSha256 = QString::fromLatin1(built.artifactSha256.toHex());
    description.artifactBytes = built.artifactBytes;
    description.nativePackages = packages;
    return description;
}

trust::ReleaseStatement statementOf(const Wish &wish, const bundle::BuiltBundle &built,
                                    const QVector<wire::NativePackage> &packages, UtcTime now)
{
    const QString file = QFileInfo(wish.output).fileName();
    trust::ReleaseStatement statement{wish.app, wish.version, now, {}, {}, {}, {},
                                      {},       {},           {},  {}, {}, {}, {}};
    const QString archiveSha256 = QString::fromLatin1(built.archiveSha256.toHex());
    statement.archive = {wish.version.text() + QStringLiteral(".zip"), archiveSha256};
    if (built.cipher != bundle::Cipher::None) {
        statement.artifact = {file, QString::fromLatin1(built.artifactSha256.toHex())};
    }
    statement.builder = {QStringLiteral("gatehouse-cli"), QStringLiteral(GATEHOUSE_VERSION), built.encoder};
    statement.fileListSha256 = built.fileListDigest;
    for (const wire::NativePackage &package : packages) {
        statement.nativePackages.insert(package.name, package.version);
    }
    statement.cipher = bundle::cipherName(built.cipher).toLower();
    statement.keyId = built.keyId;
    for (const bundle::Finding &finding : built.findings) {
        statement.inspection.errors += finding.severity == bundle::Severity::Error ? 1 : 0;
        statement.inspection.warnings += finding.severity == bundle::Severity::Warning ? 1 : 0;
        statement.inspection.notes += finding.severity == bundle::Severity::Note ? 1 : 0;
    }
    return statement;
}

/// Signs when an identity is named. @return whether it did
Result<bool> writeStatement(Context &context, const Wish &wish, const trust::ReleaseStatement &statement)
{
    const std::optional<QString> keyId = context.arguments().value("identity");
    if (!keyId) {
        return false;
    }
    GATEHOUSE_ASSIGN(keys::KeyStore * store, context.keyStore());
    keys::Identities identities(*store, context.clock());
    Secret passphrase;
    if (const std::optional<QString> text = context.arguments().value("identity-passphrase-fd")) {
        GATEHOUSE_ASSIGN(passphrase, keys::readSecretFromDescriptor(text->toInt()));
    }
    GATEHOUSE_ASSIGN(
        const crypto::Ed25519PrivateKey key,
        identities.unlock(*keyId, passphrase.isEmpty() ? nullptr : &passphrase, context.operation()));
    GATEHOUSE_ASSIGN(const trust::DsseEnvelope envelope, trust::signStatement(statement, key));
    GATEHOUSE_TRY(keys::writePublicFile(statementPath(wish.output), envelope.toJson()));
    return true;
}

void answer(Context &context, const Wish &wish, const ArtifactDescription &description,
            const bundle::BuiltBundle &built, bool isSigned)
{
    QJsonObject json = description.toJson();
    json.insert(QStringLiteral("file"), wish.output);
    json.insert(QStringLiteral("files"), static_cast<qint64>(built.fileCount));
    json.insert(QStringLiteral("plain_bytes"), built.plainBytes);
    json.insert(QStringLiteral("findings"), toJson(built.findings));
    json.insert(QStringLiteral("statement"),
                isSigned ? QJsonValue(statementPath(wish.output)) : QJsonValue());
    context.output().result(
        json,
        {QStringLiteral("Artifact   ") + wish.output,
         QStringLiteral("Content    %1 files, %2 bytes").arg(built.fileCount).arg(built.plainBytes),
         QStringLiteral("Size       %1 bytes").arg(built.artifactBytes),
         QStringLiteral("Cipher     ") + description.cipher,
         QStringLiteral("SHA-256    ") + description.archiveSha256,
         QStringLiteral("Statement  ") + (isSigned ? statementPath(wish.output) : QStringLiteral("none"))});
}

} // namespace

Result<void> runBundleBuild(Context &context)
{
    const Arguments &arguments = context.arguments();
    GATEHOUSE_ASSIGN(const Wish wish, readWish(arguments));
    bundle::ScanOptions options;
    options.sourceMaps =
        arguments.has("keep-source-maps") ? bundle::SourceMaps::Keep : bundle::SourceMaps::Drop;
    options.readyCall =
        arguments.has("no-ready-check") ? bundle::ReadyCall::Waived : bundle::ReadyCall::Required;
    GATEHOUSE_ASSIGN(const bundle::FolderScan scan,
                     bundle::scanFolder(wish.folder, options, context.operation()));
    noteFindings(context.output(), scan.findings);
    if (!scan.canBeBuilt()) {
        return refusedFolder(scan.findings);
    }
    GATEHOUSE_ASSIGN(const bundle::NativePackages native, bundle::readNativePackages(wish.folder));
    noteFindings(context.output(), native.findings);

    std::optional<crypto::RsaPrivateKey> key;
    if (wish.cipher != bundle::Cipher::None) {
        GATEHOUSE_ASSIGN(key, unlockedBundleKey(context, wish.app));
    }
    bundle::BuildRequest request;
    request.artifactPath = wish.output;
    request.cipher = wish.cipher;
    request.privateKey = key ? &*key : nullptr;
    GATEHOUSE_ASSIGN(const bundle::BuiltBundle built,
                     bundle::buildBundle(scan, request, context.operation()));
    const ArtifactDescription description = describeArtifact(wish, built, native.packages);
    GATEHOUSE_TRY(
        keys::writePublicFile(descriptionPath(wish.output), QJsonDocument(description.toJson()).toJson()));
    GATEHOUSE_ASSIGN(
        const bool isSigned,
        writeStatement(context, wish, statementOf(wish, built, native.packages, context.clock().now())));
    answer(context, wish, description, built, isSigned);
    return {};
}

} // namespace gatehouse::cli
