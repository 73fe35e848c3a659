// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/management/context.h"
#include "server/management/uploadlocks.h"

#include <QFile>

namespace gatehouse::server {

/// Name of X-Checksum-Sha256 among an upload's metadata.
inline constexpr QLatin1String kUploadChecksum("checksum-sha256");

/// Writes the pieces of one request behind what is there. When the last byte came, the content is checked and
/// put in its place. The answer of finish() is 204 with the new offset.
class PartSink final : public BodySink
{
public:
    /// @param lock  nobody else writes to this upload
    PartSink(ManagementContext &context, UploadRecord upload, std::unique_ptr<UploadLocks::Lock> lock);
    /// The caller went away: what arrived is kept, so that the next request goes on from there.
    ~PartSink() override;

    /// The file may hold more than was acknowledged; that is cut off. @error Io "upload.part.lost"
    Result<void> open();
    Result<void> write(QByteArrayView piece) override;
    Response finish() override;
    [[nodiscard]] const UploadRecord &upload() const { return m_upload; }

private:
    static Error brokenFile(int systemError);
    Result<void> settle();

    ManagementContext &m_context;
    UploadRecord m_upload;
    std::unique_ptr<UploadLocks::Lock> m_lock;
    QFile m_file;
};

/// Checks the digest that was announced, and puts the content of a whole upload in its place. Only for who
/// holds the upload's lock. 400 checksum_mismatch: the upload is gone then. 409 duplicate_upload.
Answer<void> completeUpload(ManagementContext &context, const UploadRecord &upload);

/// What to say when the part cannot be opened.
[[nodiscard]] Response uploadOpenFailed(const Error &error);
/// As in Upload-Expires.
[[nodiscard]] QByteArray uploadDate(UtcTime time);

} // namespace gatehouse::server
