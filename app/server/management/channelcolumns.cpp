// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/channelcolumns.h"

#include "server/management/input.h"

#include <QHash>
#include <QSet>

#include <functional>

namespace gatehouse::server {
namespace {

using Setter = std::function<bool(ChannelRecord &, const QJsonValue &)>;
using Setters = QHash<QString, Setter>;

template<typename Member>
Setter boolean(Member member)
{
    return [member](ChannelRecord &channel, const QJsonValue &value) {
        channel.row.*member = value.toBool();
        return value.isBool();
    };
}

template<typename Member>
Setter text(Member member)
{
    return [member](ChannelRecord &channel, const QJsonValue &value) {
        channel.row.*member = value.toString();
        return value.isString();
    };
}

template<typename Member>
Setter number(Member member)
{
    return [member](ChannelRecord &channel, const QJsonValue &value) {
        const std::optional<qint64> whole = wholeNumber(value);
        channel.row.*member = whole.value_or(0);
        return whole.has_value();
    };
}

template<typename Member>
Setter numberOrNull(Member member)
{
    return [member](ChannelRecord &channel, const QJsonValue &value) {
        channel.row.*member = wholeNumber(value);
        return value.isNull() || (channel.row.*member).has_value();
    };
}

template<typename Member>
Setter timeOrNull(Member member)
{
    return [member](ChannelRecord &channel, const QJsonValue &value) {
        if (value.isNull()) {
            (channel.row.*member).reset();
            return true;
        }
        const Result<UtcTime> time = parseIso(value.toString());
        if (!time) {
            return false;
        }
        channel.row.*member = *time;
        return true;
    };
}

bool setName(ChannelRecord &channel, const QJsonValue &value)
{
    channel.row.name = value.toString();
    return ChannelName::parse(channel.row.name).has_value();
}

bool setShare(ChannelRecord &channel, const QJsonValue &value)
{
    const std::optional<qint64> whole = wholeNumber(value);
    if (!whole || !BasisPoints::parse(*whole)) {
        return false;
    }
    channel.row.rolloutPercentage = BasisPoints::clamp(*whole);
    return true;
}

bool setConfidence(ChannelRecord &channel, const QJsonValue &value)
{
    channel.row.autoPauseConfidence = value.toDouble();
    return value.toDouble() > 0.0 && value.toDouble() < 1.0;
}

bool setReason(ChannelRecord &channel, const QJsonValue &value)
{
    channel.row.rolloutPauseReason = value.isNull() ? std::nullopt : std::optional(value.toString());
    return value.isNull() || value.isString();
}

const Setters &setters()
{
    using Row = wire::ChannelRow;
    static const Setters all{
        {QStringLiteral("name"), setName},
        {QStringLiteral("version"), numberOrNull(&Row::version)},
        {QStringLiteral("public"), boolean(&Row::isPublic)},
        {QStringLiteral("ios"), boolean(&Row::ios)},
        {QStringLiteral("android"), boolean(&Row::android)},
        {QStringLiteral("electron"), boolean(&Row::electron)},
        {QStringLiteral("allow_device_self_set"), boolean(&Row::allowDeviceSelfSet)},
        {QStringLiteral("allow_emulator"), boolean(&Row::allowEmulator)},
        {QStringLiteral("allow_device"), boolean(&Row::allowDevice)},
        {QStringLiteral("allow_dev"), boolean(&Row::allowDev)},
        {QStringLiteral("allow_prod"), boolean(&Row::allowProd)},
        {QStringLiteral("disable_auto_update"), text(&Row::disableAutoUpdate)},
        {QStringLiteral("disable_auto_update_under_native"), boolean(&Row::disableAutoUpdateUnderNative)},
        {QStringLiteral("rollout_version"), numberOrNull(&Row::rolloutVersion)},
        {QStringLiteral("rollout_percentage_bps"), setShare},
        {QStringLiteral("rollout_enabled"), boolean(&Row::rolloutEnabled)},
        {QStringLiteral("rollout_paused_at"), timeOrNull(&Row::rolloutPausedAt)},
        {QStringLiteral("rollout_pause_reason"), setReason},
        {QStringLiteral("rollout_cache_ttl_seconds"), number(&Row::rolloutCacheTtlSeconds)},
        {QStringLiteral("auto_pause_enabled"), boolean(&Row::autoPauseEnabled)},
        {QStringLiteral("auto_pause_window_minutes"), number(&Row::autoPauseWindowMinutes)},
        {QStringLiteral("auto_pause_failure_rate_bps"), numberOrNull(&Row::autoPauseFailureRateBps)},
        {QStringLiteral("auto_pause_confidence"), setConfidence},
        {QStringLiteral("auto_pause_min_attempts"), numberOrNull(&Row::autoPauseMinAttempts)},
        {QStringLiteral("auto_pause_min_failures"), numberOrNull(&Row::autoPauseMinFailures)},
        {QStringLiteral("auto_pause_action"), text(&Row::autoPauseAction)},
        {QStringLiteral("auto_pause_cooldown_minutes"), number(&Row::autoPauseCooldownMinutes)},
        {QStringLiteral("auto_pause_last_triggered_at"), timeOrNull(&Row::autoPauseLastTriggeredAt)},
        {QStringLiteral("auto_pause_last_checked_at"), timeOrNull(&Row::autoPauseLastCheckedAt)},
    };
    return all;
}

bool isKeptByServer(const QString &column)
{
    static const QSet<QString> kept{QStringLiteral("id"),         QStringLiteral("app_id"),
                                    QStringLiteral("owner_org"),  QStringLiteral("created_by"),
                                    QStringLiteral("created_at"), QStringLiteral("updated_at"),
                                    QStringLiteral("rbac_id"),    QStringLiteral("rollout_id")};
    return kept.contains(column);
}

} // namespace

Result<ChannelRecord> withColumns(const ChannelRecord &now, const QJsonObject &columns)
{
    ChannelRecord after = now;
    for (auto column = columns.constBegin(); column != columns.constEnd(); ++column) {
        if (isKeptByServer(column.key())) {
            continue;
        }
        const auto setter = setters().constFind(column.key());
        if (setter == setters().constEnd()) {
            return makeError(ErrorKind::Invalid, "channel.column",
                             QStringLiteral("Channels have no column “%1”.").arg(column.key()));
        }
        if (!(*setter)(after, column.value())) {
            return makeError(
                ErrorKind::Invalid, "channel.value",
                QStringLiteral("The value of “%1” is not what the column takes.").arg(column.key()));
        }
    }
    return after;
}

bool movesPointers(const QJsonObject &columns)
{
    return columns.contains(QLatin1String("version")) || columns.contains(QLatin1String("rollout_version"));
}

QString verbOf(const QJsonObject &columns)
{
    const auto has = [&](const char *column) { return columns.contains(QLatin1String(column)); };
    const auto isNull = [&](const char *column) { return columns.value(QLatin1String(column)).isNull(); };
    if (has("version")) {
        return isNull("version") ? QStringLiteral("roll_back") : QStringLiteral("promote");
    }
    if (has("rollout_version")) {
        return isNull("rollout_version") ? QStringLiteral("take_back") : QStringLiteral("start_rollout");
    }
    if (has("rollout_paused_at")) {
        return isNull("rollout_paused_at") ? QStringLiteral("resume") : QStringLiteral("pause");
    }
    return has("rollout_percentage_bps") ? QStringLiteral("set_share") : QStringLiteral("edited");
}

QJsonObject endedRollout()
{
    return {{QStringLiteral("rollout_version"), QJsonValue::Null},
            {QStringLiteral("rollout_enabled"), false},
            {QStringLiteral("rollout_percentage_bps"), 0},
            {QStringLiteral("rollout_paused_at"), QJsonValue::Null},
            {QStringLiteral("rollout_pause_reason"), QJsonValue::Null}};
}

} // namespace gatehouse::server
