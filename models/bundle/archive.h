// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operation.h"
#include "core/result.h"

#include <QByteArray>
#include <QString>
#include <QVector>

namespace gatehouse::bundle {

/// What is refused in an archive before it fills memory or disk.
struct ArchiveLimits
{
    qint64 maxEntries = 100'000;
    qint64 maxEntryBytes = qint64(1) << 30;
    qint64 maxTotalBytes = qint64(2) << 30;
    /// Plain bytes for each stored byte, for entries over 1 MiB. Deflate itself cannot do more than 1032.
    qint64 maxRatio = 500;
};

struct ArchiveEntry
{
    QString path;
    qint64 size = 0;
    qint64 storedSize = 0;
    QByteArray sha256; ///< 32 bytes, of the plain content

    bool operator==(const ArchiveEntry &) const = default;
};

/// Files only, sorted by the UTF-8 bytes of their paths.
using ArchiveEntries = QVector<ArchiveEntry>;

/// Reads every entry of a plain archive to its end by the rules of bundles. Entries for folders are passed
/// over.
/// @error NotFound "bundle.archive.open"; Invalid "bundle.archive.format", "bundle.archive.path",
///        "bundle.archive.duplicate", "bundle.archive.link", "bundle.archive.method",
///        "bundle.archive.encrypted", "bundle.archive.limit", "bundle.archive.damaged",
///        "bundle.archive.index" (no index.html at the root); Cancelled
Result<ArchiveEntries> walkArchive(const QString &zipPath, const ArchiveLimits &limits, Operation &operation);
/// As walkArchive(), and writes the files into folder, which must not exist or be empty. Nothing is left
/// after an error.
/// @error also Conflict "bundle.unpack.folder", Io "bundle.unpack.write"
Result<ArchiveEntries> unpackArchive(const QString &zipPath, const QString &folder,
                                     const ArchiveLimits &limits, Operation &operation);
/// SHA-256, hex, over the lines "sha256 two-spaces path LF" of the entries.
[[nodiscard]] QString fileListDigest(const ArchiveEntries &entries);

} // namespace gatehouse::bundle
