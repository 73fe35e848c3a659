// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/artifact.h"
#include "cli/command.h"
#include "cli/keys.h"

#include "bundle/folderscan.h"
#include "bundle/nativepackages.h"
#include "keys/secretfile.h"
#include "release/packagebundle.h"
#include "release/statementof.h"

#include <QDir>
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

release::StatementFacts factsOf(const Wish &wish, const QVector<wire::NativePackage> &packages,
                                bool isReadyCallWaived)
{
    release::StatementFacts facts{wish.app, wish.version};
    facts.archiveName = wish.version.text() + QStringLiteral(".zip");
    facts.artifactName = QFileInfo(wish.output).fileName();
    facts.builder = QStringLiteral("gatehouse-cli");
    facts.builderVersion = QStringLiteral(GATEHOUSE_VERSION);
    facts.packages = packages;
    facts.isReadyCallWaived = isReadyCallWaived;
    return facts;
}

/// Each file by itself beside the artifact, when that is wished.
Result<std::optional<bundle::DeltaManifest>> buildFiles(Context &context, const Wish &wish,
                                                        const bundle::FolderScan &scan,
                                                        const bundle::BuiltBundle &built,
                                                        const crypto::RsaPrivateKey *key)
{
    QDir(payloadPath(wish.output)).removeRecursively();
    if (!context.arguments().has("delta")) {
        return std::optional<bundle::DeltaManifest>();
    }
    bundle::ManifestRequest request;
    request.outputFolder = payloadPath(wish.output);
    request.sessionKey = built.sessionKey;
    request.privateKey = key;
    GATEHOUSE_ASSIGN(bundle::DeltaManifest manifest,
                     bundle::buildManifest(scan, request, context.operation()));
    return std::optional(std::move(manifest));
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
         QStringLiteral("Delta      ") + (description.files.isEmpty()
                                              ? QStringLiteral("none")
                                              : QStringLiteral("%1 files").arg(description.files.size())),
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
    GATEHOUSE_ASSIGN(const std::optional<bundle::DeltaManifest> manifest,
                     buildFiles(context, wish, scan, built, request.privateKey));
    ArtifactDescription description = describeArtifact(wish, built, native.packages);
    if (manifest) {
        description.files = release::uploadFilesOf(*manifest);
    }
    GATEHOUSE_TRY(
        keys::writePublicFile(descriptionPath(wish.output), QJsonDocument(description.toJson()).toJson()));
    GATEHOUSE_ASSIGN(
        const bool isSigned,
        writeStatement(context, wish,
                       release::statementOf(built, manifest,
                                            factsOf(wish, native.packages, arguments.has("no-ready-check")),
                                            context.clock().now())));
    answer(context, wish, description, built, isSigned);
    return {};
}

} // namespace gatehouse::cli
