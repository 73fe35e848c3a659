// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace gatehouse::widgets {

/// The text as setToolTip() shows it letter by letter. A tool tip guesses whether it is given markup, and has
/// no setTextFormat(): text that would be taken for markup is escaped, all other text is left as it is.
[[nodiscard]] QString plainToolTip(const QString &text);

} // namespace gatehouse::widgets
