// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace gatehouse::widgets {

/// Teaches Qt how our own widgets appear to assistive tools: the share track as a slider with a value that
/// can be set, the review sheet as a dialog, the chart as a chart, a scroll area safely. Calling it again
/// changes nothing.
void installAccessibility();
/// For the constructor of such a widget: installs, and hands the parent on to the base class. It must come
/// before the first name or description, because Qt keeps the first interface it made for a widget.
[[nodiscard]] QWidget *withAccessibility(QWidget *parent);

} // namespace gatehouse::widgets
