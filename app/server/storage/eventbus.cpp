// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/eventbus.h"

#include <algorithm>

namespace gatehouse::server {

EventBus::EventBus(const Clock &clock)
    : m_clock(clock)
    , m_firstId(toMs(clock.now()) * 1000)
    , m_nextId(m_firstId + 1)
{}

void EventBus::publish(const QString &appId, const QString &type, const QJsonObject &data)
{
    const std::lock_guard lock(m_mutex);
    const UtcTime now = m_clock.now();
    wire::LiveEvent event;
    event.id = m_nextId++;
    event.type = type;
    event.data = data;
    m_ring.push_back(Entry{appId, now, event});
    dropOld(now);
    for (Subscription *subscription : m_subscriptions) {
        if (subscription->m_appId == appId) {
            subscription->m_wake();
        }
    }
}

void EventBus::dropOld(UtcTime now)
{
    while (!m_ring.empty() && (m_ring.size() > kMaxEvents || now - m_ring.front().at > kMaxAge)) {
        m_firstId = m_ring.front().event.id;
        m_ring.pop_front();
    }
}

std::unique_ptr<EventBus::Subscription>
EventBus::subscribe(const QString &appId, std::optional<qint64> lastId, std::function<void()> wake)
{
    const std::lock_guard lock(m_mutex);
    std::unique_ptr<Subscription> subscription(
        new Subscription(*this, appId, lastId.value_or(m_nextId - 1), std::move(wake)));
    m_subscriptions.push_back(subscription.get());
    return subscription;
}

EventBus::Subscription::Subscription(EventBus &bus, QString appId, qint64 lastId, std::function<void()> wake)
    : m_bus(bus)
    , m_appId(std::move(appId))
    , m_lastId(lastId)
    , m_wake(std::move(wake))
{}

EventBus::Subscription::~Subscription()
{
    const std::lock_guard lock(m_bus.m_mutex);
    std::erase(m_bus.m_subscriptions, this);
}

QVector<wire::LiveEvent> EventBus::Subscription::take()
{
    const std::lock_guard lock(m_bus.m_mutex);
    QVector<wire::LiveEvent> events;
    const bool isFromOtherTime = m_lastId >= m_bus.m_nextId;
    if (m_lastId < m_bus.m_firstId || isFromOtherTime) {
        wire::LiveEvent reset;
        reset.id = m_bus.m_nextId - 1;
        reset.type = QStringLiteral("reset");
        events.append(reset);
        m_lastId = reset.id;
        return events;
    }
    const auto from = std::upper_bound(m_bus.m_ring.begin(), m_bus.m_ring.end(), m_lastId,
                                       [](qint64 id, const Entry &entry) { return id < entry.event.id; });
    for (auto entry = from; entry != m_bus.m_ring.end(); ++entry) {
        if (entry->appId == m_appId) {
            events.append(entry->event);
        }
    }
    m_lastId = m_bus.m_nextId - 1;
    return events;
}

} // namespace gatehouse::server
