// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/device/ratelimits.h"

namespace gatehouse::server {

namespace {

constexpr qsizetype kMaxKeys = 200'000;

/// Over, or begun by a clock that was ahead: nobody waits until that time has come again.
bool isOver(UtcTime start, UtcTime now, Milliseconds window)
{
    return now < start || now - start >= window;
}

} // namespace

bool EnumerationGuard::isBlocked(const QString &address, UtcTime now)
{
    const std::lock_guard lock(m_mutex);
    const auto caller = m_callers.constFind(address);
    return caller != m_callers.constEnd() && !isOver(caller->since, now, kWindow) &&
           caller->apps.size() >= kMaxUnknown;
}

bool EnumerationGuard::note(const QString &address, const QString &appId, UtcTime now)
{
    const std::lock_guard lock(m_mutex);
    if (m_callers.size() >= kMaxKeys) {
        m_callers.removeIf([&](const auto &entry) { return isOver(entry.value().since, now, kWindow); });
    }
    Caller &caller = m_callers[address];
    if (caller.apps.isEmpty() || isOver(caller.since, now, kWindow)) {
        caller = {now, {}};
    }
    const bool isNew = !caller.apps.contains(appId);
    caller.apps.insert(appId);
    if (isNew && caller.apps.size() == kMaxUnknown) {
        // The block lasts its whole time from here.
        caller.since = now;
    }
    return caller.apps.size() >= kMaxUnknown;
}

} // namespace gatehouse::server
