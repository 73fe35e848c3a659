// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bundle/folderscan.h"

#include "bundle/folderwalk.h"
#include "bundle/pathrules.h"
#include "bundle/sourcefile.h"
#include "core/sentences.h"

#include <algorithm>
#include <cstring>

namespace gatehouse::bundle {

namespace {
constexpr QByteArrayView kReadyCall("notifyAppReady");

void find(FolderScan &scan, const char *rule, Severity severity, const QString &sentence)
{
    scan.findings.append({QLatin1String(rule), severity, {}, sentence});
}

// By the UTF-8 bytes of the path, which is not the order of QString.
void sortFiles(QVector<FolderFile> &files)
{
    std::vector<std::pair<QByteArray, qsizetype>> order;
    order.reserve(static_cast<std::size_t>(files.size()));
    for (qsizetype i = 0; i < files.size(); ++i) {
        order.emplace_back(files.at(i).path.toUtf8(), i);
    }
    std::sort(order.begin(), order.end());
    QVector<FolderFile> sorted;
    sorted.reserve(files.size());
    for (const auto &[path, index] : order) {
        sorted.append(std::move(files[index]));
    }
    files = std::move(sorted);
}

// Looks for the call piece by piece; a piece begins with the end of the one before.
Result<bool> mentionsReadyCall(const FolderFile &file, QByteArray &buffer, Operation &operation)
{
    GATEHOUSE_ASSIGN(SourceFile source, SourceFile::open(file));
    qsizetype kept = 0;
    for (;;) {
        GATEHOUSE_TRY(operation.check());
        GATEHOUSE_ASSIGN(const qsizetype got, source.read(buffer.data() + kept, buffer.size() - kept));
        if (got == 0) {
            return false;
        }
        const QByteArrayView piece(buffer.constData(), kept + got);
        if (memmem(piece.data(), static_cast<std::size_t>(piece.size()), kReadyCall.data(),
                   static_cast<std::size_t>(kReadyCall.size())) != nullptr) {
            return true;
        }
        kept = std::min(piece.size(), kReadyCall.size() - 1);
        std::memmove(buffer.data(), buffer.constData() + piece.size() - kept, static_cast<std::size_t>(kept));
    }
}

// The entry points of a web app lie near the top, so those are read first.
QVector<const FolderFile *> scriptsNearFirst(const FolderScan &scan)
{
    QVector<const FolderFile *> scripts;
    for (const FolderFile &file : scan.files) {
        if (file.path.endsWith(QLatin1String(".js"), Qt::CaseInsensitive)) {
            scripts.append(&file);
        }
    }
    std::stable_sort(scripts.begin(), scripts.end(), [](const FolderFile *left, const FolderFile *right) {
        return left->path.count(QLatin1Char('/')) < right->path.count(QLatin1Char('/'));
    });
    return scripts;
}

Result<void> checkReadyCall(FolderScan &scan, Operation &operation)
{
    constexpr qsizetype kPiece = 256 * 1024;
    QByteArray buffer(kPiece, Qt::Uninitialized);
    for (const FolderFile *script : scriptsNearFirst(scan)) {
        const auto mentioned = mentionsReadyCall(*script, buffer, operation);
        if (mentioned && *mentioned) {
            return {};
        }
        if (!mentioned && mentioned.error().kind == ErrorKind::Io) {
            scan.findings.append(
                {QStringLiteral("bundle.file.unreadable"), Severity::Error, script->path,
                 Sentences::tr("The file could not be read: %1").arg(mentioned.error().cause)});
        } else if (!mentioned) {
            return mentioned.error();
        }
    }
    const bool waived = scan.options.readyCall == ReadyCall::Waived;
    find(scan, "bundle.ready_call", waived ? Severity::Warning : Severity::Error,
         Sentences::tr(
             "No .js file calls notifyAppReady, so devices take this bundle back after about ten seconds."));
    return {};
}

void checkNames(FolderScan &scan)
{
    NameClashes clashes;
    for (const FolderFile &file : std::as_const(scan.files)) {
        if (const auto other = clashes.add(file.path)) {
            scan.findings.append(
                {QStringLiteral("bundle.path.clash"), Severity::Error, file.path,
                 Sentences::tr("On some devices this is the same name as “%1”.").arg(*other)});
        }
    }
}

void checkIndex(FolderScan &scan)
{
    const bool found = std::any_of(scan.files.cbegin(), scan.files.cend(), [](const FolderFile &file) {
        return file.path == QLatin1String("index.html");
    });
    if (!found) {
        find(scan, "bundle.index.missing", Severity::Error,
             Sentences::tr("There is no index.html at the top of the folder."));
    }
}
} // namespace

Result<FolderScan> scanFolder(const QString &folder, const ScanOptions &options, Operation &operation)
{
    FolderScan scan;
    scan.folder = folder;
    scan.options = options;
    GATEHOUSE_TRY(FolderWalk(scan, operation).run());
    sortFiles(scan.files);
    for (const FolderFile &file : std::as_const(scan.files)) {
        scan.totalBytes += file.size();
    }
    checkIndex(scan);
    checkNames(scan);
    GATEHOUSE_TRY(checkReadyCall(scan, operation));
    // The worst first, then by path: not in the order in which the disk happens to list.
    std::stable_sort(
        scan.findings.begin(), scan.findings.end(), [](const Finding &left, const Finding &right) {
            return left.severity != right.severity ? left.severity > right.severity : left.file < right.file;
        });
    return scan;
}

} // namespace gatehouse::bundle
