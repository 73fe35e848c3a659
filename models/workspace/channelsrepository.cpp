// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/channelsrepository.h"

namespace gatehouse::workspace {

namespace {

Result<QVector<wire::ChannelState>> loadStates(const client::SessionPtr &session, const AppId &app,
                                               Operation &operation)
{
    GATEHOUSE_ASSIGN(const QVector<wire::ChannelRow> rows, client::Channels(session).list(app, operation));
    const client::Releases releases(session);
    QVector<wire::ChannelState> states;
    for (const wire::ChannelRow &row : rows) {
        const Result<ChannelName> name = ChannelName::parse(row.name);
        if (!name) {
            // A name we could not ask for by itself; what the list says of it is still shown.
            wire::ChannelState state;
            state.channel = row;
            states.append(state);
            continue;
        }
        GATEHOUSE_ASSIGN(wire::ChannelState state, releases.state(app, *name, operation));
        states.append(std::move(state));
    }
    return states;
}

} // namespace

void ChannelsRepository::setSource(client::SessionPtr session, std::optional<AppId> app)
{
    m_session = std::move(session);
    m_app = std::move(app);
    m_rows.clear();
    reset();
    Q_EMIT changed();
}

void ChannelsRepository::refresh()
{
    if (!m_session || !m_app) {
        return;
    }
    load(
        QStringLiteral("channels"),
        [session = m_session, app = *m_app](Operation &operation) {
            return loadStates(session, app, operation);
        },
        [this](QVector<wire::ChannelState> rows) {
            const bool isNew = rows != m_rows;
            m_rows = std::move(rows);
            return isNew;
        });
}

void ChannelsRepository::take(const wire::ChannelState &state)
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&state](const wire::ChannelState &row) {
        return row.channel.name == state.channel.name;
    });
    if (found == m_rows.end()) {
        m_rows.append(state);
    } else {
        *found = state;
    }
    Q_EMIT changed();
    // A load that began before the action would bring the old state back.
    refresh();
}

void ChannelsRepository::create(const ChannelName &name, bool isDefault, QObject *context, Done onDone)
{
    if (!m_session || !m_app) {
        return;
    }
    jobs().run(
        tr("Create the channel %1").arg(name.text()), JobVisibility::Shown, this,
        [channels = client::Channels(m_session), app = *m_app, name, isDefault](Operation &operation) {
            return channels.put(app, name, {{QStringLiteral("public"), isDefault}}, operation);
        },
        [this, guard = QPointer<QObject>(context), onDone = std::move(onDone)](Result<void> done) {
            refresh();
            if (guard) {
                onDone(std::move(done));
            }
        });
}

const wire::ChannelState *ChannelsRepository::find(const QString &name) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&name](const wire::ChannelState &row) {
        return row.channel.name == name;
    });
    return found == m_rows.end() ? nullptr : &*found;
}

QStringList ChannelsRepository::usersOf(qint64 bundleId) const
{
    QStringList names;
    for (const wire::ChannelState &state : m_rows) {
        if (state.channel.version == bundleId || state.channel.rolloutVersion == bundleId) {
            names.append(state.channel.name);
        }
    }
    return names;
}

} // namespace gatehouse::workspace
