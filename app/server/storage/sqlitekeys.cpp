// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/sqlitestore.h"

#include "server/storage/rows.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUuid>

namespace gatehouse::server {

namespace {

const char *const kSelectKey =
    "SELECT id, rbac_id, user_id, name, key_sha256, bindings, created_at, updated_at, expires_at "
    "FROM api_keys ";

ApiKeyRecord readKey(Query &query)
{
    ApiKeyRecord key;
    key.id = query.integer();
    key.rbacId = query.text();
    key.userId = query.text();
    key.name = query.text();
    key.keySha256 = query.blob();
    key.bindings = QJsonDocument::fromJson(query.blob()).array();
    key.createdAt = query.time();
    key.updatedAt = query.time();
    key.expiresAt = query.optTime();
    return key;
}

Result<std::optional<ApiKeyRecord>> firstKey(Query &query)
{
    std::optional<ApiKeyRecord> key;
    if (query.next()) {
        key = readKey(query);
    }
    GATEHOUSE_TRY(query.finish());
    return key;
}

Result<ApiKeyRecord> existingKey(Database &database, qint64 id)
{
    static const Sql sql{kSelectKey, "WHERE id = ?"};
    Query query(database, sql);
    query.bind(id);
    GATEHOUSE_ASSIGN(auto key, firstKey(query));
    if (!key) {
        return makeError(ErrorKind::NotFound, "store.apikey", QStringLiteral("There is no such key."));
    }
    return std::move(*key);
}

} // namespace

Result<std::optional<ApiKeyRecord>> SqliteStore::apiKeyByHash(const QByteArray &sha256)
{
    return read([&](Database &database) {
        static const Sql sql{kSelectKey, "WHERE key_sha256 = ?"};
        Query query(database, sql);
        query.bind(sha256);
        return firstKey(query);
    });
}

Result<std::optional<ApiKeyRecord>> SqliteStore::apiKey(qint64 id)
{
    return read([&](Database &database) {
        static const Sql sql{kSelectKey, "WHERE id = ?"};
        Query query(database, sql);
        query.bind(id);
        return firstKey(query);
    });
}

Result<QVector<ApiKeyRecord>> SqliteStore::apiKeys()
{
    return read([&](Database &database) -> Result<QVector<ApiKeyRecord>> {
        static const Sql sql{kSelectKey, "ORDER BY id"};
        Query query(database, sql);
        QVector<ApiKeyRecord> keys;
        while (query.next()) {
            keys.append(readKey(query));
        }
        GATEHOUSE_TRY(query.finish());
        return keys;
    });
}

Result<ApiKeyRecord> SqliteStore::createApiKey(const ApiKeyRecord &key)
{
    return write<ApiKeyRecord>([&](Database &database) -> Result<ApiKeyRecord> {
        Query query(
            database,
            "INSERT INTO api_keys (rbac_id, user_id, name, key_sha256, bindings, created_at, updated_at, "
            "expires_at) SELECT ?, owner_user_id, ?, ?, ?, ?, ?, ? FROM organizations LIMIT 1");
        query.bind(QUuid::createUuid().toString(QUuid::WithoutBraces)).bind(key.name).bind(key.keySha256);
        query.bind(QString::fromUtf8(rows::compact(key.bindings)))
            .bind(now())
            .bind(now())
            .bind(key.expiresAt);
        GATEHOUSE_TRY(query.finish());
        return existingKey(database, database.lastInsertId());
    });
}

Result<ApiKeyRecord> SqliteStore::updateApiKey(const ApiKeyRecord &key)
{
    return write<ApiKeyRecord>([&](Database &database) -> Result<ApiKeyRecord> {
        Query query(
            database,
            "UPDATE api_keys SET name = ?, key_sha256 = ?, bindings = ?, updated_at = ?, expires_at = ? "
            "WHERE id = ?");
        query.bind(key.name)
            .bind(key.keySha256)
            .bind(QString::fromUtf8(rows::compact(key.bindings)))
            .bind(now());
        query.bind(key.expiresAt).bind(key.id);
        GATEHOUSE_TRY(query.finish());
        return existingKey(database, key.id);
    });
}

Result<void> SqliteStore::deleteApiKey(qint64 id)
{
    return m_writer->run([&](Database &database) -> Result<void> {
        Query query(database, "DELETE FROM api_keys WHERE id = ?");
        query.bind(id);
        GATEHOUSE_TRY(query.finish());
        if (database.changes() == 0) {
            return makeError(ErrorKind::NotFound, "store.apikey", QStringLiteral("There is no such key."));
        }
        return {};
    });
}

} // namespace gatehouse::server
