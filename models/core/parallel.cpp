// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/parallel.h"

#include "core/sentences.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <new>
#include <optional>
#include <thread>
#include <vector>

namespace gatehouse {

int workerCount(int wish)
{
    constexpr int kMost = 64;
    const int cores = static_cast<int>(std::thread::hardware_concurrency());
    return std::clamp(wish > 0 ? wish : cores, 1, kMost);
}

Result<void> withinMemory(const std::function<Result<void>()> &work)
{
    try {
        return work();
    } catch (const std::bad_alloc &) {
        return makeError(ErrorKind::Internal, "core.memory", Sentences::tr("There is not enough memory."));
    }
}

Result<void> forEachInParallel(qsizetype count, int workers, Operation &operation,
                               const std::function<Result<void>(qsizetype)> &work)
{
    std::atomic<qsizetype> next = 0;
    std::atomic<bool> stop = false;
    std::mutex mutex;
    std::optional<std::pair<qsizetype, Error>> first;

    const auto loop = [&] {
        while (!stop) {
            const qsizetype index = next++;
            if (index >= count) {
                return;
            }
            Result<void> outcome = operation.check();
            if (outcome) {
                outcome = withinMemory([&] { return work(index); });
            }
            if (!outcome) {
                stop = true;
                const std::lock_guard lock(mutex);
                if (!first || index < first->first) {
                    first = {index, outcome.error()};
                }
            }
        }
    };
    {
        std::vector<std::jthread> threads;
        const qsizetype wanted = std::min<qsizetype>(workerCount(workers), count);
        for (qsizetype i = 0; i < wanted; ++i) {
            threads.emplace_back(loop);
        }
    }
    return first ? Result<void>(first->second) : Result<void>();
}

} // namespace gatehouse
