// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/channelfacts.h"

#include "client/devices.h"

#include <cmath>

namespace gatehouse::workspace {

namespace {

using namespace std::chrono_literals;

/// A day, so that the night is in it.
constexpr Milliseconds kLookBack = 24h;
constexpr Milliseconds kStep = 1min;
constexpr Milliseconds kLeastSpan = 30s;
/// From so many buckets on, the first one counts for little and is better left out.
constexpr qsizetype kEnoughBuckets = 5;

/// A refusal of one of the facts leaves the others; a lost connection does not.
bool isOnlyMissing(const Error &error)
{
    return error.kind == ErrorKind::NotFound || error.kind == ErrorKind::Denied ||
           error.kind == ErrorKind::Invalid;
}

Result<QHash<QString, CheckHabit>> readHabits(const client::SessionPtr &session, const AppId &app,
                                              UtcTime now, Operation &operation)
{
    client::SeriesQuery query;
    query.metric = QStringLiteral("checks");
    query.by = QStringLiteral("channel");
    query.step = kStep;
    query.to = utcFromMs((toMs(now) / kStep.count() + 1) * kStep.count());
    query.from = query.to - kLookBack;
    GATEHOUSE_ASSIGN(const wire::SeriesAnswer answer,
                     client::Statistics(session).series(app, query, operation));
    QHash<QString, CheckHabit> habits;
    for (const wire::SeriesLine &line : answer.lines) {
        if (const auto habit = habitOf(line.values, answer.from, Milliseconds(answer.stepMs), now)) {
            habits.insert(line.label, *habit);
        }
    }
    return habits;
}

} // namespace

std::optional<CheckHabit> habitOf(const QVector<std::optional<double>> &counts, UtcTime from,
                                  Milliseconds step, UtcTime now)
{
    qsizetype first = 0;
    while (first < counts.size() && counts.at(first).value_or(0) <= 0) {
        ++first;
    }
    if (first > 0 && counts.size() - first >= kEnoughBuckets) {
        ++first;
    }
    CheckHabit habit;
    for (qsizetype i = first; i < counts.size(); ++i) {
        habit.checks += std::llround(counts.at(i).value_or(0));
    }
    habit.span = std::chrono::duration_cast<Milliseconds>(now - (from + first * step));
    return habit.checks > 0 && habit.span >= kLeastSpan ? std::optional(habit) : std::nullopt;
}

void ChannelFacts::setSource(client::SessionPtr session, std::optional<AppId> app)
{
    m_session = std::move(session);
    m_app = std::move(app);
    m_facts = {};
    reset();
    Q_EMIT changed();
}

Result<ChannelFacts::Facts> ChannelFacts::read(const client::SessionPtr &session, const AppId &app,
                                               UtcTime now, Operation &operation)
{
    Facts facts;
    const client::Capabilities &server = session->capabilities();
    if (server.mayCall(QStringLiteral("channel.read_forced_devices")) != false) {
        Result<QHash<qint64, qint64>> pinned = client::Devices(session).pinnedByChannel(app, operation);
        if (pinned) {
            facts.pinned = std::move(*pinned);
        } else if (!isOnlyMissing(pinned.error())) {
            return pinned.error();
        }
    }
    if (server.has(client::Feature::Series)) {
        Result<QHash<QString, CheckHabit>> habits = readHabits(session, app, now, operation);
        if (habits) {
            facts.habits = std::move(*habits);
        } else if (!isOnlyMissing(habits.error())) {
            return habits.error();
        }
    }
    return facts;
}

void ChannelFacts::refresh()
{
    if (!m_session || !m_app) {
        return;
    }
    load(
        QStringLiteral("channel facts"),
        [session = m_session, app = *m_app, now = clock().now()](Operation &operation) {
            return read(session, app, now, operation);
        },
        [this](Facts facts) {
            const bool isNew = !(facts == m_facts);
            m_facts = std::move(facts);
            return isNew;
        });
}

std::optional<qint64> ChannelFacts::pinned(qint64 channelId) const
{
    return m_facts.pinned ? std::optional(m_facts.pinned->value(channelId)) : std::nullopt;
}

std::optional<monitor::TakeBackEstimate> ChannelFacts::takeBack(const wire::ChannelState &state,
                                                                qint64 devicesToReach) const
{
    if (!m_facts.habits) {
        return std::nullopt;
    }
    const CheckHabit habit = m_facts.habits->value(state.channel.name);
    return monitor::estimateTakeBack(devicesToReach, state.activeDevices, habit.checks, habit.span);
}

ChannelFacts::NoEstimate ChannelFacts::whyNoEstimate(const wire::ChannelState &state) const
{
    if (takeBack(state, 0)) {
        return NoEstimate::None;
    }
    if (!m_session || Repository::state() != LoadState::Ready) {
        return NoEstimate::NotLoaded;
    }
    return m_facts.habits ? NoEstimate::TooFew : NoEstimate::NotTold;
}

} // namespace gatehouse::workspace
