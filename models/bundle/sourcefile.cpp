// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bundle/sourcefile.h"

#include "core/sentences.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace gatehouse::bundle {

namespace {
Error readError(const FolderFile &file, int number)
{
    return makeError(ErrorKind::Io, "bundle.build.read",
                     Sentences::tr("The file “%1” could not be read.").arg(file.path),
                     QString::fromLocal8Bit(std::strerror(number)) + QLatin1Char('.'));
}
} // namespace

Error SourceFile::changed(const FolderFile &file)
{
    return makeError(ErrorKind::Conflict, "bundle.build.changed",
                     Sentences::tr("The file “%1” changed while the bundle was being made.").arg(file.path),
                     {}, Sentences::tr("Wait until the web app is built completely, then try again."));
}

SourceFile::SourceFile(int descriptor, const FolderFile *file)
    : m_descriptor(descriptor)
    , m_file(file)
{}

SourceFile::SourceFile(SourceFile &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_file(other.m_file)
    , m_position(other.m_position)
{}

SourceFile &SourceFile::operator=(SourceFile &&other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_file, other.m_file);
    std::swap(m_position, other.m_position);
    return *this;
}

SourceFile::~SourceFile()
{
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

Result<SourceFile> SourceFile::open(const FolderFile &file)
{
    // A link that was not there at the scan is not followed: it could lead out of the folder by now.
    const int follow = file.throughLink ? 0 : O_NOFOLLOW;
    const int descriptor = ::open(file.native.constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | follow);
    if (descriptor < 0) {
        return errno == ENOENT || errno == ELOOP ? changed(file) : readError(file, errno);
    }
    SourceFile source(descriptor, &file);
    GATEHOUSE_TRY(source.checkUnchanged());
    return source;
}

Result<qsizetype> SourceFile::readAt(qint64 offset, char *to, qsizetype size)
{
    qsizetype filled = 0;
    while (filled < size) {
        const ssize_t got =
            ::pread(m_descriptor, to + filled, static_cast<std::size_t>(size - filled), offset + filled);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return readError(*m_file, errno);
        }
        if (got == 0) {
            break;
        }
        filled += got;
    }
    return filled;
}

Result<qsizetype> SourceFile::read(char *to, qsizetype size)
{
    GATEHOUSE_ASSIGN(const qsizetype got, readAt(m_position, to, size));
    m_position += got;
    return got;
}

Result<void> SourceFile::checkUnchanged() const
{
    struct stat status = {};
    if (::fstat(m_descriptor, &status) != 0) {
        return readError(*m_file, errno);
    }
    if (stampOf(status) != m_file->stamp) {
        return changed(*m_file);
    }
    return {};
}

Result<void> SourceFile::readWhole(const FolderFile &file, char *to)
{
    GATEHOUSE_ASSIGN(SourceFile source, open(file));
    GATEHOUSE_ASSIGN(const qsizetype got, source.read(to, file.size()));
    if (got != file.size()) {
        return changed(file);
    }
    return source.checkUnchanged();
}

} // namespace gatehouse::bundle
