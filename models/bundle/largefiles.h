// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bundle/folderscan.h"

#include <QHash>

namespace gatehouse::bundle {

/// What has to be known of a file over 8 MiB before its header goes out.
struct LargeFile
{
    /// Media and archives are stored: pieces from all over the file did not get smaller. Then digest and CRC
    /// are known, too, so that no data descriptor follows stored bytes (which readers of streams do not
    /// take).
    bool stored = false;
    quint32 crc = 0;
    QByteArray sha256;
};

/// By index into scan.files. Reads several files at once; steps are reported as "Archive".
/// @error as buildBundle()
Result<QHash<qsizetype, LargeFile>> lookAtLargeFiles(const FolderScan &scan, int workers,
                                                     Operation &operation);

} // namespace gatehouse::bundle
