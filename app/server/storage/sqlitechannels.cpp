// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/sqlitestore.h"

#include "server/storage/rows.h"

namespace gatehouse::server {

namespace {

Result<QVector<ChannelRecord>> allOf(Query &query)
{
    QVector<ChannelRecord> channels;
    while (query.next()) {
        channels.append(rows::readChannel(query));
    }
    GATEHOUSE_TRY(query.finish());
    return channels;
}

} // namespace

Result<QVector<ChannelRecord>> SqliteStore::channelsUsing(qint64 bundleId)
{
    return read([&](Database &database) {
        Query query(database,
                    rows::selectChannel() + "WHERE c.version = ? OR c.rollout_version = ? ORDER BY c.id");
        query.bind(bundleId).bind(bundleId);
        return allOf(query);
    });
}

Result<QVector<DeployRecord>> SqliteStore::deployHistory(const QString &appId,
                                                         std::optional<qint64> channelId, const Page &page)
{
    return read([&](Database &database) -> Result<QVector<DeployRecord>> {
        Query query(
            database,
            std::string("SELECT h.id, a.app_id, h.channel_id, h.version_id, h.deployed_at, h.created_by "
                        "FROM deploy_history h JOIN apps a ON a.key = h.app_key WHERE a.app_id = ?") +
                (channelId ? " AND h.channel_id = ?" : "") + " ORDER BY h.id DESC LIMIT ? OFFSET ?");
        query.bind(appId);
        if (channelId) {
            query.bind(*channelId);
        }
        query.bind(page.limit).bind(page.offset);
        QVector<DeployRecord> found;
        while (query.next()) {
            DeployRecord record;
            record.id = query.integer();
            record.appId = query.text();
            record.channelId = query.integer();
            record.versionId = query.integer();
            record.deployedAt = query.time();
            record.createdBy = query.text();
            found.append(record);
        }
        GATEHOUSE_TRY(query.finish());
        return found;
    });
}

Result<QVector<wire::ChannelHistoryEntry>> SqliteStore::channelHistory(qint64 channelId, qint64 limit)
{
    return read([&](Database &database) -> Result<QVector<wire::ChannelHistoryEntry>> {
        Query query(database,
                    "SELECT at, what, bundle, share, actor, reason FROM channel_history WHERE channel_id = ? "
                    "ORDER BY id DESC LIMIT ?");
        query.bind(channelId).bind(limit);
        QVector<wire::ChannelHistoryEntry> entries;
        while (query.next()) {
            wire::ChannelHistoryEntry entry;
            entry.at = query.time();
            entry.what = query.text();
            entry.bundle = query.text();
            entry.shareBps = query.optInteger();
            entry.actor = query.text();
            entry.reason = query.text();
            entries.append(entry);
        }
        GATEHOUSE_TRY(query.finish());
        return entries;
    });
}

} // namespace gatehouse::server
