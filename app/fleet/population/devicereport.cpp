// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleet/population/device.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace gatehouse::fleet {

namespace {

constexpr Milliseconds kBatchTime{1'000};
constexpr Milliseconds kRetryTime{30'000};
constexpr Milliseconds kForever = std::chrono::hours(24 * 365);

} // namespace

QString Device::wireName(const QString &bundle) const
{
    if (!bundle.isEmpty()) {
        return bundle;
    }
    return m_profile.gates.nativeNameOfBuiltin ? m_profile.nativeVersion : QStringLiteral("builtin");
}

wire::DeviceInfo Device::info(const QString &versionName) const
{
    wire::DeviceInfo info;
    info.platform = m_profile.platform;
    info.deviceId = m_profile.id;
    info.appId = m_app.appId;
    info.customId = m_profile.customId;
    info.versionBuild = m_profile.nativeVersion;
    info.versionCode = QStringLiteral("1");
    info.versionOs = m_profile.osVersion;
    info.versionName = versionName;
    info.pluginVersion = m_profile.pluginVersion;
    info.isEmulator = m_profile.isEmulator;
    info.isProd = m_profile.isProd;
    info.defaultChannel = m_app.defaultChannel;
    if (!m_app.keyId.isEmpty()) {
        info.keyId = m_app.keyId;
    }
    if (m_profile.gates.installSource && !m_profile.installSource.isEmpty()) {
        info.installSource = m_profile.installSource;
    }
    return info;
}

void Device::tell(World &world, const QString &action, const QString &version,
                  const std::optional<QString> &old, const QJsonObject &metadata)
{
    if (m_events.add({action, version, old, metadata, world.wallMs()})) {
        world.count(m_profile.number, Moment::EventsLost, action);
    }
    if (!m_planned[static_cast<std::size_t>(Wake::Flush)] && !m_events.isSending()) {
        schedule(world, kBatchTime, Wake::Flush);
    }
}

void Device::tellFailure(World &world, const QString &action, const QString &version)
{
    tell(world, action, version);
    world.count(m_profile.number, Moment::Failure, action);
}

void Device::tellLaunch(World &world, const QString &action, const QJsonObject &metadata)
{
    if (!m_profile.gates.launchEvents) {
        return;
    }
    QJsonObject all = metadata;
    all.insert(QStringLiteral("launch_started_at"), QString::number(m_launchedAtMs));
    tell(world, action, wireName(m_running), std::nullopt, all);
}

// Android's download worker posts its events itself: single, bare and only once.
void Device::tellFromWorker(World &world, const QString &action, const QString &version)
{
    if (m_profile.platform != QLatin1String("android")) {
        tell(world, action, version);
        return;
    }
    if (isOffline(world) || world.now() < mayReportAt()) {
        return;
    }
    wire::StatEvent event;
    event.device = info(version);
    event.device.keyId.reset();
    event.action = action;
    QJsonObject json = event.toJson();
    if (version.isEmpty()) {
        json.remove(QStringLiteral("version_name"));
    }
    world.report(m_profile.number, QJsonDocument(json).toJson(QJsonDocument::Compact),
                 World::Answer::Ignored);
}

void Device::tellProgress(World &world, const QString &version)
{
    for (int percent = 10; percent < 100; percent += 10) {
        tell(world, QStringLiteral("download_%1").arg(percent), version);
    }
}

QJsonObject Device::eventJson(const PendingEvent &pending) const
{
    wire::StatEvent event;
    event.device = info(pending.version);
    event.action = pending.action;
    event.oldVersionName = pending.old;
    if (m_profile.gates.metadata) {
        event.metadata = pending.metadata;
    }
    QJsonObject json = event.toJson();
    if (m_profile.gates.batches) {
        json.insert(QStringLiteral("timestamp"), pending.timestamp);
    }
    return json;
}

void Device::flush(World &world)
{
    if (m_events.isEmpty() || m_events.isSending()) {
        return;
    }
    if (world.now() < mayReportAt() || isOffline(world)) {
        const auto wait = std::chrono::duration_cast<Milliseconds>(mayReportAt() - world.now());
        schedule(world, std::max(kRetryTime, wait), Wake::Flush);
        return;
    }
    const QVector<PendingEvent> events = m_events.take(m_profile.gates.batches ? EventQueue::kCapacity : 1);
    QJsonDocument body;
    if (m_profile.gates.batches) {
        QJsonArray array;
        for (const PendingEvent &event : events) {
            array.append(eventJson(event));
        }
        body.setArray(array);
    } else {
        body.setObject(eventJson(events.first()));
    }
    world.report(m_profile.number, body.toJson(QJsonDocument::Compact), World::Answer::Wanted);
}

void Device::onDelivered(World &world, const Delivered &delivered)
{
    if (delivered.is429 && m_profile.gates.waitsAfter429) {
        heed429(world, delivered.retryAfter);
    } else if (delivered.is429) {
        // Before 8.51.5 one 429 on statistics stopped them until the app was started again.
        m_statsSilentUntil = world.now() + kForever;
    }
    switch (delivered.verdict) {
    case Delivered::Verdict::Taken:
        m_events.drop();
        break;
    case Delivered::Verdict::Refused:
        world.count(m_profile.number, Moment::EventsLost, QStringLiteral("refused"));
        m_events.drop();
        break;
    case Delivered::Verdict::Later:
        m_events.keep();
        break;
    }
    if (!m_events.isEmpty()) {
        const bool isLater = delivered.verdict == Delivered::Verdict::Later;
        schedule(world, isLater ? kRetryTime : kBatchTime, Wake::Flush);
    }
}

// @source spec: device-protocol, section 6.5: the longest deadline wins, one report a process
void Device::heed429(World &world, Milliseconds wait)
{
    m_silentUntil = std::max(m_silentUntil, world.now() + wait);
    if (!m_told429) {
        m_told429 = true;
        tell(world, QStringLiteral("rate_limit_reached"), wireName(m_running));
    }
}

} // namespace gatehouse::fleet
