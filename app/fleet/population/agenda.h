// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fleet/population/world.h"

#include <queue>
#include <vector>

namespace gatehouse::fleet {

/// When which device is to be woken next: one heap for the whole fleet instead of a timer a device.
class Agenda
{
public:
    struct Due
    {
        UtcTime at{};
        quint64 order = 0; ///< keeps those of one moment in the order in which they came
        int device = 0;
        Wake kind = Wake::Open;
        quint32 ticket = 0;
    };

    void add(UtcTime at, int device, Wake kind, quint32 ticket)
    {
        m_heap.push({at, m_order++, device, kind, ticket});
    }
    [[nodiscard]] bool isEmpty() const { return m_heap.empty(); }
    /// @pre !isEmpty()
    [[nodiscard]] UtcTime nextAt() const { return m_heap.top().at; }
    /// @pre !isEmpty()
    Due take()
    {
        const Due due = m_heap.top();
        m_heap.pop();
        return due;
    }

private:
    struct Later
    {
        bool operator()(const Due &a, const Due &b) const
        {
            return a.at != b.at ? a.at > b.at : a.order > b.order;
        }
    };
    std::priority_queue<Due, std::vector<Due>, Later> m_heap;
    quint64 m_order = 0;
};

} // namespace gatehouse::fleet
