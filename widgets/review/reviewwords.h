// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "release/execute.h"
#include "widgets/common/reviewsheet.h"
#include "workspace/channelfacts.h"

namespace gatehouse::widgets {

/// A review's sentence in the person's language; foreign values in it are made displayable.
[[nodiscard]] QString words(const release::Sentence &sentence);
/// "the built-in bundle" or the version.
[[nodiscard]] QString bundleWords(const QString &bundle);
/// What was done, for the toast: "production was rolled back to 2.4.0".
[[nodiscard]] QString doneWords(const release::Effect &effect);
/// The label of the button that does it: "Roll back to 2.4.0", "Raise to 25 %".
[[nodiscard]] QString verbWords(const release::Review &review);
/// The title of the sheet.
[[nodiscard]] QString titleWords(const release::Review &review);
/// The rows of the small table.
[[nodiscard]] QVector<ReviewChange> changeRows(const release::Review &review);
/// Reach, failures to expect (or devices that change, where nothing new is tried), time to take back.
/// @param state  holds the outcomes so far of the bundle on this channel
[[nodiscard]] QVector<ImpactFigure> impactFigures(const release::Review &review,
                                                  const wire::ChannelState &state,
                                                  const workspace::ChannelFacts &facts);

} // namespace gatehouse::widgets
