// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operation.h"
#include "core/result.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QThreadPool>
#include <QVector>

#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>

namespace gatehouse::workspace {

/// Whether people see the work in the job pane, or only its result.
enum class JobVisibility { Shown, Quiet };

/// One piece of slow work. Lives on the GUI thread; the work itself runs in the pool.
class Job final : public QObject
{
    Q_OBJECT

public:
    enum class State { Running, Done, Failed, Cancelled };
    Q_ENUM(State)

    Job(QString title, JobVisibility visibility, QObject *parent);

    [[nodiscard]] const QString &title() const { return m_title; }
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isRunning() const { return m_state == State::Running; }
    [[nodiscard]] bool isShown() const { return m_visibility == JobVisibility::Shown; }
    [[nodiscard]] const Progress &progress() const { return m_progress; }
    /// Units a second over the time the present step runs; 0 while unknown.
    [[nodiscard]] double speed() const;
    /// Set once failed.
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    /// Asks the work to stop. It ends with Cancelled and leaves nothing half done.
    void cancel();

Q_SIGNALS:
    void progressChanged();
    void finished();

private:
    friend class Jobs;
    void setProgress(const Progress &progress);
    void finish(std::optional<Error> error);

    QString m_title;
    JobVisibility m_visibility;
    State m_state = State::Running;
    Progress m_progress;
    QElapsedTimer m_stepTimer;
    std::optional<Error> m_error;
    std::stop_source m_stop;
};

/// The only place of the desktop that runs work beside the GUI thread.
class Jobs final : public QObject
{
    Q_OBJECT

public:
    explicit Jobs(QObject *parent = nullptr);
    /// Asks all work to stop and waits for it.
    ~Jobs() override;

    /// Runs work(Operation&) -> Result<T> in the pool. onDone(Result<T>) is called on this thread, and not at
    /// all once context is gone. The job deletes itself some time after it ended.
    template<typename Work, typename Done>
    Job *run(const QString &title, JobVisibility visibility, QObject *context, Work work, Done onDone);

    [[nodiscard]] const QVector<Job *> &jobs() const { return m_jobs; }
    [[nodiscard]] int runningCount() const;

Q_SIGNALS:
    void jobAdded(gatehouse::workspace::Job *job);
    void jobChanged(gatehouse::workspace::Job *job);
    void jobFinished(gatehouse::workspace::Job *job);
    void jobRemoved(gatehouse::workspace::Job *job);

private:
    Job *add(const QString &title, JobVisibility visibility);
    void start(Job *job, std::function<std::function<void()>(Operation &)> work);
    void finish(Job *job, std::optional<Error> error);
    void forgetOld();

    QThreadPool m_pool;
    QVector<Job *> m_jobs;
};

template<typename Work, typename Done>
Job *Jobs::run(const QString &title, JobVisibility visibility, QObject *context, Work work, Done onDone)
{
    Job *job = add(title, visibility);
    QPointer<QObject> guard(context);
    // Shared, since std::function wants to be copied and work may hold a Secret.
    auto shared = std::make_shared<Work>(std::move(work));
    auto done = std::make_shared<Done>(std::move(onDone));
    start(job, [this, job, guard, shared, done](Operation &operation) -> std::function<void()> {
        using Outcome = std::invoke_result_t<Work &, Operation &>;
        auto result = std::make_shared<Outcome>((*shared)(operation));
        return [this, job, guard, shared, done, result] {
            finish(job, result->has_value() ? std::nullopt : std::optional<Error>(result->error()));
            if (guard) {
                (*done)(std::move(*result));
            }
        };
    });
    return job;
}

} // namespace gatehouse::workspace
