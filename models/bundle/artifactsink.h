// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bundle/sessionkey.h"
#include "crypto/aescbc.h"
#include "crypto/digest.h"

#include <optional>

namespace gatehouse::bundle {

/// Where the bytes of an archive go: hashed, encrypted, hashed again and written beside the final name in one
/// pass. Nothing appears under the final name before commit(); without it nothing stays.
class ArtifactSink
{
public:
    struct Outcome
    {
        QByteArray archiveSha256;
        QByteArray artifactSha256;
        qint64 archiveBytes = 0;
        qint64 artifactBytes = 0;
    };

    /// sessionKey may be null: then the artifact is the archive.
    /// @error Io "bundle.build.write" when the folder is missing or not writable
    static Result<ArtifactSink> create(const QString &path, const SessionKey *sessionKey,
                                       qint64 maxArtifactBytes);
    ~ArtifactSink();
    ArtifactSink(ArtifactSink &&other) noexcept;
    ArtifactSink &operator=(ArtifactSink &&) = delete;
    ArtifactSink(const ArtifactSink &) = delete;
    ArtifactSink &operator=(const ArtifactSink &) = delete;

    /// @error Io "bundle.build.disk_full", "bundle.build.write"; Invalid "bundle.build.too_large"
    Result<void> add(QByteArrayView archive);
    /// The last block and the digests; nothing may be added after it.
    Result<Outcome> finish();
    /// Gives the finished file its name.
    Result<void> commit();

private:
    ArtifactSink() = default;
    Result<void> process(QByteArrayView archive);
    Result<void> write(QByteArrayView bytes);
    Result<void> giveName();

    QString m_path;
    QByteArray
        m_temporary; ///< the name the file has meanwhile; empty while it has none and once it has its own
    int m_descriptor = -1;
    qint64 m_maxBytes = 0;
    std::optional<crypto::AesCbc> m_cipher;
    crypto::Sha256 m_archiveDigest;
    crypto::Sha256 m_artifactDigest;
    QByteArray m_staged;
    QByteArray m_encrypted;
    qint64 m_archiveBytes = 0;
    qint64 m_artifactBytes = 0;
};

} // namespace gatehouse::bundle
