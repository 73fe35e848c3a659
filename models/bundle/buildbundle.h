// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bundle/folderscan.h"
#include "bundle/sessionkey.h"
#include "core/operation.h"

#include <chrono>

namespace gatehouse::bundle {

struct BuildRequest
{
    /// Where the artifact goes; written beside it and renamed when complete. An existing file is replaced.
    QString artifactPath;
    Cipher cipher = Cipher::Aes128Cbc;
    /// The app's bundle key; needed unless cipher is None. Used, not owned.
    const crypto::RsaPrivateKey *privateKey = nullptr;
    /// Threads that compress; 0 means one a core. Does not change a byte of the result.
    int workers = 0;
    /// What the server takes at most, in bytes of the artifact.
    qint64 maxUploadBytes = qint64(1) << 30;
};

struct BuildTimings
{
    std::chrono::microseconds prepare{}; ///< looking at large files
    std::chrono::microseconds archive{}; ///< the pipeline: compress, hash, encrypt, write
    std::chrono::microseconds finish{};  ///< RSA, flush, rename
};

/// A finished artifact and what a server and a release statement want to know about it.
struct BuiltBundle
{
    QString artifactPath;
    Cipher cipher = Cipher::None;
    QByteArray archiveSha256;  ///< 32 bytes, over the plain archive
    QByteArray artifactSha256; ///< 32 bytes, over the file as it is uploaded; the same when cipher is None
    qint64 plainBytes = 0;     ///< all files together
    qint64 archiveBytes = 0;
    qint64 artifactBytes = 0;
    qsizetype fileCount = 0;
    /// "IV:key" as servers store it; empty when cipher is None.
    QString sessionKey;
    /// What the server stores as checksum: 512 hex digits, or 64 when cipher is None.
    QString checksum;
    QString keyId; ///< empty when cipher is None
    /// SHA-256, hex, over the lines "sha256 two-spaces path LF", sorted by path.
    QString fileListDigest;
    /// Compressors with their versions, as the release statement names them.
    QString encoder;
    Findings findings; ///< of the scan, and what building added
    BuildTimings timings;
};

/// Archives, hashes and encrypts a scanned folder in one go. The same content gives the same archive on every
/// machine. Memory stays flat whatever the size. Steps reported: "Archive", "Checksum", "Encrypt".
/// @error Invalid "bundle.build.findings" (the scan holds errors), "bundle.build.key",
/// "bundle.build.too_large";
///        Conflict "bundle.build.changed" (a file changed since the scan); Io "bundle.build.read",
///        "bundle.build.write", "bundle.build.disk_full"; Cancelled. No artifact is left then, and an older
///        one stays as it was.
/// @source spec: bundle-format, sections 1 to 3
Result<BuiltBundle> buildBundle(const FolderScan &scan, const BuildRequest &request, Operation &operation);

} // namespace gatehouse::bundle
