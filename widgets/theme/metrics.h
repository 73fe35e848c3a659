// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Sizes of the 4-pixel grid, in device independent pixels.
namespace gatehouse::widgets::metrics {

inline constexpr int kSpace1 = 4;
inline constexpr int kSpace2 = 8;
inline constexpr int kSpace3 = 12;
inline constexpr int kSpace4 = 16;
inline constexpr int kSpace6 = 24;
inline constexpr int kSpace8 = 32;

inline constexpr int kPagePadding = 24;
inline constexpr int kCardPadding = 16;
inline constexpr int kCardGap = 14;
inline constexpr int kCardRadius = 8;
inline constexpr int kControlRadius = 6;
inline constexpr int kControlHeight = 30;
inline constexpr int kSmallControlHeight = 26;
inline constexpr int kRowHeight = 34;
inline constexpr int kCompactRowHeight = 28;
inline constexpr int kPillHeight = 20;
inline constexpr int kIcon = 16;
inline constexpr int kSmallIcon = 13;
inline constexpr int kPictureIcon = 48;

inline constexpr int kHeaderHeight = 48;
inline constexpr int kNavigationWidth = 200;
inline constexpr int kNavigationNarrow = 56;
inline constexpr int kNavigationBreak = 1100; ///< narrower windows show the icons only
inline constexpr int kStatusBarHeight = 26;
inline constexpr int kServerLine = 3;

} // namespace gatehouse::widgets::metrics
