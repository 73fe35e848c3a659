// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/arguments.h"
#include "core/secret.h"

namespace gatehouse::cli {

/// From --backup-passphrase-fd, or asked on the terminal. @error Invalid "cli.passphrase"
Result<Secret> backupPassphrase(const Arguments &arguments);
/// The same, asked twice: a typing error would make the backup useless.
/// @error Invalid "cli.passphrase_differs", "cli.passphrase"
Result<Secret> newBackupPassphrase(const Arguments &arguments);

} // namespace gatehouse::cli
