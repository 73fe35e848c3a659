// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/json.h"

namespace gatehouse::wire {

/// What every device request carries. @source spec: device-protocol, section 0.3
struct DeviceInfo
{
    QString platform;
    QString deviceId;
    QString appId;
    QString customId;
    QString versionBuild;
    QString versionCode;
    QString versionOs;
    QString versionName;
    QString pluginVersion;
    bool isEmulator = false;
    bool isProd = true;
    QString defaultChannel;
    std::optional<QString> keyId;
    std::optional<QString> installSource;

    [[nodiscard]] QJsonObject toJson() const;
    bool operator==(const DeviceInfo &) const = default;
};

/// One file of a file-wise download. @source spec: device-protocol, section 5.3
struct ManifestEntry
{
    QString fileName;
    QString fileHash;
    QString downloadUrl;

    [[nodiscard]] QJsonObject toJson() const;
    static Result<ManifestEntry> fromJson(const QJsonObject &object, const QString &path);
    bool operator==(const ManifestEntry &) const = default;
};

/// An answer to POST /updates as a device reads it: an offer (error empty) or a refusal.
/// @source spec: device-protocol, section 1.2
struct UpdateAnswer
{
    QString version;
    QString url;
    QString sessionKey;
    QString checksum;
    QVector<ManifestEntry> manifest;
    QString error; ///< code; empty in an offer
    QString kind;  ///< "up_to_date", "blocked", "failed"; empty in an offer
    QString message;

    [[nodiscard]] bool isOffer() const { return error.isEmpty() && kind.isEmpty(); }
    /// @error Protocol "wire.json"
    static Result<UpdateAnswer> fromJson(const QByteArray &body);
};

/// One event a device reports: its info plus these. @source spec: device-protocol, section 3.1
struct StatEvent
{
    DeviceInfo device;
    QString action;
    std::optional<QString> oldVersionName;
    QJsonObject metadata = {};

    [[nodiscard]] QJsonObject toJson() const;
};

/// What an action counts as. @source spec: device-protocol, section 3.4
enum class ActionCount { None, Get, Install, Fail, Uninstall };
[[nodiscard]] ActionCount countOf(const QString &action);
[[nodiscard]] bool isKnownAction(const QString &action);
/// Who is to blame. @source spec: guard-statistics, "Classes"
enum class FailureClass { NoFailure, BundleFault, Transport };
[[nodiscard]] FailureClass failureClassOf(const QString &action);

} // namespace gatehouse::wire
