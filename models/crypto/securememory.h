// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

namespace gatehouse::crypto {

/// Gives OpenSSL a locked, wiped heap for the private numbers of RSA keys. Call in main() right after
/// prepareProcessForSecrets(), before any key exists. Calling it twice is harmless.
/// @error Internal "crypto.secure_heap"
Result<void> prepareOpenSslForSecrets();

} // namespace gatehouse::crypto
