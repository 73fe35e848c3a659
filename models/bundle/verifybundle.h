// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bundle/archive.h"
#include "bundle/sessionkey.h"

namespace gatehouse::bundle {

/// What a server says about an artifact.
struct ArtifactClaims
{
    /// "IV:key", or empty for a bundle that is not encrypted.
    QString sessionKey;
    /// 512 hex digits or base64 (encrypted), 64 hex digits (plain).
    QString checksum;

    bool operator==(const ArtifactClaims &) const = default;
};

/// What the device's own path found out about an artifact that is good.
struct VerifiedBundle
{
    Cipher cipher = Cipher::None;
    QByteArray archiveSha256;
    QByteArray artifactSha256;
    qint64 archiveBytes = 0;
    qint64 artifactBytes = 0;
    ArchiveEntries entries;
    QString fileListDigest;
};

/// Does what a device does: recovers the session key with the public key, decrypts, compares the checksum;
/// then walks the archive. Works for bundles of the peer's command line, too. publicKey may be null for plain
/// bundles.
/// @error Crypto "bundle.session_key.wrong_key", "bundle.checksum.wrong_key", "bundle.decrypt.content",
///        "bundle.checksum.mismatch"; Invalid "bundle.verify.key" (encrypted but no key),
///        "bundle.checksum.crc32" (a checksum of plugins of old), "bundle.checksum.format",
///        "bundle.session_key.format", "bundle.archive.…"; NotFound "bundle.artifact.open"; Io
///        "bundle.artifact.read"; Cancelled
Result<VerifiedBundle> verifyBundle(const QString &artifactPath, const ArtifactClaims &claims,
                                    const crypto::RsaPublicKey *publicKey, Operation &operation,
                                    const ArchiveLimits &limits = {});

/// Writes the plain archive to zipPath, only when the checksum holds; the archive is not walked.
/// @error as verifyBundle; Io "bundle.decrypt.write"
Result<void> decryptBundle(const QString &artifactPath, const ArtifactClaims &claims,
                           const crypto::RsaPublicKey *publicKey, const QString &zipPath,
                           Operation &operation);

} // namespace gatehouse::bundle
