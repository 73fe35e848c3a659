// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/context.h"

#include <QDate>
#include <QDateTime>
#include <QMap>

#include <cmath>

namespace gatehouse::server {
namespace {

constexpr qint64 kDayMs = 86'400'000;
constexpr qint64 kMostDays = 3660;

/// Whole days, from inclusive.
struct Days
{
    QDate from;
    qint64 count = 0;

    [[nodiscard]] QDate at(qint64 i) const { return from.addDays(i); }
    [[nodiscard]] QString text(qint64 i) const { return at(i).toString(Qt::ISODate); }
};

std::optional<UtcTime> dateOf(const QString &text)
{
    if (const Result<UtcTime> time = parseIso(text)) {
        return *time;
    }
    const QDate day = QDate::fromString(text, Qt::ISODate);
    return day.isValid() ? std::optional(utcFromMs(QDateTime(day, QTime(0, 0), Qt::UTC).toMSecsSinceEpoch()))
                         : std::nullopt;
}

/// @source spec: management-api, section 2.5
Answer<Days> daysOf(const Input &input)
{
    const std::optional<UtcTime> from = dateOf(input.text("from"));
    const std::optional<UtcTime> to = dateOf(input.text("to"));
    if (!from || !to || *to < *from) {
        return badRequest("invalid_body",
                          QStringLiteral("The fields from and to must be dates, from first."));
    }
    const double days = static_cast<double>(toMs(*to) - toMs(*from)) / static_cast<double>(kDayMs);
    const qint64 count = std::llround(days);
    if (count > kMostDays) {
        return badRequest("invalid_body", QStringLiteral("The span is longer than ten years."));
    }
    return Days{toQDateTime(*from).date(), std::max<qint64>(count, 1)};
}

Answer<AppAccess> appOf(ManagementContext &context, const Request &request, const Caller &caller)
{
    return requireApp(context, caller, request.parameter(QStringLiteral("app_id")), "app.read", 401,
                      "no_access_to_app");
}

Response appStatistics(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const AppAccess access, appOf(context, request, caller));
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    GATEHOUSE_ASSIGN(const Days days, daysOf(input));
    const bool perDay = input.boolean("noAccumulate").value_or(false);
    context.store.flush();
    GATEHOUSE_ASSIGN(
        const QVector<DailyUsageRow> usage,
        orFailure(context.store.dailyUsage(access.app.row.appId, days.text(0), days.text(days.count - 1))));
    QMap<QString, DailyUsageRow> byDate;
    for (const DailyUsageRow &row : usage) {
        byDate.insert(row.date, row);
    }
    QJsonArray answer;
    DailyUsageRow sum;
    for (qint64 i = 0; i < days.count; ++i) {
        DailyUsageRow day = byDate.value(days.text(i));
        sum.activeDevices += day.activeDevices;
        sum.bandwidthBytes += day.bandwidthBytes;
        sum.storageBytes += day.storageBytes;
        sum.get += day.get;
        const DailyUsageRow &shown = perDay ? day : sum;
        answer.append(
            QJsonObject{{QStringLiteral("date"), QString(days.text(i) + QLatin1String("T00:00:00.000Z"))},
                        {QStringLiteral("mau"), shown.activeDevices},
                        {QStringLiteral("storage"), shown.storageBytes},
                        {QStringLiteral("storage_byte_hours"), 0},
                        {QStringLiteral("bandwidth"), shown.bandwidthBytes},
                        {QStringLiteral("build_time_seconds"), 0},
                        {QStringLiteral("get"), shown.get}});
    }
    return jsonResponse(answer);
}

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
QJsonObject usageChart(const Days &days, const QMap<QString, QVector<qint64>> &counts)
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
                                               const Days &days, SeriesBy by)
{
    context.store.flush();
    SeriesQuery query;
    query.appId = appId;
    query.metric = SeriesMetric::ActiveDevices;
    query.by = by;
    query.from = utcFromMs(QDateTime(days.from, QTime(0, 0), Qt::UTC).toMSecsSinceEpoch());
    query.to = query.from + Milliseconds(kDayMs * days.count);
    query.step = Milliseconds(kDayMs);
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
    GATEHOUSE_ASSIGN(const AppAccess access, appOf(context, request, caller));
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    GATEHOUSE_ASSIGN(const Days days, daysOf(input));
    GATEHOUSE_ASSIGN(const auto counts, usageBy(context, access.app.row.appId, days, SeriesBy::Bundle));
    return jsonResponse(usageChart(days, counts));
}

Response nativeUsage(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const AppAccess access, appOf(context, request, caller));
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    GATEHOUSE_ASSIGN(const Days days, daysOf(input));
    GATEHOUSE_ASSIGN(const auto counts,
                     usageBy(context, access.app.row.appId, days, SeriesBy::NativeVersion));
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
void addStatisticsRoutes(Router &router, ManagementContext &context)
{
    addKeyed(router, context, Method::Get, "/statistics/app/:app_id", KeyClass::Auth, appStatistics);
    addKeyed(router, context, Method::Get, "/statistics/app/:app_id/bundle_usage", KeyClass::Auth,
             bundleUsage);
    addKeyed(router, context, Method::Get, "/statistics/app/:app_id/native_usage", KeyClass::Auth,
             nativeUsage);
}

} // namespace gatehouse::server
