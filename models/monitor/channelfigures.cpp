// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/channelfigures.h"

#include "monitor/line.h"

#include <algorithm>
#include <cmath>

namespace gatehouse::monitor {

namespace {

const wire::SeriesLine *lineOf(const wire::SeriesAnswer &answer, const QString &label)
{
    const auto found = std::find_if(answer.lines.begin(), answer.lines.end(),
                                    [&label](const wire::SeriesLine &line) { return line.label == label; });
    return found == answer.lines.end() ? nullptr : &*found;
}

qint64 sumOf(const wire::SeriesLine *line)
{
    double sum = 0;
    if (line != nullptr) {
        for (const std::optional<double> &value : line->values) {
            sum += value.value_or(0);
        }
    }
    return std::llround(sum);
}

} // namespace

ChannelFigures channelFigures(const wire::SeriesAnswer &activeDevices, const wire::SeriesAnswer &attempts,
                              const wire::SeriesAnswer &failures, const QString &bundle)
{
    ChannelFigures figures;
    double all = 0;
    double on = 0;
    for (const wire::SeriesLine &line : activeDevices.lines) {
        const double last = lastValue(line.values).value_or(LastValue{}).value;
        all += last;
        on += line.label == bundle ? last : 0;
    }
    if (all > 0) {
        figures.adoption = on / all;
    }
    figures.rate = {sumOf(lineOf(attempts, bundle)), sumOf(lineOf(failures, bundle))};
    if (const wire::SeriesLine *line = lineOf(failures, bundle)) {
        for (const std::optional<double> &value : line->values) {
            figures.trend.append(value.value_or(0));
        }
    }
    return figures;
}

} // namespace gatehouse::monitor
