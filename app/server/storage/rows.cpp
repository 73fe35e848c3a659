// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/rows.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace gatehouse::server::rows {

namespace {

QVector<wire::NativePackage> packagesFrom(const QByteArray &text)
{
    QVector<wire::NativePackage> packages;
    for (const QJsonValue &value : QJsonDocument::fromJson(text).array()) {
        const QJsonObject object = value.toObject();
        packages.append({object.value(QLatin1String("name")).toString(),
                         object.value(QLatin1String("version")).toString()});
    }
    return packages;
}

QStringList textsFrom(const QByteArray &text)
{
    QStringList texts;
    for (const QJsonValue &value : QJsonDocument::fromJson(text).array()) {
        texts.append(value.toString());
    }
    return texts;
}

} // namespace

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray compact(const QJsonArray &array)
{
    return QJsonDocument(array).toJson(QJsonDocument::Compact);
}

QJsonObject objectFrom(const QByteArray &text)
{
    return QJsonDocument::fromJson(text).object();
}

std::string selectApp()
{
    return "SELECT a.key, a.id, a.app_id, a.name, a.icon_url, a.owner_org, a.created_at, a.updated_at, "
           "a.default_upload_channel, a.retention, a.expose_metadata, a.allow_device_custom_id, "
           "a.allow_preview, "
           "a.block_provider_infra, a.need_onboarding, a.existing_app, a.ios_store_url, a.android_store_url, "
           "a.build_timeout, (SELECT v.name FROM app_versions v WHERE v.app_key = a.key AND v.deleted = 0 "
           "ORDER BY v.id DESC LIMIT 1) FROM apps a ";
}

AppRecord readApp(Query &query)
{
    AppRecord app;
    app.key = query.integer();
    app.row.id = query.text();
    app.row.appId = query.text();
    app.row.name = query.text();
    app.row.iconUrl = query.text();
    app.row.ownerOrg = query.text();
    app.row.createdAt = query.time();
    app.row.updatedAt = query.time();
    app.row.defaultUploadChannel = query.text();
    app.row.retentionSeconds = query.integer();
    app.row.exposeMetadata = query.boolean();
    app.row.allowDeviceCustomId = query.boolean();
    app.allowPreview = query.boolean();
    app.blockProviderInfraRequests = query.boolean();
    app.needOnboarding = query.boolean();
    app.existingApp = query.boolean();
    app.iosStoreUrl = query.optText();
    app.androidStoreUrl = query.optText();
    app.buildTimeoutSeconds = query.integer();
    app.row.lastVersion = query.optText();
    return app;
}

std::string selectBundle()
{
    return "SELECT v.id, a.app_id, v.name, v.created_at, v.updated_at, v.deleted, a.owner_org, v.user_id, "
           "v.storage_provider, v.r2_path, v.external_url, v.checksum, v.session_key, v.key_id, "
           "v.min_update_version, "
           "v.native_packages, v.manifest_count, v.link, v.comment, v.cli_version, v.size "
           "FROM app_versions v JOIN apps a ON a.key = v.app_key ";
}

wire::BundleRow readBundle(Query &query)
{
    wire::BundleRow bundle;
    bundle.id = query.integer();
    bundle.appId = query.text();
    bundle.name = query.text();
    bundle.createdAt = query.time();
    bundle.updatedAt = query.time();
    bundle.deleted = query.boolean();
    bundle.ownerOrg = query.text();
    bundle.userId = query.text();
    bundle.storageProvider = query.text();
    bundle.r2Path = query.optText();
    bundle.externalUrl = query.optText();
    bundle.checksum = query.optText();
    bundle.sessionKey = query.optText();
    bundle.keyId = query.optText();
    bundle.minUpdateVersion = query.optText();
    const QByteArray packages = query.blob();
    if (packages.size() > 2) {
        bundle.nativePackages = packagesFrom(packages);
    }
    bundle.manifestCount = query.integer();
    bundle.link = query.optText();
    bundle.comment = query.optText();
    bundle.cliVersion = query.optText();
    bundle.size = query.optInteger();
    return bundle;
}

std::string selectChannel()
{
    return "SELECT c.id, a.app_id, c.name, a.owner_org, c.rbac_id, c.created_by, c.created_at, c.updated_at, "
           "c.version, "
           "s.name, c.public, c.ios, c.android, c.electron, c.allow_device_self_set, c.allow_emulator, "
           "c.allow_device, "
           "c.allow_dev, c.allow_prod, c.disable_auto_update, c.disable_auto_update_under_native, "
           "c.rollout_version, "
           "r.name, c.rollout_id, c.rollout_bps, c.rollout_enabled, c.rollout_paused_at, "
           "c.rollout_pause_reason, "
           "c.rollout_cache_ttl, c.auto_pause_enabled, c.auto_pause_window, c.auto_pause_failure_rate, "
           "c.auto_pause_confidence, c.auto_pause_min_attempts, c.auto_pause_min_failures, "
           "c.auto_pause_action, "
           "c.auto_pause_cooldown, c.auto_pause_triggered_at, c.auto_pause_checked_at, c.rollout_seed, "
           "c.frozen, "
           "c.testers, c.counter, c.revision FROM channels c JOIN apps a ON a.key = c.app_key "
           "LEFT JOIN app_versions s ON s.id = c.version LEFT JOIN app_versions r ON r.id = "
           "c.rollout_version ";
}

namespace {

std::optional<wire::BundleReference> reference(const std::optional<qint64> &id,
                                               const std::optional<QString> &name)
{
    return id && name ? std::optional(wire::BundleReference{*id, *name}) : std::nullopt;
}

} // namespace

ChannelRecord readChannel(Query &query)
{
    ChannelRecord channel;
    wire::ChannelRow &row = channel.row;
    row.id = query.integer();
    row.appId = query.text();
    row.name = query.text();
    row.ownerOrg = query.text();
    channel.rbacId = query.text();
    channel.createdBy = query.text();
    row.createdAt = query.time();
    row.updatedAt = query.time();
    row.version = query.optInteger();
    row.versionInfo = reference(row.version, query.optText());
    row.isPublic = query.boolean();
    row.ios = query.boolean();
    row.android = query.boolean();
    row.electron = query.boolean();
    row.allowDeviceSelfSet = query.boolean();
    row.allowEmulator = query.boolean();
    row.allowDevice = query.boolean();
    row.allowDev = query.boolean();
    row.allowProd = query.boolean();
    row.disableAutoUpdate = query.text();
    row.disableAutoUpdateUnderNative = query.boolean();
    row.rolloutVersion = query.optInteger();
    row.rolloutVersionInfo = reference(row.rolloutVersion, query.optText());
    row.rolloutId = query.text();
    row.rolloutPercentage = BasisPoints::clamp(query.integer());
    row.rolloutEnabled = query.boolean();
    row.rolloutPausedAt = query.optTime();
    row.rolloutPauseReason = query.optText();
    row.rolloutCacheTtlSeconds = query.integer();
    row.autoPauseEnabled = query.boolean();
    row.autoPauseWindowMinutes = query.integer();
    row.autoPauseFailureRateBps = query.optInteger();
    row.autoPauseConfidence = query.number();
    row.autoPauseMinAttempts = query.optInteger();
    row.autoPauseMinFailures = query.optInteger();
    row.autoPauseAction = query.text();
    row.autoPauseCooldownMinutes = query.integer();
    row.autoPauseLastTriggeredAt = query.optTime();
    row.autoPauseLastCheckedAt = query.optTime();
    channel.rolloutSeed = query.blob();
    channel.frozen = query.boolean();
    const QByteArray testers = query.blob();
    if (testers.size() > 2) {
        channel.testers = textsFrom(testers);
    }
    channel.counter = query.integer();
    channel.revision = query.integer();
    return channel;
}

std::string selectDevice()
{
    return "SELECT d.device_id, a.app_id, d.custom_id, d.platform, d.plugin_version, d.os_version, "
           "d.version_build, "
           "d.version_name, d.is_prod, d.is_emulator, d.key_id, d.install_source, d.default_channel, "
           "d.channel_id, "
           "d.bundle, d.created_at, d.updated_at, (SELECT c.name FROM channel_devices o JOIN channels c "
           "ON c.id = o.channel_id WHERE o.app_key = d.app_key AND o.device_id = d.device_id) "
           "FROM devices d JOIN apps a ON a.key = d.app_key ";
}

DeviceRecord readDevice(Query &query)
{
    DeviceRecord device;
    wire::DeviceRow &row = device.row;
    row.deviceId = query.text();
    row.appId = query.text();
    row.customId = query.text();
    row.platform = query.text();
    row.pluginVersion = query.text();
    row.osVersion = query.text();
    row.versionBuild = query.text();
    row.versionName = query.text();
    row.isProd = query.boolean();
    row.isEmulator = query.boolean();
    row.keyId = query.optText();
    row.installSource = query.optText();
    device.defaultChannel = query.text();
    const qint64 channelId = query.integer();
    device.channelId = channelId != 0 ? std::optional(channelId) : std::nullopt;
    device.bundle = query.text();
    device.createdAt = query.time();
    row.updatedAt = query.time();
    device.lastSeen = row.updatedAt;
    row.channel = query.optText();
    return device;
}

Result<std::optional<AppRecord>> appById(Database &database, const QString &appId)
{
    static const Sql sql{selectApp(), "WHERE a.app_id = ? AND a.deleted = 0"};
    Query query(database, sql);
    query.bind(appId);
    std::optional<AppRecord> app;
    if (query.next()) {
        app = readApp(query);
    }
    GATEHOUSE_TRY(query.finish());
    return app;
}

Result<AppRecord> existingApp(Database &database, const QString &appId)
{
    GATEHOUSE_ASSIGN(auto app, appById(database, appId));
    if (!app) {
        return makeError(ErrorKind::NotFound, "store.app",
                         QStringLiteral("There is no app “%1”.").arg(appId));
    }
    return std::move(*app);
}

Result<std::optional<wire::BundleRow>> bundleById(Database &database, qint64 id)
{
    static const Sql sql{selectBundle(), "WHERE v.id = ?"};
    Query query(database, sql);
    query.bind(id);
    std::optional<wire::BundleRow> bundle;
    if (query.next()) {
        bundle = readBundle(query);
    }
    GATEHOUSE_TRY(query.finish());
    return bundle;
}

Result<std::optional<ChannelRecord>> channelById(Database &database, qint64 id)
{
    static const Sql sql{selectChannel(), "WHERE c.id = ?"};
    Query query(database, sql);
    query.bind(id);
    std::optional<ChannelRecord> channel;
    if (query.next()) {
        channel = readChannel(query);
    }
    GATEHOUSE_TRY(query.finish());
    return channel;
}

Result<void> updateChannel(Database &database, const ChannelRecord &channel)
{
    const wire::ChannelRow &row = channel.row;
    Query query(
        database,
        "UPDATE channels SET name = ?, updated_at = ?, version = ?, public = ?, ios = ?, android = ?, "
        "electron = ?, allow_device_self_set = ?, allow_emulator = ?, allow_device = ?, allow_dev = ?, "
        "allow_prod = ?, disable_auto_update = ?, disable_auto_update_under_native = ?, rollout_version = ?, "
        "rollout_id = ?, rollout_bps = ?, rollout_enabled = ?, rollout_paused_at = ?, "
        "rollout_pause_reason = ?, rollout_cache_ttl = ?, auto_pause_enabled = ?, auto_pause_window = ?, "
        "auto_pause_failure_rate = ?, auto_pause_confidence = ?, auto_pause_min_attempts = ?, "
        "auto_pause_min_failures = ?, auto_pause_action = ?, auto_pause_cooldown = ?, "
        "auto_pause_triggered_at = ?, auto_pause_checked_at = ?, rollout_seed = ?, frozen = ?, testers = ?, "
        "counter = ?, revision = ? WHERE id = ?");
    query.bind(row.name)
        .bind(row.updatedAt)
        .bind(row.version)
        .bind(row.isPublic)
        .bind(row.ios)
        .bind(row.android);
    query.bind(row.electron).bind(row.allowDeviceSelfSet).bind(row.allowEmulator).bind(row.allowDevice);
    query.bind(row.allowDev)
        .bind(row.allowProd)
        .bind(row.disableAutoUpdate)
        .bind(row.disableAutoUpdateUnderNative);
    query.bind(row.rolloutVersion)
        .bind(row.rolloutId)
        .bind(row.rolloutPercentage.value())
        .bind(row.rolloutEnabled);
    query.bind(row.rolloutPausedAt).bind(row.rolloutPauseReason).bind(row.rolloutCacheTtlSeconds);
    query.bind(row.autoPauseEnabled).bind(row.autoPauseWindowMinutes).bind(row.autoPauseFailureRateBps);
    query.bind(row.autoPauseConfidence).bind(row.autoPauseMinAttempts).bind(row.autoPauseMinFailures);
    query.bind(row.autoPauseAction).bind(row.autoPauseCooldownMinutes).bind(row.autoPauseLastTriggeredAt);
    query.bind(row.autoPauseLastCheckedAt).bind(channel.rolloutSeed).bind(channel.frozen);
    query.bind(QString::fromUtf8(compact(QJsonArray::fromStringList(channel.testers))));
    query.bind(channel.counter).bind(channel.revision).bind(row.id);
    return query.finish();
}

Result<void> updateBundle(Database &database, const wire::BundleRow &bundle)
{
    Query query(database,
                "UPDATE app_versions SET updated_at = ?, deleted = ?, storage_provider = ?, r2_path = ?, "
                "external_url = ?, checksum = ?, session_key = ?, key_id = ?, min_update_version = ?, "
                "native_packages = ?, manifest_count = ?, link = ?, comment = ?, cli_version = ?, size = ?, "
                "deleted_at = CASE WHEN ? THEN coalesce(deleted_at, ?) ELSE NULL END WHERE id = ?");
    query.bind(bundle.updatedAt).bind(bundle.deleted).bind(bundle.storageProvider).bind(bundle.r2Path);
    query.bind(bundle.externalUrl).bind(bundle.checksum).bind(bundle.sessionKey).bind(bundle.keyId);
    query.bind(bundle.minUpdateVersion)
        .bind(QString::fromUtf8(compact(wire::toArray(bundle.nativePackages))));
    query.bind(bundle.manifestCount)
        .bind(bundle.link)
        .bind(bundle.comment)
        .bind(bundle.cliVersion)
        .bind(bundle.size);
    query.bind(bundle.deleted).bind(bundle.updatedAt).bind(bundle.id);
    return query.finish();
}

QJsonObject auditJson(const ChannelRecord &channel)
{
    QJsonObject object = channel.row.toJson();
    // Bundles by number, as the table has them: what they are named is beside.
    object.insert(QStringLiteral("version"), wire::orNull(channel.row.version));
    object.insert(QStringLiteral("frozen"), channel.frozen);
    object.insert(QStringLiteral("testers"), QJsonArray::fromStringList(channel.testers));
    return object;
}

QJsonObject auditJson(const wire::BundleRow &bundle)
{
    QJsonObject object = bundle.toJson();
    object.remove(QStringLiteral("manifest"));
    object.remove(QStringLiteral("native_packages"));
    return object;
}

QJsonObject auditJson(const AppRecord &app)
{
    return app.row.toJson();
}

} // namespace gatehouse::server::rows
