// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>

namespace gatehouse::server {

/// The files of uploads and blobs. A blob's file appears by a rename, whole and synced, or not at all. Its
/// name is the SHA-256 of its key, so that no key can reach outside.
class BlobFolder
{
public:
    /// Io "store.full" for a full disk, else "store.blob.write".
    static Error writeProblem(int systemError, const QString &cause);
    /// Writes all to an open file; goes on after interruptions. 0, or the system's error, which QFile does
    /// not tell reliably.
    static int writeAll(int descriptor, QByteArrayView bytes);
    /// @error Io "store.open"
    static Result<BlobFolder> open(const QString &dataFolder);

    [[nodiscard]] QString partPath(const QString &uploadId) const;
    /// Relative to the folder: what the database keeps.
    [[nodiscard]] static QString fileOf(const QString &blobKey);
    [[nodiscard]] QString absolute(const QString &file) const;

    struct Digest
    {
        qint64 size = 0;
        QByteArray sha256;
    };
    /// @error Io "store.blob.read"
    static Result<Digest> digestOf(const QString &path);
    /// Syncs the part and renames it to the blob's file. @error Io "store.blob.write"
    Result<void> moveIntoPlace(const QString &partPath, const QString &file) const;
    /// Writes a part from memory. @error Io "store.blob.write"
    Result<void> writePart(const QString &partPath, const QByteArray &bytes) const;
    void remove(const QString &path) const;

private:
    explicit BlobFolder(QString root)
        : m_root(std::move(root))
    {}
    QString m_root;
};

} // namespace gatehouse::server
