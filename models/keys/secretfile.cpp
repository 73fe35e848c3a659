// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/secretfile.h"

#include "core/sentences.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace gatehouse::keys {

namespace {
constexpr qint64 kMaxSecretBytes = 64 * 1024;
constexpr auto kOwnerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
constexpr auto kOthers =
    QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
constexpr auto kMaxPassphraseBytes = static_cast<std::size_t>(4096);

Error tooLarge(const QString &path)
{
    return makeError(ErrorKind::Invalid, "keys.file.size",
                     Sentences::tr("\"%1\" is empty or too large.").arg(path));
}

Error unreadable(const QString &path, const QString &cause)
{
    return makeError(ErrorKind::Io, "keys.file.read", Sentences::tr("\"%1\" could not be read.").arg(path),
                     cause);
}

Result<void> openForReading(QFile &file, qint64 maxBytes)
{
    if (!file.exists()) {
        return makeError(ErrorKind::NotFound, "keys.file.missing",
                         Sentences::tr("There is no file \"%1\".").arg(file.fileName()));
    }
    // Unbuffered, so that no copy of a secret stays in a buffer of Qt's.
    if (!QFileInfo(file).isFile() || !file.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
        return unreadable(file.fileName(), file.errorString());
    }
    if (file.size() == 0 || file.size() > maxBytes) {
        return tooLarge(file.fileName());
    }
    return {};
}

Result<void> readFully(QFile &file, char *to, qint64 size)
{
    qint64 at = 0;
    while (at < size) {
        const qint64 got = file.read(to + at, size - at);
        if (got <= 0) {
            return unreadable(file.fileName(), got < 0
                                                   ? file.errorString()
                                                   : Sentences::tr("It became shorter while it was read."));
        }
        at += got;
    }
    return {};
}

Result<void> replace(const QString &path, const QByteArray &bytes, bool isPrivate)
{
    QSaveFile file(path);
    // Flushed by hand: commit() of Qt 6.4 puts the file in place even when its own flush failed on a full
    // disk.
    const bool isWritten = file.open(QIODevice::WriteOnly) &&
                           (!isPrivate || file.setPermissions(kOwnerOnly)) &&
                           file.write(bytes) == bytes.size() && file.flush() && file.commit();
    if (!isWritten) {
        return makeError(ErrorKind::Io, "keys.file.write",
                         Sentences::tr("\"%1\" could not be written.").arg(path), file.errorString());
    }
    return {};
}
} // namespace

Result<Secret> readSecretFile(const QString &path, FileSecrecy secrecy)
{
    QFile file(path);
    GATEHOUSE_TRY(openForReading(file, kMaxSecretBytes));
    if (secrecy == FileSecrecy::OwnerOnly && (file.permissions() & kOthers) != 0) {
        return makeError(ErrorKind::Denied, "keys.file.mode",
                         Sentences::tr("\"%1\" can be read by others on this computer.").arg(path),
                         Sentences::tr("A file that holds a secret must be the owner's alone."),
                         Sentences::tr("Let only its owner read it: chmod 600 \"%1\"").arg(path));
    }
    Secret content(static_cast<std::size_t>(file.size()));
    GATEHOUSE_TRY(
        readFully(file, reinterpret_cast<char *>(content.data()), static_cast<qint64>(content.size())));
    return content;
}

Result<Secret> readSecretFromDescriptor(int descriptor)
{
    QFile file;
    if (!file.open(descriptor, QIODevice::ReadOnly | QIODevice::Unbuffered)) {
        return unreadable(QStringLiteral("descriptor %1").arg(descriptor), file.errorString());
    }
    Secret content(kMaxPassphraseBytes);
    std::size_t size = 0;
    // Byte by byte: what follows the line belongs to somebody else.
    while (size < kMaxPassphraseBytes) {
        const qint64 got = file.read(reinterpret_cast<char *>(content.data() + size), 1);
        if (got < 0) {
            return unreadable(QStringLiteral("descriptor %1").arg(descriptor), file.errorString());
        }
        if (got == 0 || content.data()[size] == '\n') {
            break;
        }
        ++size;
    }
    if (size > 0 && content.data()[size - 1] == '\r') {
        --size;
    }
    if (size == 0 || size == kMaxPassphraseBytes) {
        return tooLarge(QStringLiteral("descriptor %1").arg(descriptor));
    }
    content.truncate(size);
    return content;
}

Result<QByteArray> readFileBytes(const QString &path, qint64 maxBytes)
{
    QFile file(path);
    GATEHOUSE_TRY(openForReading(file, maxBytes));
    QByteArray content(file.size(), Qt::Uninitialized);
    GATEHOUSE_TRY(readFully(file, content.data(), content.size()));
    return content;
}

Result<void> writePrivateFile(const QString &path, const QByteArray &bytes)
{
    return replace(path, bytes, true);
}

Result<void> writePublicFile(const QString &path, const QByteArray &bytes)
{
    return replace(path, bytes, false);
}

Result<void> makePrivateFolder(const QString &path)
{
    if (QFileInfo(path).isDir()) {
        return {};
    }
    const QString parent = QFileInfo(path).absolutePath();
    if (parent != path) {
        GATEHOUSE_TRY(makePrivateFolder(parent));
    }
    if (!QDir().mkdir(path, kOwnerOnly | QFileDevice::ExeOwner) && !QFileInfo(path).isDir()) {
        return makeError(ErrorKind::Io, "keys.file.write",
                         Sentences::tr("The folder \"%1\" cannot be made.").arg(path));
    }
    return {};
}

} // namespace gatehouse::keys
