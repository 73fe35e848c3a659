// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>

namespace gatehouse::benchmark {

/// What no bundler of this machine can undercut: every file of a folder read and deflated raw by libdeflate
/// at our level, on all cores, the result thrown away. No hash, no cipher, no output.
std::chrono::duration<double> deflateLimit(const QString &folder, int level);

} // namespace gatehouse::benchmark
