// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/ratelimit.h"

#include <algorithm>

namespace gatehouse::server {

namespace {

constexpr qsizetype kMaxKeys = 200'000;

/// Over, or begun by a clock that was ahead: nobody waits until that time has come again.
bool isOver(UtcTime start, UtcTime now, Milliseconds window)
{
    return now < start || now - start >= window;
}

} // namespace

std::optional<UtcTime> WindowLimit::hit(const QString &key, UtcTime now)
{
    const std::lock_guard lock(m_mutex);
    if (m_windows.size() >= kMaxKeys) {
        m_windows.removeIf([&](const auto &entry) { return isOver(entry.value().start, now, m_window); });
        if (m_windows.size() >= kMaxKeys) {
            m_windows.clear();
        }
    }
    Window &window = m_windows[key];
    if (window.count == 0 || isOver(window.start, now, m_window)) {
        window = {now, 0};
    }
    ++window.count;
    return window.count > m_limit ? std::optional(window.start + m_window) : std::nullopt;
}

Response rateLimited(UtcTime until, UtcTime now, const QString &reason, const QString &message)
{
    const qint64 waitMs = std::max<qint64>((until - now).count(), 1);
    const qint64 seconds = (waitMs + 999) / 1000;
    QJsonObject moreInfo{{QStringLiteral("rateLimitResetAt"), toMs(until)},
                         {QStringLiteral("retryAfterSeconds"), seconds}};
    if (!reason.isEmpty()) {
        moreInfo.insert(QStringLiteral("reason"), reason);
    }
    Response response =
        errorResponse(429, QStringLiteral("too_many_requests"),
                      message.isEmpty() ? QStringLiteral("Too many requests.") : message, moreInfo);
    response.setHeader("Retry-After", QByteArray::number(seconds));
    response.setHeader("X-RateLimit-Reset", QByteArray::number((toMs(until) + 999) / 1000));
    return response;
}

} // namespace gatehouse::server
