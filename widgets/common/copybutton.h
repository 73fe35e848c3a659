// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"

#include <functional>

class QWidget;

namespace gatehouse::widgets {

class Button;

/// An icon button that puts a text on the clipboard and shows a check mark for a moment. Not for secrets.
[[nodiscard]] Button *copyButton(const Theme &theme, const QString &name, const QString &objectName,
                                 std::function<QString()> text, QWidget *parent = nullptr);

} // namespace gatehouse::widgets
