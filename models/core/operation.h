// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QMetaType>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>

namespace gatehouse {

/// How far a slow function is. done and total in unit; total 0 means unknown.
struct Progress
{
    QString step; ///< the name of what is being done now: "Archive"; stepWords() is for people
    std::int64_t done = 0;
    std::int64_t total = 0;
    enum class Unit { None, Bytes, Items } unit = Unit::None;

    bool operator==(const Progress &) const = default;
};

/// A step in the language of the person. A name that is not one of ours stays as it is.
[[nodiscard]] QString stepWords(const QString &step);

/// Handed to every slow function: it reports progress here and looks here whether it shall stop.
/// A slow function checks cancelled() between steps and before every side effect, and leaves nothing half
/// done.
/// @thread any
class Operation
{
public:
    using Listener = std::function<void(const Progress &)>;

    Operation() = default;
    explicit Operation(std::stop_token stop, Listener listener = {});
    Operation(const Operation &) = delete;
    Operation &operator=(const Operation &) = delete;

    /// Steady clock. After it the operation counts as timed out.
    void setDeadline(std::chrono::steady_clock::time_point deadline);
    void setTimeout(std::chrono::milliseconds timeout);
    [[nodiscard]] std::optional<std::chrono::steady_clock::time_point> deadline() const { return m_deadline; }

    [[nodiscard]] bool isStopRequested() const;
    /// Nothing, or the error to leave with: Cancelled "operation.cancelled", Timeout "operation.timeout".
    [[nodiscard]] Result<void> check() const;
    [[nodiscard]] const std::stop_token &stopToken() const { return m_stop; }

    void report(const Progress &progress);
    void report(const QString &step, std::int64_t done, std::int64_t total, Progress::Unit unit);

private:
    std::stop_token m_stop;
    Listener m_listener;
    std::mutex m_mutex;
    std::optional<std::chrono::steady_clock::time_point> m_deadline;
};

} // namespace gatehouse

Q_DECLARE_METATYPE(gatehouse::Progress)
