// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/storage/rollups.h"
#include "server/storage/serving.h"
#include "server/storage/writer.h"

#include <QHash>

namespace gatehouse::server {

/// Writes what devices did: log rows, Capgo's counters, first outcomes, roll-ups, devices, the population,
/// the memory of failures. One object for one transaction.
class EventWriter
{
public:
    explicit EventWriter(Database &database)
        : m_database(database)
        , m_rollups(database)
    {}

    Result<void> write(const std::vector<EventBatch> &batches);
    /// Devices that did not check in since the given time stop counting as active.
    Result<void> retireSilent(UtcTime before, UtcTime now);
    [[nodiscard]] const QVector<Announcement> &announcements() const { return m_announcements; }

private:
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
    void announce(const DeviceEvent &event, UtcTime at);

    Database &m_database;
    qint64 m_appKey = 0;
    QString m_appId;
    QHash<QString, qint64> m_appKeys;
    Rollups m_rollups;
    QVector<Announcement> m_announcements;
};

} // namespace gatehouse::server
