// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/monitorrepository.h"

namespace gatehouse::workspace {

using namespace std::chrono_literals;

std::chrono::milliseconds lengthOf(MonitorRange range)
{
    switch (range) {
    case MonitorRange::Hour:
        return 1h;
    case MonitorRange::Day:
        return 24h;
    case MonitorRange::Week:
        return 24h * 7;
    case MonitorRange::Month:
        return 24h * 30;
    case MonitorRange::Quarter:
        return 24h * 90;
    }
    return 1h;
}

std::chrono::milliseconds stepOf(MonitorRange range)
{
    switch (range) {
    case MonitorRange::Hour:
        return 1min;
    case MonitorRange::Day:
        return 10min;
    case MonitorRange::Week:
        return 1h;
    case MonitorRange::Month:
        return 6h;
    case MonitorRange::Quarter:
        return 24h;
    }
    return 1min;
}

void MonitorRepository::setSource(client::SessionPtr session, std::optional<AppId> app)
{
    m_session = std::move(session);
    m_app = std::move(app);
    m_numbers = {};
    reset();
    Q_EMIT changed();
}

void MonitorRepository::setView(MonitorRange range, const QString &channel)
{
    if (range == m_range && channel == m_channel) {
        return;
    }
    m_range = range;
    m_channel = channel;
    m_numbers = {};
    reset();
    Q_EMIT changed();
    refresh();
}

void MonitorRepository::refresh()
{
    if (!m_session || !m_app) {
        return;
    }
    const std::chrono::milliseconds step = stepOf(m_range);
    // Buckets begin at whole steps, and the running one is shown, too.
    const UtcTime to = std::chrono::floor<std::chrono::milliseconds>(clock().now());
    const qint64 lastBucket = toMs(to) / step.count();
    client::SeriesQuery query;
    query.step = step;
    query.to = utcFromMs((lastBucket + 1) * step.count());
    query.from = query.to - lengthOf(m_range);
    query.channel = m_channel;
    load(
        QStringLiteral("monitor"),
        [statistics = client::Statistics(m_session), app = *m_app,
         query](Operation &operation) mutable -> Result<MonitorNumbers> {
            MonitorNumbers numbers;
            const std::array<std::pair<const char *, wire::SeriesAnswer *>, 5> wanted{
                std::pair{"active_devices", &numbers.active}, std::pair{"installs", &numbers.installs},
                std::pair{"attempts", &numbers.attempts}, std::pair{"failures", &numbers.failures},
                std::pair{"transport_failures", &numbers.transportFailures}};
            for (const auto &[metric, answer] : wanted) {
                query.metric = QString::fromLatin1(metric);
                GATEHOUSE_ASSIGN(*answer, statistics.series(app, query, operation));
            }
            return numbers;
        },
        [this](MonitorNumbers numbers) {
            const bool isNew = !(numbers == m_numbers);
            m_numbers = std::move(numbers);
            return isNew;
        });
}

} // namespace gatehouse::workspace
