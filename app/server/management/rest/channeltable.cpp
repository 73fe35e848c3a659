// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/channelcolumns.h"
#include "server/management/rest/resterror.h"
#include "server/management/rest/tables.h"
#include "server/management/rowjson.h"

#include "core/ids.h"

namespace gatehouse::server::rest {
namespace {

/// The column behind what select embeds: the stable bundle or the one of the rollout. Empty when it could be
/// both.
QLatin1String bundleColumn(const SelectItem &item)
{
    const QLatin1String stable("version");
    const QLatin1String rollout("rollout_version");
    if (item.name == rollout || item.hint == rollout ||
        item.hint == QLatin1String("channels_rollout_version_fkey")) {
        return rollout;
    }
    const bool isStable =
        item.name == stable || item.hint == stable || item.hint == QLatin1String("channels_version_fkey");
    return isStable ? stable : QLatin1String();
}

Answer<std::optional<QString>> relationOfChannel(const SelectItem &item)
{
    const QString bundles = QStringLiteral("app_versions");
    const bool isBundle = item.name == bundles || item.name == QLatin1String("version") ||
                          item.name == QLatin1String("rollout_version");
    if (!isBundle) {
        return std::optional<QString>();
    }
    if (bundleColumn(item).isEmpty()) {
        return restError(
            300, "PGRST201",
            QStringLiteral("More than one relationship was found for “channels” and “%1”.").arg(item.name),
            {}, QStringLiteral("Name the foreign key: app_versions!channels_version_fkey."));
    }
    return std::optional(bundles);
}

Answer<QJsonValue> embedInChannel(TableAccess &access, const QJsonObject &row, const SelectItem &item)
{
    return embeddedBundle(access, row.value(bundleColumn(item)), item);
}

Answer<Rows> loadChannels(TableAccess &access, const RestQuery &query)
{
    QVector<ChannelRecord> channels;
    if (const std::optional<QString> id = query.equalTo("id")) {
        GATEHOUSE_ASSIGN(const auto channel, orFailure(access.context.store.channel(id->toLongLong())));
        if (channel) {
            channels.append(*channel);
        }
    } else {
        QStringList appIds;
        if (const std::optional<QString> appId = query.equalTo("app_id")) {
            appIds.append(*appId);
        } else {
            GATEHOUSE_ASSIGN(const auto apps, orFailure(access.context.store.apps({0, 50'000})));
            for (const AppRecord &app : apps) {
                appIds.append(app.row.appId);
            }
        }
        for (const QString &appId : appIds) {
            GATEHOUSE_ASSIGN(const auto found, orFailure(access.context.store.channels(appId)));
            channels += found;
        }
    }
    Rows rows;
    QHash<QString, std::optional<AppRecord>> apps;
    for (const ChannelRecord &channel : channels) {
        if (!apps.contains(channel.row.appId)) {
            GATEHOUSE_ASSIGN(const auto app, orFailure(access.context.store.app(channel.row.appId)));
            apps.insert(channel.row.appId, app);
        }
        const std::optional<AppRecord> &app = apps[channel.row.appId];
        if (app && access.caller.may("channel.read", AppAccess{*app}.scope(channel))) {
            rows.append(channelColumns(channel));
        }
    }
    return rows;
}

Response denied(const char *permission)
{
    return restError(403, "42501", QStringLiteral("permission denied for table channels"),
                     QStringLiteral("The key needs %1.").arg(QLatin1String(permission)));
}

Answer<void> requireForChange(TableAccess &access, const ChannelRecord &channel, const QJsonObject &columns)
{
    GATEHOUSE_ASSIGN(const auto app, orFailure(access.context.store.app(channel.row.appId)));
    const Scope scope = app ? AppAccess{*app}.scope(channel) : Scope{};
    if (!app || !access.caller.may("channel.update_settings", scope)) {
        return denied("channel.update_settings");
    }
    if (movesPointers(columns) && !access.caller.may("channel.promote_bundle", scope)) {
        return denied("channel.promote_bundle");
    }
    return {};
}

Answer<std::optional<QJsonObject>> changeChannel(TableAccess &access, const ChannelRecord &channel,
                                                 const QJsonObject &columns, const RestQuery &query,
                                                 bool conditional)
{
    GATEHOUSE_TRY(requireForChange(access, channel, columns));
    ServingChange change;
    change.appId = channel.row.appId;
    change.actor = access.caller.actor("rest");
    change.what = verbOf(columns);
    change.reason = columns.value(QLatin1String("rollout_pause_reason")).toString();
    // The conditions are tested once more inside the transaction: "updated_at=eq.T" is a lock that way.
    change.edit = change::EditChannel{
        channel.row.id, [columns, query, conditional](const ChannelRecord &now) -> Result<ChannelRecord> {
            if (conditional && !query.matches(channelColumns(now))) {
                return makeError(ErrorKind::Conflict, "rest.no_match",
                                 QStringLiteral("The channel was changed meanwhile."));
            }
            return withColumns(now, columns);
        }};
    const Result<ServingOutcome> outcome = access.context.store.applyServingChange(change);
    if (!outcome) {
        return outcome.error().id == QLatin1String("rest.no_match")
                   ? Answer<std::optional<QJsonObject>>(std::optional<QJsonObject>())
                   : Answer<std::optional<QJsonObject>>(restFailure(outcome.error()));
    }
    return outcome->channel ? std::optional(channelColumns(*outcome->channel)) : std::nullopt;
}

Answer<std::optional<QJsonObject>> updateChannel(TableAccess &access, const QJsonObject &row,
                                                 const QJsonObject &patch, const RestQuery &query)
{
    GATEHOUSE_ASSIGN(const auto channel,
                     orFailure(access.context.store.channel(row.value(QLatin1String("id")).toInteger())));
    if (!channel) {
        return std::optional<QJsonObject>();
    }
    return changeChannel(access, *channel, patch, query, true);
}

Answer<std::optional<QJsonObject>> insertChannel(TableAccess &access, const QJsonObject &row,
                                                 const RestQuery &query)
{
    const QString appId = row.value(QLatin1String("app_id")).toString();
    const QString name = row.value(QLatin1String("name")).toString();
    GATEHOUSE_ASSIGN(const auto known, orFailure(access.context.store.channelByName(appId, name)));
    using Resolution = Preferences::Resolution;
    if (known && query.prefer.resolution == Resolution::IgnoreDuplicates) {
        // As for a name that is free, or the answer would tell which are taken.
        GATEHOUSE_TRY(requireTableApp(access, appId, "app.create_channel"));
        return std::optional<QJsonObject>();
    }
    if (known && query.prefer.resolution == Resolution::MergeDuplicates) {
        return changeChannel(access, *known, row, query, false);
    }
    GATEHOUSE_ASSIGN(const AppAccess found, requireTableApp(access, appId, "app.create_channel"));
    if (movesPointers(row) && !access.caller.may("channel.promote_bundle", found.scope())) {
        return denied("channel.promote_bundle");
    }
    const Result<ChannelRecord> fresh = withColumns({}, row);
    if (!fresh) {
        return restFailure(fresh.error());
    }
    ServingChange change;
    change.appId = appId;
    change.actor = access.caller.actor("rest");
    change.what = QStringLiteral("created");
    change.edit = change::CreateChannel{*fresh};
    const Result<ServingOutcome> outcome = access.context.store.applyServingChange(change);
    if (!outcome) {
        return restFailure(outcome.error());
    }
    return outcome->channel ? std::optional(channelColumns(*outcome->channel)) : std::nullopt;
}

Answer<void> removeChannel(TableAccess &access, const QJsonObject &row)
{
    GATEHOUSE_ASSIGN(const auto channel,
                     orFailure(access.context.store.channel(row.value(QLatin1String("id")).toInteger())));
    if (!channel) {
        return {};
    }
    GATEHOUSE_ASSIGN(const auto app, orFailure(access.context.store.app(channel->row.appId)));
    if (!app || !access.caller.may("channel.delete", AppAccess{*app}.scope(*channel))) {
        return denied("channel.delete");
    }
    ServingChange change;
    change.appId = channel->row.appId;
    change.actor = access.caller.actor("rest");
    change.what = QStringLiteral("deleted");
    change.edit = change::DeleteChannel{channel->row.id};
    const Result<ServingOutcome> outcome = access.context.store.applyServingChange(change);
    return outcome ? Answer<void>() : Answer<void>(restFailure(outcome.error()));
}

} // namespace

Table channelsTable()
{
    Table table;
    table.name = QStringLiteral("channels");
    setColumns(table, channelColumns({}),
               {QStringLiteral("version"), QStringLiteral("rollout_version"),
                QStringLiteral("auto_pause_failure_rate_bps"), QStringLiteral("auto_pause_min_attempts"),
                QStringLiteral("auto_pause_min_failures")});
    table.relation = relationOfChannel;
    table.load = loadChannels;
    table.embed = embedInChannel;
    table.insert = insertChannel;
    table.update = updateChannel;
    table.remove = removeChannel;
    return table;
}

} // namespace gatehouse::server::rest
