// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/channelaction.h"

#include <QVector>

#include <optional>

namespace gatehouse::widgets {

/// The worst thing a channel has to say, if there is anything.
struct ChannelAlert
{
    QString channel;
    QString fact;
    QString evidence;
};
/// @param held  a channel that is preferred as long as it has something to say; may be empty
[[nodiscard]] std::optional<ChannelAlert> worstAlert(const QVector<wire::ChannelState> &channels,
                                                     const QString &held = {});

} // namespace gatehouse::widgets
