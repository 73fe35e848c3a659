// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/blobfolder.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace gatehouse::server {

namespace {

constexpr qint64 kPieceBytes = 256 * 1024;

// The system's error is taken down where it happens: Qt's calls, even an allocation, may set another.
Error writeError(int systemError, const QString &path, const QString &cause)
{
    return BlobFolder::writeProblem(systemError, cause).withDetail(path);
}

/// A rename is safe only when the folder that names it is on the disk, too. 0, or the system's error.
int syncPath(const QString &path, int flags)
{
    const QByteArray name = QFile::encodeName(path);
    const int descriptor = ::open(name.constData(), flags | O_CLOEXEC);
    if (descriptor < 0) {
        return errno;
    }
    const int problem = ::fsync(descriptor) == 0 ? 0 : errno;
    ::close(descriptor);
    return problem;
}

int renameFile(const QString &from, const QString &to)
{
    const QByteArray source = QFile::encodeName(from);
    const QByteArray target = QFile::encodeName(to);
    return ::rename(source.constData(), target.constData()) == 0 ? 0 : errno;
}

} // namespace

Error BlobFolder::writeProblem(int systemError, const QString &cause)
{
    if (systemError == ENOSPC || systemError == EDQUOT) {
        return makeError(ErrorKind::Io, "store.full", QStringLiteral("The disk of the server is full."),
                         cause,
                         QStringLiteral("Nothing was changed. Make room in the server's data folder."));
    }
    return makeError(ErrorKind::Io, "store.blob.write", QStringLiteral("A stored file cannot be written."),
                     cause);
}

int BlobFolder::writeAll(int descriptor, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t done = ::write(descriptor, bytes.data(), static_cast<std::size_t>(bytes.size()));
        if (done < 0 && errno != EINTR) {
            return errno;
        }
        bytes = bytes.sliced(std::max<ssize_t>(done, 0));
    }
    return 0;
}

Result<BlobFolder> BlobFolder::open(const QString &dataFolder)
{
    const QDir folder(dataFolder);
    if (!folder.mkpath(QStringLiteral("uploads")) || !folder.mkpath(QStringLiteral("blobs"))) {
        return makeError(ErrorKind::Io, "store.open",
                         QStringLiteral("The folders for uploads cannot be made in “%1”.").arg(dataFolder));
    }
    return BlobFolder(folder.absolutePath());
}

QString BlobFolder::partPath(const QString &uploadId) const
{
    return m_root + QStringLiteral("/uploads/%1.part").arg(uploadId);
}

QString BlobFolder::fileOf(const QString &blobKey)
{
    const QString name =
        QString::fromLatin1(QCryptographicHash::hash(blobKey.toUtf8(), QCryptographicHash::Sha256).toHex());
    return QStringLiteral("blobs/%1/%2").arg(name.left(2), name.mid(2));
}

QString BlobFolder::absolute(const QString &file) const
{
    return m_root + QLatin1Char('/') + file;
}

Result<BlobFolder::Digest> BlobFolder::digestOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return makeError(ErrorKind::Io, "store.blob.read", QStringLiteral("A stored file cannot be read."),
                         file.errorString());
    }
    QCryptographicHash hash(QCryptographicHash::Sha256);
    Digest digest;
    QByteArray piece(kPieceBytes, Qt::Uninitialized);
    for (;;) {
        const qint64 got = file.read(piece.data(), piece.size());
        if (got < 0) {
            return makeError(ErrorKind::Io, "store.blob.read",
                             QStringLiteral("A stored file cannot be read."), file.errorString());
        }
        if (got == 0) {
            break;
        }
        hash.addData(QByteArrayView(piece.constData(), got));
        digest.size += got;
    }
    digest.sha256 = hash.result();
    return digest;
}

Result<void> BlobFolder::moveIntoPlace(const QString &partPath, const QString &file) const
{
    const QString target = absolute(file);
    const QString parent = QFileInfo(target).absolutePath();
    const QByteArray folderName = QFile::encodeName(parent);
    if (::mkdir(folderName.constData(), 0755) != 0 && errno != EEXIST) {
        const int problem = errno;
        return writeError(problem, parent, QStringLiteral("The folder cannot be made."));
    }
    if (const int problem = syncPath(partPath, O_RDONLY); problem != 0) {
        return writeError(problem, partPath, QStringLiteral("It cannot be synced to the disk."));
    }
    int problem = renameFile(partPath, target);
    for (const QString &folder : {parent, QString(m_root + QStringLiteral("/blobs"))}) {
        problem = problem == 0 ? syncPath(folder, O_RDONLY | O_DIRECTORY) : problem;
    }
    if (problem != 0) {
        return writeError(problem, target, QStringLiteral("It cannot be moved into place."));
    }
    return {};
}

Result<void> BlobFolder::writePart(const QString &partPath, const QByteArray &bytes) const
{
    const QByteArray name = QFile::encodeName(partPath);
    const int descriptor = ::open(name.constData(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    int problem = descriptor < 0 ? errno : writeAll(descriptor, bytes);
    if (descriptor >= 0 && ::close(descriptor) != 0 && problem == 0) {
        problem = errno;
    }
    if (problem != 0) {
        return writeError(problem, partPath, QStringLiteral("It cannot be written."));
    }
    // Its name, too, must be there after a power cut: what comes later is only synced into it.
    problem = syncPath(QFileInfo(partPath).absolutePath(), O_RDONLY | O_DIRECTORY);
    if (problem != 0) {
        return writeError(problem, partPath, QStringLiteral("Its folder cannot be synced to the disk."));
    }
    return {};
}

void BlobFolder::remove(const QString &path) const
{
    QFile::remove(path);
}

} // namespace gatehouse::server
