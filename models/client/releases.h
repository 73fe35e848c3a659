// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/channels.h"
#include "wire/channelaction.h"

namespace gatehouse::client {

/// State and actions of channels: in one atomic call where the server has them, else by Capgo's own calls.
/// @source spec: gatehouse-v1, section 6; management-api, section 6.4
class Releases
{
public:
    explicit Releases(SessionPtr session)
        : m_session(std::move(session))
    {}

    /// Without Feature::ReleaseState the impact numbers are 0 and the history comes from the audit log, or is
    /// empty where the key may not read that.
    Result<wire::ChannelState> state(const AppId &app, const ChannelName &channel,
                                     Operation &operation) const;
    /// Answers the new state.
    /// @param etag  of the state that was decided upon; empty: whatever it is now
    /// @error Conflict "client.channel_changed" when it is another by now; Denied "client.unavailable" for an
    /// action
    ///        that this server does not have; NotFound "client.bundle"
    Result<wire::ChannelState> act(const AppId &app, const ChannelName &channel,
                                   const wire::ChannelAction &action, const QString &etag,
                                   Operation &operation) const;

private:
    Result<wire::ChannelState> actByPatch(const AppId &app, const ChannelName &channel,
                                          const wire::ChannelAction &action, const QString &etag,
                                          Operation &operation) const;
    SessionPtr m_session;
};

/// The columns a Capgo server must get for an action. @param bundleId of action.bundle; nothing: the built-in
/// one
/// @error Denied "client.unavailable" for what Capgo has not
Result<QJsonObject> columnsFor(const wire::ChannelAction &action, const wire::ChannelRow &now,
                               std::optional<qint64> bundleId, UtcTime time);

} // namespace gatehouse::client
