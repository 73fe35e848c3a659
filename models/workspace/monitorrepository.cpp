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
        return 10s;
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
    load(
        QStringLiteral("monitor"),
        [statistics = client::Statistics(m_session), app = *m_app,
         query = spanUntil(clock().now(), lengthOf(m_range), stepOf(m_range), m_channel)](
            Operation &operation) { return loadNumbers(statistics, app, query, operation); },
        [this](MonitorNumbers numbers) {
            const bool isNew = !(numbers == m_numbers);
            m_numbers = std::move(numbers);
            return isNew;
        });
}

} // namespace gatehouse::workspace
