// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/storage/serving.h"
#include "server/storage/writer.h"

#include <QHash>

#include <map>
#include <tuple>

namespace gatehouse::server {

/// Writes what devices did: log rows, Capgo's counters, first outcomes, roll-ups by minute, hour and day,
/// devices, the population by bundle, the memory of failures. One object for one transaction.
class EventWriter
{
public:
    explicit EventWriter(Database &database)
        : m_database(database)
    {}

    Result<void> write(const std::vector<EventBatch> &batches);
    /// Devices that did not check in since the given time stop counting as active.
    Result<void> retireSilent(UtcTime before, UtcTime now);
    [[nodiscard]] const QVector<Announcement> &announcements() const { return m_announcements; }

private:
    /// What roll-ups are kept by.
    struct Dimensions
    {
        QString bundle;
        qint64 channelId = 0;
        QString platform;
        QString native;
        bool operator==(const Dimensions &) const = default;
        bool operator<(const Dimensions &other) const
        {
            return std::tie(bundle, channelId, platform, native) <
                   std::tie(other.bundle, other.channelId, other.platform, other.native);
        }
    };
    struct Counters
    {
        qint64 checks = 0;
        qint64 gets = 0;
        qint64 installs = 0;
        qint64 failures = 0;
        qint64 attempts = 0;
        qint64 transport = 0;
        qint64 uninstalls = 0;
        qint64 active = 0;
    };
    struct KnownDevice;

    Result<void> writeBatch(const EventBatch &batch);
    Result<void> writeEvent(const DeviceEvent &event, UtcTime at);
    Result<void> writeLog(const DeviceEvent &event, UtcTime at);
    Result<void> writeUsage(const DeviceEvent &event, UtcTime at);
    Result<void> writeOutcome(const DeviceEvent &event, UtcTime at);
    Result<void> writeMemory(const DeviceEvent &event, UtcTime at);
    Result<void> touchDevice(const DeviceEvent &event, UtcTime at);
    Result<std::optional<KnownDevice>> knownDevice(const QString &deviceId);
    Result<void> insertDevice(const DeviceEvent &event, const KnownDevice &device, UtcTime at);
    Result<void> updateDevice(const KnownDevice &device, UtcTime at);
    Result<void> writeBandwidth(qint64 bytes, UtcTime at);
    Result<void> flushRollups();
    Result<void> flushPopulation();
    Counters &countersAt(const Dimensions &dimensions, UtcTime at);
    void movePopulation(const Dimensions &dimensions, qint64 by, UtcTime at);
    void announce(const DeviceEvent &event, UtcTime at);

    Database &m_database;
    qint64 m_appKey = 0;
    QString m_appId;
    QHash<QString, qint64> m_appKeys;
    std::map<std::tuple<qint64, qint64, Dimensions>, Counters> m_rollups; ///< by app, ten seconds, dimensions
    std::map<std::pair<qint64, Dimensions>, qint64> m_population;
    QVector<Announcement> m_announcements;
};

} // namespace gatehouse::server
