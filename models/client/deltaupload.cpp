// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/deltaupload.h"

#include "client/tus.h"
#include "core/parallel.h"
#include "core/sentences.h"

#include <QFileInfo>

#include <atomic>

namespace gatehouse::client {

namespace {

// Small files wait for the network, not for a core; a server should not see a flood either.
constexpr int kAtOnce = 6;

/// Bytes encrypted with another session key are other bytes, hence a folder for each key.
QString folderOf(const UploadRequest &request, const QString &owner)
{
    const QString folder = QStringLiteral("orgs/%1/apps/%2/delta/").arg(owner, request.app.text());
    return request.sessionKey.isEmpty()
               ? folder
               : QString(folder + QString::fromLatin1(request.sessionKey.toUtf8().toHex()) +
                         QLatin1Char('/'));
}

/// Whether the server holds these bytes from an earlier release.
Result<bool> isThere(const Session &session, const QString &key, Operation &operation)
{
    Request request = session.filesRequest(Method::Get, readPath(key));
    request.headers.append(Header{"Range", "bytes=0-0"});
    const Result<Response> answer = session.read(request, operation);
    if (answer) {
        return true;
    }
    const bool isAbsent = answer.error().kind == ErrorKind::NotFound ||
                          answer.error().kind == ErrorKind::Denied ||
                          answer.error().kind == ErrorKind::Invalid;
    return isAbsent ? Result<bool>(false) : Result<bool>(answer.error());
}

Result<void> sendFile(const Session &session, const UploadFile &file, const QString &key,
                      const UploadSettings &settings, Operation &operation)
{
    const QFileInfo info(file.payload);
    if (!info.isFile() || info.size() != file.bytes) {
        return makeError(ErrorKind::Io, "client.file",
                         Sentences::tr("The file \"%1\" is gone or has changed.").arg(file.payload), {},
                         Sentences::tr("Build the bundle again."));
    }
    TusUpload tus(session, file.payload, file.bytes, key, QStringLiteral("application/octet-stream"),
                  settings);
    Result<void> sent = tus.create(operation);
    if (sent) {
        sent = tus.sendAll(operation);
    }
    // Somebody else, or an earlier try of ours, brought the same bytes.
    const bool isDuplicate = !sent && sent.error().id == QLatin1String("server.duplicate_upload");
    return isDuplicate ? Result<void>() : sent;
}

} // namespace

Result<QJsonArray> uploadFiles(const Session &session, const UploadRequest &request, const QString &owner,
                               const UploadSettings &settings, Operation &operation)
{
    const QString folder = folderOf(request, owner);
    qint64 total = 0;
    for (const UploadFile &file : request.files) {
        total += file.bytes;
    }
    std::atomic<qint64> done = 0;
    const auto work = [&](qsizetype index) -> Result<void> {
        const UploadFile &file = request.files.at(index);
        const QString key = folder + file.storageName;
        // Its own progress would run from nothing to all for each small file.
        Operation own(operation.stopToken());
        if (const auto deadline = operation.deadline()) {
            own.setDeadline(*deadline);
        }
        bool isKnown = false;
        if (request.sessionKey.isEmpty()) {
            GATEHOUSE_ASSIGN(isKnown, isThere(session, key, own));
        }
        if (!isKnown) {
            GATEHOUSE_TRY(sendFile(session, file, key, settings, own));
        }
        done += file.bytes;
        operation.report(QStringLiteral("Files"), done, total, Progress::Unit::Bytes);
        return {};
    };
    GATEHOUSE_TRY(forEachInParallel(request.files.size(), kAtOnce, operation, work));
    QJsonArray manifest;
    for (const UploadFile &file : request.files) {
        manifest.append(QJsonObject{{QStringLiteral("file_name"), file.fileName},
                                    {QStringLiteral("s3_path"), QString(folder + file.storageName)},
                                    {QStringLiteral("file_hash"), file.fileHash}});
    }
    return manifest;
}

} // namespace gatehouse::client
