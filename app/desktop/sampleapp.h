// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operation.h"
#include "core/result.h"

namespace gatehouse::desktop {

/// Writes a version of the sample web app, which is part of the program, into a folder. The folder is made.
/// @error Io "desktop.sample"
Result<void> writeSampleApp(const QString &folder, const QString &version, Operation &operation);

} // namespace gatehouse::desktop
