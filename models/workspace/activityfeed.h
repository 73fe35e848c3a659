// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "wire/liveevent.h"

#include <QObject>
#include <QVector>

namespace gatehouse::workspace {

/// One line of the live feed. All texts are foreign.
struct ActivityEntry
{
    qint64 id = 0;
    UtcTime at{};
    QString action; ///< device-protocol 3.4, or "channel", "bundle"
    QString bundle;
    QString platform;
    QString nativeVersion;
    QString osVersion;
    QString deviceId;

    bool operator==(const ActivityEntry &) const = default;
};

/// What devices and colleagues just did, newest first. Device events that say nothing to people (progress in
/// steps of ten, lifecycle) are left out.
class ActivityFeed final : public QObject
{
    Q_OBJECT

public:
    explicit ActivityFeed(const Clock &clock, QObject *parent = nullptr);

    void take(const QVector<wire::LiveEvent> &events);
    void clear();
    [[nodiscard]] const QVector<ActivityEntry> &entries() const { return m_entries; }

Q_SIGNALS:
    void changed();

private:
    const Clock &m_clock;
    QVector<ActivityEntry> m_entries;
    qint64 m_nextId = 1;
};

} // namespace gatehouse::workspace
