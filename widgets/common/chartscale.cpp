// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/chartscale.h"

#include "widgets/common/format.h"

#include <array>
#include <cmath>

namespace gatehouse::widgets {

namespace {

constexpr qint64 kMinute = 60;
constexpr qint64 kHour = 3600;
constexpr qint64 kDay = 86400;
constexpr std::array<qint64, 16> kSteps = {
    kMinute,   2 * kMinute, 5 * kMinute, 10 * kMinute, 15 * kMinute, 30 * kMinute, kHour,     2 * kHour,
    3 * kHour, 6 * kHour,   12 * kHour,  kDay,         2 * kDay,     7 * kDay,     14 * kDay, 30 * kDay,
};

QString labelFor(const QDateTime &local, qint64 stepSeconds, qint64 spanSeconds)
{
    if (stepSeconds < kDay) {
        if (local.time() == QTime(0, 0) && spanSeconds > kDay) {
            return formatWeekday(local);
        }
        return formatClock(local);
    }
    if (spanSeconds <= 8 * kDay) {
        return formatWeekday(local);
    }
    return formatDay(local);
}

} // namespace

ValueTicks valueTicks(double maximum, int lines)
{
    if (!std::isfinite(maximum) || maximum <= 0) {
        return {1.0, 1.0};
    }
    const double raw = maximum / qMax(1, lines);
    const double power = std::pow(10.0, std::floor(std::log10(raw)));
    double step = 10 * power;
    for (const double factor : {1.0, 2.0, 2.5, 5.0}) {
        if (raw <= factor * power * 1.0001) {
            step = factor * power;
            break;
        }
    }
    return {step, std::ceil(maximum / step - 1.0e-9) * step};
}

QVector<TimeTick> timeTicks(UtcTime from, UtcTime to, int count)
{
    QVector<TimeTick> ticks;
    const qint64 span = (to - from).count() / 1000;
    if (span <= 0 || count <= 0) {
        return ticks;
    }
    qint64 step = kSteps.back();
    for (const qint64 candidate : kSteps) {
        // Over several days the days themselves are what one looks for.
        if (span / candidate <= count && (span <= 3 * kDay || candidate >= kDay)) {
            step = candidate;
            break;
        }
    }
    // Days are counted on the calendar, because a day of a zone may have 23 or 25 hours.
    const QDateTime start = toQDateTime(from).toLocalTime();
    QDateTime at = start.date().startOfDay();
    while (at < start) {
        at = step >= kDay ? at.date().addDays(step / kDay).startOfDay() : at.addSecs(step);
    }
    const QDateTime end = toQDateTime(to).toLocalTime();
    while (at <= end) {
        ticks.append({utcFromMs(at.toMSecsSinceEpoch()), labelFor(at, step, span)});
        at = step >= kDay ? at.date().addDays(step / kDay).startOfDay() : at.addSecs(step);
    }
    return ticks;
}

} // namespace gatehouse::widgets
