// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bundle/compare.h"

#include <QMap>

namespace gatehouse::bundle {

BundleComparison compareBundles(const ArchiveEntries &before, const ArchiveEntries &after)
{
    BundleComparison comparison;
    QMap<QByteArray, std::pair<const ArchiveEntry *, const ArchiveEntry *>> byPath;
    for (const ArchiveEntry &entry : before) {
        byPath[entry.path.toUtf8()].first = &entry;
        comparison.oldBytes += entry.size;
    }
    for (const ArchiveEntry &entry : after) {
        byPath[entry.path.toUtf8()].second = &entry;
        comparison.newBytes += entry.size;
    }
    for (const auto &[old, current] : std::as_const(byPath)) {
        if (old == nullptr) {
            comparison.differences.append({current->path, FileChange::Added, 0, current->size});
        } else if (current == nullptr) {
            comparison.differences.append({old->path, FileChange::Removed, old->size, 0});
        } else if (old->sha256 != current->sha256) {
            comparison.differences.append({old->path, FileChange::Changed, old->size, current->size});
        } else {
            ++comparison.unchanged;
        }
    }
    return comparison;
}

} // namespace gatehouse::bundle
