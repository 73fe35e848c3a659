// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleet/population/device.h"

namespace gatehouse::fleet {

namespace {

// iOS ends every request after responseTimeout + 5 s, whatever is still to come (spec section 6.7).
constexpr Milliseconds kIosTransferLimit{25'000};
// Android waits at least this long for an unconfirmed bundle (spec section 6.4).
constexpr Milliseconds kAndroidLeastWait{30'000};

} // namespace

void Device::check(World &world)
{
    if (m_update != Update::Idle || world.now() < m_silentUntil) {
        return;
    }
    m_update = Update::Checking;
    world.count(m_profile.number, Moment::Check, QString());
    if (isOffline(world)) {
        onChecked(world, {makeError(ErrorKind::Offline, "fleet.offline",
                                    QStringLiteral("The device has no network.")),
                          0, Milliseconds(0)});
        return;
    }
    world.check(m_profile.number, info(wireName(m_running)));
}

void Device::onChecked(World &world, const Checked &checked)
{
    m_update = Update::Idle;
    if (checked.status == 429 && m_profile.gates.waitsAfter429) {
        heed429(world, checked.retryAfter);
    }
    if (!checked.answer || !checked.answer->isOffer()) {
        refuse(world, checked);
        return;
    }
    offer(world, *checked.answer);
}

// Which refusals a plugin takes for a failure: spec sections 1.2 and 5.7.
void Device::refuse(World &world, const Checked &checked)
{
    if (checked.answer) {
        const QString &kind = checked.answer->kind;
        const bool isCalm = kind == QLatin1String("up_to_date") || kind == QLatin1String("blocked");
        if (m_profile.gates.kinds && isCalm) {
            return;
        }
        if (!m_profile.gates.kinds && m_profile.platform == QLatin1String("ios")) {
            return; // an event for the app, none for the server
        }
    }
    tellFailure(world, QStringLiteral("download_fail"), wireName(m_running));
}

void Device::offer(World &world, const wire::UpdateAnswer &answer)
{
    if (answer.version == QLatin1String("builtin")) {
        if (!m_running.isEmpty()) {
            m_next = QString();
        }
        return;
    }
    if (answer.version == m_running || m_next == answer.version) {
        return;
    }
    world.count(m_profile.number, Moment::Offer, answer.version);
    if (onDisk(answer.version) != nullptr) {
        // Bundles are looked up by name: what is on disk is taken whatever the answer says about it.
        queueNext(world, answer.version);
        return;
    }
    if (answer.version.isEmpty() || answer.url.isEmpty()) {
        tellFailure(world, QStringLiteral("download_fail"), wireName(m_running));
        return;
    }
    beginDownload(world, answer);
}

void Device::beginDownload(World &world, const wire::UpdateAnswer &answer)
{
    m_update = Update::Fetching;
    m_offer = answer;
    m_transferStarted = world.now();
    world.count(m_profile.number, Moment::Download, answer.version);
    const QString kind = answer.manifest.isEmpty() ? QStringLiteral("zip") : QStringLiteral("manifest");
    if (m_profile.platform == QLatin1String("ios")) {
        tell(world, QStringLiteral("download_0"), answer.version);
    }
    tellFromWorker(world, QStringLiteral("download_%1_start").arg(kind), answer.version);
    world.fetch(m_profile.number, answer);
}

// The bytes come from the fleet's shared store; how long this device's own network takes is simulated.
void Device::onFetched(World &world, const Fetched &fetched)
{
    if (m_update != Update::Fetching) {
        return;
    }
    m_update = Update::Transferring;
    m_fetched = fetched;
    const double seconds = static_cast<double>(fetched.bytes) / m_profile.bytesPerSecond;
    const Milliseconds needed(static_cast<qint64>(seconds * 1000) + 120);
    const bool isIosZip = m_profile.platform == QLatin1String("ios") && m_offer.manifest.isEmpty();
    if (isIosZip && needed > kIosTransferLimit) {
        m_fetched.failure = QStringLiteral("download_fail");
    }
    const Milliseconds takes = isIosZip ? std::min(needed, kIosTransferLimit) : needed;
    const auto gone = std::chrono::duration_cast<Milliseconds>(world.now() - m_transferStarted);
    schedule(world, takes - gone, Wake::Transferred);
}

void Device::finishDownload(World &world)
{
    m_update = Update::Idle;
    if (isOffline(world)) {
        failDownload(world, QStringLiteral("download_fail"));
        return;
    }
    if (const auto fault = strike(m_faults, FaultStage::Transfer, m_profile, m_offer.version, m_chance)) {
        failDownload(world, *fault);
        return;
    }
    if (!m_fetched.failure.isEmpty()) {
        failDownload(world, m_fetched.failure);
        return;
    }
    tellProgress(world, m_offer.version);
    const QString kind = m_offer.manifest.isEmpty() ? QStringLiteral("zip") : QStringLiteral("manifest");
    tellFromWorker(world, QStringLiteral("download_%1_complete").arg(kind), m_offer.version);
    tell(world, QStringLiteral("download_complete"), m_offer.version);
    m_disk.append({m_offer.version, m_fetched.hasIndex, m_fetched.callsReady});
    queueNext(world, m_offer.version);
}

// The specific code first, for the version that failed; then the general one, for the running version.
// @source spec: device-protocol, section 6.4
void Device::failDownload(World &world, const QString &action)
{
    const bool isAndroid = m_profile.platform == QLatin1String("android");
    if (action == QLatin1String("download_fail") && isAndroid) {
        // A transfer that failed is told by the worker, without a version.
        tellFromWorker(world, action, QString());
        world.count(m_profile.number, Moment::Failure, action);
        return;
    }
    if (action != QLatin1String("download_fail")) {
        // Android has no code of its own for what cannot be decrypted.
        const bool isUnnamed = isAndroid && action == QLatin1String("decrypt_fail");
        const QString subject = m_fetched.file.isEmpty() || action != m_fetched.failure
                                    ? m_offer.version
                                    : QString(m_offer.version + QLatin1Char(':') + m_fetched.file);
        tellFailure(world, isUnnamed ? QStringLiteral("finish_download_fail") : action, subject);
    }
    tellFailure(world, QStringLiteral("download_fail"), wireName(m_running));
}

void Device::queueNext(World &world, const QString &version)
{
    m_next = version;
    if (m_profile.gates.nativeNameOfBuiltin) {
        tell(world, QStringLiteral("set_next"), version);
    }
    if (!m_isOpen && m_isProcessAlive) {
        activateNext(world); // it went to the background while the download was under way
    }
}

void Device::activateNext(World &world)
{
    const QString version = *std::exchange(m_next, std::nullopt);
    if (version.isEmpty()) {
        // Back to the built-in bundle as the server asked: no event says so (spec section 3.5).
        m_isConfirmed = true;
        run(world, QString());
        awaitReady(world);
        return;
    }
    const OnDisk *bundle = onDisk(version);
    const bool isUsable = bundle != nullptr && bundle->hasIndex &&
                          !strike(m_faults, FaultStage::Activation, m_profile, version, m_chance);
    if (!isUsable) {
        tellFailure(world, QStringLiteral("set_fail"), version);
        removeFromDisk(world, version);
        return;
    }
    tell(world, QStringLiteral("set"), version, wireName(m_running));
    m_isConfirmed = false;
    run(world, version);
    awaitReady(world);
}

void Device::run(World &world, const QString &bundle)
{
    if (m_running != bundle) {
        const QString before = std::exchange(m_running, bundle);
        world.runs(m_profile.number, before, m_running);
    }
}

// After every load of a page the plugin waits for notifyAppReady.
void Device::awaitReady(World &world)
{
    unschedule(Wake::Ready);
    unschedule(Wake::NotReady);
    const OnDisk *bundle = onDisk(m_running);
    const bool isSilent = bundle != nullptr && !bundle->callsReady;
    const bool isStruck =
        !m_isConfirmed && strike(m_faults, FaultStage::Launch, m_profile, m_running, m_chance);
    if (!m_running.isEmpty() && !m_isConfirmed && (isSilent || isStruck)) {
        const bool isLong = m_profile.platform == QLatin1String("android") && m_profile.gates.longAndroidWait;
        schedule(world, isLong ? std::max(m_app.readyTimeout, kAndroidLeastWait) : m_app.readyTimeout,
                 Wake::NotReady);
        return;
    }
    schedule(world, Milliseconds(static_cast<qint64>(m_chance.between(300, 2'500))), Wake::Ready);
}

void Device::becomeReady(World &world)
{
    if (!m_isConfirmed) {
        m_isConfirmed = true;
        const QString previous = std::exchange(m_lastGood, m_running);
        world.count(m_profile.number, Moment::Install, m_running);
        if (!previous.isEmpty() && previous != m_running) {
            removeFromDisk(world, previous);
        }
    }
    if (!m_toldReady) {
        m_toldReady = true;
        tellLaunch(world, QStringLiteral("app_launch_ready"),
                   {{QStringLiteral("duration_ms"), QString::number(world.wallMs() - m_launchedAtMs)},
                    {QStringLiteral("source"), QStringLiteral("notify_app_ready")}});
    }
}

// @source spec: device-protocol, section 6.4, point 3
void Device::rollBack(World &world)
{
    if (m_isConfirmed || m_running.isEmpty()) {
        return;
    }
    const QString failing = m_running;
    tellLaunch(world, QStringLiteral("app_launch_timeout"),
               {{QStringLiteral("timeout_ms"), QString::number(m_app.readyTimeout.count())},
                {QStringLiteral("source"), QStringLiteral("app_ready_timeout")}});
    tellFailure(world, QStringLiteral("update_fail"), failing);
    world.count(m_profile.number, Moment::RollBack, failing);
    m_isConfirmed = true;
    run(world, onDisk(m_lastGood) != nullptr ? m_lastGood : QString());
    if (!m_running.isEmpty()) {
        tell(world, QStringLiteral("set"), m_running, m_profile.nativeVersion);
    }
    removeFromDisk(world, failing);
    awaitReady(world);
}

} // namespace gatehouse::fleet
