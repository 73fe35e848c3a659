// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session.h"
#include "core/ids.h"
#include "wire/channelrow.h"

namespace gatehouse::client {

/// A channel and the mark of its present state, for conditional writes.
struct MarkedChannel
{
    wire::ChannelRow row;
    /// `updated_at` exactly as the server wrote it: it may be finer than a millisecond.
    QString mark;
};

/// The channels of an app. @source spec: management-api, sections 2.3 and 3.9
class Channels
{
public:
    explicit Channels(SessionPtr session)
        : m_session(std::move(session))
    {}

    /// By name, all columns (platforms, too), bundles embedded.
    Result<QVector<wire::ChannelRow>> list(const AppId &app, Operation &operation) const;
    /// @error NotFound "client.channel"
    Result<MarkedChannel> one(const AppId &app, const ChannelName &name, Operation &operation) const;
    /// Creates, or changes the named fields. @param fields those of POST /channel, without app_id and channel
    Result<void> put(const AppId &app, const ChannelName &name, const QJsonObject &fields,
                     Operation &operation) const;
    /// Sets the stable bundle; needs the right to promote only.
    Result<void> setBundle(const AppId &app, qint64 channelId, qint64 bundleId, Operation &operation) const;
    /// Changes raw columns if the channel is still as marked.
    /// @error Conflict "client.channel_changed" when it is not; Denied "client.channel_denied" when the
    /// server
    ///        changed nothing though it is
    Result<MarkedChannel> patch(const MarkedChannel &channel, const QJsonObject &columns,
                                Operation &operation) const;
    Result<void> remove(const AppId &app, const ChannelName &name, Operation &operation) const;

private:
    SessionPtr m_session;
};

/// Rows of PostgREST's channels. @error Protocol "wire.json"
Result<QVector<wire::ChannelRow>> parseChannels(const QJsonArray &rows);

} // namespace gatehouse::client
