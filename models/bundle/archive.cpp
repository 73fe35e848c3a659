// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bundle/archive.h"

#include "bundle/archivereader.h"
#include "core/sentences.h"
#include "crypto/digest.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <cstdio>
#include <optional>

namespace gatehouse::bundle {

namespace {
Error notWritten(const QString &path, const QString &cause)
{
    return makeError(ErrorKind::Io, "bundle.unpack.write",
                     Sentences::tr("“%1” could not be written.").arg(path), cause);
}

// Writes entries below a fresh folder that nobody else writes to. The paths were checked by the reader.
class FolderTarget final : public EntryTarget
{
public:
    explicit FolderTarget(QString root)
        : m_root(std::move(root))
    {}

    Result<void> begin(const QString &path) override
    {
        const QString full = m_root + QLatin1Char('/') + path;
        const QString folder = full.left(full.lastIndexOf(QLatin1Char('/')));
        if (folder != m_lastFolder && !QDir().mkpath(folder)) {
            return notWritten(path, Sentences::tr("Its folder could not be made."));
        }
        m_lastFolder = folder;
        m_path = path;
        m_file.emplace(full);
        if (!m_file->open(QIODevice::WriteOnly | QIODevice::NewOnly | QIODevice::Unbuffered)) {
            return notWritten(path, m_file->errorString());
        }
        return {};
    }
    Result<void> add(QByteArrayView bytes) override
    {
        if (m_file->write(bytes.data(), bytes.size()) != bytes.size()) {
            return notWritten(m_path, m_file->errorString());
        }
        return {};
    }
    Result<void> end() override
    {
        m_file->close();
        return m_file->error() == QFile::NoError ? Result<void>() : notWritten(m_path, m_file->errorString());
    }

private:
    QString m_root;
    QString m_path;
    QString m_lastFolder;
    std::optional<QFile> m_file;
};

Result<void> checkFree(const QString &folder)
{
    const QFileInfo info(folder);
    if (info.exists() &&
        (!info.isDir() || info.isSymLink() ||
         !QDir(folder).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot))) {
        return makeError(ErrorKind::Conflict, "bundle.unpack.folder",
                         Sentences::tr("“%1” is there already and not an empty folder.").arg(folder), {},
                         Sentences::tr("Choose a new folder."));
    }
    return {};
}
} // namespace

Result<ArchiveEntries> walkArchive(const QString &zipPath, const ArchiveLimits &limits, Operation &operation)
{
    GATEHOUSE_ASSIGN(ArchiveReader reader, ArchiveReader::open(zipPath, limits));
    return reader.walk(nullptr, operation);
}

Result<ArchiveEntries> unpackArchive(const QString &zipPath, const QString &folder,
                                     const ArchiveLimits &limits, Operation &operation)
{
    GATEHOUSE_ASSIGN(ArchiveReader reader, ArchiveReader::open(zipPath, limits));
    GATEHOUSE_TRY(checkFree(folder));
    const QFileInfo target(QDir::cleanPath(folder));
    QTemporaryDir fresh(target.absolutePath() + QStringLiteral("/.unpack.XXXXXX"));
    if (!fresh.isValid()) {
        return notWritten(folder, fresh.errorString());
    }
    const QString content = fresh.filePath(QStringLiteral("content"));
    if (!QDir().mkpath(content)) {
        return notWritten(folder, Sentences::tr("A folder for it could not be made."));
    }
    FolderTarget files(content);
    GATEHOUSE_ASSIGN(ArchiveEntries entries, reader.walk(&files, operation));
    GATEHOUSE_TRY(operation.check());
    // Takes the place of an empty folder in one step; one that was filled meanwhile stays.
    if (std::rename(QFile::encodeName(content).constData(),
                    QFile::encodeName(target.absoluteFilePath()).constData()) != 0) {
        return notWritten(folder, Sentences::tr("The folder could not be put in its place."));
    }
    return entries;
}

QString fileListDigest(const ArchiveEntries &entries)
{
    crypto::Sha256 digest;
    for (const ArchiveEntry &entry : entries) {
        const QByteArray line = entry.sha256.toHex() + "  " + entry.path.toUtf8() + '\n';
        digest.add(line);
    }
    return QString::fromLatin1(digest.finish().toHex());
}

} // namespace gatehouse::bundle
