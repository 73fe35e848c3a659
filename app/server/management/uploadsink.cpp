// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/uploadsink.h"

#include "server/management/uploadtarget.h"
#include "server/storage/blobfolder.h"

#include "crypto/digest.h"

#include <QDateTime>
#include <QLocale>

#include <cerrno>
#include <unistd.h>

namespace gatehouse::server {
namespace {

Response goneUpload()
{
    return refusedUpload(410, "upload_expired", QStringLiteral("The upload is not there any more."));
}

/// X-Checksum-Sha256 of the creation, if one was sent.
Answer<void> checkDigest(ManagementContext &context, const UploadRecord &upload)
{
    const QString expected = upload.metadata.value(kUploadChecksum).toString();
    const QString part = context.store.partPath(upload.id);
    if (expected.isEmpty() || !QFile::exists(part)) {
        // Without a part it was in its place before the program ended, hence checked.
        return {};
    }
    Operation operation;
    GATEHOUSE_ASSIGN(const QByteArray digest, orFailure(crypto::sha256File(part, operation)));
    if (crypto::equalInConstantTime(digest, QByteArray::fromBase64(expected.toLatin1()))) {
        return {};
    }
    GATEHOUSE_TRY(orFailure(context.store.discardUpload(upload.id)));
    return refusedUpload(400, "checksum_mismatch",
                         QStringLiteral("The content does not have the announced checksum."));
}

} // namespace

QByteArray uploadDate(UtcTime time)
{
    return QLocale::c()
        .toString(toQDateTime(time).toUTC(), QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"))
        .toLatin1();
}

Response uploadOpenFailed(const Error &error)
{
    return error.id == QLatin1String("upload.part.lost") ? refusedUpload(410, "upload_expired", error.what)
                                                         : withTusHeaders(failureResponse(error));
}

Answer<void> completeUpload(ManagementContext &context, const UploadRecord &upload)
{
    GATEHOUSE_TRY(checkDigest(context, upload));
    // A zip may be sent again, with other bytes, until its bundle is ready: each encryption draws a new key.
    const std::optional<UploadTarget> target = uploadTargetOf(upload.blobKey);
    const bool isZip = target && !target->bundle.isEmpty();
    const Result<BlobRecord> blob =
        context.store.finishUpload(upload.id, isZip ? ExistingBlob::Replace : ExistingBlob::Keep);
    if (blob) {
        return {};
    }
    if (blob.error().id == QLatin1String("store.bundle.ready")) {
        return refusedUpload(409, "bundle_already_ready", blob.error().toText());
    }
    if (blob.error().kind == ErrorKind::NotFound) {
        return goneUpload();
    }
    return blob.error().kind == ErrorKind::Conflict
               ? refusedUpload(409, "duplicate_upload", blob.error().toText())
               : withTusHeaders(failureResponse(blob.error()));
}

PartSink::PartSink(ManagementContext &context, UploadRecord upload, std::unique_ptr<UploadLocks::Lock> lock)
    : m_context(context)
    , m_upload(std::move(upload))
    , m_lock(std::move(lock))
    , m_file(context.store.partPath(m_upload.id))
{}

PartSink::~PartSink()
{
    if (m_file.isOpen()) {
        (void)settle();
    }
}

Result<void> PartSink::open()
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

Result<void> PartSink::write(QByteArrayView piece)
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

Error PartSink::brokenFile(int systemError)
{
    return BlobFolder::writeProblem(systemError, qt_error_string(systemError));
}

/// On the disk first, then acknowledged.
Result<void> PartSink::settle()
{
    const int problem = ::fdatasync(m_file.handle()) == 0 ? 0 : errno;
    m_file.close();
    if (problem != 0) {
        return brokenFile(problem);
    }
    return m_context.store.advanceUpload(m_upload.id, m_upload.offset, m_upload.length);
}

Response PartSink::finish()
{
    if (const Result<void> settled = settle(); !settled) {
        // Swept away, or its bundle discarded, while the bytes came.
        return settled.error().kind == ErrorKind::NotFound ? goneUpload()
                                                           : withTusHeaders(failureResponse(settled.error()));
    }
    if (m_upload.offset == m_upload.length) {
        GATEHOUSE_TRY(completeUpload(m_context, m_upload));
    }
    Response response = withTusHeaders(emptyResponse(204));
    response.setHeader("Upload-Offset", QByteArray::number(m_upload.offset));
    response.setHeader("Upload-Expires", uploadDate(m_upload.expiresAt));
    return response;
}

} // namespace gatehouse::server
