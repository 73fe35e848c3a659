// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/statisticsdays.h"

#include <QDateTime>

#include <cmath>

namespace gatehouse::server {
namespace {

constexpr qint64 kMostDays = 3660;

std::optional<UtcTime> dateOf(const QString &text)
{
    if (const Result<UtcTime> time = parseIso(text)) {
        return *time;
    }
    const QDate day = QDate::fromString(text, Qt::ISODate);
    return day.isValid() ? std::optional(utcFromMs(QDateTime(day, QTime(0, 0), Qt::UTC).toMSecsSinceEpoch()))
                         : std::nullopt;
}

} // namespace

Answer<StatisticsDays> StatisticsDays::of(const Input &input)
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
    return StatisticsDays{toQDateTime(*from).date(), std::max<qint64>(count, 1)};
}

UtcTime StatisticsDays::begin() const
{
    return utcFromMs(QDateTime(from, QTime(0, 0), Qt::UTC).toMSecsSinceEpoch());
}

Answer<AppAccess> statisticsApp(ManagementContext &context, const Request &request, const Caller &caller)
{
    return requireApp(context, caller, request.parameter(QStringLiteral("app_id")), "app.read", 401,
                      "no_access_to_app");
}

} // namespace gatehouse::server
