// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workspace/monitornumbers.h"
#include "workspace/repository.h"

namespace gatehouse::workspace {

/// The span a chart shows.
enum class MonitorRange { Hour, Day, Week, Month, Quarter };
[[nodiscard]] std::chrono::milliseconds lengthOf(MonitorRange range);
/// Width of one bucket, so that a chart has at most a few hundred.
[[nodiscard]] std::chrono::milliseconds stepOf(MonitorRange range);

/// What the monitor shows.
class MonitorRepository final : public Repository
{
    Q_OBJECT

public:
    using Repository::Repository;

    /// Nothing forgets everything.
    void setSource(client::SessionPtr session, std::optional<AppId> app);
    /// @param channel  empty: all channels
    void setView(MonitorRange range, const QString &channel);
    void refresh();

    [[nodiscard]] MonitorRange range() const { return m_range; }
    [[nodiscard]] const QString &channel() const { return m_channel; }
    [[nodiscard]] const MonitorNumbers &numbers() const { return m_numbers; }
    /// The span of numbers().
    [[nodiscard]] UtcTime from() const { return m_numbers.active.from; }

private:
    client::SessionPtr m_session;
    std::optional<AppId> m_app;
    MonitorRange m_range = MonitorRange::Hour;
    QString m_channel;
    MonitorNumbers m_numbers;
};

} // namespace gatehouse::workspace
