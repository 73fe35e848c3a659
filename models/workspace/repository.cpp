// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/repository.h"

namespace gatehouse::workspace {

Repository::Repository(Jobs &jobs, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_jobs(jobs)
    , m_clock(clock)
{}

void Repository::begin()
{
    ++m_running;
    if (m_state == LoadState::Nothing || m_state == LoadState::Failed) {
        m_state = LoadState::Loading;
    }
    Q_EMIT stateChanged();
}

void Repository::reset()
{
    ++m_newest;
    m_state = LoadState::Nothing;
    m_error.reset();
    m_loadedAt.reset();
    Q_EMIT stateChanged();
}

void Repository::fail(Error error)
{
    m_error = std::move(error);
    if (m_state != LoadState::Ready) {
        m_state = LoadState::Failed;
    }
    Q_EMIT stateChanged();
}

void Repository::succeed(bool contentChanged)
{
    const bool first = m_state != LoadState::Ready;
    m_state = LoadState::Ready;
    m_error.reset();
    m_loadedAt = m_clock.now();
    Q_EMIT stateChanged();
    if (contentChanged || first) {
        Q_EMIT changed();
    }
}

} // namespace gatehouse::workspace
