// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/statistics.h"

namespace gatehouse::workspace {

/// Numbers of one span and channel, by bundle, all on the same buckets.
struct MonitorNumbers
{
    wire::SeriesAnswer active;
    wire::SeriesAnswer installs;
    wire::SeriesAnswer attempts;
    wire::SeriesAnswer failures;
    wire::SeriesAnswer transportFailures;

    bool operator==(const MonitorNumbers &) const = default;
};

/// A span that ends with the running bucket: buckets begin at whole steps.
[[nodiscard]] client::SeriesQuery spanUntil(UtcTime now, std::chrono::milliseconds length,
                                            std::chrono::milliseconds step, const QString &channel);

/// @error as client::Statistics::series()
Result<MonitorNumbers> loadNumbers(const client::Statistics &statistics, const AppId &app,
                                   const client::SeriesQuery &query, Operation &operation);

} // namespace gatehouse::workspace
