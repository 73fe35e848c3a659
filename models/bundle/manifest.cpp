// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bundle/manifest.h"

#include "bundle/pathrules.h"
#include "bundle/payload.h"
#include "core/parallel.h"
#include "core/sentences.h"
#include "crypto/aescbc.h"
#include "crypto/digest.h"

#include <QDir>
#include <QFile>
#include <QUrl>

#include <algorithm>
#include <atomic>

namespace gatehouse::bundle {

namespace {
const QLatin1String kBrotliSuffix(".br");

// encodeURIComponent of each segment.
QString percentEncoded(const QString &path)
{
    QStringList segments = path.split(QLatin1Char('/'));
    for (QString &segment : segments) {
        segment = QString::fromLatin1(QUrl::toPercentEncoding(segment, "!'()*"));
    }
    return segments.join(QLatin1Char('/'));
}

// Payloads that were written so far; removed again unless all went well.
class WrittenPayloads
{
public:
    explicit WrittenPayloads(const QVector<ManifestFile> &files)
        : m_files(files)
    {}
    ~WrittenPayloads()
    {
        if (!m_keep) {
            for (const ManifestFile &file : m_files) {
                QFile::remove(file.payloadPath);
            }
        }
    }
    WrittenPayloads(const WrittenPayloads &) = delete;
    WrittenPayloads &operator=(const WrittenPayloads &) = delete;
    void keep() { m_keep = true; }

private:
    const QVector<ManifestFile> &m_files;
    bool m_keep = false;
};

Result<void> checkScan(const FolderScan &scan)
{
    for (const Finding &finding : scan.findings) {
        if (finding.severity == Severity::Error) {
            return makeError(ErrorKind::Invalid, "bundle.build.findings",
                             Sentences::tr("This folder cannot be made into a bundle."), finding.sentence,
                             Sentences::tr("Correct what the check found, then try again."));
        }
    }
    const auto spaced = std::find_if(scan.files.begin(), scan.files.end(),
                                     [](const FolderFile &file) { return hasSpace(file.path); });
    if (spaced != scan.files.end()) {
        return makeError(ErrorKind::Invalid, "bundle.manifest.space",
                         Sentences::tr("A delta release cannot hold “%1”.").arg(spaced->path),
                         Sentences::tr("Its name has a space."),
                         Sentences::tr("Rename the file, or publish the zip alone."));
    }
    for (const FolderFile &file : scan.files) {
        if (file.path.endsWith(kBrotliSuffix)) {
            return makeError(
                ErrorKind::Invalid, "bundle.manifest.brotli_name",
                Sentences::tr("A delta release cannot hold “%1”.").arg(file.path),
                Sentences::tr("Devices take “.br” for the mark of a compressed file and cut it off."),
                Sentences::tr("Leave pre-compressed files out, or publish the zip alone."));
        }
    }
    return {};
}

struct Keys
{
    std::optional<SessionKey> session;
    const crypto::RsaPrivateKey *privateKey = nullptr;
};

Result<Keys> keysOf(const ManifestRequest &request)
{
    Keys keys;
    if (request.sessionKey.isEmpty()) {
        return keys;
    }
    if (request.privateKey == nullptr) {
        return makeError(ErrorKind::Invalid, "bundle.build.key",
                         Sentences::tr("An encrypted release needs the app's bundle key."), {},
                         Sentences::tr("Create or import the bundle key of this app first."));
    }
    keys.privateKey = request.privateKey;
    GATEHOUSE_ASSIGN(keys.session, SessionKey::unwrap(request.sessionKey, request.privateKey->publicKey()));
    return keys;
}

Result<void> makeFile(const FolderFile &source, const Keys &keys, ManifestFile &file, Operation &operation)
{
    GATEHOUSE_ASSIGN(const Payload payload, writePayload(source, file.payloadPath,
                                                         keys.session ? &*keys.session : nullptr, operation));
    file.payloadBytes = payload.bytes;
    file.fileName = payload.isBrotli ? file.path + kBrotliSuffix : file.path;
    file.fileHash = QString::fromLatin1(payload.sha256.toHex());
    if (keys.privateKey != nullptr) {
        GATEHOUSE_ASSIGN(file.fileHash, sealChecksum(payload.sha256, *keys.privateKey));
    }
    file.storageName =
        crypto::sha256Hex(file.fileHash.toLatin1()) + QLatin1Char('_') + percentEncoded(file.fileName);
    return {};
}
} // namespace

QString manifestDigest(QVector<std::pair<QString, QString>> hashAndPath)
{
    std::sort(hashAndPath.begin(), hashAndPath.end(), [](const auto &left, const auto &right) {
        return left.second.toUtf8() < right.second.toUtf8();
    });
    crypto::Sha256 digest;
    for (const auto &[hash, path] : hashAndPath) {
        const QByteArray line = hash.toUtf8() + "  " + path.toUtf8() + '\n';
        digest.add(line);
    }
    return QString::fromLatin1(digest.finish().toHex());
}

Result<DeltaManifest> buildManifest(const FolderScan &scan, const ManifestRequest &request,
                                    Operation &operation)
{
    GATEHOUSE_TRY(checkScan(scan));
    GATEHOUSE_ASSIGN(const Keys keys, keysOf(request));
    const QDir folder(request.outputFolder);
    if (!folder.mkpath(QStringLiteral("."))) {
        return makeError(ErrorKind::Io, "bundle.manifest.write",
                         Sentences::tr("The folder “%1” could not be made.").arg(request.outputFolder));
    }
    DeltaManifest manifest;
    QVector<const FolderFile *> sources;
    for (const FolderFile &source : scan.files) {
        if (source.size() > 0) {
            ManifestFile file;
            file.path = source.path;
            file.size = source.size();
            file.payloadPath = folder.filePath(QStringLiteral("%1.payload").arg(sources.size()));
            manifest.files.append(std::move(file));
            sources.append(&source);
        }
    }
    WrittenPayloads written(manifest.files);
    ManifestFile *const files = manifest.files.data();
    std::atomic<qint64> done = 0;
    const auto outcome =
        forEachInParallel(sources.size(), request.workers, operation, [&](qsizetype i) -> Result<void> {
            GATEHOUSE_TRY(makeFile(*sources.at(i), keys, files[i], operation));
            done += sources.at(i)->size();
            operation.report(QStringLiteral("Manifest"), done, scan.totalBytes, Progress::Unit::Bytes);
            return {};
        });
    GATEHOUSE_TRY(outcome);
    GATEHOUSE_TRY(operation.check());
    QVector<std::pair<QString, QString>> lines;
    for (const ManifestFile &file : std::as_const(manifest.files)) {
        lines.append({file.fileHash, file.path});
    }
    manifest.digest = manifestDigest(lines);
    written.keep();
    return manifest;
}

Result<QByteArray> openManifestPayload(QByteArrayView payload, const QString &fileName,
                                       const QString &fileHash, const SessionKey *sessionKey,
                                       const crypto::RsaPublicKey *publicKey, qint64 maxBytes)
{
    QByteArray expected = QByteArray::fromHex(fileHash.toLatin1());
    QByteArray content = payload.toByteArray();
    if (sessionKey != nullptr && publicKey != nullptr) {
        GATEHOUSE_ASSIGN(expected, openChecksum(fileHash, *publicKey));
        const auto decrypted = crypto::decryptAesCbc(sessionKey->key, sessionKey->iv, payload);
        if (!decrypted) {
            return makeError(
                ErrorKind::Crypto, "bundle.decrypt.content",
                Sentences::tr("The file “%1” of this release could not be decrypted.").arg(fileName));
        }
        content = *decrypted;
    } else if (fileHash.size() != 2 * crypto::kSha256Bytes || expected.size() != crypto::kSha256Bytes) {
        return makeError(ErrorKind::Invalid, "bundle.checksum.format",
                         Sentences::tr("The hash of “%1” cannot be read.").arg(fileName));
    }
    if (fileName.endsWith(kBrotliSuffix)) {
        GATEHOUSE_ASSIGN(content, decodeBrotli(content, maxBytes));
    }
    if (!crypto::equalInConstantTime(crypto::sha256(content), expected)) {
        return makeError(
            ErrorKind::Crypto, "bundle.checksum.mismatch",
            Sentences::tr("The file “%1” of this release is not what its hash says.").arg(fileName));
    }
    return content;
}

} // namespace gatehouse::bundle
