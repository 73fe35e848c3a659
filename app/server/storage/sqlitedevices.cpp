// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/sqlitestore.h"

#include "server/storage/rows.h"

#include <algorithm>

namespace gatehouse::server {

namespace {

constexpr qint64 kMaxRows = 50'000;

std::string placeholders(qsizetype count)
{
    std::string text;
    for (qsizetype i = 0; i < count; ++i) {
        text += i == 0 ? "?" : ", ?";
    }
    return text;
}

/// Text for LIKE with "!" as escape character.
QString likePattern(QString text)
{
    for (const QLatin1Char special : {QLatin1Char('!'), QLatin1Char('%'), QLatin1Char('_')}) {
        text.replace(special, QLatin1Char('!') + QString(special));
    }
    return QLatin1Char('%') + text + QLatin1Char('%');
}

/// A WHERE with its values, so that text and binding cannot drift apart.
class Filter
{
public:
    explicit Filter(std::string sql)
        : m_sql(std::move(sql))
    {}
    template<typename T>
    void add(const std::string &sql, const T &value)
    {
        m_sql += " AND " + sql;
        m_bind.emplace_back([value](Query &query) { query.bind(value); });
    }
    void addList(const std::string &column, const QStringList &values)
    {
        m_sql += " AND " + column + " IN (" + placeholders(values.size()) + ")";
        for (const QString &value : values) {
            m_bind.emplace_back([value](Query &query) { query.bind(value); });
        }
    }
    void addPlain(const std::string &sql) { m_sql += " AND " + sql; }
    void addBinding(const QString &value)
    {
        m_bind.emplace_back([value](Query &query) { query.bind(value); });
    }
    void bindTo(Query &query) const
    {
        for (const auto &bind : m_bind) {
            bind(query);
        }
    }
    [[nodiscard]] const std::string &sql() const { return m_sql; }

private:
    std::string m_sql;
    std::vector<std::function<void(Query &)>> m_bind;
};

Filter filterOf(const DeviceQuery &query)
{
    Filter filter("WHERE a.deleted = 0");
    filter.add("a.app_id = ?", query.appId);
    if (!query.deviceIds.isEmpty()) {
        filter.addList("d.device_id", query.deviceIds);
    }
    if (query.versionName) {
        filter.add("d.version_name = ?", *query.versionName);
    }
    if (query.platform) {
        filter.add("d.platform = ?", *query.platform);
    }
    if (query.nativeVersion) {
        filter.add("d.version_build = ?", *query.nativeVersion);
    }
    if (query.channelId) {
        filter.add("d.channel_id = ?", *query.channelId);
    }
    if (!query.installSources.isEmpty()) {
        filter.addList("d.install_source", query.installSources);
    }
    if (query.withCustomIdOnly) {
        filter.addPlain("d.custom_id <> ''");
    }
    if (query.updatedAfter) {
        filter.add("d.updated_at > ?", toMs(*query.updatedAfter));
    }
    if (query.seenAfter) {
        filter.add("d.updated_at > ?", toMs(*query.seenAfter));
    }
    if (!query.search.isEmpty()) {
        const QString pattern = likePattern(query.search);
        filter.add("(d.device_id LIKE ? ESCAPE '!' OR d.custom_id LIKE ? ESCAPE '!' OR d.version_name LIKE ? "
                   "ESCAPE '!')",
                   pattern);
        filter.addBinding(pattern);
        filter.addBinding(pattern);
    }
    return filter;
}

} // namespace

Result<DevicePage> SqliteStore::devices(const DeviceQuery &query)
{
    const bool isAscending = query.byUpdate == SortOrder::Ascending;
    const qint64 limit = std::clamp<qint64>(query.limit, 1, kMaxRows);
    Filter filter = filterOf(query);
    const qsizetype bar = query.cursor.indexOf(QLatin1Char('|'));
    if (bar > 0) {
        bool isNumber = false;
        const qint64 updatedAt = query.cursor.left(bar).toLongLong(&isNumber);
        if (!isNumber) {
            return makeError(ErrorKind::Invalid, "store.cursor",
                             QStringLiteral("The cursor is not one of ours."));
        }
        filter.add(isAscending ? "(d.updated_at, d.device_id) > (?, ?)"
                               : "(d.updated_at, d.device_id) < (?, ?)",
                   updatedAt);
        filter.addBinding(query.cursor.mid(bar + 1));
    } else if (!query.cursor.isEmpty()) {
        return makeError(ErrorKind::Invalid, "store.cursor",
                         QStringLiteral("The cursor is not one of ours."));
    }
    return read([&](Database &database) -> Result<DevicePage> {
        const std::string direction = isAscending ? "ASC" : "DESC";
        Query statement(database, rows::selectDevice() + filter.sql() + " ORDER BY d.updated_at " +
                                      direction + ", d.device_id " + direction + " LIMIT ?");
        filter.bindTo(statement);
        statement.bind(limit + 1);
        DevicePage page;
        while (statement.next()) {
            page.devices.append(rows::readDevice(statement));
        }
        GATEHOUSE_TRY(statement.finish());
        if (page.devices.size() > limit) {
            page.devices.removeLast();
            const wire::DeviceRow &last = page.devices.last().row;
            page.nextCursor = QStringLiteral("%1|%2").arg(toMs(last.updatedAt)).arg(last.deviceId);
        }
        return page;
    });
}

Result<qint64> SqliteStore::countDevices(const DeviceQuery &query)
{
    const Filter filter = filterOf(query);
    return read([&](Database &database) -> Result<qint64> {
        Query statement(database,
                        "SELECT count(*) FROM devices d JOIN apps a ON a.key = d.app_key " + filter.sql());
        filter.bindTo(statement);
        const qint64 count = statement.next() ? statement.integer() : 0;
        GATEHOUSE_TRY(statement.finish());
        return count;
    });
}

Result<QHash<QString, qint64>> SqliteStore::countInstallSources(const DeviceQuery &query)
{
    const Filter filter = filterOf(query);
    return read([&](Database &database) -> Result<QHash<QString, qint64>> {
        Query statement(database,
                        "SELECT d.install_source, count(*) FROM devices d JOIN apps a ON a.key = d.app_key " +
                            filter.sql() + " AND d.install_source IS NOT NULL GROUP BY d.install_source");
        filter.bindTo(statement);
        QHash<QString, qint64> counts;
        while (statement.next()) {
            const QString source = statement.text();
            counts.insert(source, statement.integer());
        }
        GATEHOUSE_TRY(statement.finish());
        return counts;
    });
}

Result<QVector<std::pair<QString, qint64>>> SqliteStore::overrides(const QString &appId)
{
    return read([&](Database &database) -> Result<QVector<std::pair<QString, qint64>>> {
        Query query(
            database,
            "SELECT o.device_id, o.channel_id FROM apps a JOIN channel_devices o ON o.app_key = a.key "
            "WHERE a.app_id = ? AND a.deleted = 0 ORDER BY o.device_id");
        query.bind(appId);
        QVector<std::pair<QString, qint64>> found;
        while (query.next()) {
            const QString device = query.text();
            found.emplaceBack(device, query.integer());
        }
        GATEHOUSE_TRY(query.finish());
        return found;
    });
}

Result<std::pair<qint64, qint64>> SqliteStore::channelPopulation(const QString &appId, qint64 channelId,
                                                                 const QString &bundle)
{
    return read([&](Database &database) -> Result<std::pair<qint64, qint64>> {
        Query query(
            database,
            "SELECT coalesce(sum(p.devices), 0), coalesce(sum(CASE WHEN p.bundle = ? THEN p.devices ELSE 0 "
            "END), 0) "
            "FROM apps a JOIN population p ON p.app_key = a.key WHERE a.app_id = ? AND p.channel_id = ?");
        query.bind(bundle).bind(appId).bind(channelId);
        std::pair<qint64, qint64> counts;
        if (query.next()) {
            counts.first = query.integer();
            counts.second = query.integer();
        }
        GATEHOUSE_TRY(query.finish());
        return counts;
    });
}

Result<QVector<EventRecord>> SqliteStore::eventLog(const EventQuery &query)
{
    Filter filter("WHERE a.deleted = 0");
    filter.add("a.app_id = ?", query.appId);
    if (!query.deviceIds.isEmpty()) {
        filter.addList("e.device_id", query.deviceIds);
    }
    if (!query.actions.isEmpty()) {
        filter.addList("e.action", query.actions);
    }
    if (query.from) {
        filter.add("e.created_at >= ?", toMs(*query.from));
    }
    if (query.to) {
        filter.add("e.created_at < ?", toMs(*query.to));
    }
    if (!query.search.isEmpty()) {
        const QString pattern = likePattern(query.search);
        filter.add("(e.device_id LIKE ? ESCAPE '!' OR e.action LIKE ? ESCAPE '!' OR e.version_name LIKE ? "
                   "ESCAPE '!')",
                   pattern);
        filter.addBinding(pattern);
        filter.addBinding(pattern);
    }
    return read([&](Database &database) -> Result<QVector<EventRecord>> {
        const std::string direction = query.byTime == SortOrder::Ascending ? "ASC" : "DESC";
        Query statement(
            database,
            "SELECT e.id, a.app_id, e.device_id, e.action, e.version_name, e.metadata, e.created_at "
            "FROM events e JOIN apps a ON a.key = e.app_key " +
                filter.sql() + " ORDER BY e.created_at " + direction + ", e.id " + direction +
                " LIMIT ? OFFSET ?");
        filter.bindTo(statement);
        statement.bind(std::clamp<qint64>(query.page.limit, 1, kMaxRows)).bind(query.page.offset);
        QVector<EventRecord> found;
        while (statement.next()) {
            EventRecord record;
            record.id = statement.integer();
            record.appId = statement.text();
            record.deviceId = statement.text();
            record.action = statement.text();
            record.versionName = statement.text();
            record.metadata = rows::objectFrom(statement.blob());
            record.createdAt = statement.time();
            found.append(record);
        }
        GATEHOUSE_TRY(statement.finish());
        return found;
    });
}

} // namespace gatehouse::server
