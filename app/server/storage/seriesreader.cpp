// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/seriesreader.h"

#include "server/storage/rows.h"

#include <algorithm>
#include <map>

namespace gatehouse::server {

namespace {

constexpr qint64 kMomentMs = 10'000;
constexpr qint64 kMinuteMs = 60'000;
constexpr qint64 kHourMs = 3'600'000;
constexpr qint64 kDayMs = 86'400'000;
constexpr qint64 kMaxBuckets = 5'000;
constexpr qint64 kMomentsReachMs = 2 * kHourMs;

const char *columnOf(SeriesMetric metric)
{
    switch (metric) {
    case SeriesMetric::ActiveDevices:
        return "active";
    case SeriesMetric::Checks:
        return "checks";
    case SeriesMetric::Gets:
        return "gets";
    case SeriesMetric::Installs:
        return "installs";
    case SeriesMetric::Failures:
        return "failures";
    case SeriesMetric::Attempts:
        return "attempts";
    case SeriesMetric::TransportFailures:
        return "transport";
    case SeriesMetric::Uninstalls:
        break;
    }
    return "uninstalls";
}

/// The label as SQL, over a row of a roll-up or of the population called r.
const char *labelOf(SeriesBy by)
{
    switch (by) {
    case SeriesBy::Bundle:
        return "r.bundle";
    case SeriesBy::Channel:
        return "coalesce((SELECT c.name FROM channels c WHERE c.id = r.channel_id), '')";
    case SeriesBy::Platform:
        return "r.platform";
    case SeriesBy::NativeVersion:
        return "r.native";
    case SeriesBy::Nothing:
        break;
    }
    return "''";
}

std::string filterOf(const SeriesQuery &query)
{
    std::string filter;
    if (query.channelId) {
        filter += " AND r.channel_id = ?";
    }
    if (query.bundle) {
        filter += " AND r.bundle = ?";
    }
    return filter;
}

void bindFilter(Query &statement, const SeriesQuery &query)
{
    if (query.channelId) {
        statement.bind(*query.channelId);
    }
    if (query.bundle) {
        statement.bind(*query.bundle);
    }
}

struct Table
{
    const char *name;
    qint64 ms;
};

Table tableFor(qint64 fromMs, qint64 stepMs, qint64 nowMs)
{
    if (stepMs % kDayMs == 0 && fromMs % kDayMs == 0) {
        return {"rollup_day", kDayMs};
    }
    if (stepMs % kHourMs == 0 && fromMs % kHourMs == 0) {
        return {"rollup_hour", kHourMs};
    }
    // Fine steps of longer ago are coarser than asked for, and still add up.
    const bool isWholeMinutes = stepMs % kMinuteMs == 0 && fromMs % kMinuteMs == 0;
    if (isWholeMinutes || fromMs < nowMs - kMomentsReachMs) {
        return {"rollup_minute", kMinuteMs};
    }
    return {"rollup_moment", kMomentMs};
}

/// Sums of the column in [from, to), by label and bucket.
Result<std::map<QString, std::map<qint64, qint64>>> sums(Database &database, const SeriesQuery &query,
                                                         qint64 appKey, const Table &table, qint64 fromMs,
                                                         qint64 toMs)
{
    const std::string sql = std::string("SELECT ") + labelOf(query.by) + " AS label, r.bucket, sum(r." +
                            columnOf(query.metric) + ") FROM " + table.name +
                            " r WHERE r.app_key = ? AND r.bucket >= ? AND r.bucket < ?" + filterOf(query) +
                            " GROUP BY label, r.bucket";
    Query statement(database, sql);
    statement.bind(appKey).bind(fromMs).bind(toMs);
    bindFilter(statement, query);
    std::map<QString, std::map<qint64, qint64>> found;
    while (statement.next()) {
        const QString label = statement.text();
        const qint64 bucket = statement.integer();
        found[label][bucket] += statement.integer();
    }
    GATEHOUSE_TRY(statement.finish());
    return found;
}

Result<std::map<QString, qint64>> populationNow(Database &database, const SeriesQuery &query, qint64 appKey)
{
    Query statement(database, std::string("SELECT ") + labelOf(query.by) +
                                  " AS label, sum(r.devices) FROM population r WHERE r.app_key = ?" +
                                  filterOf(query) + " GROUP BY label");
    statement.bind(appKey);
    bindFilter(statement, query);
    std::map<QString, qint64> found;
    while (statement.next()) {
        const QString label = statement.text();
        found[label] = statement.integer();
    }
    GATEHOUSE_TRY(statement.finish());
    return found;
}

QVector<SeriesRow> counted(const std::map<QString, std::map<qint64, qint64>> &found, qint64 fromMs,
                           qint64 stepMs, qint64 buckets, qint64 known)
{
    QVector<SeriesRow> lines;
    for (const auto &[label, values] : found) {
        SeriesRow line{label, QVector<std::optional<double>>(buckets)};
        for (qint64 i = 0; i < known; ++i) {
            line.values[i] = 0.0;
        }
        for (const auto &[bucket, value] : values) {
            const qint64 index = (bucket - fromMs) / stepMs;
            line.values[index] = line.values[index].value_or(0.0) + static_cast<double>(value);
        }
        const bool isEverCounted =
            std::any_of(values.begin(), values.end(), [](const auto &entry) { return entry.second != 0; });
        if (isEverCounted) {
            lines.append(line);
        }
    }
    return lines;
}

/// Backwards from the population of now: the value at the end of a bucket is what is left without later
/// changes.
QVector<SeriesRow> population(const std::map<QString, std::map<qint64, qint64>> &changes,
                              const std::map<QString, qint64> &now, qint64 fromMs, qint64 stepMs,
                              qint64 buckets, qint64 known)
{
    std::map<QString, qint64> left = now;
    for (const auto &[label, values] : changes) {
        left.try_emplace(label, 0);
    }
    QVector<SeriesRow> lines;
    for (auto &[label, value] : left) {
        SeriesRow line{label, QVector<std::optional<double>>(buckets)};
        const auto own = changes.find(label);
        std::map<qint64, qint64> byIndex;
        if (own != changes.end()) {
            for (const auto &[bucket, change] : own->second) {
                byIndex[std::min((bucket - fromMs) / stepMs, buckets)] += change;
            }
        }
        qint64 atEnd = value - byIndex[buckets];
        bool isEverThere = false;
        for (qint64 i = buckets - 1; i >= 0; --i) {
            if (i < known) {
                line.values[i] = static_cast<double>(std::max<qint64>(atEnd, 0));
                isEverThere = isEverThere || atEnd > 0;
            }
            const auto change = byIndex.find(i);
            atEnd -= change != byIndex.end() ? change->second : 0;
        }
        if (isEverThere) {
            lines.append(line);
        }
    }
    return lines;
}

} // namespace

Result<QVector<SeriesRow>> readSeries(Database &database, const SeriesQuery &query, UtcTime now)
{
    const qint64 fromMs = toMs(query.from);
    const qint64 toMsValue = toMs(query.to);
    const qint64 stepMs = query.step.count();
    if (stepMs <= 0 || stepMs % kMomentMs != 0 || fromMs % kMomentMs != 0 || toMsValue <= fromMs) {
        return makeError(
            ErrorKind::Invalid, "store.series",
            QStringLiteral("A series begins on whole ten seconds and its step is a multiple of them."));
    }
    const Table table = tableFor(fromMs, stepMs, toMs(now));
    const qint64 buckets = (toMsValue - fromMs + stepMs - 1) / stepMs;
    if (buckets > kMaxBuckets) {
        return makeError(ErrorKind::Invalid, "store.series",
                         QStringLiteral("A series has at most %1 buckets.").arg(kMaxBuckets), {},
                         QStringLiteral("Ask for a longer step or a shorter span."));
    }
    GATEHOUSE_ASSIGN(const AppRecord app, rows::existingApp(database, query.appId));
    const qint64 endMs = fromMs + buckets * stepMs;
    const qint64 known = std::clamp<qint64>((toMs(now) - fromMs + stepMs) / stepMs, 0, buckets);
    const bool isPopulation = query.metric == SeriesMetric::ActiveDevices;
    const qint64 untilMs = isPopulation ? std::max(endMs, toMs(now) + kDayMs) : endMs;
    GATEHOUSE_ASSIGN(const auto found, sums(database, query, app.key, table, fromMs, untilMs));
    if (!isPopulation) {
        return counted(found, fromMs, stepMs, buckets, known);
    }
    GATEHOUSE_ASSIGN(const auto current, populationNow(database, query, app.key));
    return population(found, current, fromMs, stepMs, buckets, known);
}

} // namespace gatehouse::server
