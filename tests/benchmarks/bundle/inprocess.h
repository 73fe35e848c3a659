// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>

namespace gatehouse::benchmark {

/// Our build as a running program does it: the folder is scanned, archived, encrypted and sealed. Beside the
/// limit, which does not start a program either.
/// @param keyPem  file with the private key; it is read before the clock starts
[[nodiscard]] std::chrono::duration<double> buildInProcess(const QString &folder, const QString &artifact,
                                                           const QString &keyPem);

} // namespace gatehouse::benchmark
