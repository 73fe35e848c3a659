// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workspace/jobs.h"

#include "core/clock.h"

#include <QObject>

#include <optional>

namespace gatehouse::workspace {

/// What a repository holds right now. Screens have one look for each.
enum class LoadState {
    Nothing, ///< nothing was asked for yet
    Loading, ///< the first load runs
    Ready,   ///< there is something to show; a later failure leaves it so and sets error()
    Failed,  ///< the first load failed
};

/// The part that all repositories share: state, age, and the rule that only the newest request counts.
class Repository : public QObject
{
    Q_OBJECT

public:
    Repository(Jobs &jobs, const Clock &clock, QObject *parent);

    [[nodiscard]] LoadState state() const { return m_state; }
    /// The newest failure, until a load succeeds.
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    /// When what is held was loaded.
    [[nodiscard]] std::optional<UtcTime> loadedAt() const { return m_loadedAt; }
    [[nodiscard]] bool isLoading() const { return m_running > 0; }

Q_SIGNALS:
    /// The content changed.
    void changed();
    /// state(), error() or isLoading() changed.
    void stateChanged();

protected:
    /// Runs load(Operation&) -> Result<T> beside the GUI thread; take(T) is called with the newest answer
    /// only and says whether it changed anything.
    template<typename Load, typename Take>
    void load(const QString &title, Load load, Take take);
    /// Answers still under way are dropped, and the state is Nothing again.
    void reset();
    [[nodiscard]] Jobs &jobs() { return m_jobs; }
    [[nodiscard]] const Clock &clock() const { return m_clock; }

private:
    void begin();
    void fail(Error error);
    void succeed(bool contentChanged);

    Jobs &m_jobs;
    const Clock &m_clock;
    LoadState m_state = LoadState::Nothing;
    std::optional<Error> m_error;
    std::optional<UtcTime> m_loadedAt;
    quint64 m_newest = 0;
    int m_running = 0;
};

template<typename Load, typename Take>
void Repository::load(const QString &title, Load load, Take take)
{
    using Outcome = std::invoke_result_t<Load &, Operation &>;
    begin();
    const quint64 number = ++m_newest;
    m_jobs.run(title, JobVisibility::Quiet, this, std::move(load),
               [this, number, take = std::move(take)](Outcome outcome) mutable {
                   --m_running;
                   if (number != m_newest) {
                       Q_EMIT stateChanged();
                       return;
                   }
                   if (!outcome) {
                       fail(std::move(outcome.error()));
                       return;
                   }
                   succeed(take(std::move(*outcome)));
               });
}

} // namespace gatehouse::workspace
