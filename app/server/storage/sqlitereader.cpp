// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/sqlitereader.h"

#include "server/storage/rows.h"

#include <QLoggingCategory>

namespace gatehouse::server {

namespace {

Q_LOGGING_CATEGORY(lcReader, "gatehouse.server.storage")

template<typename Record, typename ReadRow>
Result<std::optional<Record>> firstOf(Query &query, ReadRow readRow)
{
    std::optional<Record> record;
    if (query.next()) {
        record = readRow(query);
    }
    GATEHOUSE_TRY(query.finish());
    return record;
}

Result<bool> isAny(Query &query)
{
    const bool isThere = query.next();
    GATEHOUSE_TRY(query.finish());
    return isThere;
}

qint64 readInteger(Query &query)
{
    return query.integer();
}

} // namespace

Result<std::optional<AppRecord>> SqliteReader::app(const QString &appId)
{
    return rows::appById(m_database, appId);
}

Result<std::optional<wire::BundleRow>> SqliteReader::bundle(qint64 id)
{
    return rows::bundleById(m_database, id);
}

Result<std::optional<wire::BundleRow>> SqliteReader::bundleByName(const QString &appId, const QString &name,
                                                                  bool withDeleted)
{
    static const std::string kNamed = "WHERE a.app_id = ? AND a.deleted = 0 AND v.name = ?";
    static const Sql any{rows::selectBundle(), kNamed};
    static const Sql live{rows::selectBundle(), kNamed, " AND v.deleted = 0"};
    Query query(m_database, withDeleted ? any : live);
    query.bind(appId).bind(name);
    return firstOf<wire::BundleRow>(query, rows::readBundle);
}

Result<bool> SqliteReader::hasBundleNamed(const QString &appId, const QString &name)
{
    Query query(m_database, "SELECT 1 FROM apps a JOIN app_versions v ON v.app_key = a.key AND v.name = ? "
                            "WHERE a.app_id = ? AND a.deleted = 0");
    query.bind(name).bind(appId);
    return isAny(query);
}

Result<QVector<ManifestFile>> SqliteReader::manifest(qint64 bundleId)
{
    Query query(m_database, "SELECT id, version_id, file_name, s3_path, file_hash, file_size FROM manifest "
                            "WHERE version_id = ? ORDER BY id");
    query.bind(bundleId);
    QVector<ManifestFile> files;
    while (query.next()) {
        ManifestFile file;
        file.id = query.integer();
        file.versionId = query.integer();
        file.fileName = query.text();
        file.s3Path = query.text();
        file.fileHash = query.text();
        file.fileSize = query.integer();
        files.append(file);
    }
    GATEHOUSE_TRY(query.finish());
    return files;
}

Result<std::optional<ChannelRecord>> SqliteReader::channel(qint64 id)
{
    return rows::channelById(m_database, id);
}

Result<std::optional<ChannelRecord>> SqliteReader::channelByName(const QString &appId, const QString &name)
{
    static const Sql sql{rows::selectChannel(), "WHERE a.app_id = ? AND a.deleted = 0 AND c.name = ?"};
    Query query(m_database, sql);
    query.bind(appId).bind(name);
    return firstOf<ChannelRecord>(query, rows::readChannel);
}

Result<QVector<ChannelRecord>> SqliteReader::channels(const QString &appId)
{
    static const Sql sql{rows::selectChannel(), "WHERE a.app_id = ? AND a.deleted = 0 ORDER BY c.id"};
    Query query(m_database, sql);
    query.bind(appId);
    QVector<ChannelRecord> channels;
    while (query.next()) {
        channels.append(rows::readChannel(query));
    }
    GATEHOUSE_TRY(query.finish());
    return channels;
}

Result<std::optional<ChannelRecord>> SqliteReader::publicChannel(const QString &appId,
                                                                 const QString &platform)
{
    const auto withFlag = [](const char *flag) {
        return rows::selectChannel() + "WHERE a.app_id = ? AND a.deleted = 0 AND c.public = 1 AND c." + flag +
               " = 1 ORDER BY c.name, c.id LIMIT 1";
    };
    static const Sql ios(withFlag("ios"));
    static const Sql android(withFlag("android"));
    static const Sql electron(withFlag("electron"));
    const Sql *sql = platform == QLatin1String("ios")        ? &ios
                     : platform == QLatin1String("android")  ? &android
                     : platform == QLatin1String("electron") ? &electron
                                                             : nullptr;
    if (sql == nullptr) {
        return std::optional<ChannelRecord>();
    }
    Query query(m_database, *sql);
    query.bind(appId);
    return firstOf<ChannelRecord>(query, rows::readChannel);
}

Result<std::optional<DeviceRecord>> SqliteReader::device(const QString &appId, const QString &deviceId)
{
    static const Sql sql{rows::selectDevice(), "WHERE a.app_id = ? AND a.deleted = 0 AND d.device_id = ?"};
    Query query(m_database, sql);
    query.bind(appId).bind(deviceId.toLower());
    return firstOf<DeviceRecord>(query, rows::readDevice);
}

Result<bool> SqliteReader::hasDevice(const QString &appId, const QString &deviceId)
{
    Query query(m_database, "SELECT 1 FROM apps a JOIN devices d ON d.app_key = a.key AND d.device_id = ? "
                            "WHERE a.app_id = ? AND a.deleted = 0");
    query.bind(deviceId).bind(appId);
    return isAny(query);
}

Result<std::optional<qint64>> SqliteReader::overrideOf(const QString &appId, const QString &deviceId)
{
    Query query(m_database, "SELECT o.channel_id FROM apps a JOIN channel_devices o ON o.app_key = a.key AND "
                            "o.device_id = ? WHERE a.app_id = ? AND a.deleted = 0");
    query.bind(deviceId).bind(appId);
    return firstOf<qint64>(query, readInteger);
}

Result<std::optional<qint64>> SqliteReader::selfAssignmentOf(const QString &appId, const QString &deviceId)
{
    Query query(m_database,
                "SELECT o.channel_id FROM apps a JOIN self_assignments o ON o.app_key = a.key AND "
                "o.device_id = ? WHERE a.app_id = ? AND a.deleted = 0");
    query.bind(deviceId).bind(appId);
    return firstOf<qint64>(query, readInteger);
}

Result<bool> SqliteReader::hasFailed(const QString &appId, const QString &deviceId, const QString &bundle)
{
    Query query(m_database, "SELECT 1 FROM apps a JOIN failures f ON f.app_key = a.key AND f.device_id = ? "
                            "AND f.bundle = ? WHERE a.app_id = ?");
    query.bind(deviceId).bind(bundle).bind(appId);
    return isAny(query);
}

SqliteSnapshot::SqliteSnapshot(ReadPool::Lease lease)
    : SqliteReader(*lease)
    , m_lease(std::move(lease))
{}

Result<std::unique_ptr<StoreReader>> SqliteSnapshot::begin(ReadPool &pool)
{
    GATEHOUSE_ASSIGN(ReadPool::Lease lease, pool.take());
    GATEHOUSE_TRY(Query(*lease, "BEGIN").finish());
    return std::unique_ptr<StoreReader>(new SqliteSnapshot(std::move(lease)));
}

SqliteSnapshot::~SqliteSnapshot()
{
    if (const auto ended = Query(*m_lease, "COMMIT").finish(); !ended) {
        qCWarning(lcReader).noquote() << "A snapshot did not end:" << ended.error().toText();
    }
}

} // namespace gatehouse::server
