// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace gatehouse::widgets {

/// Teaches Qt how our own widgets appear to assistive tools: the share track as a slider with a value that
/// can be set, the review sheet as a dialog. Calling it again changes nothing.
void installAccessibility();

} // namespace gatehouse::widgets
