// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

struct stat;

namespace gatehouse::bundle {

/// What tells that a file is the one that was looked at before, and was not written to since.
struct FileStamp
{
    qint64 size = 0;
    quint64 device = 0;
    quint64 inode = 0;
    qint64 modifiedNs = 0;
    qint64 changedNs = 0;

    bool operator==(const FileStamp &) const = default;
};

[[nodiscard]] FileStamp stampOf(const struct stat &status);

} // namespace gatehouse::bundle
