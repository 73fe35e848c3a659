// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/writer.h"

#include <QLoggingCategory>

#include <algorithm>

namespace gatehouse::server {

namespace {

Q_LOGGING_CATEGORY(lcStorage, "gatehouse.server.storage")

} // namespace

Writer::Writer(std::unique_ptr<Database> database, EventJob writeEvents)
    : m_database(std::move(database))
    , m_writeEvents(std::move(writeEvents))
    , m_thread([this] { loop(); })
{}

Writer::~Writer()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isStopping = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

Result<void> Writer::run(Job job)
{
    PendingJob pending{std::move(job), {}};
    auto done = pending.done.get_future();
    {
        const std::lock_guard lock(m_mutex);
        m_jobs.push_back(std::move(pending));
    }
    m_wake.notify_one();
    return done.get();
}

Result<void> Writer::record(EventBatch batch)
{
    PendingBatch pending{std::move(batch), std::promise<Result<void>>()};
    auto done = pending.done->get_future();
    {
        const std::lock_guard lock(m_mutex);
        m_pendingEvents += static_cast<std::size_t>(pending.batch.events.size());
        ++m_awaited;
        m_batches.push_back(std::move(pending));
    }
    m_wake.notify_one();
    return done.get();
}

void Writer::enqueue(EventBatch batch)
{
    bool isFirst = false;
    {
        std::unique_lock lock(m_mutex);
        m_room.wait(lock, [this] { return m_pendingEvents < kMaxPendingEvents; });
        m_pendingEvents += static_cast<std::size_t>(batch.events.size());
        m_batches.push_back(PendingBatch{std::move(batch), std::nullopt});
        isFirst = m_batches.size() == 1 || isUrgent();
    }
    if (isFirst) {
        m_wake.notify_one();
    }
}

void Writer::flush()
{
    // A batch without events is committed after all that came before it.
    if (const auto done = record({}); !done) {
        qCWarning(lcStorage).noquote() << "Waiting for the writer failed:" << done.error().toText();
    }
}

void Writer::afterCommit(std::function<void()> action)
{
    m_afterCommit.push_back(std::move(action));
}

bool Writer::isUrgent() const
{
    return m_isStopping || !m_jobs.empty() || m_awaited > 0 || m_batches.size() >= kMaxGroup;
}

void Writer::takeGroup(Group &group)
{
    while (!m_jobs.empty() && group.jobs.size() < kMaxGroup) {
        group.jobs.push_back(std::move(m_jobs.front()));
        m_jobs.pop_front();
    }
    while (!m_batches.empty() && group.batches.size() < kMaxGroup * 4) {
        PendingBatch &next = m_batches.front();
        m_pendingEvents -= static_cast<std::size_t>(next.batch.events.size());
        if (next.done) {
            --m_awaited;
        }
        group.batches.push_back(std::move(next));
        m_batches.pop_front();
    }
}

void Writer::loop()
{
    for (;;) {
        Group group;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return isUrgent() || !m_batches.empty(); });
            m_wake.wait_for(lock, kLinger, [this] { return isUrgent(); });
            if (m_jobs.empty() && m_batches.empty()) {
                return;
            }
            takeGroup(group);
        }
        m_room.notify_all();
        commit(group);
    }
}

/// @return what the work said; "whole" is set when the group cannot go on
Result<void> Writer::runInSavepoint(const std::function<Result<void>()> &work, Result<void> &whole)
{
    whole = m_database->execute("SAVEPOINT job");
    if (!whole) {
        return whole;
    }
    const std::size_t actions = m_afterCommit.size();
    Result<void> done = work();
    if (done) {
        whole = m_database->execute("RELEASE job");
        return whole;
    }
    m_afterCommit.resize(actions);
    // When SQLite took everything back by itself, what others of the group did is gone as well.
    whole = m_database->isInTransaction() ? m_database->execute("ROLLBACK TO job; RELEASE job") : done;
    return done;
}

Result<void> Writer::runGroup(Group &group, std::vector<Result<void>> &jobResults, Result<void> &eventResult)
{
    GATEHOUSE_TRY(m_database->execute("BEGIN IMMEDIATE"));
    Result<void> whole;
    for (PendingJob &pending : group.jobs) {
        jobResults.push_back(runInSavepoint([&] { return pending.job(*m_database); }, whole));
        GATEHOUSE_TRY(std::move(whole));
    }
    std::vector<EventBatch> batches;
    batches.reserve(group.batches.size());
    for (PendingBatch &pending : group.batches) {
        batches.push_back(std::move(pending.batch));
    }
    if (!batches.empty()) {
        eventResult = runInSavepoint([&] { return m_writeEvents(*m_database, batches); }, whole);
        GATEHOUSE_TRY(std::move(whole));
    }
    return m_database->execute("COMMIT");
}

void Writer::commit(Group &group)
{
    m_afterCommit.clear();
    std::vector<Result<void>> jobResults;
    Result<void> eventResult;
    const Result<void> whole = runGroup(group, jobResults, eventResult);
    if (!whole) {
        qCCritical(lcStorage).noquote() << "A commit failed:" << whole.error().toText();
        if (m_database->isInTransaction()) {
            if (const auto undone = m_database->execute("ROLLBACK"); !undone) {
                qCCritical(lcStorage).noquote() << "Nor could it be taken back:" << undone.error().toText();
            }
        }
    } else if (!eventResult) {
        qCWarning(lcStorage).noquote()
            << "Device events could not be written:" << eventResult.error().toText();
    }
    if (whole) {
        for (const auto &action : m_afterCommit) {
            action();
        }
    }
    for (std::size_t i = 0; i < group.jobs.size(); ++i) {
        group.jobs[i].done.set_value(whole ? jobResults[i] : whole);
    }
    for (PendingBatch &pending : group.batches) {
        if (pending.done) {
            pending.done->set_value(whole ? eventResult : whole);
        }
    }
}

} // namespace gatehouse::server
