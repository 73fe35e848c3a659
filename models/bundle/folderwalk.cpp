// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bundle/folderwalk.h"

#include "bundle/filestamp.h"
#include "bundle/pathrules.h"
#include "core/sentences.h"

#include <QFile>

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace gatehouse::bundle {

namespace {
constexpr qsizetype kDeepest = 64;

struct CloseDirectory
{
    void operator()(DIR *directory) const { closedir(directory); }
};
struct FreeText
{
    void operator()(char *text) const { std::free(text); }
};

QString systemText(int number)
{
    return QString::fromLocal8Bit(std::strerror(number));
}
} // namespace

FolderWalk::FolderWalk(FolderScan &scan, Operation &operation)
    : m_scan(scan)
    , m_operation(operation)
{}

void FolderWalk::find(const char *rule, Severity severity, const QString &file, const QString &sentence)
{
    m_scan.findings.append({QLatin1String(rule), severity, file, sentence});
}

Result<void> FolderWalk::run()
{
    const QByteArray native = QFile::encodeName(m_scan.folder);
    const std::unique_ptr<char, FreeText> canonical(realpath(native.constData(), nullptr));
    struct stat status = {};
    if (!canonical || stat(canonical.get(), &status) != 0 || !S_ISDIR(status.st_mode)) {
        return makeError(
            ErrorKind::NotFound, "bundle.folder.missing",
            Sentences::tr("There is no folder “%1”.").arg(m_scan.folder), {},
            Sentences::tr("Build the web app first, then choose the folder with its index.html."));
    }
    m_root = canonical.get();
    m_open.append({m_root, {}, {{status.st_dev, status.st_ino}}});
    while (!m_open.isEmpty()) {
        GATEHOUSE_TRY(m_operation.check());
        GATEHOUSE_TRY(list(m_open.takeLast()));
    }
    if (m_leftOut > 0) {
        find("bundle.left_out", Severity::Note, {},
             Sentences::tr(
                 "%n files or folders that no app needs were left out (such as .git and node_modules).",
                 nullptr, static_cast<int>(m_leftOut)));
    }
    if (m_droppedMaps > 0) {
        find("bundle.source_maps", Severity::Note, {},
             Sentences::tr(
                 "%n source maps were left out; they show the sources to everybody and devices do not need "
                 "them.",
                 nullptr, static_cast<int>(m_droppedMaps)));
    }
    return {};
}

Result<void> FolderWalk::list(const Place &place)
{
    const std::unique_ptr<DIR, CloseDirectory> directory(opendir(place.native.constData()));
    if (!directory) {
        const int problem = errno; // before an allocation can set another
        return makeError(
            ErrorKind::Io, "bundle.folder.read",
            Sentences::tr("The folder “%1” could not be read.").arg(QFile::decodeName(place.native)),
            systemText(problem));
    }
    for (;;) {
        errno = 0;
        const dirent *entry = readdir(directory.get());
        if (entry == nullptr) {
            break;
        }
        const QByteArray name(static_cast<const char *>(entry->d_name));
        if (name != "." && name != "..") {
            take(place, name);
        }
    }
    if (const int problem = errno; problem != 0) {
        return makeError(
            ErrorKind::Io, "bundle.folder.read",
            Sentences::tr("The folder “%1” could not be read.").arg(QFile::decodeName(place.native)),
            systemText(problem));
    }
    return {};
}

void FolderWalk::take(const Place &place, const QByteArray &name)
{
    const QByteArray native = place.native + '/' + name;
    const QByteArray relative = place.relative.isEmpty() ? name : place.relative + '/' + name;
    const auto path = pathFromUtf8(relative);
    if (!path) {
        find("bundle.path.encoding", Severity::Error, QString::fromLatin1(relative),
             Sentences::tr("The name is not UTF-8."));
        return;
    }
    if (isLeftOut(*path)) {
        ++m_leftOut;
        return;
    }
    struct stat status = {};
    if (lstat(native.constData(), &status) != 0) {
        const int problem = errno;
        find("bundle.file.unreadable", Severity::Error, *path,
             Sentences::tr("The file could not be looked at: %1.").arg(systemText(problem)));
        return;
    }
    const bool isLink = S_ISLNK(status.st_mode);
    if (isLink && !staysInside(native)) {
        find("bundle.link.outside", Severity::Error, *path,
             Sentences::tr("This link leads out of the folder, or nowhere."));
        return;
    }
    if (isLink && stat(native.constData(), &status) != 0) {
        const int problem = errno;
        find("bundle.file.unreadable", Severity::Error, *path,
             Sentences::tr("The file could not be looked at: %1.").arg(systemText(problem)));
        return;
    }
    takeTarget(place, native, relative, *path, status, isLink);
}

void FolderWalk::takeTarget(const Place &place, const QByteArray &native, const QByteArray &relative,
                            const QString &path, const struct stat &status, bool isLink)
{
    if (S_ISDIR(status.st_mode)) {
        const std::pair<quint64, quint64> id(status.st_dev, status.st_ino);
        if (place.above.contains(id) || place.above.size() >= kDeepest) {
            find("bundle.link.loop", Severity::Error, path,
                 Sentences::tr("This folder contains itself through a link, or lies too deep."));
            return;
        }
        Place below{native, relative, place.above};
        below.above.append(id);
        m_open.append(std::move(below));
        return;
    }
    if (!S_ISREG(status.st_mode)) {
        find("bundle.file.special", Severity::Error, path,
             Sentences::tr("This is no regular file but a device, pipe or socket."));
        return;
    }
    if (m_scan.options.sourceMaps == SourceMaps::Drop && isSourceMap(path)) {
        ++m_droppedMaps;
        return;
    }
    if (access(native.constData(), R_OK) != 0) {
        const int problem = errno;
        find("bundle.file.unreadable", Severity::Error, path,
             Sentences::tr("The file could not be read: %1.").arg(systemText(problem)));
    }
    if (auto finding = checkPath(path)) {
        m_scan.findings.append(*finding);
    }
    FolderFile file;
    file.path = path;
    file.native = native;
    file.throughLink = isLink;
    file.stamp = stampOf(status);
    m_scan.files.append(std::move(file));
}

bool FolderWalk::staysInside(const QByteArray &native) const
{
    const std::unique_ptr<char, FreeText> target(realpath(native.constData(), nullptr));
    if (!target) {
        return false;
    }
    const QByteArrayView path(target.get());
    return path == m_root ||
           (path.size() > m_root.size() && path.startsWith(m_root) && path.at(m_root.size()) == '/');
}

} // namespace gatehouse::bundle
