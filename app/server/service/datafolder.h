// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <QString>

namespace gatehouse::server {

/// The folder of a running server: locked for this process as long as the object lives. The kernel holds the
/// lock, so that a killed server leaves none behind.
class DataFolder
{
public:
    /// Makes the folder (mode 0700) when missing. @error Io "server.data"; Conflict "server.locked" when
    /// another server uses it
    static Result<DataFolder> open(const QString &path);
    DataFolder(DataFolder &&other) noexcept;
    DataFolder &operator=(DataFolder &&) = delete;
    DataFolder(const DataFolder &) = delete;
    DataFolder &operator=(const DataFolder &) = delete;
    ~DataFolder();

    [[nodiscard]] const QString &path() const { return m_path; }
    /// 32 bytes of chance that never leave the folder: a file of mode 0600, made when missing.
    /// @error Io "server.data"
    Result<Secret> serverSecret() const;

private:
    DataFolder(QString path, int lock);
    QString m_path;
    int m_lock = -1;
};

} // namespace gatehouse::server
