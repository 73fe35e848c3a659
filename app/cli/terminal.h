// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/secret.h"

namespace gatehouse::cli {

/// Asks on the terminal without showing what is typed. @error Invalid "cli.passphrase" when there is no
/// terminal
Result<Secret> askSecret(const QString &prompt);
/// Asks a yes-or-no question on the terminal; without a terminal the answer is no.
[[nodiscard]] bool askYes(const QString &question);

} // namespace gatehouse::cli
