// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/channelnumbers.h"

#include <algorithm>
#include <functional>

namespace gatehouse::workspace {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kLength = 24h;
constexpr std::chrono::milliseconds kStep = 10min;
constexpr qsizetype kMostBundles = 4;

/// The bundles that most of the channel's devices run.
QStringList mostRun(const wire::SeriesAnswer &active)
{
    QVector<std::pair<double, QString>> found;
    for (const wire::SeriesLine &line : active.lines) {
        const double devices = line.values.isEmpty() ? 0 : line.values.constLast().value_or(0);
        if (devices > 0) {
            found.append({devices, line.label});
        }
    }
    std::sort(found.begin(), found.end(), std::greater());
    QStringList names;
    for (qsizetype i = 0; i < std::min(found.size(), kMostBundles); ++i) {
        names.append(found.at(i).second);
    }
    return names;
}

Result<void> loadRunning(const client::Statistics &statistics, const AppId &app, client::SeriesQuery query,
                         QVector<RunningGroup> &groups, Operation &operation)
{
    query.metric = QStringLiteral("active_devices");
    query.by = QStringLiteral("native_version");
    query.from = query.to - query.step;
    GATEHOUSE_ASSIGN(const wire::SeriesAnswer answer, statistics.series(app, query, operation));
    for (const wire::SeriesLine &line : answer.lines) {
        const qint64 devices = line.values.isEmpty() ? 0 : qRound64(line.values.constLast().value_or(0));
        if (devices > 0) {
            groups.append({query.channel, line.label, query.bundle, devices});
        }
    }
    return {};
}

} // namespace

Result<ChannelNumbersRepository::All> ChannelNumbersRepository::loadAll(const client::SessionPtr &session,
                                                                        const AppId &app,
                                                                        const QStringList &channels,
                                                                        UtcTime now, Operation &operation)
{
    const client::Statistics statistics(session);
    const bool isByChannel = session->capabilities().has(client::Feature::Series);
    All all;
    if (!isByChannel && channels.size() != 1) {
        return all;
    }
    for (const QString &channel : channels) {
        // The numbers of an app's only channel are those of the app.
        client::SeriesQuery query = spanUntil(now, kLength, kStep, isByChannel ? channel : QString());
        GATEHOUSE_ASSIGN(MonitorNumbers numbers, loadNumbers(statistics, app, query, operation));
        if (isByChannel) {
            for (const QString &bundle : mostRun(numbers.active)) {
                query.bundle = bundle;
                GATEHOUSE_TRY(loadRunning(statistics, app, query, all.running, operation));
            }
        }
        all.byChannel.insert(channel, numbers);
    }
    return all;
}

void ChannelNumbersRepository::setSource(client::SessionPtr session, std::optional<AppId> app)
{
    m_session = std::move(session);
    m_app = std::move(app);
    m_channels.clear();
    m_all = {};
    reset();
    Q_EMIT changed();
}

void ChannelNumbersRepository::setChannels(const QStringList &names)
{
    const bool hasNew = std::any_of(names.begin(), names.end(),
                                    [this](const QString &name) { return !m_channels.contains(name); });
    m_channels = names;
    if (hasNew) {
        refresh();
    }
}

void ChannelNumbersRepository::refresh()
{
    if (!m_session || !m_app || m_channels.isEmpty()) {
        return;
    }
    load(
        QStringLiteral("channel numbers"),
        [session = m_session, app = *m_app, channels = m_channels, now = clock().now()](
            Operation &operation) { return loadAll(session, app, channels, now, operation); },
        [this](All all) {
            const bool isNew = !(all == m_all);
            m_all = std::move(all);
            return isNew;
        });
}

const MonitorNumbers *ChannelNumbersRepository::find(const QString &channel) const
{
    const auto found = m_all.byChannel.constFind(channel);
    return found == m_all.byChannel.constEnd() ? nullptr : &*found;
}

} // namespace gatehouse::workspace
