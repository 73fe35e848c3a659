// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/rowjson.h"

#include "wire/json.h"

#include <array>
#include <utility>

namespace gatehouse::server {

using wire::orNull;

QJsonObject appJson(const AppRecord &app, const OrganizationRecord &organization)
{
    QJsonObject json = app.row.toJson();
    const std::array<std::pair<QString, QJsonValue>, 20> further{{
        {QStringLiteral("user_id"), organization.ownerUserId},
        {QStringLiteral("channel_device_count"), 0},
        {QStringLiteral("manifest_bundle_count"), 0},
        {QStringLiteral("rollout_channel_count"), 0},
        {QStringLiteral("rollout_paused_version_names"), QJsonArray()},
        {QStringLiteral("allow_preview"), app.allowPreview},
        {QStringLiteral("block_provider_infra_requests"), app.blockProviderInfraRequests},
        {QStringLiteral("need_onboarding"), app.needOnboarding},
        {QStringLiteral("existing_app"), app.existingApp},
        {QStringLiteral("created_from_onboarding"), false},
        {QStringLiteral("onboarding_completed_at"), QJsonValue::Null},
        {QStringLiteral("ios_store_url"), orNull(app.iosStoreUrl)},
        {QStringLiteral("android_store_url"), orNull(app.androidStoreUrl)},
        {QStringLiteral("build_timeout_seconds"), app.buildTimeoutSeconds},
        {QStringLiteral("build_timeout_updated_at"), QJsonValue::Null},
        {QStringLiteral("stats_updated_at"), QJsonValue::Null},
        {QStringLiteral("stats_refresh_requested_at"), QJsonValue::Null},
        {QStringLiteral("transfer_history"), QJsonArray()},
        {QStringLiteral("owner_org"), organization.id},
        {QStringLiteral("app_id"), app.row.appId},
    }};
    for (const auto &[name, value] : further) {
        json.insert(name, value);
    }
    return json;
}

QJsonObject bundleJson(const wire::BundleRow &bundle)
{
    QJsonObject json = bundle.toJson();
    json.insert(QStringLiteral("deleted_at"),
                bundle.deleted ? QJsonValue(toIso(bundle.updatedAt)) : QJsonValue(QJsonValue::Null));
    json.insert(QStringLiteral("created_by_apikey_rbac_id"), QJsonValue::Null);
    return json;
}

QJsonObject channelColumns(const ChannelRecord &channel)
{
    QJsonObject json = channel.row.toJson();
    json.insert(QStringLiteral("version"), orNull(channel.row.version));
    json.remove(QStringLiteral("rollout_version_info"));
    json.insert(QStringLiteral("rbac_id"), channel.rbacId);
    json.insert(QStringLiteral("created_by"), channel.createdBy);
    return json;
}

QJsonObject channelAnswer(const ChannelRecord &channel)
{
    static const std::array<std::pair<const char *, const char *>, 17> renamed{{
        {"disable_auto_update_under_native", "disableAutoUpdateUnderNative"},
        {"disable_auto_update", "disableAutoUpdate"},
        {"rollout_percentage_bps", "rolloutPercentageBps"},
        {"rollout_enabled", "rolloutEnabled"},
        {"rollout_paused_at", "rolloutPausedAt"},
        {"rollout_pause_reason", "rolloutPauseReason"},
        {"rollout_cache_ttl_seconds", "rolloutCacheTtlSeconds"},
        {"auto_pause_enabled", "autoPauseEnabled"},
        {"auto_pause_window_minutes", "autoPauseWindowMinutes"},
        {"auto_pause_failure_rate_bps", "autoPauseFailureRateBps"},
        {"auto_pause_confidence", "autoPauseConfidence"},
        {"auto_pause_min_attempts", "autoPauseMinAttempts"},
        {"auto_pause_min_failures", "autoPauseMinFailures"},
        {"auto_pause_action", "autoPauseAction"},
        {"auto_pause_cooldown_minutes", "autoPauseCooldownMinutes"},
        {"auto_pause_last_triggered_at", "autoPauseLastTriggeredAt"},
        {"auto_pause_last_checked_at", "autoPauseLastCheckedAt"},
    }};
    QJsonObject json = channelColumns(channel);
    for (const auto &[column, name] : renamed) {
        json.insert(QString::fromLatin1(name), json.take(QLatin1String(column)));
    }
    const auto reference = [](const std::optional<wire::BundleReference> &info) {
        return info ? QJsonValue(info->toJson()) : QJsonValue(QJsonValue::Null);
    };
    json.insert(QStringLiteral("version"), reference(channel.row.versionInfo));
    json.insert(QStringLiteral("rollout_version_info"), reference(channel.row.rolloutVersionInfo));
    for (const char *hidden : {"ios", "android", "electron", "owner_org", "rbac_id"}) {
        json.remove(QLatin1String(hidden));
    }
    return json;
}

QJsonObject deviceJson(const DeviceRecord &device)
{
    QJsonObject json = device.row.toJson();
    if (!device.row.channel) {
        json.remove(QStringLiteral("channel"));
    }
    json.insert(QStringLiteral("country_code"), QJsonValue::Null);
    return json;
}

QJsonObject organizationJson(const OrganizationRecord &organization)
{
    return {{QStringLiteral("id"), organization.id},
            {QStringLiteral("created_by"), organization.ownerUserId},
            {QStringLiteral("created_at"), toIso(organization.createdAt)},
            {QStringLiteral("updated_at"), toIso(organization.updatedAt)},
            {QStringLiteral("logo"), QJsonValue::Null},
            {QStringLiteral("name"), organization.name},
            {QStringLiteral("management_email"), organization.managementEmail},
            {QStringLiteral("customer_id"), QJsonValue::Null},
            {QStringLiteral("website"), QJsonValue::Null}};
}

QJsonObject apiKeyJson(const ApiKeyRecord &key)
{
    return {{QStringLiteral("id"), key.id},
            {QStringLiteral("name"), key.name},
            {QStringLiteral("rbac_id"), key.rbacId},
            {QStringLiteral("user_id"), key.userId},
            {QStringLiteral("created_at"), toIso(key.createdAt)},
            {QStringLiteral("updated_at"), toIso(key.updatedAt)},
            {QStringLiteral("expires_at"), orNull(key.expiresAt)},
            {QStringLiteral("is_hashed_key"), true},
            {QStringLiteral("global_permissions"), QJsonArray()}};
}

QJsonObject auditJson(const AuditRecord &record, const OrganizationRecord &organization)
{
    const auto whole = [](const std::optional<QJsonObject> &object) {
        return object ? QJsonValue(*object) : QJsonValue(QJsonValue::Null);
    };
    const bool isKey = record.apiKeyId != 0;
    return {{QStringLiteral("id"), record.id},
            {QStringLiteral("created_at"), toIso(record.createdAt)},
            {QStringLiteral("table_name"), record.tableName},
            {QStringLiteral("record_id"), record.recordId},
            {QStringLiteral("operation"), record.operation},
            {QStringLiteral("user_id"), record.userId},
            {QStringLiteral("org_id"), organization.id},
            {QStringLiteral("old_record"), whole(record.oldRecord)},
            {QStringLiteral("new_record"), whole(record.newRecord)},
            {QStringLiteral("changed_fields"), QJsonArray::fromStringList(record.changedFields)},
            {QStringLiteral("actor_type"), isKey ? QStringLiteral("apikey") : QStringLiteral("system")},
            {QStringLiteral("actor_user_id"), record.userId},
            {QStringLiteral("actor_user_email"), organization.managementEmail},
            {QStringLiteral("actor_apikey_id"), isKey ? QJsonValue(record.apiKeyId) : QJsonValue()},
            {QStringLiteral("actor_apikey_name"), QJsonValue::Null}};
}

QJsonObject eventJson(const EventRecord &event)
{
    return {{QStringLiteral("id"), event.id},
            {QStringLiteral("app_id"), event.appId},
            {QStringLiteral("device_id"), event.deviceId},
            {QStringLiteral("action"), event.action},
            {QStringLiteral("version_name"), event.versionName},
            {QStringLiteral("metadata"), event.metadata},
            {QStringLiteral("created_at"), toIso(event.createdAt)}};
}

} // namespace gatehouse::server
