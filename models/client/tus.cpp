// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/tus.h"

#include "core/sentences.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>

namespace gatehouse::client {

namespace {

Error notTus(const QString &cause)
{
    return makeError(ErrorKind::Protocol, "client.tus",
                     Sentences::tr("The server does not follow the upload protocol."), cause);
}

Result<qint64> offsetOf(const Response &response)
{
    bool isNumber = false;
    const qint64 offset = response.header("Upload-Offset").trimmed().toLongLong(&isNumber);
    if (!isNumber || offset < 0) {
        return notTus(Sentences::tr("It names no Upload-Offset."));
    }
    return offset;
}

/// Worth another try: the chunk did not get through, or the server lost count (409) or is busy.
bool isTransient(const Error &error)
{
    if (error.id == QLatin1String("server.bundle_already_ready")) {
        return false;
    }
    return error.kind == ErrorKind::Offline || error.kind == ErrorKind::Conflict ||
           error.id == QLatin1String("client.timeout") || error.id == QLatin1String("client.cut_short") ||
           error.id == QLatin1String("client.http.500") || error.id == QLatin1String("server.unknown_error");
}

} // namespace

QByteArray UploadState::toJson() const
{
    const QJsonObject json{{QStringLiteral("v"), 1},
                           {QStringLiteral("server"), identity},
                           {QStringLiteral("app"), app},
                           {QStringLiteral("name"), name},
                           {QStringLiteral("size"), size},
                           {QStringLiteral("checksum"), checksum},
                           {QStringLiteral("location"), location.toString(QUrl::FullyEncoded)}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

Result<UploadState> UploadState::fromJson(const QByteArray &body)
{
    const Error broken = makeError(ErrorKind::Invalid, "client.upload_state",
                                   Sentences::tr("The notes of a started upload cannot be read."));
    const Result<QJsonObject> object = parseJsonObject(body, QStringLiteral("upload state"));
    if (!object) {
        return broken;
    }
    JsonReader in(*object, QStringLiteral("upload state"));
    UploadState state;
    const qint64 version = in.integer("v");
    state.identity = in.text("server");
    state.app = in.text("app");
    state.name = in.text("name");
    state.size = in.integer("size");
    state.checksum = in.text("checksum");
    state.location = QUrl(in.text("location"), QUrl::StrictMode);
    if (!in.finish() || version != 1 || !state.location.isValid()) {
        return broken;
    }
    return state;
}

Result<void> writeStateFile(const QString &path, const QByteArray &content)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() || !file.flush() ||
        !file.commit()) {
        return makeError(ErrorKind::Io, "client.file",
                         Sentences::tr("The file \"%1\" cannot be written.").arg(path), file.errorString());
    }
    return {};
}

TusUpload::TusUpload(const Session &session, QString file, qint64 size, QString fileName, QString fileType,
                     const UploadSettings &settings)
    : m_session(session)
    , m_file(std::move(file))
    , m_size(size)
    , m_fileName(std::move(fileName))
    , m_fileType(std::move(fileType))
    , m_settings(settings)
{}

Result<void> TusUpload::create(Operation &operation)
{
    Request request = m_session.filesRequest(Method::Post, QStringLiteral("/files/upload/attachments"));
    request.headers.append(Header{"Tus-Resumable", "1.0.0"});
    request.headers.append(Header{"Upload-Length", QByteArray::number(m_size)});
    request.headers.append(Header{"Upload-Metadata", "filename " + m_fileName.toUtf8().toBase64() +
                                                         ",filetype " + m_fileType.toUtf8().toBase64()});
    // Repeating is harmless: a creation that nobody follows up expires.
    GATEHOUSE_ASSIGN(const Response response, m_session.read(request, operation));
    const QByteArray location = response.header("Location");
    const QUrl url = request.url.resolved(QUrl::fromEncoded(location, QUrl::StrictMode));
    if (response.status != 201 || location.isEmpty() || !url.isValid()) {
        return notTus(Sentences::tr("It names no place to send the content to."));
    }
    m_location = url;
    m_offset = 0;
    return {};
}

bool TusUpload::resume(const QUrl &location, Operation &operation)
{
    m_location = location;
    const Result<qint64> offset = askOffset(operation);
    if (offset) {
        m_offset = *offset;
    }
    return offset.has_value();
}

Result<qint64> TusUpload::askOffset(Operation &operation)
{
    GATEHOUSE_ASSIGN(Request request, m_session.followRequest(Method::Head, m_location));
    request.headers.append(Header{"Tus-Resumable", "1.0.0"});
    GATEHOUSE_ASSIGN(const Response response, m_session.read(request, operation));
    GATEHOUSE_ASSIGN(const qint64 offset, offsetOf(response));
    bool isNumber = false;
    const qint64 length = response.header("Upload-Length").trimmed().toLongLong(&isNumber);
    if (offset > m_size || (isNumber && length != m_size)) {
        return notTus(Sentences::tr("It remembers an upload of another size."));
    }
    return offset;
}

Result<void> TusUpload::sendChunk(Operation &operation)
{
    const qint64 chunk =
        std::min({m_size - m_offset, m_settings.chunkBytes, m_session.capabilities().files().maxChunkBytes});
    GATEHOUSE_ASSIGN(Request request, m_session.followRequest(Method::Patch, m_location));
    request.headers.append(Header{"Tus-Resumable", "1.0.0"});
    request.headers.append(Header{"Upload-Offset", QByteArray::number(m_offset)});
    request.headers.append(Header{"Content-Type", "application/offset+octet-stream"});
    request.file = FileSlice{m_file, m_offset, chunk};
    request.stallTimeout = m_settings.stallTimeout;
    request.sent = [this, &operation, start = m_offset](qint64 sent) {
        operation.report(QStringLiteral("Upload"), start + sent, m_size, Progress::Unit::Bytes);
    };
    GATEHOUSE_ASSIGN(const Response response, m_session.change(request, operation));
    GATEHOUSE_ASSIGN(const qint64 offset, offsetOf(response));
    if (offset <= m_offset || offset > m_offset + chunk) {
        return notTus(Sentences::tr("After bytes %1 to %2 it names offset %3.")
                          .arg(m_offset)
                          .arg(m_offset + chunk)
                          .arg(offset));
    }
    m_offset = offset;
    return {};
}

Result<void> TusUpload::recover(const Error &trouble, int attempt, Operation &operation)
{
    if (!isTransient(trouble) || attempt >= m_settings.waits.size()) {
        return trouble;
    }
    GATEHOUSE_TRY(waitUnlessStopped(m_settings.waits.at(attempt), operation));
    const Result<qint64> offset = askOffset(operation);
    if (offset) {
        m_offset = *offset;
        return {};
    }
    // Not reachable yet is a reason to wait longer, not to give up; anything else ends it.
    return isTransient(offset.error()) ? Result<void>() : offset.error();
}

Result<void> TusUpload::sendAll(Operation &operation)
{
    int attempt = 0;
    operation.report(QStringLiteral("Upload"), m_offset, m_size, Progress::Unit::Bytes);
    while (m_offset < m_size) {
        GATEHOUSE_TRY(operation.check());
        const qint64 before = m_offset;
        if (const Result<void> sent = sendChunk(operation); !sent) {
            GATEHOUSE_TRY(recover(sent.error(), attempt, operation));
            ++attempt;
        }
        if (m_offset > before) {
            attempt = 0;
        }
        operation.report(QStringLiteral("Upload"), m_offset, m_size, Progress::Unit::Bytes);
    }
    return {};
}

} // namespace gatehouse::client
