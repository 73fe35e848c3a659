// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operation.h"

#include "core/sentences.h"

#include <algorithm>
#include <array>

namespace gatehouse {

namespace {
/// What the slow functions report.
constexpr std::array kSteps{
    QT_TRANSLATE_NOOP("Sentences", "Archive"),
    QT_TRANSLATE_NOOP("Sentences", "Checksum"),
    QT_TRANSLATE_NOOP("Sentences", "Encrypt"),
    QT_TRANSLATE_NOOP("Sentences", "Decrypt"),
    QT_TRANSLATE_NOOP("Sentences", "Manifest"),
    QT_TRANSLATE_NOOP("Sentences", "Statement"),
    QT_TRANSLATE_NOOP("Sentences", "Upload"),
    QT_TRANSLATE_NOOP("Sentences", "Files"),
    QT_TRANSLATE_NOOP("Sentences", "Download"),
    QT_TRANSLATE_NOOP("Sentences", "Create the key pair"),
    QT_TRANSLATE_NOOP("Sentences", "Waiting for the keychain"),
};
} // namespace

QString stepWords(const QString &step)
{
    const auto *const known = std::find_if(kSteps.begin(), kSteps.end(),
                                           [&](const char *name) { return step == QLatin1String(name); });
    return known == kSteps.end() ? step : Sentences::tr(*known);
}

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
