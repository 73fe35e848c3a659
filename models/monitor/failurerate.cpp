// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/failurerate.h"

#include "core/sentences.h"
#include "wire/deviceprotocol.h"

#include <QHash>

#include <algorithm>

namespace gatehouse::monitor {
namespace {

const wire::SeriesLine *lineOf(const wire::SeriesAnswer &answer, const QString &label)
{
    const auto found = std::find_if(answer.lines.cbegin(), answer.lines.cend(),
                                    [&](const wire::SeriesLine &line) { return line.label == label; });
    return found == answer.lines.cend() ? nullptr : &*found;
}

double valueAt(const wire::SeriesLine *line, qsizetype bucket)
{
    const bool isThere =
        line != nullptr && bucket < line->values.size() && line->values.at(bucket).has_value();
    return isThere ? *line->values.at(bucket) : 0.0;
}

FailureLine failureLine(const wire::SeriesLine &attempts, const wire::SeriesLine *failures)
{
    FailureLine line{attempts.label, {}};
    line.points.reserve(attempts.values.size());
    FailureRate sum;
    for (qsizetype i = 0; i < attempts.values.size(); ++i) {
        const std::optional<double> tried = attempts.values.at(i);
        if (!tried) {
            line.points.append(std::nullopt);
            continue;
        }
        sum.attempts += qRound64(*tried);
        sum.failures += qRound64(valueAt(failures, i));
        const std::optional<double> share = sum.share();
        if (!share) {
            line.points.append(std::nullopt);
            continue;
        }
        line.points.append(FailurePoint{i, sum, *share, sum.band()});
    }
    return line;
}

} // namespace

std::optional<double> FailureRate::share() const
{
    if (attempts <= 0) {
        return std::nullopt;
    }
    return static_cast<double>(std::clamp<qint64>(failures, 0, attempts)) / static_cast<double>(attempts);
}

Band FailureRate::band(double alpha) const
{
    return confidenceBand(attempts, failures, alpha);
}

FailureRate countFirstOutcomes(const QVector<DeviceOutcome> &outcomes)
{
    QHash<QString, bool> failed;
    for (const DeviceOutcome &outcome : outcomes) {
        const bool isFailure = wire::failureClassOf(outcome.action) == wire::FailureClass::BundleFault;
        if (!isFailure && wire::countOf(outcome.action) != wire::ActionCount::Install) {
            continue;
        }
        bool &known = failed[outcome.deviceId.toLower()];
        known = known || isFailure;
    }
    return {failed.size(), std::count(failed.cbegin(), failed.cend(), true)};
}

Result<QVector<FailureLine>> failureLines(const wire::SeriesAnswer &attempts,
                                          const wire::SeriesAnswer &failures)
{
    if (attempts.from != failures.from || attempts.stepMs != failures.stepMs || attempts.by != failures.by) {
        return makeError(ErrorKind::Invalid, "monitor.series",
                         Sentences::tr("Attempts and failures cannot be put together."),
                         Sentences::tr("The two series cover different spans or are split differently."));
    }
    QVector<FailureLine> lines;
    for (const wire::SeriesLine &line : attempts.lines) {
        FailureLine failure = failureLine(line, lineOf(failures, line.label));
        const bool any = std::any_of(failure.points.cbegin(), failure.points.cend(),
                                     [](const auto &point) { return point.has_value(); });
        if (any) {
            lines.append(std::move(failure));
        }
    }
    return lines;
}

} // namespace gatehouse::monitor
