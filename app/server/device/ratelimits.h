// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "server/http/ratelimit.h"

#include <QHash>
#include <QSet>
#include <QString>

#include <mutex>

namespace gatehouse::server {

/// The limits of the device endpoints. @source spec: device-protocol, section 7.3
struct DeviceLimits
{
    WindowLimit channelOperation{5, std::chrono::seconds(1)};
    WindowLimit sameChannel{1, std::chrono::seconds(60)};
    WindowLimit channelAddress{1000, std::chrono::seconds(60)};
    /// New devices by app and address. @source spec: gatehouse-v1, section 7
    WindowLimit newDevices{10'000, std::chrono::hours(1)};
};

/// Callers that try many app ids get the answer for unknown apps for a while, whatever they ask.
/// @source spec: device-protocol, section 7.3
/// @thread any
class EnumerationGuard
{
public:
    static constexpr qsizetype kMaxUnknown = 5;
    static constexpr Milliseconds kWindow = std::chrono::minutes(15);

    [[nodiscard]] bool isBlocked(const QString &address, UtcTime now);
    /// Notes one unknown app; true when the caller is blocked from now on.
    bool note(const QString &address, const QString &appId, UtcTime now);

private:
    struct Caller
    {
        UtcTime since{};
        QSet<QString> apps;
    };
    std::mutex m_mutex;
    QHash<QString, Caller> m_callers;
};

} // namespace gatehouse::server
