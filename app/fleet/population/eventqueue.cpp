// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleet/population/eventqueue.h"

#include <algorithm>

namespace gatehouse::fleet {

bool EventQueue::add(PendingEvent event)
{
    bool dropped = false;
    if (m_waiting.size() >= kCapacity) {
        m_waiting.removeFirst();
        m_inFlight = std::max<qsizetype>(0, m_inFlight - 1);
        dropped = true;
    }
    m_waiting.append(std::move(event));
    return dropped;
}

QVector<PendingEvent> EventQueue::take(qsizetype most)
{
    m_inFlight = std::min(most, m_waiting.size());
    return m_waiting.mid(0, m_inFlight);
}

qsizetype EventQueue::drop()
{
    const qsizetype count = m_inFlight;
    m_waiting.remove(0, count);
    if (m_waiting.isEmpty()) {
        m_waiting.squeeze();
    }
    m_inFlight = 0;
    return count;
}

} // namespace gatehouse::fleet
