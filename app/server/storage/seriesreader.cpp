// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/seriesreader.h"

#include "server/storage/retention.h"
#include "server/storage/rollups.h"
#include "server/storage/rows.h"

#include <algorithm>
#include <limits>
#include <map>

namespace gatehouse::server {

namespace {

constexpr qint64 kMomentMs = 10'000;
constexpr qint64 kMinuteMs = 60'000;
constexpr qint64 kHourMs = 3'600'000;
constexpr qint64 kDayMs = 86'400'000;
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
    case SeriesBy::PlatformNative:
        return "trim(CASE r.platform WHEN 'ios' THEN 'iOS' WHEN 'electron' THEN 'Electron' ELSE 'Android' "
               "END "
               "|| ' ' || r.native)";
    case SeriesBy::PluginVersion:
    case SeriesBy::OperatingSystem:
        return "r.label";
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
    const char *grain;
    /// How far back it reaches; nothing for ever.
    std::optional<Milliseconds> kept;
};

Table tableFor(qint64 fromMs, qint64 stepMs, qint64 nowMs)
{
    if (stepMs % kDayMs == 0 && fromMs % kDayMs == 0) {
        return {"day", std::nullopt};
    }
    if (stepMs % kHourMs == 0 && fromMs % kHourMs == 0) {
        return {"hour", kHoursKept};
    }
    // Fine steps of longer ago are coarser than asked for, and still add up.
    const bool isWholeMinutes = stepMs % kMinuteMs == 0 && fromMs % kMinuteMs == 0;
    if (isWholeMinutes || fromMs < nowMs - kMomentsReachMs) {
        return {"minute", kMinutesKept};
    }
    return {"moment", kMomentsKept};
}

/// Which tables, and which of their rows: plugin versions and operating systems are facets of their own.
struct Source
{
    std::string rollups = "rollup_";
    std::string population = "population";
    std::string rows;
};

Source sourceOf(SeriesBy by)
{
    if (by != SeriesBy::PluginVersion && by != SeriesBy::OperatingSystem) {
        return {};
    }
    const Facet facet = by == SeriesBy::PluginVersion ? Facet::Plugin : Facet::OperatingSystem;
    return {"facet_", "facet_population", " AND r.facet = " + std::to_string(static_cast<qint64>(facet))};
}

/// The first moment of which everything is known.
Result<qint64> knownSince(Database &database, const SeriesQuery &query, const Table &table, UtcTime now)
{
    qint64 since = table.kept ? toMs(now - *table.kept) : std::numeric_limits<qint64>::min();
    if (!sourceOf(query.by).rows.empty()) {
        Query setting(database, "SELECT value FROM settings WHERE name = 'facets_since'");
        if (setting.next()) {
            since = std::max(since, setting.text().toLongLong());
        }
        GATEHOUSE_TRY(setting.finish());
    }
    return since;
}

/// Sums of the column in [from, to), by label and bucket.
Result<std::map<QString, std::map<qint64, qint64>>> sums(Database &database, const SeriesQuery &query,
                                                         qint64 appKey, const Table &table, qint64 fromMs,
                                                         qint64 toMs)
{
    const Source source = sourceOf(query.by);
    const std::string sql = std::string("SELECT ") + labelOf(query.by) + " AS by_label, r.bucket, sum(r." +
                            columnOf(query.metric) + ") FROM " + source.rollups + table.grain +
                            " r WHERE r.app_key = ?" + source.rows + " AND r.bucket >= ? AND r.bucket < ?" +
                            filterOf(query) + " GROUP BY by_label, r.bucket";
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
    const Source source = sourceOf(query.by);
    Query statement(database, std::string("SELECT ") + labelOf(query.by) +
                                  " AS by_label, sum(r.devices) FROM " + source.population +
                                  " r WHERE r.app_key = ?" + source.rows + filterOf(query) +
                                  " GROUP BY by_label");
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

/// The buckets of an answer. Those in [firstKnown, endKnown) have values.
struct Span
{
    qint64 fromMs = 0;
    qint64 stepMs = 0;
    qint64 buckets = 0;
    qint64 firstKnown = 0;
    qint64 endKnown = 0;

    [[nodiscard]] bool isKnown(qint64 i) const { return i >= firstKnown && i < endKnown; }
};

QVector<SeriesRow> counted(const std::map<QString, std::map<qint64, qint64>> &found, const Span &span)
{
    QVector<SeriesRow> lines;
    for (const auto &[label, values] : found) {
        SeriesRow line{label, QVector<std::optional<double>>(span.buckets)};
        for (qint64 i = span.firstKnown; i < span.endKnown; ++i) {
            line.values[i] = 0.0;
        }
        bool isEverCounted = false;
        for (const auto &[bucket, value] : values) {
            const qint64 index = (bucket - span.fromMs) / span.stepMs;
            if (index >= span.firstKnown) {
                line.values[index] = line.values[index].value_or(0.0) + static_cast<double>(value);
                isEverCounted = isEverCounted || value != 0;
            }
        }
        if (isEverCounted) {
            lines.append(line);
        }
    }
    return lines;
}

/// Backwards from the population of now: the value at the end of a bucket is what is left without later
/// changes.
QVector<SeriesRow> population(const std::map<QString, std::map<qint64, qint64>> &changes,
                              const std::map<QString, qint64> &now, const Span &span)
{
    std::map<QString, qint64> left = now;
    for (const auto &[label, values] : changes) {
        left.try_emplace(label, 0);
    }
    QVector<SeriesRow> lines;
    for (auto &[label, value] : left) {
        SeriesRow line{label, QVector<std::optional<double>>(span.buckets)};
        const auto own = changes.find(label);
        std::map<qint64, qint64> byIndex;
        if (own != changes.end()) {
            for (const auto &[bucket, change] : own->second) {
                byIndex[std::min((bucket - span.fromMs) / span.stepMs, span.buckets)] += change;
            }
        }
        qint64 atEnd = value - byIndex[span.buckets];
        bool isEverThere = false;
        for (qint64 i = span.buckets - 1; i >= 0; --i) {
            if (span.isKnown(i)) {
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
    Span span{fromMs, stepMs, (toMsValue - fromMs + stepMs - 1) / stepMs, 0, 0};
    if (span.buckets > kMostSeriesBuckets) {
        return makeError(ErrorKind::Invalid, "store.series",
                         QStringLiteral("A series has at most %1 buckets.").arg(kMostSeriesBuckets), {},
                         QStringLiteral("Ask for a longer step or a shorter span."));
    }
    GATEHOUSE_ASSIGN(const AppRecord app, rows::existingApp(database, query.appId));
    GATEHOUSE_ASSIGN(const qint64 since, knownSince(database, query, table, now));
    span.endKnown = std::clamp<qint64>((toMs(now) - fromMs + stepMs) / stepMs, 0, span.buckets);
    const qint64 firstWhole = since <= fromMs ? 0 : (since - fromMs + stepMs - 1) / stepMs;
    span.firstKnown = std::min(firstWhole, span.endKnown);
    const qint64 endMs = fromMs + span.buckets * stepMs;
    const bool isPopulation = query.metric == SeriesMetric::ActiveDevices;
    const qint64 untilMs = isPopulation ? std::max(endMs, toMs(now) + kDayMs) : endMs;
    GATEHOUSE_ASSIGN(const auto found, sums(database, query, app.key, table, fromMs, untilMs));
    if (!isPopulation) {
        return counted(found, span);
    }
    GATEHOUSE_ASSIGN(const auto current, populationNow(database, query, app.key));
    return population(found, current, span);
}

} // namespace gatehouse::server
