// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/jobs.h"

#include <QMetaObject>

namespace gatehouse::workspace {

namespace {

constexpr int kProgressIntervalMs = 50;
constexpr int kKeptFinishedJobs = 30;

} // namespace

Job::Job(QString title, JobVisibility visibility, QObject *parent)
    : QObject(parent)
    , m_title(std::move(title))
    , m_visibility(visibility)
{
    m_stepTimer.start();
}

double Job::speed() const
{
    const qint64 elapsed = m_stepTimer.elapsed();
    return elapsed < 200 ? 0 : static_cast<double>(m_progress.done) * 1000.0 / static_cast<double>(elapsed);
}

void Job::cancel()
{
    m_stop.request_stop();
}

void Job::setProgress(const Progress &progress)
{
    if (m_state != State::Running || progress == m_progress) {
        return;
    }
    if (progress.step != m_progress.step) {
        m_stepTimer.restart();
    }
    m_progress = progress;
    Q_EMIT progressChanged();
}

void Job::finish(std::optional<Error> error)
{
    m_error = std::move(error);
    if (!m_error) {
        m_state = State::Done;
    } else {
        m_state = m_error->kind == ErrorKind::Cancelled ? State::Cancelled : State::Failed;
    }
    Q_EMIT finished();
}

Jobs::Jobs(QObject *parent)
    : QObject(parent)
{
    // Most jobs wait for a server or the keychain: more threads than cores do no harm.
    m_pool.setMaxThreadCount(std::max(8, QThreadPool::globalInstance()->maxThreadCount()));
    m_pool.setExpiryTimeout(10000);
}

Jobs::~Jobs()
{
    for (Job *job : std::as_const(m_jobs)) {
        job->cancel();
    }
    m_pool.clear();
    m_pool.waitForDone();
}

int Jobs::runningCount() const
{
    return static_cast<int>(std::count_if(m_jobs.begin(), m_jobs.end(),
                                          [](const Job *job) { return job->isRunning() && job->isShown(); }));
}

Job *Jobs::add(const QString &title, JobVisibility visibility)
{
    auto *job = new Job(title, visibility, this);
    m_jobs.prepend(job);
    connect(job, &Job::progressChanged, this, [this, job] { Q_EMIT jobChanged(job); });
    Q_EMIT jobAdded(job);
    return job;
}

void Jobs::start(Job *job, std::function<std::function<void()>(Operation &)> work)
{
    const std::stop_token stop = job->m_stop.get_token();
    m_pool.start([this, job, stop, work = std::move(work)] {
        QElapsedTimer sinceReport;
        QString lastStep;
        Operation operation(stop, [&](const Progress &progress) {
            const bool newStep = progress.step != lastStep;
            const bool atEnd = progress.total > 0 && progress.done >= progress.total;
            if (!newStep && !atEnd && sinceReport.isValid() && sinceReport.elapsed() < kProgressIntervalMs) {
                return;
            }
            sinceReport.start();
            lastStep = progress.step;
            QMetaObject::invokeMethod(
                job, [job, progress] { job->setProgress(progress); }, Qt::QueuedConnection);
        });
        std::function<void()> deliver = work(operation);
        // The job outlives its work: it is only removed on this object's thread, after finish().
        QMetaObject::invokeMethod(this, std::move(deliver), Qt::QueuedConnection);
    });
}

void Jobs::finish(Job *job, std::optional<Error> error)
{
    job->finish(std::move(error));
    Q_EMIT jobFinished(job);
    if (!job->isShown()) {
        m_jobs.removeOne(job);
        Q_EMIT jobRemoved(job);
        job->deleteLater();
    }
    forgetOld();
}

void Jobs::forgetOld()
{
    int finished = 0;
    for (qsizetype i = 0; i < m_jobs.size();) {
        Job *job = m_jobs.at(i);
        if (!job->isRunning() && ++finished > kKeptFinishedJobs) {
            m_jobs.removeAt(i);
            Q_EMIT jobRemoved(job);
            job->deleteLater();
        } else {
            ++i;
        }
    }
}

} // namespace gatehouse::workspace
