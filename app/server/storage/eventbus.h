// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "wire/liveevent.h"

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace gatehouse::server {

/// What happened, in this process, for event streams: a ring of the last hour, bounded in number.
/// @thread any
class EventBus
{
public:
    static constexpr std::size_t kMaxEvents = 20'000;
    static constexpr Milliseconds kMaxAge = std::chrono::hours(1);

    /// Ends when destroyed; wake is not called after that.
    class Subscription
    {
    public:
        ~Subscription();
        Subscription(const Subscription &) = delete;
        Subscription &operator=(const Subscription &) = delete;
        /// What came since the last call, oldest first. A "reset" event says that some were lost.
        [[nodiscard]] QVector<wire::LiveEvent> take();

    private:
        friend class EventBus;
        Subscription(EventBus &bus, QString appId, qint64 lastId, std::function<void()> wake);
        EventBus &m_bus;
        QString m_appId;
        qint64 m_lastId = 0;
        std::function<void()> m_wake;
    };

    /// Ids go on from the time of the start, so that they are never used twice.
    explicit EventBus(const Clock &clock);
    EventBus(const EventBus &) = delete;
    EventBus &operator=(const EventBus &) = delete;

    void publish(const QString &appId, const QString &type, const QJsonObject &data);
    /// lastId: of the last event that the subscriber has; nothing = from now on. wake is called from any
    /// thread, under the bus' lock: it must only schedule.
    [[nodiscard]] std::unique_ptr<Subscription> subscribe(const QString &appId, std::optional<qint64> lastId,
                                                          std::function<void()> wake);

private:
    struct Entry
    {
        QString appId;
        UtcTime at{};
        wire::LiveEvent event;
    };
    void dropOld(UtcTime now);

    const Clock &m_clock;
    std::mutex m_mutex;
    std::deque<Entry> m_ring;
    qint64 m_firstId = 0;
    qint64 m_nextId = 0;
    std::vector<Subscription *> m_subscriptions;
};

} // namespace gatehouse::server
