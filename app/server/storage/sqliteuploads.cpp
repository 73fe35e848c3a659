// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/sqlitestore.h"

#include "server/storage/rows.h"

#include <QFileInfo>
#include <QUuid>

namespace gatehouse::server {

namespace {

Result<std::optional<UploadRecord>> uploadById(Database &database, const QString &id)
{
    Query query(database,
                "SELECT id, blob_key, length, offset, metadata, api_key_id, created_at, expires_at, finished "
                "FROM uploads WHERE id = ?");
    query.bind(id);
    std::optional<UploadRecord> upload;
    if (query.next()) {
        upload.emplace();
        upload->id = query.text();
        upload->blobKey = query.text();
        upload->length = query.integer();
        upload->offset = query.integer();
        upload->metadata = rows::objectFrom(query.blob());
        upload->apiKeyId = query.integer();
        upload->createdAt = query.time();
        upload->expiresAt = query.time();
        upload->finished = query.boolean();
    }
    GATEHOUSE_TRY(query.finish());
    return upload;
}

Result<std::optional<BlobRecord>> blobByKey(Database &database, const BlobFolder &folder, const QString &key)
{
    Query query(database, "SELECT key, file, size, sha256, created_at FROM blobs WHERE key = ?");
    query.bind(key);
    std::optional<BlobRecord> blob;
    if (query.next()) {
        blob.emplace();
        blob->key = query.text();
        blob->path = folder.absolute(query.text());
        blob->size = query.integer();
        blob->sha256 = query.blob();
        blob->createdAt = query.time();
    }
    GATEHOUSE_TRY(query.finish());
    return blob;
}

Result<void> markFinished(Database &database, const QString &uploadId, qint64 size)
{
    if (uploadId.isEmpty()) {
        return {};
    }
    Query finished(database, "UPDATE uploads SET finished = 1, offset = ? WHERE id = ?");
    finished.bind(size).bind(uploadId);
    return finished.finish();
}

Error noUpload()
{
    return makeError(ErrorKind::NotFound, "store.upload", QStringLiteral("There is no such upload."));
}

} // namespace

Result<UploadRecord> SqliteStore::createUpload(const UploadRecord &upload)
{
    UploadRecord made = upload;
    made.id = QUuid::createUuid().toString(QUuid::Id128);
    made.createdAt = now();
    made.offset = 0;
    made.finished = false;
    GATEHOUSE_TRY(m_blobs.writePart(m_blobs.partPath(made.id), {}));
    GATEHOUSE_TRY(m_writer->run([&](Database &database) -> Result<void> {
        Query query(database,
                    "INSERT INTO uploads (id, blob_key, length, offset, metadata, api_key_id, created_at, "
                    "expires_at, finished) VALUES (?, ?, ?, 0, ?, ?, ?, ?, 0)");
        query.bind(made.id)
            .bind(made.blobKey)
            .bind(made.length)
            .bind(QString::fromUtf8(rows::compact(made.metadata)));
        query.bind(made.apiKeyId).bind(made.createdAt).bind(made.expiresAt);
        return query.finish();
    }));
    return made;
}

Result<std::optional<UploadRecord>> SqliteStore::upload(const QString &id)
{
    return read([&](Database &database) { return uploadById(database, id); });
}

Result<void> SqliteStore::advanceUpload(const QString &id, qint64 offset, qint64 length)
{
    return m_writer->run([&](Database &database) -> Result<void> {
        Query query(database, "UPDATE uploads SET offset = ?, length = ? WHERE id = ? AND finished = 0");
        query.bind(offset).bind(length).bind(id);
        GATEHOUSE_TRY(query.finish());
        return database.changes() == 1 ? Result<void>() : Result<void>(noUpload());
    });
}

Result<BlobRecord> SqliteStore::storePart(const QString &key, const QString &part, const QString &uploadId,
                                          ExistingBlob existing)
{
    const QString file = BlobFolder::fileOf(key);
    // The program may have ended between the move and the commit: then only the row is missing.
    const bool isMoved = !QFileInfo::exists(part) && QFileInfo::exists(m_blobs.absolute(file));
    GATEHOUSE_ASSIGN(const BlobFolder::Digest digest,
                     BlobFolder::digestOf(isMoved ? m_blobs.absolute(file) : part));
    GATEHOUSE_ASSIGN(const auto known, blob(key));
    if (known && known->sha256 != digest.sha256) {
        if (existing == ExistingBlob::Replace) {
            return replaceBlob(key, part, digest, uploadId);
        }
        return makeError(ErrorKind::Conflict, "store.blob.exists",
                         QStringLiteral("Other content is stored under this name already."));
    }
    // File first: a row never names what is not there. The same bytes again change nothing.
    if (!isMoved) {
        GATEHOUSE_TRY(m_blobs.moveIntoPlace(part, file));
    }
    return write<BlobRecord>([&](Database &database) -> Result<BlobRecord> {
        Query query(database,
                    "INSERT INTO blobs (key, file, size, sha256, created_at) VALUES (?, ?, ?, ?, ?) "
                    "ON CONFLICT DO NOTHING");
        query.bind(key).bind(file).bind(digest.size).bind(digest.sha256).bind(now());
        GATEHOUSE_TRY(query.finish());
        GATEHOUSE_TRY(markFinished(database, uploadId, digest.size));
        GATEHOUSE_ASSIGN(auto written, blobByKey(database, m_blobs, key));
        return written ? Result<BlobRecord>(std::move(*written)) : Result<BlobRecord>(noUpload());
    });
}

Result<BlobRecord> SqliteStore::replaceBlob(const QString &key, const QString &part,
                                            const BlobFolder::Digest &digest, const QString &uploadId)
{
    // Question and move in one transaction, which all changes of bundles go through as well: a bundle cannot
    // become ready between the two and then change under its devices.
    return write<BlobRecord>([&](Database &database) -> Result<BlobRecord> {
        Query ready(database,
                    "SELECT name FROM app_versions WHERE r2_path = ? AND storage_provider <> 'r2-direct'");
        ready.bind(key);
        const bool isReady = ready.next();
        GATEHOUSE_TRY(ready.finish());
        if (isReady) {
            return makeError(ErrorKind::Conflict, "store.bundle.ready",
                             QStringLiteral("The content of this bundle is fixed."));
        }
        if (QFileInfo::exists(part)) {
            GATEHOUSE_TRY(m_blobs.moveIntoPlace(part, BlobFolder::fileOf(key)));
        }
        Query query(database, "UPDATE blobs SET size = ?, sha256 = ?, created_at = ? WHERE key = ?");
        query.bind(digest.size).bind(digest.sha256).bind(now()).bind(key);
        GATEHOUSE_TRY(query.finish());
        GATEHOUSE_TRY(markFinished(database, uploadId, digest.size));
        GATEHOUSE_ASSIGN(auto written, blobByKey(database, m_blobs, key));
        return written ? Result<BlobRecord>(std::move(*written)) : Result<BlobRecord>(noUpload());
    });
}

Result<BlobRecord> SqliteStore::finishUpload(const QString &id, ExistingBlob existing)
{
    GATEHOUSE_ASSIGN(const auto known, upload(id));
    if (!known) {
        return noUpload();
    }
    if (known->finished) {
        GATEHOUSE_ASSIGN(auto stored, blob(known->blobKey));
        return stored ? Result<BlobRecord>(std::move(*stored)) : Result<BlobRecord>(noUpload());
    }
    return storePart(known->blobKey, m_blobs.partPath(id), id, existing);
}

Result<void> SqliteStore::discardUpload(const QString &id)
{
    GATEHOUSE_TRY(m_writer->run([&](Database &database) -> Result<void> {
        Query query(database, "DELETE FROM uploads WHERE id = ?");
        query.bind(id);
        return query.finish();
    }));
    m_blobs.remove(m_blobs.partPath(id));
    return {};
}

Result<std::optional<BlobRecord>> SqliteStore::blob(const QString &key)
{
    return read([&](Database &database) { return blobByKey(database, m_blobs, key); });
}

Result<BlobRecord> SqliteStore::putBlob(const QString &key, const QByteArray &bytes)
{
    const QString part = m_blobs.partPath(QUuid::createUuid().toString(QUuid::Id128));
    GATEHOUSE_TRY(m_blobs.writePart(part, bytes));
    auto stored = storePart(key, part, {}, ExistingBlob::Keep);
    if (!stored) {
        m_blobs.remove(part);
    }
    return stored;
}

Result<void> SqliteStore::deleteBlob(const QString &key)
{
    GATEHOUSE_ASSIGN(const auto known, blob(key));
    if (!known) {
        return {};
    }
    GATEHOUSE_TRY(m_writer->run([&](Database &database) -> Result<void> {
        Query query(database, "DELETE FROM blobs WHERE key = ?");
        query.bind(key);
        return query.finish();
    }));
    m_blobs.remove(known->path);
    return {};
}

} // namespace gatehouse::server
