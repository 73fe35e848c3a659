// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/context.h"
#include "server/management/uploadlocks.h"
#include "server/storage/blobfolder.h"

#include "core/ids.h"
#include "crypto/digest.h"

#include <QDateTime>
#include <QFile>
#include <QLocale>
#include <QRegularExpression>

#include <cerrno>
#include <unistd.h>

namespace gatehouse::server {
namespace {

const QByteArray kTusVersion = QByteArrayLiteral("1.0.0");
const QString kEndpoint = QStringLiteral("/files/upload/attachments");
/// The command line sends uploads there when it takes the server for a Supabase host.
const QString kFunctionsPrefix = QStringLiteral("/functions/v1");
constexpr Milliseconds kLifetime = std::chrono::hours(24);

Response withTusHeaders(Response response)
{
    response.setHeader("Tus-Resumable", kTusVersion);
    response.setHeader("Cache-Control", "no-store");
    return response;
}

Response refused(int status, const char *code, const QString &message)
{
    return withTusHeaders(errorResponse(status, QString::fromLatin1(code), message));
}

QByteArray httpDate(UtcTime time)
{
    return QLocale::c()
        .toString(toQDateTime(time).toUTC(), QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"))
        .toLatin1();
}

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

/// Where an upload may go, taken from its path. @source spec: management-api, section 5.2
struct Target
{
    QString organization;
    QString appId;
    QString bundle; ///< empty for a file of a file-wise upload
};

std::optional<Target> targetOf(const QString &key)
{
    static const QRegularExpression zip(
        QStringLiteral("\\Aorgs/([0-9a-f-]{36})/apps/([A-Za-z0-9._-]+)/([^/]+)\\.zip\\z"));
    static const QRegularExpression delta(
        QStringLiteral("\\Aorgs/([0-9a-f-]{36})/apps/([A-Za-z0-9._-]+)/delta/[^\\x00-\\x1f\\\\]+\\z"));
    for (const QString &part : key.split(QLatin1Char('/'))) {
        if (part.isEmpty() || part == QLatin1String(".") || part == QLatin1String("..")) {
            return std::nullopt;
        }
    }
    if (const auto match = zip.match(key); match.hasMatch()) {
        return Target{match.captured(1), match.captured(2), match.captured(3)};
    }
    if (const auto match = delta.match(key); match.hasMatch()) {
        return Target{match.captured(1), match.captured(2), {}};
    }
    return std::nullopt;
}

/// The path decides who may write there.
Answer<void> authorize(ManagementContext &context, const Caller &caller, const QString &key)
{
    const std::optional<Target> target = targetOf(key);
    if (!target) {
        return refused(400, "invalid_file_path", QStringLiteral("The file name is no path of this server."));
    }
    GATEHOUSE_ASSIGN(const std::optional<AppRecord> app, orFailure(context.store.app(target->appId)));
    if (!app) {
        return refused(404, "app_not_found", QStringLiteral("There is no such app."));
    }
    if (!caller.may("app.upload_bundle", AppAccess{*app}.scope())) {
        return refused(403, "insufficient_permissions",
                       QStringLiteral("You can't upload bundles of this app."));
    }
    GATEHOUSE_ASSIGN(const OrganizationRecord organization, orFailure(context.store.organization()));
    if (target->organization != organization.id) {
        return refused(403, "owner_org_mismatch", QStringLiteral("The app belongs to another organization."));
    }
    if (target->bundle.isEmpty()) {
        GATEHOUSE_ASSIGN(const auto blob, orFailure(context.store.blob(key)));
        return blob ? Answer<void>(
                          refused(409, "duplicate_upload", QStringLiteral("This file is there already.")))
                    : Answer<void>();
    }
    GATEHOUSE_ASSIGN(const std::optional<wire::BundleRow> bundle,
                     orFailure(context.store.bundleByName(target->appId, target->bundle)));
    if (!bundle) {
        return refused(404, "error_version_not_found", QStringLiteral("The bundle must be created first."));
    }
    if (bundle->storageProvider != QLatin1String("r2-direct")) {
        return refused(409, "bundle_already_ready", QStringLiteral("The content of this bundle is fixed."));
    }
    return {};
}

Answer<void> checkTusVersion(const Request &request)
{
    if (request.header("tus-resumable") == kTusVersion) {
        return {};
    }
    Response response =
        refused(412, "unsupported_tus_version", QStringLiteral("This server speaks TUS 1.0.0."));
    response.setHeader("Tus-Version", kTusVersion);
    return response;
}

Answer<void> checkContentType(const Request &request)
{
    if (request.header("content-type") == "application/offset+octet-stream") {
        return {};
    }
    return refused(415, "unsupported_media_type",
                   QStringLiteral("Content must be sent as application/offset+octet-stream."));
}

/// Upload-Length, or -1 when it comes later.
Answer<qint64> lengthOf(const ManagementContext &context, const Request &request)
{
    if (!request.hasHeader("upload-length")) {
        if (request.header("upload-defer-length") == "1") {
            return qint64{-1};
        }
        return refused(400, "invalid_upload_length", QStringLiteral("Upload-Length is missing."));
    }
    bool isNumber = false;
    const qint64 length = request.header("upload-length").toLongLong(&isNumber);
    if (!isNumber || length < 0) {
        return refused(400, "invalid_upload_length", QStringLiteral("Upload-Length is no size."));
    }
    if (length > context.settings.maxUploadBytes) {
        return refused(413, "upload_too_large",
                       QStringLiteral("The upload is larger than this server takes."));
    }
    return length;
}

/// Writes the pieces of one PATCH (or of the creation) behind what is there.
class PartSink final : public BodySink
{
public:
    PartSink(ManagementContext &context, UploadRecord upload, std::unique_ptr<UploadLocks::Lock> lock)
        : m_context(context)
        , m_upload(std::move(upload))
        , m_lock(std::move(lock))
        , m_file(context.store.partPath(m_upload.id))
    {}

    /// The caller went away: what arrived is kept, so that the next PATCH goes on from there.
    ~PartSink() override
    {
        if (m_file.isOpen()) {
            (void)settle();
        }
    }

    /// The file may hold more than was acknowledged; that is cut off.
    Result<void> open()
    {
        if (!m_file.open(QIODevice::ReadWrite | QIODevice::Unbuffered | QIODevice::ExistingOnly) ||
            m_file.size() < m_upload.offset) {
            m_file.close(); // nothing to settle
            return makeError(ErrorKind::Io, "upload.part.lost",
                             QStringLiteral("What was uploaded so far is not there any more."));
        }
        if (::ftruncate(m_file.handle(), m_upload.offset) != 0 ||
            ::lseek(m_file.handle(), m_upload.offset, SEEK_SET) < 0) {
            return brokenFile(errno);
        }
        return {};
    }

    Result<void> write(QByteArrayView piece) override
    {
        const qint64 limit = m_upload.length >= 0 ? m_upload.length : m_context.settings.maxUploadBytes;
        if (m_upload.offset + piece.size() > limit) {
            return makeError(ErrorKind::Invalid, "upload.too_long",
                             QStringLiteral("More bytes came than were announced."));
        }
        if (const int problem = BlobFolder::writeAll(m_file.handle(), piece); problem != 0) {
            return brokenFile(problem);
        }
        m_upload.offset += piece.size();
        return {};
    }

    Response finish() override;
    [[nodiscard]] const UploadRecord &upload() const { return m_upload; }

private:
    static Error brokenFile(int systemError)
    {
        return BlobFolder::writeProblem(systemError, qt_error_string(systemError));
    }

    /// On the disk first, then acknowledged.
    Result<void> settle()
    {
        const int problem = ::fdatasync(m_file.handle()) == 0 ? 0 : errno;
        m_file.close();
        if (problem != 0) {
            return brokenFile(problem);
        }
        return m_context.store.advanceUpload(m_upload.id, m_upload.offset, m_upload.length);
    }

    Answer<void> checkDigest();

    ManagementContext &m_context;
    UploadRecord m_upload;
    std::unique_ptr<UploadLocks::Lock> m_lock;
    QFile m_file;
};

/// X-Checksum-Sha256 of the creation, if one was sent.
Answer<void> PartSink::checkDigest()
{
    const QString expected = m_upload.metadata.value(QLatin1String("checksum-sha256")).toString();
    if (expected.isEmpty()) {
        return {};
    }
    Operation operation;
    GATEHOUSE_ASSIGN(const QByteArray digest,
                     orFailure(crypto::sha256File(m_context.store.partPath(m_upload.id), operation)));
    if (crypto::equalInConstantTime(digest, QByteArray::fromBase64(expected.toLatin1()))) {
        return {};
    }
    GATEHOUSE_TRY(orFailure(m_context.store.discardUpload(m_upload.id)));
    return refused(400, "checksum_mismatch",
                   QStringLiteral("The content does not have the announced checksum."));
}

Response PartSink::finish()
{
    if (const Result<void> settled = settle(); !settled) {
        return withTusHeaders(failureResponse(settled.error()));
    }
    if (m_upload.offset == m_upload.length) {
        GATEHOUSE_TRY(checkDigest());
        const Result<BlobRecord> blob = m_context.store.finishUpload(m_upload.id);
        if (!blob) {
            return blob.error().kind == ErrorKind::Conflict
                       ? refused(409, "duplicate_upload", blob.error().toText())
                       : withTusHeaders(failureResponse(blob.error()));
        }
    }
    Response response = withTusHeaders(emptyResponse(204));
    response.setHeader("Upload-Offset", QByteArray::number(m_upload.offset));
    response.setHeader("Upload-Expires", httpDate(m_upload.expiresAt));
    return response;
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

Response openFailed(const Error &error)
{
    return error.id == QLatin1String("upload.part.lost") ? refused(410, "upload_expired", error.what)
                                                         : withTusHeaders(failureResponse(error));
}

using StreamAnswer = std::variant<Response, std::unique_ptr<BodySink>>;

Answer<UploadRecord> createRecord(ManagementContext &context, const Request &request)
{
    GATEHOUSE_ASSIGN(const Caller caller, context.authenticator.authenticate(request, KeyClass::Key));
    GATEHOUSE_TRY(checkTusVersion(request));
    UploadRecord upload;
    upload.metadata = metadataOf(request.header("upload-metadata"));
    upload.blobKey = upload.metadata.value(QLatin1String("filename")).toString();
    GATEHOUSE_TRY(authorize(context, caller, upload.blobKey));
    GATEHOUSE_ASSIGN(upload.length, lengthOf(context, request));
    if (request.contentLength != 0) {
        GATEHOUSE_TRY(checkContentType(request));
    }
    if (const QByteArray checksum = request.header("x-checksum-sha256"); !checksum.isEmpty()) {
        if (QByteArray::fromBase64(checksum).size() != crypto::kSha256Bytes) {
            return refused(400, "invalid_checksum",
                           QStringLiteral("X-Checksum-Sha256 is no SHA-256 in base64."));
        }
        upload.metadata.insert(QStringLiteral("checksum-sha256"), QString::fromLatin1(checksum));
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
    created.setHeader("Upload-Expires", httpDate(upload->expiresAt));
    if (request.contentLength == 0 && upload->length != 0) {
        return created;
    }
    auto sink = std::make_unique<PartSink>(context, *upload, context.uploadLocks->acquire(upload->id));
    if (const Result<void> opened = sink->open(); !opened) {
        return openFailed(opened.error());
    }
    return std::make_unique<CreationSink>(std::move(sink), std::move(created));
}

/// The upload of the path, for a caller that may go on with it.
Answer<UploadRecord> knownUpload(ManagementContext &context, const Request &request)
{
    GATEHOUSE_ASSIGN(const Caller caller, context.authenticator.authenticate(request, KeyClass::Key));
    GATEHOUSE_TRY(checkTusVersion(request));
    GATEHOUSE_ASSIGN(std::optional<UploadRecord> upload,
                     orFailure(context.store.upload(request.parameter(QStringLiteral("id")))));
    if (!upload || upload->apiKeyId != caller.key.id) {
        return refused(404, "upload_not_found", QStringLiteral("There is no such upload."));
    }
    if (!upload->finished && upload->expiresAt <= context.clock.now()) {
        return refused(410, "upload_expired", QStringLiteral("The upload has expired."));
    }
    if (!upload->finished && upload->offset == upload->length) {
        // All bytes came, but the program ended before they were moved into place.
        const Result<BlobRecord> blob = context.store.finishUpload(upload->id);
        if (!blob) {
            return blob.error().kind == ErrorKind::Conflict
                       ? refused(409, "duplicate_upload", blob.error().toText())
                       : withTusHeaders(failureResponse(blob.error()));
        }
        upload->finished = true;
    }
    return std::move(*upload);
}

Response showUpload(ManagementContext &context, const Request &request)
{
    Answer<UploadRecord> upload = knownUpload(context, request);
    if (!upload) {
        return withTusHeaders(std::move(upload.error()));
    }
    Response response = withTusHeaders(emptyResponse(200));
    response.setHeader("Upload-Offset", QByteArray::number(upload->offset));
    if (upload->length >= 0) {
        response.setHeader("Upload-Length", QByteArray::number(upload->length));
    } else {
        response.setHeader("Upload-Defer-Length", "1");
    }
    response.setHeader("Upload-Expires", httpDate(upload->expiresAt));
    return response;
}

/// What a PATCH must fit.
Answer<void> checkPatch(ManagementContext &context, const Request &request, UploadRecord &upload)
{
    GATEHOUSE_TRY(checkContentType(request));
    bool isNumber = false;
    const qint64 offset = request.header("upload-offset").toLongLong(&isNumber);
    if (!isNumber || offset < 0) {
        return refused(400, "invalid_upload_offset", QStringLiteral("Upload-Offset is missing."));
    }
    if (offset != upload.offset || upload.finished) {
        Response conflict =
            refused(409, "upload_offset_conflict", QStringLiteral("The upload goes on at another offset."));
        conflict.setHeader("Upload-Offset", QByteArray::number(upload.offset));
        return conflict;
    }
    if (upload.length < 0 && request.hasHeader("upload-length")) {
        GATEHOUSE_ASSIGN(upload.length, lengthOf(context, request));
    }
    const qint64 limit = upload.length >= 0 ? upload.length : context.settings.maxUploadBytes;
    if (request.contentLength > limit - upload.offset) {
        return refused(413, "upload_too_large",
                       QStringLiteral("More bytes are announced than the upload has."));
    }
    return {};
}

StreamAnswer patchUpload(ManagementContext &context, const Request &request)
{
    const QString id = request.parameter(QStringLiteral("id"));
    // The lock comes before the offset is read: who writes now moves it.
    std::unique_ptr<UploadLocks::Lock> lock = context.uploadLocks->acquire(id);
    Answer<UploadRecord> upload = knownUpload(context, request);
    if (!upload) {
        return withTusHeaders(std::move(upload.error()));
    }
    if (!lock) {
        return refused(409, "upload_offset_conflict",
                       QStringLiteral("Another request writes to this upload."));
    }
    if (Answer<void> fits = checkPatch(context, request, *upload); !fits) {
        return std::move(fits.error());
    }
    auto sink = std::make_unique<PartSink>(context, *upload, std::move(lock));
    if (const Result<void> opened = sink->open(); !opened) {
        return openFailed(opened.error());
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
