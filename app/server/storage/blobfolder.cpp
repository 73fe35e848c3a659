// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/blobfolder.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace gatehouse::server {

namespace {

constexpr qint64 kPieceBytes = 256 * 1024;

Error writeError(const QString &path, const QString &cause)
{
    return BlobFolder::writeProblem(errno, cause).withDetail(path);
}

/// A rename is safe only when the folder that names it is on the disk, too.
bool syncPath(const QString &path, int flags)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC);
    if (descriptor < 0) {
        return false;
    }
    const bool isSynced = ::fsync(descriptor) == 0;
    ::close(descriptor);
    return isSynced;
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
    if (!QDir().mkpath(parent)) {
        return writeError(parent, QStringLiteral("The folder cannot be made."));
    }
    if (!syncPath(partPath, O_RDONLY)) {
        return writeError(partPath, QStringLiteral("It cannot be synced to the disk."));
    }
    if (::rename(QFile::encodeName(partPath).constData(), QFile::encodeName(target).constData()) != 0 ||
        !syncPath(parent, O_RDONLY | O_DIRECTORY) ||
        !syncPath(m_root + QStringLiteral("/blobs"), O_RDONLY | O_DIRECTORY)) {
        return writeError(target, QStringLiteral("It cannot be moved into place."));
    }
    return {};
}

Result<void> BlobFolder::writePart(const QString &partPath, const QByteArray &bytes) const
{
    QFile file(partPath);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(bytes) != bytes.size() ||
        !file.flush()) {
        return writeError(partPath, file.errorString());
    }
    // Its name, too, must be there after a power cut: what comes later is only synced into it.
    if (!syncPath(QFileInfo(partPath).absolutePath(), O_RDONLY | O_DIRECTORY)) {
        return writeError(partPath, QStringLiteral("Its folder cannot be synced to the disk."));
    }
    return {};
}

void BlobFolder::remove(const QString &path) const
{
    QFile::remove(path);
}

} // namespace gatehouse::server
