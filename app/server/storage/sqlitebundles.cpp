// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/sqlitestore.h"

#include "server/storage/audit.h"
#include "server/storage/rows.h"

namespace gatehouse::server {

namespace {

std::string filterOf(const BundleQuery &query)
{
    return std::string("WHERE a.app_id = ? AND a.deleted = 0") +
           (query.withDeleted ? "" : " AND v.deleted = 0") + (query.name ? " AND v.name = ?" : "");
}

void bindFilter(Query &statement, const BundleQuery &query)
{
    statement.bind(query.appId);
    if (query.name) {
        statement.bind(*query.name);
    }
}

Result<void> insertBundle(Database &database, qint64 appKey, const wire::BundleRow &bundle, UtcTime now)
{
    Query query(database,
                "INSERT INTO app_versions (app_key, name, created_at, updated_at, user_id, storage_provider) "
                "VALUES (?, ?, ?, ?, ?, ?)");
    query.bind(appKey).bind(bundle.name).bind(now).bind(now).bind(bundle.userId).bind(bundle.storageProvider);
    if (auto done = query.finish(); !done) {
        if (done.error().kind == ErrorKind::Conflict) {
            return makeError(
                ErrorKind::Conflict, "store.bundle.exists",
                QStringLiteral("The version “%1” exists already.").arg(bundle.name),
                QStringLiteral("Devices know bundles by their name, so a name is never used again."),
                QStringLiteral("Choose a higher version."));
        }
        return done;
    }
    return {};
}

} // namespace

Result<QVector<wire::BundleRow>> SqliteStore::bundles(const BundleQuery &query)
{
    return read([&](Database &database) -> Result<QVector<wire::BundleRow>> {
        Query statement(database, rows::selectBundle() + filterOf(query) + " ORDER BY v.id " +
                                      (query.byCreation == SortOrder::Ascending ? "ASC" : "DESC") +
                                      " LIMIT ? OFFSET ?");
        bindFilter(statement, query);
        statement.bind(query.page.limit).bind(query.page.offset);
        QVector<wire::BundleRow> found;
        while (statement.next()) {
            found.append(rows::readBundle(statement));
        }
        GATEHOUSE_TRY(statement.finish());
        return found;
    });
}

Result<qint64> SqliteStore::countBundles(const BundleQuery &query)
{
    return read([&](Database &database) -> Result<qint64> {
        Query statement(database, "SELECT count(*) FROM app_versions v JOIN apps a ON a.key = v.app_key " +
                                      filterOf(query));
        bindFilter(statement, query);
        const qint64 count = statement.next() ? statement.integer() : 0;
        GATEHOUSE_TRY(statement.finish());
        return count;
    });
}

Result<wire::BundleRow> SqliteStore::createBundle(const wire::BundleRow &bundle, const Actor &actor)
{
    if (const auto name = BundleName::parse(bundle.name); !name) {
        return name.error();
    }
    return write<wire::BundleRow>([&](Database &database) -> Result<wire::BundleRow> {
        GATEHOUSE_ASSIGN(const AppRecord app, rows::existingApp(database, bundle.appId));
        GATEHOUSE_TRY(insertBundle(database, app.key, bundle, now()));
        wire::BundleRow row = bundle;
        row.id = database.lastInsertId();
        row.deleted = false;
        row.updatedAt = now();
        row.manifestCount = 0;
        GATEHOUSE_TRY(rows::updateBundle(database, row));
        GATEHOUSE_ASSIGN(const auto written, rows::bundleById(database, row.id));
        GATEHOUSE_TRY(writeAudit(database, now(), actor,
                                 {QStringLiteral("app_versions"),
                                  QString::number(row.id),
                                  QStringLiteral("INSERT"),
                                  std::nullopt,
                                  rows::auditJson(*written),
                                  {}}));
        m_writer->afterCommit([this, appId = row.appId, name = row.name, isReady = written->isReady()] {
            m_bus.publish(appId, QStringLiteral("bundle"),
                          QJsonObject{{QStringLiteral("name"), name},
                                      {QStringLiteral("what"),
                                       isReady ? QStringLiteral("ready") : QStringLiteral("created")}});
        });
        return *written;
    });
}

namespace {

/// What was sent for a bundle that is given up: uploads on their way, and content that was whole already. The
/// name is free again, and the next try brings other bytes.
Result<QStringList> forgetContent(Database &database, const BlobFolder &folder, const wire::BundleRow &bundle)
{
    QString key = bundle.r2Path.value_or(QString());
    if (key.isEmpty()) {
        Query organization(database, "SELECT id FROM organizations LIMIT 1");
        key =
            organization.next()
                ? QStringLiteral("orgs/%1/apps/%2/%3.zip").arg(organization.text(), bundle.appId, bundle.name)
                : QString();
        GATEHOUSE_TRY(organization.finish());
    }
    QStringList files;
    Query blobs(database, "DELETE FROM blobs WHERE key = ? RETURNING file");
    blobs.bind(key);
    while (blobs.next()) {
        files.append(folder.absolute(blobs.text()));
    }
    GATEHOUSE_TRY(blobs.finish());
    Query uploads(database, "DELETE FROM uploads WHERE blob_key = ? RETURNING id");
    uploads.bind(key);
    while (uploads.next()) {
        files.append(folder.partPath(uploads.text()));
    }
    GATEHOUSE_TRY(uploads.finish());
    return files;
}

} // namespace

Result<void> SqliteStore::discardFailedBundle(qint64 bundleId, const Actor &actor)
{
    QStringList files;
    GATEHOUSE_TRY(m_writer->run([&](Database &database) -> Result<void> {
        GATEHOUSE_ASSIGN(const auto bundle, rows::bundleById(database, bundleId));
        if (!bundle) {
            return makeError(ErrorKind::NotFound, "store.bundle", QStringLiteral("The bundle is not there."));
        }
        if (bundle->deleted || bundle->isReady()) {
            return makeError(ErrorKind::Conflict, "store.bundle.ready",
                             QStringLiteral("The bundle “%1” is no failed upload.").arg(bundle->name));
        }
        Query query(database, "DELETE FROM app_versions WHERE id = ?");
        query.bind(bundleId);
        if (auto done = query.finish(); !done) {
            return makeError(ErrorKind::Conflict, "store.bundle.linked",
                             QStringLiteral("A channel points to the bundle “%1”.").arg(bundle->name));
        }
        GATEHOUSE_ASSIGN(files, forgetContent(database, m_blobs, *bundle));
        m_writer->afterCommit([this, appId = bundle->appId, name = bundle->name] {
            m_bus.publish(appId, QStringLiteral("bundle"),
                          QJsonObject{{QStringLiteral("name"), name},
                                      {QStringLiteral("what"), QStringLiteral("deleted")}});
        });
        return writeAudit(database, now(), actor,
                          {QStringLiteral("app_versions"),
                           QString::number(bundleId),
                           QStringLiteral("DELETE"),
                           rows::auditJson(*bundle),
                           std::nullopt,
                           {}});
    }));
    for (const QString &file : files) {
        m_blobs.remove(file);
    }
    return {};
}

} // namespace gatehouse::server
