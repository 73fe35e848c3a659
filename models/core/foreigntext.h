// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace gatehouse {

/// Text from devices or servers as it may be shown: without bidirectional and other control characters, at
/// most maxLength characters (then with an ellipsis). Always shown as plain text, never as markup.
[[nodiscard]] QString displayable(const QString &foreign, qsizetype maxLength = 256);
/// One CSV field: quoted where needed; a leading =, +, -, @, tab or CR gets an apostrophe in front, so that
/// no spreadsheet runs it.
[[nodiscard]] QString csvField(const QString &foreign);

} // namespace gatehouse
