// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/storage/database.h"
#include "server/storage/deviceevent.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>

namespace gatehouse::server {

/// Device events of one app, with the time of their arrival.
struct EventBatch
{
    QString appId;
    QVector<DeviceEvent> events;
    UtcTime at{};
    qint64 bandwidth = 0;
};

/// The one thread that writes. It takes what waits as one group, commits it once, and only then answers.
/// @thread any
class Writer
{
public:
    /// Runs inside the transaction, on the writer's thread.
    using Job = std::function<Result<void>(Database &)>;
    using EventJob = std::function<Result<void>(Database &, const std::vector<EventBatch> &)>;
    /// Enqueued events beyond this make enqueue() wait.
    static constexpr std::size_t kMaxPendingEvents = 100'000;
    static constexpr std::size_t kMaxGroup = 512;
    /// What nobody waits for may wait so long for company: one commit for many check-ins.
    static constexpr std::chrono::milliseconds kLinger{100};

    /// writeEvents gets all batches of a group at once.
    Writer(std::unique_ptr<Database> database, EventJob writeEvents);
    /// Everything that waits is written first.
    ~Writer();
    Writer(const Writer &) = delete;
    Writer &operator=(const Writer &) = delete;

    /// Returns after the commit. A job that fails leaves nothing behind; the others of its group stay, unless
    /// the disk is full: then the whole group fails.
    Result<void> run(Job job);
    /// As run(), for events.
    Result<void> record(EventBatch batch);
    void enqueue(EventBatch batch);
    /// All that was enqueued before is committed.
    void flush();
    /// From within a job: runs after the commit, not at all when it fails.
    void afterCommit(std::function<void()> action);

private:
    struct PendingJob
    {
        Job job;
        std::promise<Result<void>> done;
    };
    struct PendingBatch
    {
        EventBatch batch;
        std::optional<std::promise<Result<void>>> done;
    };
    struct Group
    {
        std::vector<PendingJob> jobs;
        std::vector<PendingBatch> batches;
    };
    void loop();
    /// Something must be written now, not a little later.
    [[nodiscard]] bool isUrgent() const;
    void takeGroup(Group &group);
    void commit(Group &group);
    Result<void> runInSavepoint(const std::function<Result<void>()> &work, Result<void> &whole);
    Result<void> runGroup(Group &group, std::vector<Result<void>> &jobResults, Result<void> &eventResult);

    std::unique_ptr<Database> m_database;
    EventJob m_writeEvents;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::condition_variable m_room;
    std::deque<PendingJob> m_jobs;
    std::deque<PendingBatch> m_batches;
    std::size_t m_pendingEvents = 0;
    std::size_t m_awaited = 0; ///< batches that somebody waits for
    bool m_isStopping = false;
    std::vector<std::function<void()>> m_afterCommit;
    std::thread m_thread;
};

} // namespace gatehouse::server
