// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/channelrow.h"

#include "core/sentences.h"

namespace gatehouse::wire {

namespace {

/// GET /channel writes some columns in camel case, PostgREST all in snake case.
class EitherName
{
public:
    explicit EitherName(const QJsonObject &object)
        : m_object(object)
    {}
    void rename(const char *camel, const char *snake)
    {
        const auto found = m_object.constFind(QLatin1String(camel));
        if (found != m_object.constEnd() && !m_object.contains(QLatin1String(snake))) {
            m_object.insert(QLatin1String(snake), *found);
        }
    }
    [[nodiscard]] const QJsonObject &object() const { return m_object; }

private:
    QJsonObject m_object;
};

QJsonObject withSnakeNames(const QJsonObject &object)
{
    EitherName names(object);
    names.rename("disableAutoUpdate", "disable_auto_update");
    names.rename("disableAutoUpdateUnderNative", "disable_auto_update_under_native");
    names.rename("rolloutPercentageBps", "rollout_percentage_bps");
    names.rename("rolloutEnabled", "rollout_enabled");
    names.rename("rolloutPausedAt", "rollout_paused_at");
    names.rename("rolloutPauseReason", "rollout_pause_reason");
    names.rename("rolloutCacheTtlSeconds", "rollout_cache_ttl_seconds");
    names.rename("autoPauseEnabled", "auto_pause_enabled");
    names.rename("autoPauseWindowMinutes", "auto_pause_window_minutes");
    names.rename("autoPauseFailureRateBps", "auto_pause_failure_rate_bps");
    names.rename("autoPauseConfidence", "auto_pause_confidence");
    names.rename("autoPauseMinAttempts", "auto_pause_min_attempts");
    names.rename("autoPauseMinFailures", "auto_pause_min_failures");
    names.rename("autoPauseAction", "auto_pause_action");
    names.rename("autoPauseCooldownMinutes", "auto_pause_cooldown_minutes");
    names.rename("autoPauseLastTriggeredAt", "auto_pause_last_triggered_at");
    names.rename("autoPauseLastCheckedAt", "auto_pause_last_checked_at");
    return names.object();
}

void readPointers(const QJsonObject &object, JsonReader &in, ChannelRow &row, const QString &path)
{
    const QJsonValue version = object.value(QLatin1String("version"));
    if (version.isObject()) {
        const Result<BundleReference> info = BundleReference::fromJson(version.toObject(), path);
        if (!info) {
            in.complain("version", Sentences::tr("%1 should be an object with id and name."));
            return;
        }
        row.versionInfo = *info;
        row.version = info->id;
    } else if (!version.isNull() && !version.isUndefined()) {
        row.version = in.optInteger("version");
    }
    row.rolloutVersion = in.optInteger("rollout_version");
    if (const std::optional<QJsonObject> info = in.optObject("rollout_version_info")) {
        const Result<BundleReference> reference = BundleReference::fromJson(*info, path);
        if (!reference) {
            in.complain("rollout_version_info", Sentences::tr("%1 should be an object with id and name."));
            return;
        }
        row.rolloutVersionInfo = *reference;
        row.rolloutVersion = reference->id;
    }
}

void readRules(JsonReader &in, ChannelRow &row)
{
    row.isPublic = in.optBoolean("public").value_or(false);
    row.ios = in.optBoolean("ios").value_or(true);
    row.android = in.optBoolean("android").value_or(true);
    row.electron = in.optBoolean("electron").value_or(true);
    row.allowDeviceSelfSet = in.optBoolean("allow_device_self_set").value_or(false);
    row.allowEmulator = in.optBoolean("allow_emulator").value_or(true);
    row.allowDevice = in.optBoolean("allow_device").value_or(true);
    row.allowDev = in.optBoolean("allow_dev").value_or(true);
    row.allowProd = in.optBoolean("allow_prod").value_or(true);
    row.disableAutoUpdate = in.optText("disable_auto_update").value_or(QStringLiteral("major"));
    row.disableAutoUpdateUnderNative = in.optBoolean("disable_auto_update_under_native").value_or(true);
}

void readRollout(JsonReader &in, ChannelRow &row)
{
    row.rolloutId = in.optText("rollout_id").value_or(QString());
    const Result<BasisPoints> share = BasisPoints::parse(in.optInteger("rollout_percentage_bps").value_or(0));
    if (!share) {
        in.complain("rollout_percentage_bps", Sentences::tr("%1 should be between 0 and 10000."));
    } else {
        row.rolloutPercentage = *share;
    }
    row.rolloutEnabled = in.optBoolean("rollout_enabled").value_or(false);
    row.rolloutPausedAt = in.optTime("rollout_paused_at");
    row.rolloutPauseReason = in.optText("rollout_pause_reason");
    row.rolloutCacheTtlSeconds = in.optInteger("rollout_cache_ttl_seconds").value_or(2592000);
    row.autoPauseEnabled = in.optBoolean("auto_pause_enabled").value_or(false);
    row.autoPauseWindowMinutes = in.optInteger("auto_pause_window_minutes").value_or(60);
    row.autoPauseFailureRateBps = in.optInteger("auto_pause_failure_rate_bps");
    row.autoPauseConfidence = in.optNumber("auto_pause_confidence").value_or(0.95);
    row.autoPauseMinAttempts = in.optInteger("auto_pause_min_attempts");
    row.autoPauseMinFailures = in.optInteger("auto_pause_min_failures");
    row.autoPauseAction = in.optText("auto_pause_action").value_or(QStringLiteral("pause"));
    row.autoPauseCooldownMinutes = in.optInteger("auto_pause_cooldown_minutes").value_or(60);
    row.autoPauseLastTriggeredAt = in.optTime("auto_pause_last_triggered_at");
    row.autoPauseLastCheckedAt = in.optTime("auto_pause_last_checked_at");
}

} // namespace

QJsonObject BundleReference::toJson() const
{
    return {{QStringLiteral("id"), id}, {QStringLiteral("name"), name}};
}

Result<BundleReference> BundleReference::fromJson(const QJsonObject &object, const QString &path)
{
    JsonReader in(object, path);
    BundleReference reference;
    reference.id = in.integer("id");
    reference.name = in.text("name");
    GATEHOUSE_TRY(in.finish());
    return reference;
}

RolloutState ChannelRow::rolloutState() const
{
    if (!rolloutVersion) {
        return RolloutState::None;
    }
    if (rolloutPausedAt) {
        return RolloutState::Paused;
    }
    if (!rolloutEnabled || rolloutPercentage.value() == 0) {
        return RolloutState::Prepared;
    }
    return rolloutPercentage.value() == BasisPoints::kAll ? RolloutState::Complete : RolloutState::Running;
}

QJsonObject ChannelRow::toJson() const
{
    QJsonObject json{{QStringLiteral("id"), id},
                     {QStringLiteral("app_id"), appId},
                     {QStringLiteral("name"), name},
                     {QStringLiteral("owner_org"), ownerOrg},
                     {QStringLiteral("created_at"), toIso(createdAt)},
                     {QStringLiteral("updated_at"), toIso(updatedAt)},
                     {QStringLiteral("public"), isPublic},
                     {QStringLiteral("ios"), ios},
                     {QStringLiteral("android"), android},
                     {QStringLiteral("electron"), electron},
                     {QStringLiteral("allow_device_self_set"), allowDeviceSelfSet},
                     {QStringLiteral("allow_emulator"), allowEmulator},
                     {QStringLiteral("allow_device"), allowDevice},
                     {QStringLiteral("allow_dev"), allowDev},
                     {QStringLiteral("allow_prod"), allowProd},
                     {QStringLiteral("disable_auto_update"), disableAutoUpdate},
                     {QStringLiteral("disable_auto_update_under_native"), disableAutoUpdateUnderNative},
                     {QStringLiteral("rollout_version"), orNull(rolloutVersion)},
                     {QStringLiteral("rollout_id"), rolloutId},
                     {QStringLiteral("rollout_percentage_bps"), rolloutPercentage.value()},
                     {QStringLiteral("rollout_enabled"), rolloutEnabled},
                     {QStringLiteral("rollout_paused_at"), orNull(rolloutPausedAt)},
                     {QStringLiteral("rollout_pause_reason"), orNull(rolloutPauseReason)},
                     {QStringLiteral("rollout_cache_ttl_seconds"), rolloutCacheTtlSeconds},
                     {QStringLiteral("auto_pause_enabled"), autoPauseEnabled},
                     {QStringLiteral("auto_pause_window_minutes"), autoPauseWindowMinutes},
                     {QStringLiteral("auto_pause_failure_rate_bps"), orNull(autoPauseFailureRateBps)},
                     {QStringLiteral("auto_pause_confidence"), autoPauseConfidence},
                     {QStringLiteral("auto_pause_min_attempts"), orNull(autoPauseMinAttempts)},
                     {QStringLiteral("auto_pause_min_failures"), orNull(autoPauseMinFailures)},
                     {QStringLiteral("auto_pause_action"), autoPauseAction},
                     {QStringLiteral("auto_pause_cooldown_minutes"), autoPauseCooldownMinutes},
                     {QStringLiteral("auto_pause_last_triggered_at"), orNull(autoPauseLastTriggeredAt)},
                     {QStringLiteral("auto_pause_last_checked_at"), orNull(autoPauseLastCheckedAt)}};
    json.insert(QStringLiteral("version"), versionInfo ? QJsonValue(versionInfo->toJson()) : orNull(version));
    if (rolloutVersionInfo) {
        json.insert(QStringLiteral("rollout_version_info"), rolloutVersionInfo->toJson());
    }
    return json;
}

Result<ChannelRow> ChannelRow::fromJson(const QJsonObject &object, const QString &path)
{
    const QJsonObject snake = withSnakeNames(object);
    JsonReader in(snake, path);
    ChannelRow row;
    row.id = in.integer("id");
    row.appId = in.text("app_id");
    row.name = in.text("name");
    row.ownerOrg = in.optText("owner_org").value_or(QString());
    row.createdAt = in.optTime("created_at").value_or(UtcTime{});
    row.updatedAt = in.optTime("updated_at").value_or(row.createdAt);
    readPointers(snake, in, row, path);
    readRules(in, row);
    readRollout(in, row);
    GATEHOUSE_TRY(in.finish());
    return row;
}

} // namespace gatehouse::wire
