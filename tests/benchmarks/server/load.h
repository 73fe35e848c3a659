// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <chrono>
#include <functional>

namespace gatehouse::benchmark {

/// What a load did.
struct LoadRun
{
    qint64 requests = 0;
    qint64 refused = 0; ///< answers that are not 200
    std::chrono::duration<double> wall{};
    QByteArray lastAnswer;
};

/// Keeps so many connections busy for a while: each sends its next request when its answer is there. One
/// thread, so that it costs little beside what is measured.
/// @param request  the whole request with this number, head and body
LoadRun load(quint16 port, int connections, std::chrono::duration<double> time,
             const std::function<QByteArray(qint64)> &request);

} // namespace gatehouse::benchmark
