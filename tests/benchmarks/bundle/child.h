// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

#include <chrono>

namespace gatehouse::benchmark {

/// How a child process went.
struct ChildRun
{
    std::chrono::duration<double> wall{};
    qint64 peakBytes = 0; ///< largest resident memory
    QByteArray output;
};

/// Runs a program to its end; a failure ends the benchmark with the child's words.
ChildRun runChild(const QStringList &command, const QString &folder);

} // namespace gatehouse::benchmark
