// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QString>

#include <memory>
#include <mutex>

namespace gatehouse::server {

/// Which uploads somebody writes to right now: two at once would mix their bytes.
/// @thread any
class UploadLocks
{
public:
    /// Held while alive.
    class Lock
    {
    public:
        Lock(UploadLocks &locks, QString id)
            : m_locks(locks)
            , m_id(std::move(id))
        {}
        ~Lock() { m_locks.release(m_id); }
        Lock(const Lock &) = delete;
        Lock &operator=(const Lock &) = delete;

    private:
        UploadLocks &m_locks;
        QString m_id;
    };

    /// Nothing when somebody else holds it.
    [[nodiscard]] std::unique_ptr<Lock> acquire(const QString &id)
    {
        const std::lock_guard guard(m_mutex);
        if (m_held.contains(id)) {
            return nullptr;
        }
        m_held.insert(id);
        return std::make_unique<Lock>(*this, id);
    }

private:
    void release(const QString &id)
    {
        const std::lock_guard guard(m_mutex);
        m_held.remove(id);
    }

    std::mutex m_mutex;
    QSet<QString> m_held;
};

} // namespace gatehouse::server
