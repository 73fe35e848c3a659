// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/service/datafolder.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace gatehouse::server {

namespace {

constexpr qsizetype kSecretBytes = 32;

Error folderError(const QString &path, const QString &cause)
{
    return makeError(ErrorKind::Io, "server.data",
                     QStringLiteral("The data folder “%1” cannot be used.").arg(path), cause);
}

} // namespace

DataFolder::DataFolder(QString path, int lock)
    : m_path(std::move(path))
    , m_lock(lock)
{}

DataFolder::DataFolder(DataFolder &&other) noexcept
    : m_path(std::move(other.m_path))
    , m_lock(std::exchange(other.m_lock, -1))
{}

DataFolder::~DataFolder()
{
    if (m_lock >= 0) {
        ::close(m_lock);
    }
}

Result<DataFolder> DataFolder::open(const QString &path)
{
    const bool isThere = QDir(path).exists();
    if (!isThere && !QDir().mkpath(path)) {
        return folderError(path, QStringLiteral("It cannot be made."));
    }
    if (!isThere) {
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    const QByteArray file = QFile::encodeName(path + QStringLiteral("/lock"));
    const int lock = ::open(file.constData(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (lock < 0) {
        return folderError(path, QString::fromLocal8Bit(std::strerror(errno)));
    }
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        ::close(lock);
        return makeError(ErrorKind::Conflict, "server.locked",
                         QStringLiteral("Another server uses the data folder “%1”.").arg(path), {},
                         QStringLiteral("End it first, or use another folder."));
    }
    return DataFolder(path, lock);
}

Result<Secret> DataFolder::serverSecret() const
{
    const QString path = m_path + QStringLiteral("/server.secret");
    QFile file(path);
    if (file.open(QIODevice::ReadOnly)) {
        QByteArray bytes = file.read(kSecretBytes + 1);
        Secret secret = Secret::copyOf(bytes);
        wipe(bytes);
        if (static_cast<qsizetype>(secret.size()) != kSecretBytes) {
            return folderError(path, QStringLiteral("The server's secret is damaged."));
        }
        return secret;
    }
    if (file.exists()) {
        return folderError(path, file.errorString());
    }
    Secret secret = Secret::random(kSecretBytes);
    // The process' mask is 077, so the file is nobody else's from its first moment.
    QSaveFile made(path);
    const auto size = static_cast<qint64>(secret.size());
    if (!made.open(QIODevice::WriteOnly) || !made.setPermissions(QFile::ReadOwner | QFile::WriteOwner) ||
        made.write(reinterpret_cast<const char *>(secret.data()), size) != size || !made.flush() ||
        !made.commit()) {
        return folderError(path, made.errorString());
    }
    return secret;
}

} // namespace gatehouse::server
