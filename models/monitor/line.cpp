// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/line.h"

#include <array>

namespace gatehouse::monitor {

std::optional<qsizetype> TimeAxis::bucketOf(UtcTime time) const
{
    if (step.count() <= 0 || time < from || time >= end()) {
        return std::nullopt;
    }
    return static_cast<qsizetype>((time - from) / step);
}

TimeAxis axisOf(const wire::SeriesAnswer &answer)
{
    return {answer.from, Milliseconds{answer.stepMs}, answer.bucketCount()};
}

QVector<QVector<QPointF>> runsOf(const TimeAxis &axis, const Line &line)
{
    QVector<QVector<QPointF>> runs;
    bool inRun = false;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const std::optional<double> value = line.at(i);
        if (!value) {
            inRun = false;
            continue;
        }
        if (!inRun) {
            runs.append(QVector<QPointF>());
            inRun = true;
        }
        runs.last().append(QPointF(static_cast<double>(toMs(axis.startOf(i))), *value));
    }
    return runs;
}

std::optional<LastValue> lastValue(const Line &line)
{
    for (qsizetype i = line.size() - 1; i >= 0; --i) {
        if (line.at(i)) {
            return LastValue{i, *line.at(i)};
        }
    }
    return std::nullopt;
}

Milliseconds readableStep(Milliseconds span, qsizetype maxBuckets)
{
    using std::chrono::minutes;
    static constexpr std::array<minutes, 12> steps{minutes{1},   minutes{2},   minutes{5},    minutes{10},
                                                   minutes{15},  minutes{30},  minutes{60},   minutes{180},
                                                   minutes{360}, minutes{720}, minutes{1440}, minutes{10080}};
    for (const minutes step : steps) {
        if (span <= Milliseconds{step} * maxBuckets) {
            return step;
        }
    }
    const qint64 weeks = span / Milliseconds{steps.back()} / (maxBuckets > 0 ? maxBuckets : 1) + 1;
    return Milliseconds{steps.back()} * weeks;
}

} // namespace gatehouse::monitor
