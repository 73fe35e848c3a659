// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QDateTime>

#include <chrono>

namespace gatehouse {

using Milliseconds = std::chrono::milliseconds;
/// A moment, UTC, in milliseconds. What databases and the wire hold; shown to people in their zone.
using UtcTime = std::chrono::time_point<std::chrono::system_clock, Milliseconds>;

/// Where the time comes from. Handed in, so that tests and simulations turn it.
class Clock
{
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual UtcTime now() const = 0;
};

class SystemClock final : public Clock
{
public:
    [[nodiscard]] UtcTime now() const override;
};

/// Stands still until it is moved.
class ManualClock final : public Clock
{
public:
    explicit ManualClock(UtcTime start)
        : m_now(start)
    {}
    [[nodiscard]] UtcTime now() const override { return m_now; }
    void advance(Milliseconds step) { m_now += step; }

private:
    UtcTime m_now;
};

[[nodiscard]] UtcTime utcFromMs(qint64 msSinceEpoch);
[[nodiscard]] qint64 toMs(UtcTime time);
[[nodiscard]] QDateTime toQDateTime(UtcTime time);
/// "2026-07-20T10:00:00.123Z"; whole seconds are written without fraction when Fraction::Drop is asked for.
enum class Fraction { Keep, Drop };
[[nodiscard]] QString toIso(UtcTime time, Fraction fraction = Fraction::Keep);
/// Reads ISO 8601 with zone, with or without fraction. Without a zone it is taken as UTC (PostgreSQL's
/// "timestamp").
/// @error Invalid "core.time"
Result<UtcTime> parseIso(const QString &text);

} // namespace gatehouse
