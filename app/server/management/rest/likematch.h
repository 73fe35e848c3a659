// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace gatehouse::server::rest {

/// Whether the whole text fits a pattern of like: % and * stand for any text, _ for one character, \ takes
/// the next one as it is. Time grows with pattern times text, whatever the pattern.
[[nodiscard]] bool likeMatches(const QString &pattern, const QString &text, Qt::CaseSensitivity sensitivity);

} // namespace gatehouse::server::rest
