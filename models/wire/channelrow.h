// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "wire/json.h"

namespace gatehouse::wire {

/// What an embedded bundle reference holds: {"id":4711,"name":"1.4.2"}.
struct BundleReference
{
    qint64 id = 0;
    QString name;

    [[nodiscard]] QJsonObject toJson() const;
    static Result<BundleReference> fromJson(const QJsonObject &object, const QString &path);
    bool operator==(const BundleReference &) const = default;
};

/// @source spec: management-api, section 6.1
enum class RolloutState { None, Prepared, Running, Paused, Complete };

/// A channel, all columns. JSON is PostgREST's raw form, with the bundles embedded as "version" (object or
/// id) and "rollout_version_info". @source spec: management-api, section 2.3
struct ChannelRow
{
    qint64 id = 0;
    QString appId;
    QString name;
    QString ownerOrg;
    UtcTime createdAt{};
    UtcTime updatedAt{};
    /// Nothing is the built-in bundle.
    std::optional<qint64> version;
    std::optional<BundleReference> versionInfo;

    bool isPublic = false;
    bool ios = true;
    bool android = true;
    bool electron = true;
    bool allowDeviceSelfSet = false;
    bool allowEmulator = true;
    bool allowDevice = true;
    bool allowDev = true;
    bool allowProd = true;
    /// "major", "minor", "patch", "version_number" or "none".
    QString disableAutoUpdate = QStringLiteral("major");
    bool disableAutoUpdateUnderNative = true;

    std::optional<qint64> rolloutVersion;
    std::optional<BundleReference> rolloutVersionInfo;
    QString rolloutId; ///< uuid, new with each rollout bundle
    BasisPoints rolloutPercentage;
    bool rolloutEnabled = false;
    std::optional<UtcTime> rolloutPausedAt;
    std::optional<QString> rolloutPauseReason;
    qint64 rolloutCacheTtlSeconds = 2592000;

    bool autoPauseEnabled = false;
    qint64 autoPauseWindowMinutes = 60;
    std::optional<qint64> autoPauseFailureRateBps;
    double autoPauseConfidence = 0.95;
    std::optional<qint64> autoPauseMinAttempts;
    std::optional<qint64> autoPauseMinFailures;
    QString autoPauseAction = QStringLiteral("pause");
    qint64 autoPauseCooldownMinutes = 60;
    std::optional<UtcTime> autoPauseLastTriggeredAt;
    std::optional<UtcTime> autoPauseLastCheckedAt;

    [[nodiscard]] RolloutState rolloutState() const;
    [[nodiscard]] QJsonObject toJson() const;
    /// Takes the raw PostgREST form and GET /channel's mixture of naming styles alike.
    static Result<ChannelRow> fromJson(const QJsonObject &object, const QString &path);
    bool operator==(const ChannelRow &) const = default;
};

} // namespace gatehouse::wire
