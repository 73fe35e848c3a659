// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleet/run/retryafter.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace gatehouse::fleet {

namespace {

Milliseconds capped(double milliseconds)
{
    constexpr double kDay = 86'400'000.0;
    return Milliseconds(static_cast<qint64>(std::clamp(milliseconds, 0.0, kDay)));
}

} // namespace

Milliseconds retryAfterOf(const HttpResponse &response, UtcTime now)
{
    bool isNumber = false;
    const double header = response.retryAfter.trimmed().toDouble(&isNumber);
    if (isNumber) {
        return capped(header * 1000);
    }
    const QJsonObject body = QJsonDocument::fromJson(response.body).object();
    const QJsonObject more = body.value(QLatin1String("moreInfo")).toObject();
    for (const QJsonObject &place : {more, body}) {
        const QJsonValue seconds = place.value(QLatin1String("retryAfterSeconds"));
        if (seconds.isDouble()) {
            return capped(seconds.toDouble() * 1000);
        }
    }
    for (const QJsonObject &place : {more, body}) {
        const QJsonValue until = place.value(QLatin1String("rateLimitResetAt"));
        if (until.isDouble()) {
            return capped(until.toDouble() - static_cast<double>(toMs(now)));
        }
    }
    return Milliseconds(0);
}

} // namespace gatehouse::fleet
