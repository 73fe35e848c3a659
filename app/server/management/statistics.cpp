// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/statisticsdays.h"

#include <QMap>

namespace gatehouse::server {
namespace {

constexpr qint64 kMostApps = 50'000;

enum class Numbers { PerDay, Cumulative };

Numbers numbersOf(const Input &input)
{
    return input.boolean("noAccumulate").value_or(false) ? Numbers::PerDay : Numbers::Cumulative;
}

/// One entry a day, none left out.
Answer<QVector<DailyUsageRow>> usageOf(ManagementContext &context, const QString &appId,
                                       const StatisticsDays &days)
{
    GATEHOUSE_ASSIGN(const QVector<DailyUsageRow> usage,
                     orFailure(context.store.dailyUsage(appId, days.text(0), days.last())));
    QMap<QString, DailyUsageRow> byDate;
    for (const DailyUsageRow &row : usage) {
        byDate.insert(row.date, row);
    }
    QVector<DailyUsageRow> whole;
    for (qint64 i = 0; i < days.count; ++i) {
        DailyUsageRow row = byDate.value(days.text(i));
        row.date = days.text(i);
        whole.append(row);
    }
    return whole;
}

/// What is stored is a state, not an event: its days are not added up.
void accumulate(QVector<DailyUsageRow> &usage)
{
    for (qsizetype i = 1; i < usage.size(); ++i) {
        const DailyUsageRow &before = usage.at(i - 1);
        DailyUsageRow &row = usage[i];
        row.activeDevices += before.activeDevices;
        row.bandwidthBytes += before.bandwidthBytes;
        row.get += before.get;
    }
}

QJsonObject dayJson(const DailyUsageRow &row)
{
    return {{QStringLiteral("date"), QString(row.date + QLatin1String("T00:00:00.000Z"))},
            {QStringLiteral("mau"), row.activeDevices},
            {QStringLiteral("storage"), row.storageBytes},
            {QStringLiteral("storage_byte_hours"), 0},
            {QStringLiteral("bandwidth"), row.bandwidthBytes},
            {QStringLiteral("build_time_seconds"), 0},
            {QStringLiteral("get"), row.get}};
}

QJsonArray daysJson(QVector<DailyUsageRow> usage, Numbers numbers)
{
    if (numbers == Numbers::Cumulative) {
        accumulate(usage);
    }
    QJsonArray days;
    for (const DailyUsageRow &row : usage) {
        days.append(dayJson(row));
    }
    return days;
}

Response appStatistics(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const AppAccess access, statisticsApp(context, request, caller));
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    GATEHOUSE_ASSIGN(const StatisticsDays days, StatisticsDays::of(input));
    context.store.flush();
    GATEHOUSE_ASSIGN(QVector<DailyUsageRow> usage, usageOf(context, access.app.row.appId, days));
    return jsonResponse(daysJson(std::move(usage), numbersOf(input)));
}

/// Days of several apps together, and of each.
struct ManyApps
{
    QVector<DailyUsageRow> together;
    QVector<std::pair<QString, QVector<DailyUsageRow>>> byApp;
};

Answer<ManyApps> usageOfMany(ManagementContext &context, const QVector<AppRecord> &apps,
                             const StatisticsDays &days)
{
    context.store.flush();
    ManyApps many;
    for (qint64 i = 0; i < days.count; ++i) {
        DailyUsageRow row;
        row.date = days.text(i);
        many.together.append(row);
    }
    for (const AppRecord &app : apps) {
        GATEHOUSE_ASSIGN(const QVector<DailyUsageRow> usage, usageOf(context, app.row.appId, days));
        for (qsizetype i = 0; i < usage.size(); ++i) {
            DailyUsageRow &sum = many.together[i];
            sum.activeDevices += usage.at(i).activeDevices;
            sum.bandwidthBytes += usage.at(i).bandwidthBytes;
            sum.storageBytes += usage.at(i).storageBytes;
            sum.get += usage.at(i).get;
        }
        many.byApp.append({app.row.appId, usage});
    }
    return many;
}

/// Apps on which the caller may read.
Answer<QVector<AppRecord>> readableApps(ManagementContext &context, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const QVector<AppRecord> apps, orFailure(context.store.apps({0, kMostApps})));
    QVector<AppRecord> readable;
    for (const AppRecord &app : apps) {
        if (caller.may("app.read", AppAccess{app}.scope())) {
            readable.append(app);
        }
    }
    return readable;
}

QJsonArray byAppJson(const ManyApps &many, Numbers numbers)
{
    QJsonArray entries;
    for (const auto &[appId, usage] : many.byApp) {
        for (const QJsonValue &day : daysJson(usage, numbers)) {
            QJsonObject entry = day.toObject();
            entry.insert(QStringLiteral("app_id"), appId);
            entries.append(entry);
        }
    }
    return entries;
}

Response organizationStatistics(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const OrganizationRecord organization, orFailure(context.store.organization()));
    const QString id = request.parameter(QStringLiteral("org_id"));
    if (id != organization.id || !caller.may("org.read")) {
        return errorResponse(401, QStringLiteral("no_access_to_organization"),
                             QStringLiteral("You can't read this organization."),
                             {{QStringLiteral("org_id"), id}});
    }
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    GATEHOUSE_ASSIGN(const StatisticsDays days, StatisticsDays::of(input));
    const Numbers numbers = numbersOf(input);
    // Sums are of the organization; the apps by name are those that the key may read anyway.
    GATEHOUSE_ASSIGN(const QVector<AppRecord> apps, orFailure(context.store.apps({0, kMostApps})));
    GATEHOUSE_ASSIGN(const ManyApps all, usageOfMany(context, apps, days));
    if (!input.boolean("breakdown").value_or(false)) {
        return jsonResponse(daysJson(all.together, numbers));
    }
    GATEHOUSE_ASSIGN(const QVector<AppRecord> readable, readableApps(context, caller));
    GATEHOUSE_ASSIGN(const ManyApps shown, usageOfMany(context, readable, days));
    return jsonResponse(QJsonObject{{QStringLiteral("global"), daysJson(all.together, numbers)},
                                    {QStringLiteral("byApp"), byAppJson(shown, numbers)}});
}

/// All that the key may read.
Response userStatistics(ManagementContext &context, const Request &request, const Caller &caller)
{
    if (caller.key.bindings.isEmpty()) {
        return errorResponse(401, QStringLiteral("no_organizations_found"),
                             QStringLiteral("This key belongs to no organization."));
    }
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    GATEHOUSE_ASSIGN(const StatisticsDays days, StatisticsDays::of(input));
    GATEHOUSE_ASSIGN(const QVector<AppRecord> apps, readableApps(context, caller));
    GATEHOUSE_ASSIGN(const ManyApps many, usageOfMany(context, apps, days));
    return jsonResponse(daysJson(many.together, numbersOf(input)));
}

} // namespace

/// @source spec: management-api, section 2.5
void addStatisticsRoutes(Router &router, ManagementContext &context)
{
    addKeyed(router, context, Method::Get, "/statistics/app/:app_id", KeyClass::Auth, appStatistics);
    addKeyed(router, context, Method::Get, "/statistics/org/:org_id", KeyClass::Auth, organizationStatistics);
    addKeyed(router, context, Method::Get, "/statistics/user", KeyClass::Auth, userStatistics);
}

} // namespace gatehouse::server
