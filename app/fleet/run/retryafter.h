// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "fleet/transport/exchange.h"

namespace gatehouse::fleet {

/// How long a 429 asks to wait, real time, at most a day; 0 when it names nothing.
/// @source spec: device-protocol, section 6.5
[[nodiscard]] Milliseconds retryAfterOf(const HttpResponse &response, UtcTime now);

} // namespace gatehouse::fleet
