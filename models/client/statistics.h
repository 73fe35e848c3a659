// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/devices.h"
#include "client/session.h"
#include "core/ids.h"
#include "wire/series.h"

namespace gatehouse::client {

/// Metrics and groupings: wire::SeriesAnswer.
struct SeriesQuery
{
    QString metric;
    QString by = QStringLiteral("bundle");
    UtcTime from{};
    UtcTime to{};
    std::chrono::milliseconds step{60000};
    /// Empty: all. Only on servers with Feature::Series.
    QString channel;
    QString bundle = {};
};

/// Numbers over time.
class Statistics
{
public:
    explicit Statistics(SessionPtr session)
        : m_session(std::move(session))
    {}

    /// From roll-ups where the server has them; else from Capgo's daily shares (metric "active_devices") or
    /// from its log of events ("installs", "failures", "attempts", "gets", "transport_failures": devices,
    /// first outcome in the window).
    /// @error NotFound "client.series" when the server has no such numbers
    Result<wire::SeriesAnswer> series(const AppId &app, const SeriesQuery &query, Operation &operation) const;
    /// Several metrics of the same span, in the order asked for; query.metric is not looked at. A log of
    /// events is read once for all of them.
    /// @error as series()
    Result<QVector<wire::SeriesAnswer>> series(const AppId &app, SeriesQuery query,
                                               const QStringList &metrics, Operation &operation) const;

private:
    Result<wire::SeriesAnswer> fromRollUps(const AppId &app, const SeriesQuery &query,
                                           Operation &operation) const;
    Result<wire::SeriesAnswer> fromUsage(const AppId &app, const SeriesQuery &query,
                                         Operation &operation) const;
    Result<QVector<DeviceEvent>> log(const AppId &app, const SeriesQuery &query, Operation &operation) const;
    SessionPtr m_session;
};

/// Counts a log of events, oldest first, into buckets: devices, each by its first outcome with a bundle.
[[nodiscard]] wire::SeriesAnswer countEvents(const QVector<DeviceEvent> &log, const SeriesQuery &query);
/// Capgo's bundle usage as a series of active devices: one bucket a day. @error Protocol "wire.json"
Result<wire::SeriesAnswer> parseBundleUsage(const QByteArray &body);

} // namespace gatehouse::client
