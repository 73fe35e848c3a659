// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/failurerate.h"

namespace gatehouse::monitor {

/// What a channel's card says about one bundle, from the series of that channel.
struct ChannelFigures
{
    /// 0…1 of the channel's active devices that run the bundle; nothing while none is active.
    std::optional<double> adoption;
    FailureRate rate;      ///< over the whole span
    QVector<double> trend; ///< failures a bucket; empty when the bundle never failed
};
/// @param bundle  a label of the series: a bundle's name, or "builtin"
[[nodiscard]] ChannelFigures channelFigures(const wire::SeriesAnswer &activeDevices,
                                            const wire::SeriesAnswer &attempts,
                                            const wire::SeriesAnswer &failures, const QString &bundle);

} // namespace gatehouse::monitor
