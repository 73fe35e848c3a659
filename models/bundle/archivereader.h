// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bundle/archive.h"
#include "bundle/pathrules.h"

#include <memory>

struct zip;
struct zip_stat;

namespace gatehouse::bundle {

/// Where the content of an archive goes while it is walked.
class EntryTarget
{
public:
    EntryTarget() = default;
    virtual ~EntryTarget() = default;
    EntryTarget(const EntryTarget &) = delete;
    EntryTarget &operator=(const EntryTarget &) = delete;

    virtual Result<void> begin(const QString &path) = 0;
    virtual Result<void> add(QByteArrayView bytes) = 0;
    virtual Result<void> end() = 0;
};

/// Reads a plain archive by the rules of bundles; libzip reads the container. @error as walkArchive()
class ArchiveReader
{
public:
    static Result<ArchiveReader> open(const QString &zipPath, const ArchiveLimits &limits);
    /// Takes the descriptor. name is what the errors call the archive.
    static Result<ArchiveReader> open(int descriptor, const QString &name, const ArchiveLimits &limits);

    /// Every entry to its end. target may be null.
    Result<ArchiveEntries> walk(EntryTarget *target, Operation &operation);

private:
    struct Discard
    {
        void operator()(zip *archive) const;
    };
    ArchiveReader(zip *archive, QString name, const ArchiveLimits &limits);
    static Result<ArchiveReader> opened(zip *archive, int error, const QString &name,
                                        const ArchiveLimits &limits);

    Result<void> readEntry(quint64 index, EntryTarget *target, Operation &operation);
    Result<QString> checkedPath(const char *rawName, bool isFolder);
    Result<void> checkKind(quint64 index, const struct zip_stat &status, const QString &path) const;
    Result<void> checkSizes(const struct zip_stat &status, const QString &path) const;
    Result<QByteArray> readContent(quint64 index, const struct zip_stat &status, const QString &path,
                                   EntryTarget *target, Operation &operation);
    [[nodiscard]] Error refused(const char *id, const QString &cause) const;

    std::unique_ptr<zip, Discard> m_archive;
    QString m_name;
    ArchiveLimits m_limits;
    NameClashes m_clashes;
    ArchiveEntries m_entries;
    qint64 m_totalBytes = 0;
};

} // namespace gatehouse::bundle
