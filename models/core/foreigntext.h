// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace gatehouse {

/// Foreign text as it may be shown: without control characters, at most maxLength long (then with an
/// ellipsis), isolated where the program's language is written from the right. Plain text, never markup.
[[nodiscard]] QString displayable(const QString &foreign, qsizetype maxLength = 256);
/// One CSV field: quoted where needed; a leading =, +, -, @, tab or CR gets an apostrophe in front, so that
/// no spreadsheet runs it.
[[nodiscard]] QString csvField(const QString &foreign);

} // namespace gatehouse
