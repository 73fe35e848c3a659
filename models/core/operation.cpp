// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operation.h"

#include "core/sentences.h"

namespace gatehouse {

Operation::Operation(std::stop_token stop, Listener listener)
    : m_stop(std::move(stop))
    , m_listener(std::move(listener))
{}

void Operation::setDeadline(std::chrono::steady_clock::time_point deadline)
{
    m_deadline = deadline;
}

void Operation::setTimeout(std::chrono::milliseconds timeout)
{
    m_deadline = std::chrono::steady_clock::now() + timeout;
}

bool Operation::isStopRequested() const
{
    return m_stop.stop_requested();
}

Result<void> Operation::check() const
{
    if (m_stop.stop_requested()) {
        return makeError(ErrorKind::Cancelled, "operation.cancelled", Sentences::tr("This was cancelled."));
    }
    if (m_deadline && std::chrono::steady_clock::now() >= *m_deadline) {
        return makeError(ErrorKind::Timeout, "operation.timeout",
                         Sentences::tr("This took longer than allowed."));
    }
    return {};
}

void Operation::report(const Progress &progress)
{
    if (!m_listener) {
        return;
    }
    const std::lock_guard lock(m_mutex);
    m_listener(progress);
}

void Operation::report(const QString &step, std::int64_t done, std::int64_t total, Progress::Unit unit)
{
    report(Progress{step, done, total, unit});
}

} // namespace gatehouse
