// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/devicerow.h"

namespace gatehouse::wire {

QJsonObject DeviceRow::toJson() const
{
    QJsonObject json{{QStringLiteral("device_id"), deviceId},
                     {QStringLiteral("app_id"), appId},
                     {QStringLiteral("custom_id"), customId},
                     {QStringLiteral("platform"), platform},
                     {QStringLiteral("plugin_version"), pluginVersion},
                     {QStringLiteral("os_version"), osVersion},
                     {QStringLiteral("version_build"), versionBuild},
                     {QStringLiteral("version_name"), versionName},
                     {QStringLiteral("is_prod"), isProd},
                     {QStringLiteral("is_emulator"), isEmulator},
                     {QStringLiteral("key_id"), orNull(keyId)},
                     {QStringLiteral("install_source"), orNull(installSource)},
                     {QStringLiteral("updated_at"), toIso(updatedAt)}};
    if (channel) {
        json.insert(QStringLiteral("channel"), *channel);
    }
    return json;
}

Result<DeviceRow> DeviceRow::fromJson(const QJsonObject &object, const QString &path)
{
    JsonReader in(object, path);
    DeviceRow row;
    row.deviceId = in.text("device_id");
    row.appId = in.optText("app_id").value_or(QString());
    row.customId = in.optText("custom_id").value_or(QString());
    row.platform = in.optText("platform").value_or(QString());
    row.pluginVersion = in.optText("plugin_version").value_or(QString());
    row.osVersion = in.optText("os_version").value_or(QString());
    row.versionBuild = in.optText("version_build").value_or(QString());
    row.versionName = in.optText("version_name").value_or(QString());
    row.isProd = in.optBoolean("is_prod").value_or(true);
    row.isEmulator = in.optBoolean("is_emulator").value_or(false);
    row.keyId = in.optText("key_id");
    row.installSource = in.optText("install_source");
    row.channel = in.optText("channel");
    row.updatedAt = in.optTime("updated_at").value_or(UtcTime{});
    GATEHOUSE_TRY(in.finish());
    return row;
}

} // namespace gatehouse::wire
