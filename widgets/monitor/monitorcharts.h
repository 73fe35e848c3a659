// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/chartdata.h"
#include "widgets/theme/theme.h"
#include "workspace/channelsrepository.h"
#include "workspace/monitorrepository.h"

namespace gatehouse::widgets {

/// Active devices by bundle, with releases on the time axis and the 95 % line of the reference.
[[nodiscard]] ChartData adoptionChart(const Theme &theme, const workspace::MonitorNumbers &numbers,
                                      const QVector<wire::ChannelState> &channels, const QString &channel,
                                      UtcTime now);
/// The running failure rate of each bundle with its band, and the limit where a channel has one.
[[nodiscard]] ChartData failureChart(const Theme &theme, const workspace::MonitorNumbers &numbers,
                                     const QVector<wire::ChannelState> &channels, const QString &channel,
                                     UtcTime now);

/// The figures of the tiles.
struct MonitorFigures
{
    QString newest;                 ///< highest bundle that is served; empty when none is
    std::optional<double> onNewest; ///< 0…1 of active devices that run it
    double activeDevices = 0;
    qint64 attempts = 0;
    qint64 failures = 0; ///< the bundle's fault
    qint64 transportFailures = 0;
    qint64 installs = 0;
};
[[nodiscard]] MonitorFigures figuresOf(const workspace::MonitorNumbers &numbers,
                                       const QVector<wire::ChannelState> &channels, const QString &channel);

} // namespace gatehouse::widgets
