// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/sqlitestore.h"

#include "server/storage/audit.h"
#include "server/storage/eventwriter.h"
#include "server/storage/retention.h"
#include "server/storage/rows.h"
#include "server/storage/schema.h"

#include <QDir>
#include <QUuid>

namespace gatehouse::server {

namespace {

constexpr Milliseconds kActiveFor = std::chrono::hours(24 * 7);

QString newUuid()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

Result<QString> settingOf(Database &database, const QString &name)
{
    Query query(database, "SELECT value FROM settings WHERE name = ?");
    query.bind(name);
    const QString value = query.next() ? query.text() : QString();
    GATEHOUSE_TRY(query.finish());
    return value;
}

/// The id and the one organization of a new store.
Result<void> makeFirstRows(Database &database, UtcTime now)
{
    Query setting(database, "INSERT INTO settings (name, value) VALUES ('server_id', ?)");
    setting.bind(newUuid());
    GATEHOUSE_TRY(setting.finish());
    Query organization(database,
                       "INSERT INTO organizations (id, name, management_email, owner_user_id, created_at, "
                       "updated_at) VALUES (?, 'My organization', '', ?, ?, ?)");
    organization.bind(newUuid()).bind(newUuid()).bind(now).bind(now);
    return organization.finish();
}

} // namespace

Result<std::unique_ptr<Store>> openSqliteStore(const QString &dataFolder, const Clock &clock)
{
    if (!QDir().mkpath(dataFolder)) {
        return makeError(ErrorKind::Io, "store.open",
                         QStringLiteral("The data folder “%1” cannot be made.").arg(dataFolder));
    }
    GATEHOUSE_ASSIGN(BlobFolder blobs, BlobFolder::open(dataFolder));
    const QString path = QDir(dataFolder).absoluteFilePath(QStringLiteral("gatehouse.sqlite"));
    GATEHOUSE_ASSIGN(auto database, Database::open(path, Database::Mode::ReadWrite));
    GATEHOUSE_TRY(migrate(*database));
    auto store = std::make_unique<SqliteStore>(path, std::move(blobs), clock);
    GATEHOUSE_TRY(store->begin(std::move(database)));
    return std::unique_ptr<Store>(std::move(store));
}

SqliteStore::SqliteStore(QString databasePath, BlobFolder blobs, const Clock &clock)
    : m_databasePath(std::move(databasePath))
    , m_blobs(std::move(blobs))
    , m_clock(clock)
    , m_bus(clock)
    , m_readers(m_databasePath)
{}

Result<void> SqliteStore::begin(std::unique_ptr<Database> database)
{
    GATEHOUSE_ASSIGN(m_serverId, settingOf(*database, QStringLiteral("server_id")));
    if (m_serverId.isEmpty()) {
        GATEHOUSE_TRY(database->execute("BEGIN IMMEDIATE"));
        GATEHOUSE_TRY(makeFirstRows(*database, now()));
        GATEHOUSE_TRY(database->execute("COMMIT"));
        GATEHOUSE_ASSIGN(m_serverId, settingOf(*database, QStringLiteral("server_id")));
    }
    m_writer = std::make_unique<Writer>(
        std::move(database),
        [this](Database &own, const std::vector<EventBatch> &batches) { return writeEvents(own, batches); });
    return {};
}

void SqliteStore::publish(const QVector<Announcement> &announcements)
{
    for (const Announcement &announcement : announcements) {
        m_bus.publish(announcement.appId, announcement.type, announcement.data);
    }
}

Result<OrganizationRecord> SqliteStore::organization()
{
    return read([](Database &database) -> Result<OrganizationRecord> {
        Query query(database, "SELECT id, name, management_email, owner_user_id, created_at, updated_at FROM "
                              "organizations LIMIT 1");
        OrganizationRecord organization;
        if (query.next()) {
            organization.id = query.text();
            organization.name = query.text();
            organization.managementEmail = query.text();
            organization.ownerUserId = query.text();
            organization.createdAt = query.time();
            organization.updatedAt = query.time();
        }
        GATEHOUSE_TRY(query.finish());
        return organization;
    });
}

Result<void> SqliteStore::updateOrganization(const OrganizationRecord &organization, const Actor &actor)
{
    return m_writer->run([&](Database &database) -> Result<void> {
        Query query(database,
                    "UPDATE organizations SET name = ?, management_email = ?, updated_at = ? WHERE id = ?");
        query.bind(organization.name).bind(organization.managementEmail).bind(now()).bind(organization.id);
        GATEHOUSE_TRY(query.finish());
        return writeAudit(database, now(), actor,
                          {QStringLiteral("orgs"),
                           organization.id,
                           QStringLiteral("UPDATE"),
                           std::nullopt,
                           QJsonObject{{QStringLiteral("name"), organization.name}},
                           {}});
    });
}

Result<QVector<AppRecord>> SqliteStore::apps(const Page &page)
{
    return read([&](Database &database) -> Result<QVector<AppRecord>> {
        Query query(database, rows::selectApp() + "WHERE a.deleted = 0 ORDER BY a.key LIMIT ? OFFSET ?");
        query.bind(page.limit).bind(page.offset);
        QVector<AppRecord> found;
        while (query.next()) {
            found.append(rows::readApp(query));
        }
        GATEHOUSE_TRY(query.finish());
        return found;
    });
}

namespace {

Result<void> writeApp(Database &database, const AppRecord &app)
{
    Query query(
        database,
        "UPDATE apps SET name = ?, icon_url = ?, updated_at = ?, default_upload_channel = ?, retention = ?, "
        "expose_metadata = ?, allow_device_custom_id = ?, allow_preview = ?, block_provider_infra = ?, "
        "need_onboarding = ?, existing_app = ?, ios_store_url = ?, android_store_url = ?, "
        "build_timeout = ? WHERE key = ?");
    query.bind(app.row.name).bind(app.row.iconUrl).bind(app.row.updatedAt).bind(app.row.defaultUploadChannel);
    query.bind(app.row.retentionSeconds).bind(app.row.exposeMetadata).bind(app.row.allowDeviceCustomId);
    query.bind(app.allowPreview)
        .bind(app.blockProviderInfraRequests)
        .bind(app.needOnboarding)
        .bind(app.existingApp);
    query.bind(app.iosStoreUrl).bind(app.androidStoreUrl).bind(app.buildTimeoutSeconds).bind(app.key);
    return query.finish();
}

/// A row for the id: new, or the one of an app that was deleted.
Result<void> makeAppRow(Database &database, const QString &appId, UtcTime now)
{
    Query query(
        database,
        "INSERT INTO apps (id, app_id, name, icon_url, owner_org, created_at, updated_at, "
        "default_upload_channel, "
        "retention, expose_metadata, allow_device_custom_id, allow_preview, block_provider_infra, "
        "need_onboarding, "
        "existing_app, build_timeout) SELECT ?, ?, '', '', id, ?, ?, 'production', 0, 0, 1, 0, 1, 0, 0, 900 "
        "FROM organizations LIMIT 1");
    query.bind(newUuid()).bind(appId).bind(now).bind(now);
    if (auto inserted = query.finish(); !inserted) {
        if (inserted.error().kind != ErrorKind::Conflict) {
            return inserted;
        }
        Query revive(database,
                     "UPDATE apps SET deleted = 0, id = ?, created_at = ? WHERE app_id = ? AND deleted = 1");
        revive.bind(newUuid()).bind(now).bind(appId);
        GATEHOUSE_TRY(revive.finish());
        if (database.changes() == 0) {
            return makeError(ErrorKind::Conflict, "store.app.exists",
                             QStringLiteral("There is an app “%1” already.").arg(appId));
        }
    }
    return {};
}

} // namespace

Result<AppRecord> SqliteStore::createApp(const AppRecord &app, const Actor &actor)
{
    if (const auto id = AppId::parse(app.row.appId); !id) {
        return id.error();
    }
    return write<AppRecord>([&](Database &database) -> Result<AppRecord> {
        GATEHOUSE_TRY(makeAppRow(database, app.row.appId, now()));
        GATEHOUSE_ASSIGN(const AppRecord made, rows::existingApp(database, app.row.appId));
        AppRecord wanted = app;
        wanted.key = made.key;
        wanted.row.updatedAt = made.row.updatedAt;
        GATEHOUSE_TRY(writeApp(database, wanted));
        GATEHOUSE_ASSIGN(AppRecord written, rows::existingApp(database, app.row.appId));
        GATEHOUSE_TRY(writeAudit(database, now(), actor,
                                 {QStringLiteral("apps"),
                                  app.row.appId,
                                  QStringLiteral("INSERT"),
                                  std::nullopt,
                                  rows::auditJson(written),
                                  {}}));
        return written;
    });
}

Result<AppRecord> SqliteStore::updateApp(const AppRecord &app, const Actor &actor)
{
    return write<AppRecord>([&](Database &database) -> Result<AppRecord> {
        GATEHOUSE_ASSIGN(const AppRecord before, rows::existingApp(database, app.row.appId));
        AppRecord wanted = app;
        wanted.key = before.key;
        wanted.row.updatedAt = std::max(now(), before.row.updatedAt + Milliseconds(1));
        GATEHOUSE_TRY(writeApp(database, wanted));
        GATEHOUSE_ASSIGN(AppRecord written, rows::existingApp(database, app.row.appId));
        GATEHOUSE_TRY(writeAudit(database, now(), actor,
                                 {QStringLiteral("apps"),
                                  app.row.appId,
                                  QStringLiteral("UPDATE"),
                                  rows::auditJson(before),
                                  rows::auditJson(written),
                                  {}}));
        return written;
    });
}

Result<ServingOutcome> SqliteStore::applyServingChange(const ServingChange &change)
{
    return write<ServingOutcome>([&](Database &database) -> Result<ServingOutcome> {
        ServingWriter writer(database, now(), change, m_effectCheck);
        GATEHOUSE_ASSIGN(ServingOutcome outcome, writer.apply());
        m_writer->afterCommit([this, announcements = writer.announcements()] { publish(announcements); });
        return outcome;
    });
}

Result<void> SqliteStore::writeEvents(Database &database, const std::vector<EventBatch> &batches)
{
    EventWriter writer(database);
    GATEHOUSE_TRY(writer.write(batches));
    if (!writer.announcements().isEmpty()) {
        m_writer->afterCommit([this, announcements = writer.announcements()] { publish(announcements); });
    }
    return {};
}

Result<void> SqliteStore::recordEvents(const QString &appId, const QVector<DeviceEvent> &events)
{
    return m_writer->record(EventBatch{appId, events, now(), 0});
}

void SqliteStore::enqueueEvents(const QString &appId, const QVector<DeviceEvent> &events)
{
    m_writer->enqueue(EventBatch{appId, events, now(), 0});
}

void SqliteStore::enqueueBandwidth(const QString &appId, qint64 bytes)
{
    m_writer->enqueue(EventBatch{appId, {}, now(), bytes});
}

void SqliteStore::flush()
{
    m_writer->flush();
}

Result<void> SqliteStore::sweep()
{
    QStringList expired;
    auto swept = m_writer->run([&](Database &database) -> Result<void> {
        EventWriter writer(database);
        GATEHOUSE_TRY(writer.retireSilent(now() - kActiveFor, now()));
        for (const auto &[table, kept] :
             {std::pair{"rollup_moment", kMomentsKept}, std::pair{"rollup_minute", kMinutesKept},
              std::pair{"rollup_hour", kHoursKept}, std::pair{"facet_moment", kMomentsKept},
              std::pair{"facet_minute", kMinutesKept}, std::pair{"facet_hour", kHoursKept}}) {
            Query old(database, std::string("DELETE FROM ") + table + " WHERE bucket < ?");
            GATEHOUSE_TRY(old.bind(now() - kept).finish());
        }
        Query usage(database, "DELETE FROM version_usage WHERE minute < ?");
        GATEHOUSE_TRY(usage.bind(now() - kMinutesKept - kMinutesKept).finish());
        Query uploads(database, "DELETE FROM uploads WHERE expires_at < ? RETURNING id");
        uploads.bind(now());
        while (uploads.next()) {
            expired.append(uploads.text());
        }
        return uploads.finish();
    });
    GATEHOUSE_TRY(std::move(swept));
    for (const QString &id : expired) {
        m_blobs.remove(m_blobs.partPath(id));
    }
    return {};
}

} // namespace gatehouse::server
