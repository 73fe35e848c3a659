// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>

namespace gatehouse::server {

/// An open regular file, read at any place. Closed with the object.
class FileReader
{
public:
    /// @error NotFound "http.file" when it is not there or no regular file
    static Result<FileReader> open(const QString &path);
    FileReader(FileReader &&other) noexcept;
    FileReader &operator=(FileReader &&) = delete;
    FileReader(const FileReader &) = delete;
    FileReader &operator=(const FileReader &) = delete;
    ~FileReader();

    [[nodiscard]] qint64 size() const { return m_size; }
    /// Exactly length bytes. @error Io "http.file.read" when the file became shorter or cannot be read
    Result<QByteArray> read(qint64 offset, qint64 length) const;

private:
    FileReader(int descriptor, qint64 size);
    int m_descriptor = -1;
    qint64 m_size = 0;
};

} // namespace gatehouse::server
