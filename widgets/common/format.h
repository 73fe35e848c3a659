// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"

#include <QDateTime>
#include <QString>

namespace gatehouse::widgets {

/// Numbers and times as the program writes them: narrow space between thousands, at most three significant
/// digits where a figure is an estimate or a share, units always.

/// "48 210"
[[nodiscard]] QString formatCount(qint64 count);
/// "50 k", "1.2 M": for axes.
[[nodiscard]] QString formatShortCount(double count);
/// A ratio of 0 to 1 as "96.1 %", "0.31 %", "100 %".
[[nodiscard]] QString formatPercent(double ratio);
/// A number that was written already, with the sign as the language writes it: "2.5 %".
[[nodiscard]] QString withPercentSign(const QString &number);
/// Basis points as "10 %", "0.01 %", "2.5 %".
[[nodiscard]] QString formatShare(int basisPoints);
/// "6 to 31"
[[nodiscard]] QString formatInterval(const QString &low, const QString &high);
/// "4.2 MB" (decimal units)
[[nodiscard]] QString formatBytes(qint64 bytes);
/// "40 s", "6 min", "2 h 40 min", "3 d 4 h"
[[nodiscard]] QString formatDuration(Milliseconds duration);
/// "19:58"
[[nodiscard]] QString formatClock(const QDateTime &local);
/// "12 Nov"
[[nodiscard]] QString formatDay(const QDateTime &local);
/// "Wed 12"
[[nodiscard]] QString formatWeekday(const QDateTime &local);
/// "Wed 12 Nov 09:12"
[[nodiscard]] QString formatRowMoment(const QDateTime &local);
/// "2 s ago" up to an hour, then the clock ("19:58"), from yesterday on the date ("12 Nov 09:12").
[[nodiscard]] QString formatMoment(UtcTime moment, UtcTime now);
/// With date, seconds and zone, for tool tips.
[[nodiscard]] QString formatFullMoment(UtcTime moment);

} // namespace gatehouse::widgets
