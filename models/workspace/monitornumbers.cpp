// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/monitornumbers.h"

namespace gatehouse::workspace {

client::SeriesQuery spanUntil(UtcTime now, std::chrono::milliseconds length, std::chrono::milliseconds step,
                              const QString &channel)
{
    const qint64 runningBucket = toMs(now) / step.count();
    client::SeriesQuery query;
    query.step = step;
    query.to = utcFromMs((runningBucket + 1) * step.count());
    query.from = query.to - length;
    query.channel = channel;
    return query;
}

Result<MonitorNumbers> loadNumbers(const client::Statistics &statistics, const AppId &app,
                                   const client::SeriesQuery &query, Operation &operation)
{
    static const QStringList metrics{QStringLiteral("active_devices"), QStringLiteral("installs"),
                                     QStringLiteral("attempts"), QStringLiteral("failures"),
                                     QStringLiteral("transport_failures")};
    GATEHOUSE_ASSIGN(const QVector<wire::SeriesAnswer> answers,
                     statistics.series(app, query, metrics, operation));
    return MonitorNumbers{answers.at(0), answers.at(1), answers.at(2), answers.at(3), answers.at(4)};
}

} // namespace gatehouse::workspace
