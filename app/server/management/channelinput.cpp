// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/channelinput.h"

#include "core/clock.h"

#include <array>
#include <cmath>

namespace gatehouse::server {
namespace {

/// Camel case wins when both are sent.
QJsonValue either(const Input &input, const char *camel, const char *snake)
{
    return input.has(camel) ? input.value(camel) : input.value(snake);
}

Response invalidConfig(const char *field, const QJsonValue &value, qint64 low, qint64 high)
{
    return badRequest("invalid_rollout_config",
                      QStringLiteral("The field “%1” must be a whole number from %2 to %3.")
                          .arg(QLatin1String(field))
                          .arg(low)
                          .arg(high),
                      {{QStringLiteral("field"), QString::fromLatin1(field)},
                       {QStringLiteral("value"), value},
                       {QStringLiteral("min"), low},
                       {QStringLiteral("max"), high}});
}

struct BooleanField
{
    const char *camel;
    const char *snake;
};
constexpr std::array kBooleans{
    BooleanField{"public", "public"},
    BooleanField{"ios", "ios"},
    BooleanField{"android", "android"},
    BooleanField{"electron", "electron"},
    BooleanField{"disableAutoUpdateUnderNative", "disable_auto_update_under_native"},
    BooleanField{"allow_device_self_set", "allow_device_self_set"},
    BooleanField{"allow_emulator", "allow_emulator"},
    BooleanField{"allow_device", "allow_device"},
    BooleanField{"allow_dev", "allow_dev"},
    BooleanField{"allow_prod", "allow_prod"},
    BooleanField{"rolloutEnabled", "rollout_enabled"},
    BooleanField{"autoPauseEnabled", "auto_pause_enabled"},
};

struct NumberField
{
    const char *camel;
    const char *snake;
    qint64 low;
    qint64 high;
    bool mayBeNull;
};
constexpr qint64 kNoLimit = 2'147'483'647;
constexpr std::array kNumbers{
    NumberField{"rolloutPercentageBps", "rollout_percentage_bps", 0, 10'000, false},
    NumberField{"rolloutCacheTtlSeconds", "rollout_cache_ttl_seconds", 60, 31'536'000, false},
    NumberField{"autoPauseWindowMinutes", "auto_pause_window_minutes", 1, 10'080, false},
    NumberField{"autoPauseFailureRateBps", "auto_pause_failure_rate_bps", 0, 10'000, true},
    NumberField{"autoPauseMinAttempts", "auto_pause_min_attempts", 0, kNoLimit, true},
    NumberField{"autoPauseMinFailures", "auto_pause_min_failures", 0, kNoLimit, true},
    NumberField{"autoPauseCooldownMinutes", "auto_pause_cooldown_minutes", 0, 10'080, false},
};

Answer<void> readBooleans(const Input &input, QJsonObject &columns)
{
    for (const BooleanField &field : kBooleans) {
        const QJsonValue value = either(input, field.camel, field.snake);
        if (value.isUndefined() || value.isNull()) {
            continue;
        }
        const std::optional<bool> flag = truth(value);
        if (!flag) {
            return badRequest(
                "invalid_channel_field",
                QStringLiteral("The field “%1” must be true or false.").arg(QLatin1String(field.camel)),
                {{QStringLiteral("field"), QString::fromLatin1(field.camel)}});
        }
        columns.insert(QString::fromLatin1(field.snake), *flag);
    }
    // @source spec: management-api, section 2.3, row "electron"
    const bool isPublic = columns.value(QLatin1String("public")).toBool();
    const bool unequal = columns.value(QLatin1String("ios")).toBool(true) !=
                         columns.value(QLatin1String("android")).toBool(true);
    if (isPublic && unequal && !columns.contains(QLatin1String("electron"))) {
        columns.insert(QStringLiteral("electron"), false);
    }
    return {};
}

Answer<void> readNumbers(const Input &input, QJsonObject &columns)
{
    const QJsonValue percentage = either(input, "rolloutPercentage", "rollout_percentage");
    if (!percentage.isUndefined() && !percentage.isNull()) {
        const double percent = percentage.toDouble(-1.0);
        if (!(percent >= 0.0 && percent <= 100.0)) {
            return badRequest("invalid_rollout_percentage",
                              QStringLiteral("The percentage must be a number from 0 to 100."));
        }
        columns.insert(QStringLiteral("rollout_percentage_bps"),
                       static_cast<qint64>(std::lround(percent * 100.0)));
    }
    for (const NumberField &field : kNumbers) {
        const QJsonValue value = either(input, field.camel, field.snake);
        if (value.isUndefined()) {
            continue;
        }
        if (value.isNull()) {
            if (field.mayBeNull) {
                columns.insert(QString::fromLatin1(field.snake), QJsonValue::Null);
            }
            continue;
        }
        const std::optional<qint64> number = wholeNumber(value);
        if (!number || *number < field.low || *number > field.high) {
            return invalidConfig(field.camel, value, field.low, field.high);
        }
        columns.insert(QString::fromLatin1(field.snake), *number);
    }
    return {};
}

Answer<void> readGuard(const Input &input, QJsonObject &columns)
{
    const QJsonValue confidence = either(input, "autoPauseConfidence", "auto_pause_confidence");
    if (!confidence.isUndefined() && !confidence.isNull()) {
        if (!(confidence.toDouble() > 0.0 && confidence.toDouble() < 1.0)) {
            return badRequest("invalid_auto_pause_confidence",
                              QStringLiteral("The confidence must lie between 0 and 1."));
        }
        columns.insert(QStringLiteral("auto_pause_confidence"), confidence);
    }
    const QJsonValue action = either(input, "autoPauseAction", "auto_pause_action");
    if (!action.isUndefined() && !action.isNull()) {
        static const QStringList known{QStringLiteral("pause"), QStringLiteral("rollback"),
                                       QStringLiteral("notify")};
        if (!known.contains(action.toString())) {
            return badRequest("invalid_auto_pause_action",
                              QStringLiteral("The action must be pause, rollback or notify."));
        }
        columns.insert(QStringLiteral("auto_pause_action"), action);
    }
    return {};
}

Answer<void> readPolicy(const Input &input, QJsonObject &columns)
{
    const QJsonValue policy = either(input, "disableAutoUpdate", "disable_auto_update");
    if (policy.isUndefined() || policy.isNull()) {
        return {};
    }
    static const QStringList known{QStringLiteral("major"), QStringLiteral("minor"), QStringLiteral("patch"),
                                   QStringLiteral("version_number"), QStringLiteral("none")};
    if (!known.contains(policy.toString())) {
        return badRequest("invalid_channel_field", QStringLiteral("There is no such update policy."),
                          {{QStringLiteral("field"), QStringLiteral("disableAutoUpdate")}});
    }
    columns.insert(QStringLiteral("disable_auto_update"), policy);
    return {};
}

Answer<void> readPause(const Input &input, QJsonObject &columns, const QString &now)
{
    const std::optional<bool> paused = truth(either(input, "rolloutPaused", "rollout_paused"));
    if (paused) {
        columns.insert(QStringLiteral("rollout_paused_at"), *paused ? QJsonValue(now) : QJsonValue());
        if (!*paused) {
            columns.insert(QStringLiteral("rollout_pause_reason"), QJsonValue::Null);
        }
    }
    const QJsonValue at = either(input, "rolloutPausedAt", "rollout_paused_at");
    if (!at.isUndefined()) {
        if (!at.isNull() && !parseIso(at.toString())) {
            return badRequest("invalid_channel_field",
                              QStringLiteral("The time of the pause must be ISO 8601."),
                              {{QStringLiteral("field"), QStringLiteral("rolloutPausedAt")}});
        }
        columns.insert(QStringLiteral("rollout_paused_at"), at);
    }
    const QJsonValue reason = either(input, "rolloutPauseReason", "rollout_pause_reason");
    if (reason.isString() || reason.isNull()) {
        columns.insert(QStringLiteral("rollout_pause_reason"), reason);
    }
    return {};
}

} // namespace

Answer<ChannelInput> readChannelInput(const Input &input, const QString &now)
{
    ChannelInput wish;
    GATEHOUSE_TRY(readBooleans(input, wish.columns));
    GATEHOUSE_TRY(readNumbers(input, wish.columns));
    GATEHOUSE_TRY(readGuard(input, wish.columns));
    GATEHOUSE_TRY(readPolicy(input, wish.columns));
    GATEHOUSE_TRY(readPause(input, wish.columns, now));
    if (input.has("version")) {
        wish.hasVersion = true;
        wish.version = input.text("version");
        if (wish.version == QLatin1String("builtin") || wish.version == QLatin1String("unknown")) {
            wish.version.clear();
        }
    }
    const QJsonValue target = either(input, "rolloutVersion", "rollout_version");
    wish.hasRolloutVersion = !target.isUndefined();
    const bool isCleared = target.isNull() || target.toString(QStringLiteral("x")).isEmpty() ||
                           wholeNumber(target) == std::optional<qint64>(0);
    wish.rolloutVersion = isCleared ? QJsonValue(QJsonValue::Null) : target;
    wish.rollback = truth(input.value("rollback")).value_or(false);
    wish.promoteToStable = truth(either(input, "promoteToStable", "promote_to_stable")).value_or(false);
    return wish;
}

} // namespace gatehouse::server
