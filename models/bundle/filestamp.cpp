// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bundle/filestamp.h"

#include <sys/stat.h>

namespace gatehouse::bundle {

namespace {
qint64 nanoseconds(const timespec &time)
{
    constexpr qint64 kNanosecondsInSecond = 1'000'000'000;
    return qint64(time.tv_sec) * kNanosecondsInSecond + time.tv_nsec;
}
} // namespace

FileStamp stampOf(const struct stat &status)
{
#ifdef Q_OS_DARWIN
    return {status.st_size, quint64(status.st_dev), status.st_ino, nanoseconds(status.st_mtimespec),
            nanoseconds(status.st_ctimespec)};
#else
    return {status.st_size, status.st_dev, status.st_ino, nanoseconds(status.st_mtim),
            nanoseconds(status.st_ctim)};
#endif
}

} // namespace gatehouse::bundle
