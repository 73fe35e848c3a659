// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/filereader.h"

#include <QFile>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace gatehouse::server {

FileReader::FileReader(int descriptor, qint64 size)
    : m_descriptor(descriptor)
    , m_size(size)
{}

FileReader::FileReader(FileReader &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_size(other.m_size)
{}

FileReader::~FileReader()
{
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

Result<FileReader> FileReader::open(const QString &path)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    struct stat status
    {};
    if (descriptor >= 0 && ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode)) {
        return FileReader(descriptor, status.st_size);
    }
    if (descriptor >= 0) {
        ::close(descriptor);
    }
    return makeError(ErrorKind::NotFound, "http.file", QStringLiteral("The file is not there."));
}

Result<QByteArray> FileReader::read(qint64 offset, qint64 length) const
{
    QByteArray bytes(length, Qt::Uninitialized);
    qint64 done = 0;
    while (done < length) {
        const ssize_t got = ::pread(m_descriptor, bytes.data() + done,
                                    static_cast<std::size_t>(length - done), offset + done);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return makeError(ErrorKind::Io, "http.file.read",
                             QStringLiteral("The file cannot be read any more."),
                             got < 0 ? QString::fromLocal8Bit(std::strerror(errno)) : QString());
        }
        done += got;
    }
    return bytes;
}

} // namespace gatehouse::server
