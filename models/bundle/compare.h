// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bundle/archive.h"

namespace gatehouse::bundle {

enum class FileChange { Added, Changed, Removed };

struct FileDifference
{
    QString path;
    FileChange change = FileChange::Changed;
    qint64 oldSize = 0; ///< 0 when added
    qint64 newSize = 0; ///< 0 when removed

    bool operator==(const FileDifference &) const = default;
};

struct BundleComparison
{
    QVector<FileDifference> differences; ///< sorted by path
    qsizetype unchanged = 0;
    qint64 oldBytes = 0;
    qint64 newBytes = 0;

    [[nodiscard]] bool isSame() const { return differences.isEmpty(); }
    bool operator==(const BundleComparison &) const = default;
};

/// What changed between two bundles, by content. @thread any; pure
[[nodiscard]] BundleComparison compareBundles(const ArchiveEntries &before, const ArchiveEntries &after);

} // namespace gatehouse::bundle
