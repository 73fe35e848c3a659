// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/packagebundle.h"

#include "core/sentences.h"
#include "keys/bundlekeys.h"
#include "keys/identities.h"
#include "trust/releasestatement.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace gatehouse::release {

namespace {

QString hex(const QByteArray &digest)
{
    return QString::fromLatin1(digest.toHex());
}

QString statementCipher(bundle::Cipher cipher)
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

trust::ReleaseStatement statementOf(const PackageRequest &request, const bundle::BuiltBundle &built,
                                    UtcTime created)
{
    const QString stem = request.app.text() + QLatin1Char('-') + request.version.text();
    trust::ReleaseStatement statement{request.app,
                                      request.version,
                                      created,
                                      {stem + QStringLiteral(".zip"), hex(built.archiveSha256)},
                                      std::nullopt,
                                      std::nullopt,
                                      {QStringLiteral("gatehouse"), request.builderVersion, built.encoder},
                                      std::nullopt,
                                      built.fileListDigest,
                                      {},
                                      statementCipher(built.cipher),
                                      built.keyId,
                                      {},
                                      request.notes};
    if (built.cipher != bundle::Cipher::None) {
        statement.artifact =
            trust::StatementSubject{stem + QStringLiteral(".encrypted.zip"), hex(built.artifactSha256)};
    }
    for (const wire::NativePackage &package : request.packages.packages) {
        statement.nativePackages.insert(package.name, package.version);
    }
    for (const bundle::Finding &finding : built.findings) {
        switch (finding.severity) {
        case bundle::Severity::Note:
            ++statement.inspection.notes;
            break;
        case bundle::Severity::Warning:
            ++statement.inspection.warnings;
            break;
        case bundle::Severity::Error:
            ++statement.inspection.errors;
            break;
        }
    }
    if (request.scan.options.readyCall == bundle::ReadyCall::Waived) {
        statement.inspection.waivers.append(QStringLiteral("bundle.ready_call.missing"));
    }
    return statement;
}

Result<bundle::BuiltBundle> build(const PackageRequest &request, keys::KeyStore &store, const Clock &clock,
                                  Operation &operation)
{
    bundle::BuildRequest order;
    order.artifactPath = request.artifactPath;
    order.cipher = request.cipher;
    order.maxUploadBytes = request.maxUploadBytes;
    if (request.cipher == bundle::Cipher::None) {
        return bundle::buildBundle(request.scan, order, operation);
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
    return bundle::buildBundle(request.scan, order, operation);
}

Result<void> writeStatement(const PackageRequest &request, PackagedBundle &packaged, keys::KeyStore &store,
                            const Clock &clock, Operation &operation)
{
    GATEHOUSE_ASSIGN(const crypto::Ed25519PrivateKey key,
                     keys::Identities(store, clock).unlock(*request.identity, request.passphrase, operation));
    GATEHOUSE_ASSIGN(const trust::DsseEnvelope envelope,
                     trust::signStatement(statementOf(request, packaged.built, clock.now()), key));
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
    GATEHOUSE_ASSIGN(packaged.built, build(request, store, clock, operation));
    if (!request.identity) {
        return packaged;
    }
    operation.report(QStringLiteral("Statement"), 0, 1, Progress::Unit::Items);
    if (Result<void> written = writeStatement(request, packaged, store, clock, operation); !written) {
        QFile::remove(request.artifactPath);
        return std::move(written.error());
    }
    operation.report(QStringLiteral("Statement"), 1, 1, Progress::Unit::Items);
    return packaged;
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
    upload.comment = request.notes;
    upload.stateFile = packaged.built.artifactPath + QStringLiteral(".upload.json");
    return upload;
}

} // namespace gatehouse::release
