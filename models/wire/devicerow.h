// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/json.h"

namespace gatehouse::wire {

/// A device as the management API gives it. All texts are foreign: show them through displayable().
/// @source spec: management-api, section 2.4
struct DeviceRow
{
    QString deviceId;
    QString appId;
    QString customId;
    QString platform; ///< "ios", "android", "electron"
    QString pluginVersion;
    QString osVersion;
    QString versionBuild; ///< native version
    QString versionName;  ///< running bundle
    bool isProd = true;
    bool isEmulator = false;
    std::optional<QString> keyId;
    std::optional<QString> installSource;
    /// Only when an override exists.
    std::optional<QString> channel;
    UtcTime updatedAt{};

    [[nodiscard]] QJsonObject toJson() const;
    static Result<DeviceRow> fromJson(const QJsonObject &object, const QString &path);
    bool operator==(const DeviceRow &) const = default;
};

} // namespace gatehouse::wire
