// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/rest/resterror.h"
#include "server/management/rest/tables.h"
#include "server/management/rowjson.h"

#include "core/ids.h"

namespace gatehouse::server::rest {
namespace {

QJsonObject overrideJson(const QString &appId, const QString &deviceId, qint64 channelId,
                         const QString &organization)
{
    return {{QStringLiteral("app_id"), appId},
            {QStringLiteral("device_id"), deviceId},
            {QStringLiteral("channel_id"), channelId},
            {QStringLiteral("owner_org"), organization}};
}

Answer<Rows> loadOverrides(TableAccess &access, const RestQuery &query)
{
    GATEHOUSE_ASSIGN(const auto apps, visibleApps(access, query, "channel.read_forced_devices"));
    GATEHOUSE_ASSIGN(const OrganizationRecord organization, orFailure(access.context.store.organization()));
    Rows rows;
    for (const AppRecord &app : apps) {
        GATEHOUSE_ASSIGN(const auto overrides, orFailure(access.context.store.overrides(app.row.appId)));
        for (const auto &[deviceId, channelId] : overrides) {
            rows.append(overrideJson(app.row.appId, deviceId, channelId, organization.id));
        }
    }
    return rows;
}

bool namesChannel(const SelectItem &item)
{
    return item.name == QLatin1String("channel_id") || item.name == QLatin1String("channels");
}

bool namesBundle(const SelectItem &item)
{
    return item.name == QLatin1String("version_id") || item.name == QLatin1String("app_versions");
}

Answer<std::optional<QString>> relationOfOverride(const SelectItem &item)
{
    return namesChannel(item) ? std::optional(QStringLiteral("channels")) : std::nullopt;
}

Answer<QJsonValue> embedChannel(TableAccess &access, const QJsonObject &row, const SelectItem &item)
{
    return embeddedChannel(access, row.value(QLatin1String("channel_id")), item);
}

/// Both ways to write an override: the device's channel afterwards is the one named.
Answer<std::optional<QJsonObject>> insertOverride(TableAccess &access, const QJsonObject &row,
                                                  const RestQuery &)
{
    const QString appId = row.value(QLatin1String("app_id")).toString();
    const std::optional<qint64> channelId = wholeNumber(row.value(QLatin1String("channel_id")));
    const Result<DeviceId> deviceId = DeviceId::parse(row.value(QLatin1String("device_id")).toString());
    if (!deviceId || !channelId) {
        return restError(400, "22023", QStringLiteral("device_id and channel_id are needed."));
    }
    GATEHOUSE_ASSIGN(const auto channel, orFailure(access.context.store.channel(*channelId)));
    GATEHOUSE_ASSIGN(const auto app, orFailure(access.context.store.app(appId)));
    const bool isThere = app && channel && channel->row.appId == appId;
    if (!isThere || !access.caller.may("channel.manage_forced_devices", AppAccess{*app}.scope(*channel))) {
        return restError(403, "42501", QStringLiteral("new row violates row-level security policy"));
    }
    if (channel->row.isPublic) {
        return restError(400, "P0001", QStringLiteral("public_channel_override"));
    }
    ServingChange change;
    change.appId = appId;
    change.actor = access.caller.actor("rest");
    change.what = QStringLiteral("edited");
    change.edit = change::SetOverride{deviceId->text(), *channelId};
    const Result<ServingOutcome> outcome = access.context.store.applyServingChange(change);
    if (!outcome) {
        return restFailure(outcome.error());
    }
    GATEHOUSE_ASSIGN(const OrganizationRecord organization, orFailure(access.context.store.organization()));
    return std::optional(overrideJson(appId, deviceId->text(), *channelId, organization.id));
}

Answer<void> removeOverride(TableAccess &access, const QJsonObject &row)
{
    const QString appId = row.value(QLatin1String("app_id")).toString();
    GATEHOUSE_TRY(requireTableApp(access, appId, "channel.manage_forced_devices"));
    ServingChange change;
    change.appId = appId;
    change.actor = access.caller.actor("rest");
    change.what = QStringLiteral("edited");
    change.edit = change::RemoveOverride{row.value(QLatin1String("device_id")).toString()};
    const Result<ServingOutcome> outcome = access.context.store.applyServingChange(change);
    return outcome ? Answer<void>() : Answer<void>(restFailure(outcome.error()));
}

Answer<Rows> loadDeployments(TableAccess &access, const RestQuery &query)
{
    std::optional<qint64> channelId;
    if (const std::optional<QString> id = query.equalTo("channel_id")) {
        channelId = id->toLongLong();
    }
    GATEHOUSE_ASSIGN(const auto apps, visibleApps(access, query, "channel.read_history"));
    GATEHOUSE_ASSIGN(const OrganizationRecord organization, orFailure(access.context.store.organization()));
    Rows rows;
    for (const AppRecord &app : apps) {
        GATEHOUSE_ASSIGN(const auto deployments,
                         orFailure(access.context.store.deployHistory(app.row.appId, channelId, {0, 1000})));
        for (const DeployRecord &deployment : deployments) {
            const QString at = toIso(deployment.deployedAt);
            rows.append(QJsonObject{{QStringLiteral("id"), deployment.id},
                                    {QStringLiteral("created_at"), at},
                                    {QStringLiteral("updated_at"), at},
                                    {QStringLiteral("channel_id"), deployment.channelId},
                                    {QStringLiteral("app_id"), deployment.appId},
                                    {QStringLiteral("version_id"), deployment.versionId},
                                    {QStringLiteral("deployed_at"), at},
                                    {QStringLiteral("created_by"), deployment.createdBy},
                                    {QStringLiteral("owner_org"), organization.id},
                                    {QStringLiteral("install_stats_email_sent_at"), QJsonValue::Null}});
        }
    }
    return rows;
}

Answer<std::optional<QString>> relationOfDeployment(const SelectItem &item)
{
    return namesBundle(item) ? std::optional(QStringLiteral("app_versions")) : *relationOfOverride(item);
}

Answer<QJsonValue> embedDeployed(TableAccess &access, const QJsonObject &row, const SelectItem &item)
{
    return namesChannel(item) ? embedChannel(access, row, item)
                              : embeddedBundle(access, row.value(QLatin1String("version_id")), item);
}

} // namespace

Table overridesTable()
{
    Table table;
    table.name = QStringLiteral("channel_devices");
    setColumns(table, overrideJson({}, {}, 0, {}));
    table.relation = relationOfOverride;
    table.load = loadOverrides;
    table.embed = embedChannel;
    table.insert = insertOverride;
    table.remove = removeOverride;
    return table;
}

Table deployHistoryTable()
{
    Table table;
    table.name = QStringLiteral("deploy_history");
    table.columns = {QStringLiteral("id"),          QStringLiteral("created_at"),
                     QStringLiteral("updated_at"),  QStringLiteral("channel_id"),
                     QStringLiteral("app_id"),      QStringLiteral("version_id"),
                     QStringLiteral("deployed_at"), QStringLiteral("created_by"),
                     QStringLiteral("owner_org"),   QStringLiteral("install_stats_email_sent_at")};
    table.numbers = {QStringLiteral("id"), QStringLiteral("channel_id"), QStringLiteral("version_id")};
    table.relation = relationOfDeployment;
    table.load = loadDeployments;
    table.embed = embedDeployed;
    return table;
}

} // namespace gatehouse::server::rest
