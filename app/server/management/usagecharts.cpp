// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/statisticsdays.h"

#include <QMap>

#include <algorithm>
#include <cmath>

namespace gatehouse::server {
namespace {

/// Shares in percent with one decimal whose sum is exactly 100: what rounding leaves goes to the largest
/// remainders.
QVector<double> percentages(const QVector<qint64> &counts)
{
    qint64 total = 0;
    for (const qint64 count : counts) {
        total += count;
    }
    QVector<double> shares(counts.size(), 0.0);
    if (total == 0) {
        return shares;
    }
    qint64 given = 0;
    QVector<std::pair<qint64, qsizetype>> remainders;
    for (qsizetype i = 0; i < counts.size(); ++i) {
        const qint64 tenths = counts.at(i) * 1000 / total;
        shares[i] = static_cast<double>(tenths) / 10.0;
        given += tenths;
        remainders.append({counts.at(i) * 1000 % total, -i});
    }
    std::sort(remainders.rbegin(), remainders.rend());
    for (qint64 i = 0; i < 1000 - given; ++i) {
        double &share = shares[-remainders.at(i % remainders.size()).second];
        share = std::round(share * 10.0 + 1.0) / 10.0;
    }
    return shares;
}

/// Datasets of a usage chart from counts by label and day.
QJsonObject usageChart(const StatisticsDays &days, const QMap<QString, QVector<qint64>> &counts)
{
    QStringList labels;
    QVector<QJsonArray> shares(counts.size());
    QVector<QJsonArray> numbers(counts.size());
    for (qint64 day = 0; day < days.count; ++day) {
        labels.append(days.text(day));
        QVector<qint64> column;
        for (const QVector<qint64> &line : counts) {
            column.append(line.at(day));
        }
        const QVector<double> percent = percentages(column);
        for (qsizetype i = 0; i < column.size(); ++i) {
            shares[i].append(percent.at(i));
            numbers[i].append(column.at(i));
        }
    }
    QJsonArray datasets;
    qsizetype i = 0;
    for (auto line = counts.constBegin(); line != counts.constEnd(); ++line, ++i) {
        datasets.append(QJsonObject{{QStringLiteral("label"), line.key()},
                                    {QStringLiteral("data"), shares.at(i)},
                                    {QStringLiteral("metaCounts"), numbers.at(i)}});
    }
    return {{QStringLiteral("labels"), QJsonArray::fromStringList(labels)},
            {QStringLiteral("datasets"), datasets}};
}

/// Devices by label at the end of each day.
Answer<QMap<QString, QVector<qint64>>> usageBy(ManagementContext &context, const QString &appId,
                                               const StatisticsDays &days, SeriesBy by)
{
    context.store.flush();
    SeriesQuery query;
    query.appId = appId;
    query.metric = SeriesMetric::ActiveDevices;
    query.by = by;
    query.from = days.begin();
    query.to = days.end();
    query.step = Milliseconds(StatisticsDays::kDayMs);
    GATEHOUSE_ASSIGN(const QVector<SeriesRow> rows, orFailure(context.store.series(query)));
    QMap<QString, QVector<qint64>> counts;
    for (const SeriesRow &row : rows) {
        QVector<qint64> line(days.count, 0);
        for (qsizetype i = 0; i < std::min<qsizetype>(days.count, row.values.size()); ++i) {
            line[i] = row.values.at(i) ? qRound64(*row.values.at(i)) : 0;
        }
        const bool isEmpty = std::all_of(line.cbegin(), line.cend(), [](qint64 count) { return count == 0; });
        if (!isEmpty) {
            counts.insert(row.label, line);
        }
    }
    return counts;
}

Response bundleUsage(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const AppAccess access, statisticsApp(context, request, caller));
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    GATEHOUSE_ASSIGN(const StatisticsDays days, StatisticsDays::of(input));
    GATEHOUSE_ASSIGN(const auto counts, usageBy(context, access.app.row.appId, days, SeriesBy::Bundle));
    return jsonResponse(usageChart(days, counts));
}

Response nativeUsage(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const AppAccess access, statisticsApp(context, request, caller));
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    GATEHOUSE_ASSIGN(const StatisticsDays days, StatisticsDays::of(input));
    GATEHOUSE_ASSIGN(const auto counts,
                     usageBy(context, access.app.row.appId, days, SeriesBy::PlatformNative));
    QJsonObject chart = usageChart(days, counts);
    // The label most devices have on the last day.
    qint64 total = 0;
    qint64 most = 0;
    QString name;
    for (auto line = counts.constBegin(); line != counts.constEnd(); ++line) {
        total += line->last();
        if (line->last() > most) {
            most = line->last();
            name = line.key();
        }
    }
    const double share = total > 0 ? 100.0 * static_cast<double>(most) / static_cast<double>(total) : 0.0;
    chart.insert(QStringLiteral("latestVersion"),
                 QJsonObject{{QStringLiteral("name"), name},
                             {QStringLiteral("percentage"), QString::number(share, 'f', 1)}});
    return jsonResponse(chart);
}

} // namespace

/// @source spec: management-api, section 2.5
void addUsageChartRoutes(Router &router, ManagementContext &context)
{
    addKeyed(router, context, Method::Get, "/statistics/app/:app_id/bundle_usage", KeyClass::Auth,
             bundleUsage);
    addKeyed(router, context, Method::Get, "/statistics/app/:app_id/native_usage", KeyClass::Auth,
             nativeUsage);
}

} // namespace gatehouse::server
