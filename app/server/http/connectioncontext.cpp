// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/connection.h"

namespace gatehouse::server {

bool ConnectionContext::enter(const std::shared_ptr<Closable> &connection)
{
    const std::lock_guard lock(m_mutex);
    if (m_isClosing || m_connections.size() >= static_cast<std::size_t>(settings.maxConnections)) {
        return false;
    }
    m_connections.emplace(connection.get(), connection);
    return true;
}

void ConnectionContext::leave(Closable *connection)
{
    const std::lock_guard lock(m_mutex);
    m_connections.erase(connection);
    m_left.notify_all();
}

bool ConnectionContext::closeAll(std::chrono::milliseconds patience)
{
    std::vector<std::weak_ptr<Closable>> all;
    {
        const std::lock_guard lock(m_mutex);
        m_isClosing = true;
        for (const auto &[address, connection] : m_connections) {
            all.push_back(connection);
        }
    }
    // Without the lock: the last reference may go here, and leave() takes it.
    for (const std::weak_ptr<Closable> &weak : all) {
        if (const auto connection = weak.lock()) {
            connection->close();
        }
    }
    std::unique_lock lock(m_mutex);
    return m_left.wait_for(lock, patience, [this] { return m_connections.empty(); });
}

} // namespace gatehouse::server
