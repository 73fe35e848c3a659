// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleet/population/device.h"

namespace gatehouse::fleet {

namespace {

// A phone under memory pressure throws about a third of the apps out between two uses.
constexpr double kProcessDies = 0.35;

std::size_t slot(Wake kind)
{
    return static_cast<std::size_t>(kind);
}

Milliseconds scaled(Milliseconds median, double factor)
{
    return Milliseconds(static_cast<qint64>(static_cast<double>(median.count()) * factor));
}

} // namespace

Device::Device(Profile profile, const AppSettings &app, const QVector<FaultRule> &faults)
    : m_profile(std::move(profile))
    , m_app(app)
    , m_faults(faults)
    , m_chance(spread(m_profile.seed))
{}

void Device::begin(World &world)
{
    world.runs(m_profile.number, QString(), m_running);
    schedule(world, scaled(m_profile.interval, m_chance.unit()), Wake::Open);
}

void Device::schedule(World &world, Milliseconds after, Wake kind)
{
    m_planned[slot(kind)] = true;
    world.wake(m_profile.number, std::max(after, Milliseconds(0)), kind, ++m_tickets[slot(kind)]);
}

void Device::unschedule(Wake kind)
{
    m_planned[slot(kind)] = false;
}

void Device::onWake(World &world, Wake kind, quint32 ticket)
{
    if (!m_planned[slot(kind)] || ticket != m_tickets[slot(kind)]) {
        return; // a later plan took its place
    }
    m_planned[slot(kind)] = false;
    switch (kind) {
    case Wake::Open:
        open(world);
        return;
    case Wake::Close:
        close(world);
        return;
    case Wake::Ready:
        becomeReady(world);
        return;
    case Wake::NotReady:
        rollBack(world);
        return;
    case Wake::Transferred:
        finishDownload(world);
        return;
    case Wake::Flush:
        flush(world);
        return;
    }
}

void Device::openNow(World &world)
{
    if (!m_isOpen) {
        unschedule(Wake::Open);
        open(world);
    }
}

void Device::goOffline(World &world, Milliseconds lasting)
{
    m_offlineUntil = world.now() + lasting;
}

void Device::updateNative(const QString &version)
{
    m_newNative = version;
}

void Device::planOpening(World &world)
{
    schedule(world, scaled(m_profile.interval, m_chance.around(1.0, 0.35)), Wake::Open);
}

void Device::open(World &world)
{
    m_isOpen = true;
    if (!m_isProcessAlive || m_newNative || m_chance.chance(kProcessDies)) {
        startProcess(world);
    }
    tell(world, QStringLiteral("app_moved_to_foreground"), wireName(m_running));
    const Milliseconds stays = scaled(m_profile.foreground, m_chance.around(1.0, 0.4));
    schedule(world, std::max(stays, Milliseconds(1'500)), Wake::Close);
    check(world);
}

// A process that died took its timers and its half-done download with it.
void Device::startProcess(World &world)
{
    for (const Wake kind : {Wake::Ready, Wake::NotReady, Wake::Transferred}) {
        unschedule(kind);
    }
    if (m_update == Update::Transferring) {
        m_update = Update::Idle;
    }
    m_isProcessAlive = true;
    m_toldReady = false;
    m_told429 = false;
    m_silentUntil = UtcTime{};
    m_statsSilentUntil = UtcTime{};
    unschedule(Wake::Flush);
    m_launchedAtMs = world.wallMs();
    adoptNative(world);
    if (!m_crashToTell.isEmpty()) {
        const QString crash = std::exchange(m_crashToTell, QString());
        tell(world, crash, wireName(m_running));
        world.count(m_profile.number, Moment::Failure, crash);
    }
    if (m_next) {
        activateNext(world);
        tellLaunch(world, QStringLiteral("app_launch_start"), {});
        return;
    }
    tellLaunch(world, QStringLiteral("app_launch_start"), {});
    awaitReady(world);
}

// resetWhenUpdate: downloaded bundles are for the native version they were offered to.
void Device::adoptNative(World &world)
{
    if (!m_newNative) {
        return;
    }
    const QString before = std::exchange(m_profile.nativeVersion, *m_newNative);
    m_newNative.reset();
    m_next.reset();
    m_disk.clear();
    m_lastGood.clear();
    m_isConfirmed = true;
    run(world, QString());
    const QJsonObject metadata{{QStringLiteral("previous_version_build"), before},
                               {QStringLiteral("current_version_build"), m_profile.nativeVersion}};
    if (m_profile.gates.metadata) {
        tell(world, QStringLiteral("native_app_version_changed"), wireName(m_running), std::nullopt,
             metadata);
    }
}

void Device::close(World &world)
{
    m_isOpen = false;
    planOpening(world);
    sufferRunningFault(world);
    if (!m_isProcessAlive) {
        return;
    }
    tell(world, QStringLiteral("app_moved_to_background"), wireName(m_running));
    if (m_next) {
        activateNext(world);
    }
}

// A crash is told by the next process; a script's error at once.
void Device::sufferRunningFault(World &world)
{
    if (m_running.isEmpty() || !m_isConfirmed) {
        return;
    }
    const auto fault = strike(m_faults, FaultStage::Running, m_profile, m_running, m_chance);
    if (!fault) {
        return;
    }
    if (fault->startsWith(QLatin1String("app_"))) {
        m_crashToTell = *fault;
        m_isProcessAlive = false;
        return;
    }
    tell(world, *fault, wireName(m_running), std::nullopt,
         m_profile.gates.metadata ? QJsonObject{{QStringLiteral("source"), QStringLiteral("app.js")},
                                                {QStringLiteral("line"), QStringLiteral("1")}}
                                  : QJsonObject{});
    world.count(m_profile.number, Moment::Failure, *fault);
}

const Device::OnDisk *Device::onDisk(const QString &name) const
{
    for (const OnDisk &bundle : m_disk) {
        if (bundle.name == name) {
            return &bundle;
        }
    }
    return nullptr;
}

void Device::removeFromDisk(World &world, const QString &name)
{
    const qsizetype removed = m_disk.removeIf([&name](const OnDisk &bundle) { return bundle.name == name; });
    if (removed > 0) {
        tell(world, QStringLiteral("delete"), name);
    }
}

} // namespace gatehouse::fleet
