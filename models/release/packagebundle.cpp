// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/packagebundle.h"

#include "core/sentences.h"
#include "keys/bundlekeys.h"
#include "keys/identities.h"
#include "release/statementof.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace gatehouse::release {

namespace {

StatementFacts factsOf(const PackageRequest &request)
{
    const QString stem = request.app.text() + QLatin1Char('-') + request.version.text();
    StatementFacts facts{request.app, request.version};
    facts.archiveName = stem + QStringLiteral(".zip");
    facts.artifactName = stem + QStringLiteral(".encrypted.zip");
    facts.builder = QStringLiteral("gatehouse");
    facts.builderVersion = request.builderVersion;
    facts.packages = request.packages.packages;
    facts.notes = request.notes;
    facts.isReadyCallWaived = request.scan.options.readyCall == bundle::ReadyCall::Waived;
    return facts;
}

/// The artifact, and each file by itself where that is wished: both while the key is out of its store.
Result<void> buildAll(const PackageRequest &request, bundle::BuildRequest &order, PackagedBundle &packaged,
                      Operation &operation)
{
    GATEHOUSE_ASSIGN(packaged.built, bundle::buildBundle(request.scan, order, operation));
    if (!request.isFileByFile) {
        return {};
    }
    bundle::ManifestRequest files;
    files.outputFolder = payloadFolder(request.artifactPath);
    files.sessionKey = packaged.built.sessionKey;
    files.privateKey = order.privateKey;
    Result<bundle::DeltaManifest> manifest = bundle::buildManifest(request.scan, files, operation);
    if (!manifest) {
        removePackage(packaged);
        return std::move(manifest.error());
    }
    packaged.manifest = std::move(*manifest);
    return {};
}

Result<void> build(const PackageRequest &request, PackagedBundle &packaged, keys::KeyStore &store,
                   const Clock &clock, Operation &operation)
{
    bundle::BuildRequest order;
    order.artifactPath = request.artifactPath;
    order.cipher = request.cipher;
    order.maxUploadBytes = request.maxUploadBytes;
    if (request.cipher == bundle::Cipher::None) {
        return buildAll(request, order, packaged, operation);
    }
    if (!request.bundleKey) {
        return makeError(ErrorKind::Invalid, "release.package.key",
                         Sentences::tr("The bundle cannot be encrypted."),
                         Sentences::tr("No bundle key was chosen for %1.").arg(request.app.text()),
                         Sentences::tr("Create or import one under Keys."));
    }
    GATEHOUSE_ASSIGN(const crypto::RsaPrivateKey key,
                     keys::BundleKeys(store, clock).unlock(request.app, *request.bundleKey, operation));
    order.privateKey = &key;
    return buildAll(request, order, packaged, operation);
}

Result<void> writeStatement(const PackageRequest &request, PackagedBundle &packaged, keys::KeyStore &store,
                            const Clock &clock, Operation &operation)
{
    GATEHOUSE_ASSIGN(const crypto::Ed25519PrivateKey key,
                     keys::Identities(store, clock).unlock(*request.identity, request.passphrase, operation));
    GATEHOUSE_ASSIGN(const trust::DsseEnvelope envelope,
                     trust::signStatement(
                         statementOf(packaged.built, packaged.manifest, factsOf(request), clock.now()), key));
    const QString path = request.artifactPath + QStringLiteral(".release.json");
    QSaveFile file(path);
    const QByteArray json = envelope.toJson();
    if (!file.open(QSaveFile::WriteOnly) || file.write(json) != json.size() || !file.flush() ||
        !file.commit()) {
        return makeError(ErrorKind::Io, "release.package.statement",
                         Sentences::tr("The release statement could not be written."), file.errorString(),
                         Sentences::tr("Free some space or choose another folder."));
    }
    packaged.statementPath = path;
    packaged.signer = *request.identity;
    return {};
}

} // namespace

Result<PackagedBundle> packageBundle(const PackageRequest &request, keys::KeyStore &store, const Clock &clock,
                                     Operation &operation)
{
    PackagedBundle packaged;
    GATEHOUSE_TRY(build(request, packaged, store, clock, operation));
    if (!request.identity) {
        return packaged;
    }
    operation.report(QStringLiteral("Statement"), 0, 1, Progress::Unit::Items);
    if (Result<void> written = writeStatement(request, packaged, store, clock, operation); !written) {
        removePackage(packaged);
        return std::move(written.error());
    }
    operation.report(QStringLiteral("Statement"), 1, 1, Progress::Unit::Items);
    return packaged;
}

QString payloadFolder(const QString &artifactPath)
{
    return artifactPath + QStringLiteral(".files");
}

QVector<client::UploadFile> uploadFilesOf(const bundle::DeltaManifest &manifest)
{
    QVector<client::UploadFile> files;
    files.reserve(manifest.files.size());
    for (const bundle::ManifestFile &file : manifest.files) {
        files.append({file.fileName, file.fileHash, file.storageName, file.payloadPath, file.payloadBytes});
    }
    return files;
}

void removePackage(const PackagedBundle &packaged)
{
    QFile::remove(packaged.built.artifactPath);
    if (!packaged.statementPath.isEmpty()) {
        QFile::remove(packaged.statementPath);
    }
    QDir(payloadFolder(packaged.built.artifactPath)).removeRecursively();
}

client::UploadRequest uploadOf(const PackageRequest &request, const PackagedBundle &packaged)
{
    client::UploadRequest upload{request.app,
                                 request.version,
                                 packaged.built.artifactPath,
                                 packaged.built.checksum,
                                 packaged.built.sessionKey,
                                 packaged.built.keyId};
    upload.nativePackages = request.packages.packages;
    if (packaged.manifest) {
        upload.files = uploadFilesOf(*packaged.manifest);
    }
    upload.comment = request.notes;
    upload.stateFile = packaged.built.artifactPath + QStringLiteral(".upload.json");
    return upload;
}

} // namespace gatehouse::release
