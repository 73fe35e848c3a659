// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/eventwriter.h"

#include "server/storage/rows.h"

#include <QDateTime>

namespace gatehouse::server {

namespace {

constexpr qint64 kMinuteMs = 60'000;
/// A device that only checks in again is written at most this often.
constexpr Milliseconds kTouchEvery = std::chrono::seconds(60);

/// Bits of outcomes.flags.
enum OutcomeFlag : qint64 { Got = 1, Installed = 2, Failed = 4, TransportFailed = 8, Uninstalled = 16 };

QString dayOf(UtcTime at)
{
    return toQDateTime(at).toString(QStringLiteral("yyyy-MM-dd"));
}

bool isCounted(const QString &name)
{
    return name != QLatin1String("builtin") && name != QLatin1String("unknown") && !name.isEmpty();
}

/// Of the device that reports, with the bundle that it is about.
Dimensions dimensionsOf(const DeviceEvent &event, const QString &bundle)
{
    const wire::DeviceInfo &device = event.device;
    return {bundle,
            event.channelId.value_or(0),
            device.platform,
            device.versionBuild,
            pluginLabel(device.pluginVersion),
            operatingSystem(device.platform, device.versionOs)};
}

} // namespace

/// A device's row as the writer needs it.
struct EventWriter::KnownDevice
{
    qint64 id = 0;
    wire::DeviceRow row;
    QString defaultChannel;
    qint64 channelId = 0;
    QString bundle;
    bool isActive = false;

    bool operator==(const KnownDevice &) const = default;
    [[nodiscard]] Dimensions dimensions() const
    {
        return {bundle,
                channelId,
                row.platform,
                row.versionBuild,
                pluginLabel(row.pluginVersion),
                operatingSystem(row.platform, row.osVersion)};
    }
};

Result<void> EventWriter::write(const std::vector<EventBatch> &batches)
{
    for (const EventBatch &batch : batches) {
        GATEHOUSE_TRY(writeBatch(batch));
    }
    return m_rollups.flush();
}

Result<void> EventWriter::writeBatch(const EventBatch &batch)
{
    if (batch.appId.isEmpty()) {
        return {};
    }
    if (!m_appKeys.contains(batch.appId)) {
        Query query(m_database, "SELECT key FROM apps WHERE app_id = ? AND deleted = 0");
        query.bind(batch.appId);
        m_appKeys.insert(batch.appId, query.next() ? query.integer() : 0);
        GATEHOUSE_TRY(query.finish());
    }
    m_appKey = m_appKeys.value(batch.appId);
    m_appId = batch.appId;
    if (m_appKey == 0) {
        // Deleted between the answer and the commit: there is nothing to count for.
        return {};
    }
    for (const DeviceEvent &event : batch.events) {
        GATEHOUSE_TRY(writeEvent(event, batch.at));
    }
    return batch.bandwidth > 0 ? writeBandwidth(batch.bandwidth, batch.at) : Result<void>();
}

Result<void> EventWriter::writeEvent(const DeviceEvent &event, UtcTime at)
{
    if (event.log) {
        GATEHOUSE_TRY(writeLog(event, at));
    }
    if (event.count != wire::ActionCount::None && isCounted(event.bundle)) {
        GATEHOUSE_TRY(writeUsage(event, at));
    }
    if (event.outcome != wire::ActionCount::None || event.failure != wire::FailureClass::NoFailure) {
        GATEHOUSE_TRY(writeOutcome(event, at));
    }
    if (event.memory != DeviceEvent::Memory::Keep) {
        GATEHOUSE_TRY(writeMemory(event, at));
    }
    if (event.touchDevice) {
        GATEHOUSE_TRY(touchDevice(event, at));
    }
    if (event.isCheck) {
        Counters check;
        check.checks = 1;
        m_rollups.add(m_appKey, dimensionsOf(event, event.runningBundle.value_or(event.bundle)), at, check);
    }
    announce(event, at);
    return {};
}

Result<void> EventWriter::writeLog(const DeviceEvent &event, UtcTime at)
{
    Query query(m_database,
                "INSERT INTO events (app_key, device_id, action, version_name, metadata, created_at) "
                "VALUES (?, ?, ?, ?, ?, ?)");
    query.bind(m_appKey).bind(event.device.deviceId).bind(event.action);
    query.bind(event.versionName.isEmpty() ? QStringLiteral("unknown") : event.versionName);
    query.bind(event.metadata.isEmpty() ? QStringLiteral("{}")
                                        : QString::fromUtf8(rows::compact(event.metadata)));
    query.bind(at);
    return query.finish();
}

Result<void> EventWriter::writeUsage(const DeviceEvent &event, UtcTime at)
{
    const qint64 get = event.count == wire::ActionCount::Get ? 1 : 0;
    const qint64 fail = event.count == wire::ActionCount::Fail ? 1 : 0;
    const qint64 install = event.count == wire::ActionCount::Install ? 1 : 0;
    const qint64 uninstall = event.count == wire::ActionCount::Uninstall ? 1 : 0;
    Query daily(m_database,
                "INSERT INTO daily_version (app_key, day, version_name, get, fail, install, uninstall) "
                "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET get = get + excluded.get, "
                "fail = fail + excluded.fail, install = install + excluded.install, "
                "uninstall = uninstall + excluded.uninstall");
    daily.bind(m_appKey)
        .bind(dayOf(at))
        .bind(event.bundle)
        .bind(get)
        .bind(fail)
        .bind(install)
        .bind(uninstall);
    GATEHOUSE_TRY(daily.finish());
    Query usage(m_database,
                "INSERT INTO version_usage (app_key, minute, version_name, channel_id, get, fail, install, "
                "uninstall) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET get = get + excluded.get, "
                "fail = fail + excluded.fail, install = install + excluded.install, "
                "uninstall = uninstall + excluded.uninstall");
    usage.bind(m_appKey).bind(toMs(at) / kMinuteMs * kMinuteMs).bind(event.bundle);
    // Offers have no channel there, as on the reference server.
    usage.bind(get != 0 ? 0 : event.channelId.value_or(0)).bind(get).bind(fail).bind(install).bind(uninstall);
    return usage.finish();
}

Result<void> EventWriter::writeOutcome(const DeviceEvent &event, UtcTime at)
{
    qint64 flag = 0;
    switch (event.outcome) {
    case wire::ActionCount::Get:
        flag = Got;
        break;
    case wire::ActionCount::Install:
        flag = Installed;
        break;
    case wire::ActionCount::Uninstall:
        flag = Uninstalled;
        break;
    case wire::ActionCount::Fail:
    case wire::ActionCount::None:
        break;
    }
    if (event.failure == wire::FailureClass::BundleFault) {
        flag = Failed;
    } else if (event.failure == wire::FailureClass::Transport) {
        flag = TransportFailed;
    }
    qint64 known = 0;
    {
        Query query(m_database, "SELECT flags FROM outcomes WHERE app_key = ? AND device_id = ? AND bundle = "
                                "? AND channel_id = ?");
        query.bind(m_appKey).bind(event.device.deviceId).bind(event.bundle).bind(event.channelId.value_or(0));
        known = query.next() ? query.integer() : 0;
        GATEHOUSE_TRY(query.finish());
    }
    if (flag == 0 || (known & flag) != 0) {
        return {};
    }
    Query query(m_database,
                "INSERT INTO outcomes (app_key, device_id, bundle, channel_id, flags) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT DO UPDATE SET flags = flags | excluded.flags");
    query.bind(m_appKey)
        .bind(event.device.deviceId)
        .bind(event.bundle)
        .bind(event.channelId.value_or(0))
        .bind(flag);
    GATEHOUSE_TRY(query.finish());
    Counters counters;
    counters.gets = flag == Got ? 1 : 0;
    counters.installs = flag == Installed ? 1 : 0;
    counters.failures = flag == Failed ? 1 : 0;
    counters.transport = flag == TransportFailed ? 1 : 0;
    counters.uninstalls = flag == Uninstalled ? 1 : 0;
    // The plugin reports "set" and, when the start fails, "update_fail" later: one device, one attempt.
    const bool isOutcome = flag == Installed || flag == Failed;
    counters.attempts = isOutcome && (known & (Installed | Failed)) == 0 ? 1 : 0;
    m_rollups.add(m_appKey, dimensionsOf(event, event.bundle), at, counters);
    return {};
}

Result<void> EventWriter::writeMemory(const DeviceEvent &event, UtcTime at)
{
    if (event.memory == DeviceEvent::Memory::Forget) {
        Query query(m_database, "DELETE FROM failures WHERE app_key = ? AND device_id = ? AND bundle = ?");
        query.bind(m_appKey).bind(event.device.deviceId).bind(event.bundle);
        return query.finish();
    }
    Query query(m_database,
                "INSERT OR REPLACE INTO failures (app_key, device_id, bundle, at) VALUES (?, ?, ?, ?)");
    query.bind(m_appKey).bind(event.device.deviceId).bind(event.bundle).bind(at);
    return query.finish();
}

Result<std::optional<EventWriter::KnownDevice>> EventWriter::knownDevice(const QString &deviceId)
{
    Query query(
        m_database,
        "SELECT id, custom_id, platform, plugin_version, os_version, version_build, version_name, is_prod, "
        "is_emulator, key_id, install_source, default_channel, channel_id, bundle, is_active, updated_at "
        "FROM devices WHERE app_key = ? AND device_id = ?");
    query.bind(m_appKey).bind(deviceId);
    std::optional<KnownDevice> known;
    if (query.next()) {
        known.emplace();
        known->id = query.integer();
        known->row.deviceId = deviceId;
        known->row.customId = query.text();
        known->row.platform = query.text();
        known->row.pluginVersion = query.text();
        known->row.osVersion = query.text();
        known->row.versionBuild = query.text();
        known->row.versionName = query.text();
        known->row.isProd = query.boolean();
        known->row.isEmulator = query.boolean();
        known->row.keyId = query.optText();
        known->row.installSource = query.optText();
        known->defaultChannel = query.text();
        known->channelId = query.integer();
        known->bundle = query.text();
        known->isActive = query.boolean();
        known->row.updatedAt = query.time();
    }
    GATEHOUSE_TRY(query.finish());
    return known;
}

Result<void> EventWriter::touchDevice(const DeviceEvent &event, UtcTime at)
{
    Query activity(m_database, "INSERT OR IGNORE INTO activity (app_key, day, device_id) VALUES (?, ?, ?)");
    activity.bind(m_appKey).bind(dayOf(at)).bind(event.device.deviceId);
    GATEHOUSE_TRY(activity.finish());
    GATEHOUSE_ASSIGN(const auto known, knownDevice(event.device.deviceId));
    KnownDevice device = known.value_or(KnownDevice());
    const wire::DeviceInfo &info = event.device;
    device.row.deviceId = info.deviceId;
    device.row.platform = info.platform;
    device.row.pluginVersion = info.pluginVersion.isEmpty() ? device.row.pluginVersion : info.pluginVersion;
    device.row.osVersion = info.versionOs.isEmpty() ? device.row.osVersion : info.versionOs;
    device.row.versionBuild = info.versionBuild.isEmpty() ? device.row.versionBuild : info.versionBuild;
    device.row.isProd = info.isProd;
    device.row.isEmulator = info.isEmulator;
    device.row.customId = info.customId.isEmpty() ? device.row.customId : info.customId;
    device.row.keyId = info.keyId ? info.keyId : device.row.keyId;
    device.row.installSource = info.installSource ? info.installSource : device.row.installSource;
    device.defaultChannel = info.defaultChannel;
    device.channelId = event.channelId.value_or(device.channelId);
    device.row.versionName = event.runningVersion.value_or(device.row.versionName);
    device.bundle = event.runningBundle.value_or(device.bundle);
    if (device.bundle.isEmpty()) {
        device.bundle = QStringLiteral("unknown");
    }
    device.isActive = true;
    // A time that lies ahead is one of a clock that was wrong: it must not stay for ever.
    const bool isFresh = known && at >= known->row.updatedAt && at - known->row.updatedAt < kTouchEvery;
    if (isFresh && *known == device) {
        return {};
    }
    if (!known) {
        m_rollups.movePopulation(m_appKey, device.dimensions(), 1, at);
    } else if (!known->isActive || known->dimensions() != device.dimensions()) {
        if (known->isActive) {
            m_rollups.movePopulation(m_appKey, known->dimensions(), -1, at);
        }
        m_rollups.movePopulation(m_appKey, device.dimensions(), 1, at);
    }
    if (!known || known->bundle != device.bundle) {
        m_announcements.append({m_appId, QStringLiteral("device"),
                                QJsonObject{{QStringLiteral("device_id"), info.deviceId},
                                            {QStringLiteral("version_name"), device.row.versionName},
                                            {QStringLiteral("platform"), info.platform}}});
    }
    return known ? updateDevice(device, at) : insertDevice(event, device, at);
}

Result<void> EventWriter::insertDevice(const DeviceEvent &event, const KnownDevice &device, UtcTime at)
{
    Query query(m_database,
                "INSERT INTO devices (app_key, device_id, custom_id, platform, plugin_version, os_version, "
                "version_build, version_name, is_prod, is_emulator, key_id, install_source, default_channel, "
                "channel_id, bundle, is_active, created_at, updated_at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)");
    query.bind(m_appKey).bind(event.device.deviceId).bind(device.row.customId).bind(device.row.platform);
    query.bind(device.row.pluginVersion).bind(device.row.osVersion).bind(device.row.versionBuild);
    query.bind(device.row.versionName)
        .bind(device.row.isProd)
        .bind(device.row.isEmulator)
        .bind(device.row.keyId);
    query.bind(device.row.installSource)
        .bind(device.defaultChannel)
        .bind(device.channelId)
        .bind(device.bundle);
    query.bind(at).bind(at);
    return query.finish();
}

Result<void> EventWriter::updateDevice(const KnownDevice &device, UtcTime at)
{
    Query query(m_database,
                "UPDATE devices SET custom_id = ?, platform = ?, plugin_version = ?, os_version = ?, "
                "version_build = ?, version_name = ?, is_prod = ?, is_emulator = ?, key_id = ?, "
                "install_source = ?, default_channel = ?, channel_id = ?, bundle = ?, is_active = 1, "
                "updated_at = ? WHERE id = ?");
    query.bind(device.row.customId).bind(device.row.platform).bind(device.row.pluginVersion);
    query.bind(device.row.osVersion).bind(device.row.versionBuild).bind(device.row.versionName);
    query.bind(device.row.isProd)
        .bind(device.row.isEmulator)
        .bind(device.row.keyId)
        .bind(device.row.installSource);
    query.bind(device.defaultChannel).bind(device.channelId).bind(device.bundle).bind(at).bind(device.id);
    return query.finish();
}

Result<void> EventWriter::retireSilent(UtcTime before, UtcTime now)
{
    struct Silent
    {
        qint64 id = 0;
        qint64 appKey = 0;
        Dimensions dimensions;
    };
    std::vector<Silent> silent;
    {
        Query query(m_database,
                    "SELECT d.id, d.app_key, d.bundle, d.channel_id, d.platform, d.version_build, "
                    "d.plugin_version, d.os_version FROM apps a JOIN devices d ON d.app_key = a.key AND "
                    "d.updated_at < ? "
                    "WHERE d.is_active = 1 LIMIT 50000");
        query.bind(before);
        while (query.next()) {
            Silent device;
            device.id = query.integer();
            device.appKey = query.integer();
            device.dimensions.bundle = query.text();
            device.dimensions.channelId = query.integer();
            device.dimensions.platform = query.text();
            device.dimensions.native = query.text();
            device.dimensions.plugin = pluginLabel(query.text());
            device.dimensions.os = operatingSystem(device.dimensions.platform, query.text());
            silent.push_back(std::move(device));
        }
        GATEHOUSE_TRY(query.finish());
    }
    for (const Silent &device : silent) {
        m_rollups.movePopulation(device.appKey, device.dimensions, -1, now);
        Query query(m_database, "UPDATE devices SET is_active = 0 WHERE id = ?");
        query.bind(device.id);
        GATEHOUSE_TRY(query.finish());
    }
    return m_rollups.flush();
}

Result<void> EventWriter::writeBandwidth(qint64 bytes, UtcTime at)
{
    Query query(m_database, "INSERT INTO bandwidth (app_key, day, bytes) VALUES (?, ?, ?) "
                            "ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes");
    query.bind(m_appKey).bind(dayOf(at)).bind(bytes);
    return query.finish();
}

void EventWriter::announce(const DeviceEvent &event, UtcTime at)
{
    // "Nothing new" is what almost every check says; who wants it asks for the series "checks".
    if (!event.log || event.action == QLatin1String("noNew")) {
        return;
    }
    m_announcements.append({m_appId, QStringLiteral("stats"),
                            QJsonObject{{QStringLiteral("device_id"), event.device.deviceId},
                                        {QStringLiteral("action"), event.action},
                                        {QStringLiteral("version_name"), event.versionName},
                                        {QStringLiteral("platform"), event.device.platform},
                                        {QStringLiteral("version_build"), event.device.versionBuild},
                                        {QStringLiteral("version_os"), event.device.versionOs},
                                        {QStringLiteral("created_at"), toIso(at)}}});
}

} // namespace gatehouse::server
