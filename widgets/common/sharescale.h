// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVector>

namespace gatehouse::widgets {

/// The unequal scale of the rollout slider: 0.01, 1, 5, 10, 25, 50, 100 % stand at equal distances, so that
/// the small steps, where care is due, have room. Shares are basis points (1 to 10 000), positions 0 to 1.
namespace sharescale {

inline constexpr int kMinimum = 1;
inline constexpr int kMaximum = 10000;

/// The marked shares, from left to right.
[[nodiscard]] QVector<int> stops();
[[nodiscard]] double position(int basisPoints);
/// The inverse, rounded to what a hand can mean: 0.01 % below 1 %, 0.1 % below 10 %, else 0.5 %.
[[nodiscard]] int shareAt(double position);

} // namespace sharescale

} // namespace gatehouse::widgets
