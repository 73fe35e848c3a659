// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "release/review.h"

namespace gatehouse::release {

/// What is wrong with a channel's rules, or should be looked at again. Rules that were wrong before block
/// nothing: whoever mends one of two must be let through. Pure.
[[nodiscard]] QVector<Obstacle> ruleObstacles(const wire::ChannelRow &before, const wire::ChannelRow &after,
                                              const ReviewContext &context);

} // namespace gatehouse::release
