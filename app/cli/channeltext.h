// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/channelrow.h"

#include <QStringList>

namespace gatehouse::cli {

/// "1.4.2", "builtin".
[[nodiscard]] QString stableText(const wire::ChannelRow &channel);
/// "1.5.0 at 10 %", "-".
[[nodiscard]] QString rolloutText(const wire::ChannelRow &channel);
/// "running", "paused", …; "-" without a rollout.
[[nodiscard]] QString rolloutStateText(const wire::ChannelRow &channel);
/// "ios, android".
[[nodiscard]] QString platformsText(const wire::ChannelRow &channel);

} // namespace gatehouse::cli
