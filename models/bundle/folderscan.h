// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bundle/filestamp.h"
#include "bundle/finding.h"
#include "core/operation.h"
#include "core/result.h"

#include <QByteArray>

namespace gatehouse::bundle {

enum class SourceMaps { Drop, Keep };
/// Required: a bundle without notifyAppReady is an error, because devices take it back. Waived: a person said
/// so.
enum class ReadyCall { Required, Waived };

struct ScanOptions
{
    SourceMaps sourceMaps = SourceMaps::Drop;
    ReadyCall readyCall = ReadyCall::Required;

    bool operator==(const ScanOptions &) const = default;
};

/// A regular file that goes into the bundle, as it was when the folder was looked at.
struct FolderFile
{
    QString path;             ///< relative, with "/"
    QByteArray native;        ///< where it is, as the system names it
    bool throughLink = false; ///< named by a link that stays inside the folder
    FileStamp stamp;          ///< to notice when it changes before or while it is read

    [[nodiscard]] qint64 size() const { return stamp.size; }
    bool operator==(const FolderFile &) const = default;
};

/// A web folder as it would be bundled: files sorted by the UTF-8 bytes of their paths, and what the checks
/// found.
struct FolderScan
{
    QString folder;
    ScanOptions options;
    QVector<FolderFile> files;
    Findings findings;
    qint64 totalBytes = 0;

    [[nodiscard]] bool canBeBuilt() const { return !hasErrors(findings); }
};

/// Looks at every file of a web folder and checks it by the rules of a bundle.
/// @return a scan, also when its findings hold errors
/// @error NotFound "bundle.folder.missing", Io "bundle.folder.read", Cancelled
/// @source spec: bundle-format, section 1
Result<FolderScan> scanFolder(const QString &folder, const ScanOptions &options, Operation &operation);

} // namespace gatehouse::bundle
