// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/bundlerow.h"

namespace gatehouse::wire {

QJsonObject NativePackage::toJson() const
{
    return {{QStringLiteral("name"), name}, {QStringLiteral("version"), version}};
}

Result<NativePackage> NativePackage::fromJson(const QJsonObject &object, const QString &path)
{
    JsonReader in(object, path);
    NativePackage package;
    package.name = in.text("name");
    package.version = in.optText("version").value_or(QString());
    GATEHOUSE_TRY(in.finish());
    return package;
}

bool BundleRow::isReady() const
{
    return !deleted && storageProvider != QLatin1String("r2-direct");
}

bool BundleRow::isEncrypted() const
{
    return sessionKey && !sessionKey->isEmpty();
}

QJsonObject BundleRow::toJson() const
{
    return {{QStringLiteral("id"), id},
            {QStringLiteral("app_id"), appId},
            {QStringLiteral("name"), name},
            {QStringLiteral("created_at"), toIso(createdAt)},
            {QStringLiteral("updated_at"), toIso(updatedAt)},
            {QStringLiteral("deleted"), deleted},
            {QStringLiteral("owner_org"), ownerOrg},
            {QStringLiteral("user_id"), userId},
            {QStringLiteral("storage_provider"), storageProvider},
            {QStringLiteral("r2_path"), orNull(r2Path)},
            {QStringLiteral("external_url"), orNull(externalUrl)},
            {QStringLiteral("checksum"), orNull(checksum)},
            {QStringLiteral("session_key"), orNull(sessionKey)},
            {QStringLiteral("key_id"), orNull(keyId)},
            {QStringLiteral("min_update_version"), orNull(minUpdateVersion)},
            {QStringLiteral("native_packages"), toArray(nativePackages)},
            {QStringLiteral("manifest"), QJsonValue::Null},
            {QStringLiteral("manifest_count"), manifestCount},
            {QStringLiteral("link"), orNull(link)},
            {QStringLiteral("comment"), orNull(comment)},
            {QStringLiteral("cli_version"), orNull(cliVersion)},
            {QStringLiteral("size"), orNull(size)}};
}

Result<BundleRow> BundleRow::fromJson(const QJsonObject &object, const QString &path)
{
    JsonReader in(object, path);
    BundleRow row;
    row.id = in.integer("id");
    row.appId = in.text("app_id");
    row.name = in.text("name");
    row.createdAt = in.optTime("created_at").value_or(UtcTime{});
    row.updatedAt = in.optTime("updated_at").value_or(row.createdAt);
    row.deleted = in.optBoolean("deleted").value_or(false);
    row.ownerOrg = in.optText("owner_org").value_or(QString());
    row.userId = in.optText("user_id").value_or(QString());
    row.storageProvider = in.optText("storage_provider").value_or(QString());
    row.r2Path = in.optText("r2_path");
    row.externalUrl = in.optText("external_url");
    row.checksum = in.optText("checksum");
    row.sessionKey = in.optText("session_key");
    row.keyId = in.optText("key_id");
    row.minUpdateVersion = in.optText("min_update_version");
    row.manifestCount = in.optInteger("manifest_count").value_or(0);
    row.link = in.optText("link");
    row.comment = in.optText("comment");
    row.cliVersion = in.optText("cli_version");
    row.size = in.optInteger("size");
    const QJsonArray packages = in.optArray("native_packages");
    GATEHOUSE_TRY(in.finish());
    GATEHOUSE_ASSIGN(row.nativePackages,
                     readEach<NativePackage>(packages, path + QStringLiteral(".native_packages"),
                                             NativePackage::fromJson));
    return row;
}

} // namespace gatehouse::wire
