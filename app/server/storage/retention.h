// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"

namespace gatehouse::server {

// How long each kind of roll-up is kept; days are for ever. Longer than a series reaches back in it: the
// sweep runs now and then, a query at any time.
inline constexpr Milliseconds kMomentsKept = std::chrono::hours(3);
inline constexpr Milliseconds kMinutesKept = std::chrono::hours(24 * 7);
inline constexpr Milliseconds kHoursKept = std::chrono::hours(24 * 90);

} // namespace gatehouse::server
