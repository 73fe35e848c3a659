// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/upload.h"

namespace gatehouse::client {

/// One file on its way by TUS 1.0.0: create or resume, then sendAll().
/// @source spec: management-api, section 5.2
class TusUpload
{
public:
    TusUpload(const Session &session, QString file, qint64 size, QString fileName, QString fileType,
              const UploadSettings &settings);

    /// @error Protocol "client.tus" when the server names no place to send to
    Result<void> create(Operation &operation);
    /// Goes on with an upload of before. @return false when the server does not know it any more: create()
    /// then
    [[nodiscard]] bool resume(const QUrl &location, Operation &operation);
    /// Sends what is missing, in chunks, repeating what did not get through and asking where the server is
    /// after each trouble. Reports the step "Upload" in bytes.
    Result<void> sendAll(Operation &operation);
    [[nodiscard]] const QUrl &location() const { return m_location; }

private:
    Result<qint64> askOffset(Operation &operation);
    /// Moves m_offset by what the server took.
    Result<void> sendChunk(Operation &operation);
    Result<void> recover(const Error &trouble, int attempt, Operation &operation);

    const Session &m_session;
    QString m_file;
    qint64 m_size;
    QString m_fileName;
    QString m_fileType;
    const UploadSettings &m_settings;
    QUrl m_location;
    qint64 m_offset = 0;
};

/// Replaces the file as a whole. @error Io "client.file"
Result<void> writeStateFile(const QString &path, const QByteArray &content);

} // namespace gatehouse::client
