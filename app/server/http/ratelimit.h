// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "server/http/response.h"

#include <QHash>
#include <QString>

#include <mutex>
#include <optional>

namespace gatehouse::server {

/// Counts by key within a window that begins with the first request. Bounded: when there are too many keys
/// the finished windows are dropped, then all.
/// @thread any
class WindowLimit
{
public:
    WindowLimit(qint64 limit, Milliseconds window)
        : m_limit(limit)
        , m_window(window)
    {}
    /// Counts one; gives the end of the window when that is one too many.
    std::optional<UtcTime> hit(const QString &key, UtcTime now);

private:
    struct Window
    {
        UtcTime start{};
        qint64 count = 0;
    };
    const qint64 m_limit;
    const Milliseconds m_window;
    std::mutex m_mutex;
    QHash<QString, Window> m_windows;
};

/// 429 too_many_requests with everything that says when to come back: Retry-After in whole seconds,
/// X-RateLimit-Reset, moreInfo.rateLimitResetAt and retryAfterSeconds.
/// @param reason  moreInfo.reason; left out when empty
/// @source spec: device-protocol, sections 6.5 and 7.3; management-api, section 1.6
[[nodiscard]] Response rateLimited(UtcTime until, UtcTime now, const QString &reason = {},
                                   const QString &message = {});

} // namespace gatehouse::server
