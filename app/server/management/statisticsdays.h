// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/management/context.h"

#include <QDate>

namespace gatehouse::server {

/// The whole days that statistics are asked for. @source spec: management-api, section 2.5
struct StatisticsDays
{
    static constexpr qint64 kDayMs = 86'400'000;

    QDate from;
    qint64 count = 0;

    /// From from and to of the input. 400 invalid_body when they are no dates, or too far apart.
    static Answer<StatisticsDays> of(const Input &input);

    /// "2026-07-01"
    [[nodiscard]] QString text(qint64 i) const { return from.addDays(i).toString(Qt::ISODate); }
    [[nodiscard]] QString last() const { return text(count - 1); }
    [[nodiscard]] UtcTime begin() const;
    [[nodiscard]] UtcTime end() const { return begin() + Milliseconds(kDayMs * count); }
};

/// The app of the path, when the caller may read it. 401 no_access_to_app.
Answer<AppAccess> statisticsApp(ManagementContext &context, const Request &request, const Caller &caller);

} // namespace gatehouse::server
