// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fleet/population/eventqueue.h"
#include "fleet/population/profile.h"
#include "fleet/population/random.h"
#include "fleet/population/world.h"

#include <algorithm>
#include <array>

namespace gatehouse::fleet {

/// What all devices of a fleet have in common: the app they carry.
struct AppSettings
{
    QString appId;
    QString defaultChannel;
    QString keyId; ///< empty when the app has no public key
    Milliseconds readyTimeout{10'000};
};

/// One device with the plugin in its mode atBackground: opens the app, checks, downloads, activates, becomes
/// ready or rolls back, and reports all of it. Knows no network and no clock: it asks the World, which
/// answers by onChecked(), onFetched(), onDelivered() and onWake().
/// @source spec: device-protocol, section 6
class Device
{
public:
    /// app and faults must outlive the device; faults may change between calls.
    Device(Profile profile, const AppSettings &app, const QVector<FaultRule> &faults);

    /// Plans the first opening of the app, somewhere in its usual interval.
    void begin(World &world);
    void onWake(World &world, Wake kind, quint32 ticket);
    void onChecked(World &world, const Checked &checked);
    void onFetched(World &world, const Fetched &fetched);
    void onDelivered(World &world, const Delivered &delivered);

    /// The app is opened now, whatever was planned. Nothing when it is open.
    void openNow(World &world);
    void goOffline(World &world, Milliseconds lasting);
    /// A new native version from the store: the next opening starts on its built-in bundle.
    void updateNative(const QString &version);

    [[nodiscard]] const Profile &profile() const { return m_profile; }
    /// Name of the running bundle; empty: the built-in one.
    [[nodiscard]] const QString &running() const { return m_running; }
    [[nodiscard]] bool isOpen() const { return m_isOpen; }

private:
    enum class Update { Idle, Checking, Fetching, Transferring };

    // device.cpp: the life of the app
    void open(World &world);
    void close(World &world);
    void startProcess(World &world);
    void adoptNative(World &world);
    [[nodiscard]] bool isOffline(const World &world) const { return world.now() < m_offlineUntil; }
    void schedule(World &world, Milliseconds after, Wake kind);
    void unschedule(Wake kind);
    void planOpening(World &world);
    void sufferRunningFault(World &world);

    // deviceupdate.cpp: check, download, activation, readiness
    void check(World &world);
    void refuse(World &world, const Checked &checked);
    void offer(World &world, const wire::UpdateAnswer &answer);
    void beginDownload(World &world, const wire::UpdateAnswer &answer);
    void finishDownload(World &world);
    void failDownload(World &world, const QString &action);
    void queueNext(World &world, const QString &version);
    void activateNext(World &world);
    void awaitReady(World &world);
    void becomeReady(World &world);
    void rollBack(World &world);
    void run(World &world, const QString &bundle);

    // devicereport.cpp: what it says about itself
    [[nodiscard]] wire::DeviceInfo info(const QString &versionName) const;
    [[nodiscard]] QString wireName(const QString &bundle) const;
    void tell(World &world, const QString &action, const QString &version,
              const std::optional<QString> &old = std::nullopt, const QJsonObject &metadata = {});
    void tellFailure(World &world, const QString &action, const QString &version);
    void tellLaunch(World &world, const QString &action, const QJsonObject &metadata);
    void tellFromWorker(World &world, const QString &action, const QString &version);
    void tellProgress(World &world, const QString &version);
    void flush(World &world);
    [[nodiscard]] QJsonObject eventJson(const PendingEvent &event) const;
    void heed429(World &world, Milliseconds wait);
    [[nodiscard]] UtcTime mayReportAt() const { return std::max(m_silentUntil, m_statsSilentUntil); }

    struct OnDisk
    {
        QString name;
        bool hasIndex = true;
        bool callsReady = true;
    };
    [[nodiscard]] const OnDisk *onDisk(const QString &name) const;
    void removeFromDisk(World &world, const QString &name);

    Profile m_profile;
    const AppSettings &m_app;
    const QVector<FaultRule> &m_faults;
    Random m_chance;
    EventQueue m_events;
    std::array<quint32, kWakeKinds> m_tickets{};
    std::array<bool, kWakeKinds> m_planned{};

    QVector<OnDisk> m_disk;
    QString m_running;             ///< empty: built-in
    QString m_lastGood;            ///< empty: built-in
    std::optional<QString> m_next; ///< activated when the app goes to the background; empty text: built-in
    bool m_isConfirmed = true;

    Update m_update = Update::Idle;
    wire::UpdateAnswer m_offer;
    Fetched m_fetched;
    UtcTime m_transferStarted{};

    bool m_isOpen = false;
    bool m_isProcessAlive = false;
    bool m_toldReady = false; ///< app_launch_ready is sent once a process
    bool m_told429 = false;
    QString m_crashToTell;
    qint64 m_launchedAtMs = 0;
    UtcTime m_offlineUntil{};
    UtcTime m_silentUntil{};      ///< 429: no request at all
    UtcTime m_statsSilentUntil{}; ///< 429 as older plugins take it: no events until the next start
    std::optional<QString> m_newNative;
};

} // namespace gatehouse::fleet
