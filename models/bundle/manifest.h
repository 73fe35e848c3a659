// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bundle/folderscan.h"
#include "bundle/sessionkey.h"

namespace gatehouse::bundle {

/// One file of a manifest ("delta") release. @source spec: device-protocol, section 5.3; management-api,
/// section 5.5
struct ManifestFile
{
    QString path;        ///< in the bundle
    QString fileName;    ///< on the wire: path, with ".br" behind it when the payload is Brotli
    QString fileHash;    ///< 64 hex digits, or 512 when encrypted: of the plain file
    QString storageName; ///< last part of the storage key: sha256hex(file_hash) "_" path, each segment
                         ///< percent-encoded
    QString payloadPath; ///< the payload in the output folder
    qint64 size = 0;
    qint64 payloadBytes = 0;

    bool operator==(const ManifestFile &) const = default;
};

struct DeltaManifest
{
    QVector<ManifestFile> files; ///< sorted by the UTF-8 bytes of path; empty files are left out
    /// SHA-256, hex, over the lines "file_hash two-spaces path LF": the manifest's subject in the release
    /// statement.
    QString digest;
};

struct ManifestRequest
{
    /// Payloads are written here; made when it does not exist.
    QString outputFolder;
    /// The session key of the bundle's zip, as built; empty for a bundle that is not encrypted.
    QString sessionKey;
    /// Needed when sessionKey is not empty. Used, not owned.
    const crypto::RsaPrivateKey *privateKey = nullptr;
    int workers = 0;
};

/// Makes payload files and their list from a scanned folder. Step reported: "Manifest".
/// @error Invalid "bundle.manifest.space" (a name with a space), "bundle.build.findings"; Conflict
/// "bundle.build.changed";
///        Io "bundle.manifest.write", "bundle.build.read"; Cancelled. Payloads written so far are removed
///        then.
Result<DeltaManifest> buildManifest(const FolderScan &scan, const ManifestRequest &request,
                                    Operation &operation);

/// @return the digest over (file_hash, path) pairs in any order
[[nodiscard]] QString manifestDigest(QVector<std::pair<QString, QString>> hashAndPath);

/// Does what a device does with one payload: decrypt (when a session key is given), Brotli-decode (when
/// fileName ends in
/// ".br"), compare the hash. maxBytes caps the plain size.
/// @error Crypto "bundle.decrypt.content", "bundle.checksum.mismatch", "bundle.checksum.wrong_key"; Invalid
///        "bundle.manifest.brotli", "bundle.checksum.format"
Result<QByteArray> openManifestPayload(QByteArrayView payload, const QString &fileName,
                                       const QString &fileHash, const SessionKey *sessionKey,
                                       const crypto::RsaPublicKey *publicKey, qint64 maxBytes);

} // namespace gatehouse::bundle
