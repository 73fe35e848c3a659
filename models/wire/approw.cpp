// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/approw.h"

namespace gatehouse::wire {

QJsonObject AppRow::toJson() const
{
    return {{QStringLiteral("id"), id},
            {QStringLiteral("app_id"), appId},
            {QStringLiteral("name"), name},
            {QStringLiteral("icon_url"), iconUrl},
            {QStringLiteral("owner_org"), ownerOrg},
            {QStringLiteral("created_at"), toIso(createdAt)},
            {QStringLiteral("updated_at"), toIso(updatedAt)},
            {QStringLiteral("last_version"), orNull(lastVersion)},
            {QStringLiteral("default_upload_channel"), defaultUploadChannel},
            {QStringLiteral("retention"), retentionSeconds},
            {QStringLiteral("expose_metadata"), exposeMetadata},
            {QStringLiteral("allow_device_custom_id"), allowDeviceCustomId}};
}

Result<AppRow> AppRow::fromJson(const QJsonObject &object, const QString &path)
{
    JsonReader in(object, path);
    AppRow row;
    row.id = in.optText("id").value_or(QString());
    row.appId = in.text("app_id");
    row.name = in.optText("name").value_or(row.appId);
    row.iconUrl = in.optText("icon_url").value_or(QString());
    row.ownerOrg = in.text("owner_org");
    row.createdAt = in.optTime("created_at").value_or(UtcTime{});
    row.updatedAt = in.optTime("updated_at").value_or(row.createdAt);
    row.lastVersion = in.optText("last_version");
    row.defaultUploadChannel = in.optText("default_upload_channel").value_or(QStringLiteral("production"));
    row.retentionSeconds = in.optInteger("retention").value_or(2592000);
    row.exposeMetadata = in.optBoolean("expose_metadata").value_or(false);
    row.allowDeviceCustomId = in.optBoolean("allow_device_custom_id").value_or(true);
    GATEHOUSE_TRY(in.finish());
    return row;
}

} // namespace gatehouse::wire
