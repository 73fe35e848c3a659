// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "release/review.h"

namespace gatehouse::release {

/// How many devices the change of pointers reaches. A rollout always takes the same devices first, so two
/// shares overlap. @param state  counts of active devices, of those on the rollout bundle, and of first
/// outcomes
[[nodiscard]] Impact impactOf(const Pointers &before, const Pointers &after, const wire::ChannelState &state,
                              const QString &bundle);

} // namespace gatehouse::release
