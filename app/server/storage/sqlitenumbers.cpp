// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/sqlitestore.h"

#include "server/storage/audit.h"
#include "server/storage/rows.h"
#include "server/storage/seriesreader.h"

#include <QDate>
#include <QMap>

namespace gatehouse::server {

Result<QVector<SeriesRow>> SqliteStore::series(const SeriesQuery &query)
{
    return read([&](Database &database) { return readSeries(database, query, now()); });
}

Result<OutcomeCounts> SqliteStore::outcomes(const QString &appId, const QString &bundle,
                                            std::optional<qint64> channelId)
{
    return read([&](Database &database) -> Result<OutcomeCounts> {
        Query query(
            database,
            std::string("SELECT coalesce(sum(r.gets), 0), coalesce(sum(r.installs), 0), "
                        "coalesce(sum(r.attempts), 0), coalesce(sum(r.failures), 0), "
                        "coalesce(sum(r.transport), 0) FROM apps a JOIN rollup_day r ON r.app_key = a.key "
                        "WHERE a.app_id = ? AND a.deleted = 0 AND r.bundle = ?") +
                (channelId ? " AND r.channel_id = ?" : ""));
        query.bind(appId).bind(bundle);
        if (channelId) {
            query.bind(*channelId);
        }
        OutcomeCounts counts;
        if (query.next()) {
            counts.gets = query.integer();
            counts.installs = query.integer();
            counts.attempts = query.integer();
            counts.failures = query.integer();
            counts.transportFailures = query.integer();
        }
        GATEHOUSE_TRY(query.finish());
        return counts;
    });
}

Result<QVector<DailyVersionRow>> SqliteStore::dailyVersions(const QString &appId, const QString &fromDate,
                                                            const QString &toDate)
{
    return read([&](Database &database) -> Result<QVector<DailyVersionRow>> {
        Query query(database,
                    "SELECT v.day, v.version_name, v.get, v.fail, v.install, v.uninstall FROM apps a "
                    "JOIN daily_version v ON v.app_key = a.key WHERE a.app_id = ? AND a.deleted = 0 "
                    "AND v.day >= ? AND v.day <= ? ORDER BY v.day, v.version_name");
        query.bind(appId).bind(fromDate).bind(toDate);
        QVector<DailyVersionRow> found;
        while (query.next()) {
            DailyVersionRow row;
            row.date = query.text();
            row.versionName = query.text();
            row.get = query.integer();
            row.fail = query.integer();
            row.install = query.integer();
            row.uninstall = query.integer();
            found.append(row);
        }
        GATEHOUSE_TRY(query.finish());
        return found;
    });
}

namespace {

/// Adds one number a day; the statement yields day and number.
Result<void> addDays(Query &query, QMap<QString, DailyUsageRow> &days, qint64 DailyUsageRow::*field)
{
    while (query.next()) {
        const QString day = query.text();
        DailyUsageRow &row = days[day];
        row.date = day;
        row.*field = query.integer();
    }
    return query.finish();
}

/// What was stored at the end of each day: bundles are known with the times at which they came and went.
Result<void> addStorage(Database &database, qint64 appKey, QMap<QString, DailyUsageRow> &days)
{
    QMap<QString, qint64> changes;
    Query query(database,
                "SELECT strftime('%Y-%m-%d', created_at / 1000, 'unixepoch'), "
                "CASE deleted WHEN 1 THEN strftime('%Y-%m-%d', coalesce(deleted_at, updated_at) / "
                "1000, 'unixepoch') ELSE '' END, size FROM app_versions WHERE app_key = ? AND size > 0");
    query.bind(appKey);
    while (query.next()) {
        const QString came = query.text();
        const QString went = query.text();
        const qint64 size = query.integer();
        changes[came] += size;
        if (!went.isEmpty()) {
            changes[went] -= size;
        }
    }
    GATEHOUSE_TRY(query.finish());
    qint64 stored = 0;
    auto change = changes.cbegin();
    for (auto day = days.begin(); day != days.end(); ++day) {
        for (; change != changes.cend() && change.key() <= day.key(); ++change) {
            stored += *change;
        }
        day->storageBytes = stored;
    }
    return {};
}

} // namespace

Result<QVector<DailyUsageRow>> SqliteStore::dailyUsage(const QString &appId, const QString &fromDate,
                                                       const QString &toDate)
{
    return read([&](Database &database) -> Result<QVector<DailyUsageRow>> {
        GATEHOUSE_ASSIGN(const AppRecord app, rows::existingApp(database, appId));
        QMap<QString, DailyUsageRow> days;
        const QDate last = QDate::fromString(toDate, Qt::ISODate);
        for (QDate day = QDate::fromString(fromDate, Qt::ISODate); day.isValid() && day <= last;
             day = day.addDays(1)) {
            days[day.toString(Qt::ISODate)].date = day.toString(Qt::ISODate);
        }
        Query active(
            database,
            "SELECT day, count(*) FROM activity WHERE app_key = ? AND day >= ? AND day <= ? GROUP BY day");
        active.bind(app.key).bind(fromDate).bind(toDate);
        GATEHOUSE_TRY(addDays(active, days, &DailyUsageRow::activeDevices));
        Query bandwidth(database,
                        "SELECT day, bytes FROM bandwidth WHERE app_key = ? AND day >= ? AND day <= ?");
        bandwidth.bind(app.key).bind(fromDate).bind(toDate);
        GATEHOUSE_TRY(addDays(bandwidth, days, &DailyUsageRow::bandwidthBytes));
        Query gets(database, "SELECT day, sum(get) FROM daily_version WHERE app_key = ? AND day >= ? AND day "
                             "<= ? GROUP BY day");
        gets.bind(app.key).bind(fromDate).bind(toDate);
        GATEHOUSE_TRY(addDays(gets, days, &DailyUsageRow::get));
        GATEHOUSE_TRY(addStorage(database, app.key, days));
        QVector<DailyUsageRow> found;
        for (const DailyUsageRow &row : std::as_const(days)) {
            found.append(row);
        }
        return found;
    });
}

namespace {

std::string auditFilter(const AuditQuery &query)
{
    return std::string("WHERE 1 = 1") + (query.tableName ? " AND table_name = ?" : "") +
           (query.recordId ? " AND record_id = ?" : "") + (query.operation ? " AND operation = ?" : "");
}

void bindAudit(Query &statement, const AuditQuery &query)
{
    for (const auto &value : {query.tableName, query.recordId, query.operation}) {
        if (value) {
            statement.bind(*value);
        }
    }
}

} // namespace

Result<QVector<AuditRecord>> SqliteStore::audit(const AuditQuery &query)
{
    return read([&](Database &database) -> Result<QVector<AuditRecord>> {
        Query statement(database, selectAudit() + auditFilter(query) + " ORDER BY id DESC LIMIT ? OFFSET ?");
        bindAudit(statement, query);
        statement.bind(query.page.limit).bind(query.page.offset);
        QVector<AuditRecord> found;
        while (statement.next()) {
            found.append(readAudit(statement));
        }
        GATEHOUSE_TRY(statement.finish());
        return found;
    });
}

Result<qint64> SqliteStore::countAudit(const AuditQuery &query)
{
    return read([&](Database &database) -> Result<qint64> {
        Query statement(database, "SELECT count(*) FROM audit_log " + auditFilter(query));
        bindAudit(statement, query);
        const qint64 count = statement.next() ? statement.integer() : 0;
        GATEHOUSE_TRY(statement.finish());
        return count;
    });
}

} // namespace gatehouse::server
