// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bundle/folderscan.h"

struct stat;

namespace gatehouse::bundle {

/// Walks a folder and fills files (unsorted), findings about links, special files and names, and the left-out
/// list. The checks of content come after it. @error as scanFolder()
class FolderWalk
{
public:
    FolderWalk(FolderScan &scan, Operation &operation);
    Result<void> run();

private:
    struct Place
    {
        QByteArray native;                          ///< absolute, as the system names it
        QByteArray relative;                        ///< UTF-8 with "/"; empty for the root
        QVector<std::pair<quint64, quint64>> above; ///< (device, inode) of the folders on the way here
    };

    Result<void> list(const Place &place);
    void take(const Place &place, const QByteArray &name);
    void takeTarget(const Place &place, const QByteArray &native, const QByteArray &relative,
                    const QString &path, const struct stat &status, bool isLink);
    bool staysInside(const QByteArray &native) const;
    void find(const char *rule, Severity severity, const QString &file, const QString &sentence);

    FolderScan &m_scan;
    Operation &m_operation;
    QByteArray m_root; ///< canonical
    QVector<Place> m_open;
    qsizetype m_leftOut = 0;
    qsizetype m_droppedMaps = 0;
};

} // namespace gatehouse::bundle
