// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/openbundle.h"

#include "client/bundles.h"
#include "core/sentences.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>

#include <algorithm>

namespace gatehouse::release {

namespace {

Error cannotWrite(const QString &path, const QString &cause)
{
    return makeError(ErrorKind::Io, "release.artifact.write",
                     Sentences::tr("The download could not be written to \"%1\".").arg(path), cause,
                     Sentences::tr("Free some space on the disk."));
}

bundle::ArtifactClaims claimsOf(const wire::BundleRow &row)
{
    return {row.sessionKey.value_or(QString()), row.checksum.value_or(QString())};
}

bool isWrongKey(const Error &error)
{
    return error.id == QLatin1String("bundle.session_key.wrong_key") ||
           error.id == QLatin1String("bundle.checksum.wrong_key");
}

Error noKey(const wire::BundleRow &row, bool hasKeys)
{
    QString cause = Sentences::tr("There is no bundle key of this app.");
    if (hasKeys) {
        cause = row.keyId ? Sentences::tr("It was encrypted with another key, labelled %1.").arg(*row.keyId)
                          : Sentences::tr("It was encrypted with another key.");
    }
    return makeError(ErrorKind::Crypto, "release.no_key",
                     Sentences::tr("No key on this computer opens bundle %1.").arg(row.name), cause,
                     Sentences::tr("Import the app's key under Keys."));
}

Result<crypto::RsaPublicKey> publicKeyOf(const keys::BundleKeyInfo &key)
{
    return crypto::RsaPublicKey::fromPem(key.publicPem);
}

} // namespace

Result<ArtifactFile> downloadArtifact(const client::SessionPtr &session, const wire::BundleRow &row,
                                      const QString &folder, Operation &operation)
{
    if (!row.r2Path) {
        return makeError(ErrorKind::Invalid, "release.artifact.elsewhere",
                         Sentences::tr("The server holds no archive of bundle %1.").arg(row.name),
                         row.externalUrl ? Sentences::tr("It lies at %1.").arg(*row.externalUrl)
                                         : Sentences::tr("It was uploaded file by file."));
    }
    ArtifactFile file;
    QDir().mkpath(folder);
    file.keeper = std::make_shared<QTemporaryDir>(folder + QStringLiteral("/download-XXXXXX"));
    if (!file.keeper->isValid()) {
        return cannotWrite(folder, file.keeper->errorString());
    }
    file.path = file.keeper->filePath(QStringLiteral("artifact.zip"));
    QFile to(file.path);
    if (!to.open(QIODevice::WriteOnly | QIODevice::Unbuffered)) {
        return cannotWrite(file.path, to.errorString());
    }
    QElapsedTimer timer;
    timer.start();
    GATEHOUSE_TRY(client::Bundles(session).download(
        *row.r2Path,
        [&](QByteArrayView chunk) -> Result<void> {
            if (to.write(chunk.data(), chunk.size()) != chunk.size()) {
                return cannotWrite(file.path, to.errorString());
            }
            file.bytes += chunk.size();
            return {};
        },
        row.size.value_or(0), operation));
    file.took = Milliseconds(timer.elapsed());
    return file;
}

Result<OpenedBundle> openBundle(const wire::BundleRow &row, const ArtifactFile &file,
                                const QVector<keys::BundleKeyInfo> &keys, Operation &operation)
{
    OpenedBundle opened{row, file, {}, std::nullopt};
    if (!row.isEncrypted()) {
        GATEHOUSE_ASSIGN(opened.content, bundle::verifyBundle(file.path, claimsOf(row), nullptr, operation));
        return opened;
    }
    QVector<keys::BundleKeyInfo> ordered = keys;
    std::stable_partition(ordered.begin(), ordered.end(),
                          [&](const keys::BundleKeyInfo &key) { return row.keyId == key.keyId; });
    for (const keys::BundleKeyInfo &key : std::as_const(ordered)) {
        GATEHOUSE_ASSIGN(const crypto::RsaPublicKey publicKey, publicKeyOf(key));
        Result<bundle::VerifiedBundle> verified =
            bundle::verifyBundle(file.path, claimsOf(row), &publicKey, operation);
        if (verified) {
            opened.content = std::move(*verified);
            opened.key = key;
            return opened;
        }
        if (!isWrongKey(verified.error())) {
            return verified.error();
        }
    }
    return noKey(row, !keys.isEmpty());
}

Result<QString> saveFiles(const OpenedBundle &opened, const QString &folder, Operation &operation)
{
    const QString target = QDir(folder).filePath(opened.row.appId + QLatin1Char('-') + opened.row.name);
    if (!opened.key) {
        GATEHOUSE_TRY(bundle::unpackArchive(opened.file.path, target, {}, operation));
        return target;
    }
    const QTemporaryDir plain(folder + QStringLiteral("/.gatehouse-XXXXXX"));
    if (!plain.isValid()) {
        return cannotWrite(folder, plain.errorString());
    }
    GATEHOUSE_ASSIGN(const crypto::RsaPublicKey publicKey, publicKeyOf(*opened.key));
    const QString zip = plain.filePath(QStringLiteral("plain.zip"));
    GATEHOUSE_TRY(bundle::decryptBundle(opened.file.path, claimsOf(opened.row), &publicKey, zip, operation));
    GATEHOUSE_TRY(bundle::unpackArchive(zip, target, {}, operation));
    return target;
}

} // namespace gatehouse::release
