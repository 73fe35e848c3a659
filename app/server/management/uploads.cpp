// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/context.h"
#include "server/management/uploadsink.h"
#include "server/management/uploadtarget.h"

#include "crypto/digest.h"

namespace gatehouse::server {
namespace {

const QByteArray kTusVersion = QByteArrayLiteral("1.0.0");
const QString kEndpoint = QStringLiteral("/files/upload/attachments");
/// The command line sends uploads there when it takes the server for a Supabase host.
const QString kFunctionsPrefix = QStringLiteral("/functions/v1");
constexpr Milliseconds kLifetime = std::chrono::hours(24);

/// "filename b64,filetype b64". @source TUS 1.0.0, "Upload-Metadata"
QJsonObject metadataOf(const QByteArray &header)
{
    QJsonObject metadata;
    for (const QByteArray &pair : header.split(',')) {
        const QList<QByteArray> parts = pair.trimmed().split(' ');
        if (!parts.first().isEmpty()) {
            metadata.insert(QString::fromLatin1(parts.first()),
                            QString::fromUtf8(QByteArray::fromBase64(parts.value(1))));
        }
    }
    return metadata;
}

/// For a new upload: a file of a file-wise upload that is there already need not come again.
Answer<void> authorizeCreation(ManagementContext &context, const Caller &caller, const QString &key)
{
    GATEHOUSE_TRY(requireUploadRight(context, caller, key));
    const std::optional<UploadTarget> target = uploadTargetOf(key);
    if (target && target->bundle.isEmpty()) {
        GATEHOUSE_ASSIGN(const auto blob, orFailure(context.store.blob(key)));
        if (blob) {
            return refusedUpload(409, "duplicate_upload", QStringLiteral("This file is there already."));
        }
    }
    return {};
}

Answer<void> checkTusVersion(const Request &request)
{
    if (request.header("tus-resumable") == kTusVersion) {
        return {};
    }
    Response response =
        refusedUpload(412, "unsupported_tus_version", QStringLiteral("This server speaks TUS 1.0.0."));
    response.setHeader("Tus-Version", kTusVersion);
    return response;
}

Answer<void> checkContentType(const Request &request)
{
    if (request.header("content-type") == "application/offset+octet-stream") {
        return {};
    }
    return refusedUpload(415, "unsupported_media_type",
                         QStringLiteral("Content must be sent as application/offset+octet-stream."));
}

/// Upload-Length, or -1 when it comes later.
Answer<qint64> lengthOf(const ManagementContext &context, const Request &request)
{
    if (!request.hasHeader("upload-length")) {
        if (request.header("upload-defer-length") == "1") {
            return qint64{-1};
        }
        return refusedUpload(400, "invalid_upload_length", QStringLiteral("Upload-Length is missing."));
    }
    bool isNumber = false;
    const qint64 length = request.header("upload-length").toLongLong(&isNumber);
    if (!isNumber || length < 0) {
        return refusedUpload(400, "invalid_upload_length", QStringLiteral("Upload-Length is no size."));
    }
    if (length > context.settings.maxUploadBytes) {
        return refusedUpload(413, "upload_too_large",
                             QStringLiteral("The upload is larger than this server takes."));
    }
    return length;
}

/// The sink of a creation that brings the first bytes along.
class CreationSink final : public BodySink
{
public:
    CreationSink(std::unique_ptr<PartSink> part, Response created)
        : m_part(std::move(part))
        , m_created(std::move(created))
    {}
    Result<void> write(QByteArrayView piece) override { return m_part->write(piece); }
    Response finish() override
    {
        Response written = m_part->finish();
        if (written.status != 204) {
            return written;
        }
        m_created.setHeader("Upload-Offset", QByteArray::number(m_part->upload().offset));
        return m_created;
    }

private:
    std::unique_ptr<PartSink> m_part;
    Response m_created;
};

using StreamAnswer = std::variant<Response, std::unique_ptr<BodySink>>;

Answer<UploadRecord> createRecord(ManagementContext &context, const Request &request)
{
    GATEHOUSE_ASSIGN(const Caller caller, context.authenticator.authenticate(request, KeyClass::Key));
    GATEHOUSE_TRY(checkTusVersion(request));
    UploadRecord upload;
    upload.metadata = metadataOf(request.header("upload-metadata"));
    upload.blobKey = upload.metadata.value(QLatin1String("filename")).toString();
    GATEHOUSE_TRY(authorizeCreation(context, caller, upload.blobKey));
    GATEHOUSE_ASSIGN(upload.length, lengthOf(context, request));
    if (request.contentLength != 0) {
        GATEHOUSE_TRY(checkContentType(request));
    }
    if (const QByteArray checksum = request.header("x-checksum-sha256"); !checksum.isEmpty()) {
        if (QByteArray::fromBase64(checksum).size() != crypto::kSha256Bytes) {
            return refusedUpload(400, "invalid_checksum",
                                 QStringLiteral("X-Checksum-Sha256 is no SHA-256 in base64."));
        }
        upload.metadata.insert(kUploadChecksum, QString::fromLatin1(checksum));
    }
    upload.apiKeyId = caller.key.id;
    upload.createdAt = context.clock.now();
    upload.expiresAt = upload.createdAt + kLifetime;
    return orFailure(context.store.createUpload(upload));
}

StreamAnswer createUpload(ManagementContext &context, const Request &request)
{
    Answer<UploadRecord> upload = createRecord(context, request);
    if (!upload) {
        return withTusHeaders(std::move(upload.error()));
    }
    Response created = withTusHeaders(emptyResponse(201));
    // A path without host: it holds whatever name the caller knows us by, and never comes from the Host
    // header.
    const bool isPrefixed = request.rawPath.startsWith(kFunctionsPrefix.toLatin1());
    const QString endpoint = isPrefixed ? QString(kFunctionsPrefix + kEndpoint) : kEndpoint;
    created.setHeader("Location", QString(endpoint + QLatin1Char('/') + upload->id).toLatin1());
    created.setHeader("Upload-Offset", "0");
    created.setHeader("Upload-Expires", uploadDate(upload->expiresAt));
    if (request.contentLength == 0 && upload->length != 0) {
        return created;
    }
    auto sink = std::make_unique<PartSink>(context, *upload, context.uploadLocks->acquire(upload->id));
    if (const Result<void> opened = sink->open(); !opened) {
        return uploadOpenFailed(opened.error());
    }
    return std::make_unique<CreationSink>(std::move(sink), std::move(created));
}

struct KnownUpload
{
    UploadRecord upload;
    Caller caller;
};

/// The upload of the path, for the key that began it.
Answer<KnownUpload> knownUpload(ManagementContext &context, const Request &request)
{
    GATEHOUSE_ASSIGN(Caller caller, context.authenticator.authenticate(request, KeyClass::Key));
    GATEHOUSE_TRY(checkTusVersion(request));
    GATEHOUSE_ASSIGN(std::optional<UploadRecord> upload,
                     orFailure(context.store.upload(request.parameter(QStringLiteral("id")))));
    if (!upload || upload->apiKeyId != caller.key.id) {
        return refusedUpload(404, "upload_not_found", QStringLiteral("There is no such upload."));
    }
    if (!upload->finished && upload->expiresAt <= context.clock.now()) {
        return refusedUpload(410, "upload_expired", QStringLiteral("The upload has expired."));
    }
    return KnownUpload{std::move(*upload), std::move(caller)};
}

/// All bytes came, but the program ended before they were moved into place. Only for who holds the lock: else
/// somebody may be about to look at them.
Answer<void> makeUpFor(ManagementContext &context, UploadRecord &upload)
{
    GATEHOUSE_ASSIGN(const std::optional<UploadRecord> now, orFailure(context.store.upload(upload.id)));
    upload = now.value_or(upload);
    if (!upload.finished && upload.offset == upload.length) {
        GATEHOUSE_TRY(completeUpload(context, upload));
        upload.finished = true;
    }
    return {};
}

Response showUpload(ManagementContext &context, const Request &request)
{
    Answer<KnownUpload> known = knownUpload(context, request);
    if (!known) {
        return withTusHeaders(std::move(known.error()));
    }
    UploadRecord &upload = known->upload;
    if (!upload.finished && upload.offset == upload.length) {
        if (const auto lock = context.uploadLocks->acquire(upload.id)) {
            GATEHOUSE_TRY(makeUpFor(context, upload));
        }
    }
    Response response = withTusHeaders(emptyResponse(200));
    response.setHeader("Upload-Offset", QByteArray::number(upload.offset));
    if (upload.length >= 0) {
        response.setHeader("Upload-Length", QByteArray::number(upload.length));
    } else {
        response.setHeader("Upload-Defer-Length", "1");
    }
    response.setHeader("Upload-Expires", uploadDate(upload.expiresAt));
    return response;
}

/// What a PATCH must fit.
Answer<void> checkPatch(ManagementContext &context, const Request &request, UploadRecord &upload)
{
    GATEHOUSE_TRY(checkContentType(request));
    bool isNumber = false;
    const qint64 offset = request.header("upload-offset").toLongLong(&isNumber);
    if (!isNumber || offset < 0) {
        return refusedUpload(400, "invalid_upload_offset", QStringLiteral("Upload-Offset is missing."));
    }
    if (offset != upload.offset || upload.finished) {
        Response conflict = refusedUpload(409, "upload_offset_conflict",
                                          QStringLiteral("The upload goes on at another offset."));
        conflict.setHeader("Upload-Offset", QByteArray::number(upload.offset));
        return conflict;
    }
    if (upload.length < 0 && request.hasHeader("upload-length")) {
        GATEHOUSE_ASSIGN(upload.length, lengthOf(context, request));
        if (upload.length < upload.offset) {
            return refusedUpload(400, "invalid_upload_length",
                                 QStringLiteral("More bytes came already than Upload-Length names."));
        }
    }
    const qint64 limit = upload.length >= 0 ? upload.length : context.settings.maxUploadBytes;
    if (request.contentLength > limit - upload.offset) {
        return refusedUpload(413, "upload_too_large",
                             QStringLiteral("More bytes are announced than the upload has."));
    }
    return {};
}

StreamAnswer patchUpload(ManagementContext &context, const Request &request)
{
    const QString id = request.parameter(QStringLiteral("id"));
    // The lock comes before the offset is read: who writes now moves it.
    std::unique_ptr<UploadLocks::Lock> lock = context.uploadLocks->acquire(id);
    Answer<KnownUpload> known = knownUpload(context, request);
    if (!known) {
        return withTusHeaders(std::move(known.error()));
    }
    UploadRecord &upload = known->upload;
    if (!lock) {
        return refusedUpload(409, "upload_offset_conflict",
                             QStringLiteral("Another request writes to this upload."));
    }
    if (Answer<void> madeUp = makeUpFor(context, upload); !madeUp) {
        return std::move(madeUp.error());
    }
    if (!upload.finished) {
        Answer<void> right = requireUploadRight(context, known->caller, upload.blobKey);
        if (!right) {
            return std::move(right.error());
        }
    }
    if (Answer<void> fits = checkPatch(context, request, upload); !fits) {
        return std::move(fits.error());
    }
    auto sink = std::make_unique<PartSink>(context, upload, std::move(lock));
    if (const Result<void> opened = sink->open(); !opened) {
        return uploadOpenFailed(opened.error());
    }
    return std::unique_ptr<BodySink>(std::move(sink));
}

Response tusOptions(const ManagementContext &context)
{
    Response response = withTusHeaders(emptyResponse(204));
    response.setHeader("Tus-Version", kTusVersion);
    response.setHeader("Tus-Extension", "creation,creation-with-upload,creation-defer-length,expiration");
    response.setHeader("Tus-Max-Size", QByteArray::number(context.settings.maxUploadBytes));
    return response;
}

} // namespace

/// @source spec: management-api, section 5.2; TUS 1.0.0
void addUploadRoutes(Router &router, ManagementContext &context)
{
    const RouteOptions pieces{kMaxUploadPiece, RunOn::Pool};
    for (const QString &endpoint : {kEndpoint, QString(kFunctionsPrefix + kEndpoint)}) {
        const QString one = endpoint + QLatin1String("/:id");
        router.addStream(
            Method::Post, endpoint,
            [&context](const Request &request) { return createUpload(context, request); }, pieces);
        router.addStream(
            Method::Patch, one, [&context](const Request &request) { return patchUpload(context, request); },
            pieces);
        router.add(Method::Head, one,
                   [&context](const Request &request) { return showUpload(context, request); });
        for (const QString &pattern : {endpoint, one}) {
            router.add(Method::Options, pattern, [&context](const Request &) { return tusOptions(context); });
        }
    }
}

} // namespace gatehouse::server
