// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"

namespace gatehouse::widgets {

/// How good or bad a state is. Never shown by colour alone: a word or an icon stands with it.
enum class Tone { Neutral, Accent, Ok, Warning, Danger };

/// The colour of text, icons and outlines in this tone.
[[nodiscard]] ColorRole toneColor(Tone tone);
/// The ground under them.
[[nodiscard]] ColorRole toneTint(Tone tone);
/// The icon that goes with the tone where none fits better.
[[nodiscard]] Icon toneIcon(Tone tone);

} // namespace gatehouse::widgets
