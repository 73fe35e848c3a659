// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

namespace gatehouse::crypto {

/// The error with everything in OpenSSL's queue of this thread as details; the queue is empty afterwards.
[[nodiscard]] Error withOpenSslErrors(Error error);
/// Empties the queue, for outcomes that are no error.
void forgetOpenSslErrors();

} // namespace gatehouse::crypto
