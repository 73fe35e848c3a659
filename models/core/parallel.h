// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operation.h"
#include "core/result.h"

#include <functional>

namespace gatehouse {

/// Threads to use: the wish, or one a core; between 1 and 64.
[[nodiscard]] int workerCount(int wish);
/// Calls work with 0 … count - 1 on several threads and waits for all. After the first error nothing new is
/// begun.
/// @error that of the lowest index that failed; Cancelled
Result<void> forEachInParallel(qsizetype count, int workers, Operation &operation,
                               const std::function<Result<void>(qsizetype)> &work);
/// Runs work; running out of memory becomes an error. @error Internal "core.memory"
Result<void> withinMemory(const std::function<Result<void>()> &work);

} // namespace gatehouse
