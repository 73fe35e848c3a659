// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session.h"
#include "core/ids.h"
#include "wire/devicerow.h"

#include <QHash>

namespace gatehouse::client {

struct DeviceQuery
{
    QString search;       ///< part of id or custom id
    QString bundle;       ///< running bundle; empty: any
    QStringList ids = {}; ///< exactly these; empty: any
    QString cursor;       ///< of the page before
    int limit = 200;
    enum class Order { NewestFirst, OldestFirst } order = Order::NewestFirst;
};

struct DevicePage
{
    QVector<wire::DeviceRow> rows;
    QString nextCursor; ///< empty: the last page
};

/// One event of a device's log. All texts are foreign. @source spec: management-api, section 3.1
struct DeviceEvent
{
    QString deviceId;
    QString action;
    QString bundle;
    UtcTime at{};
    QJsonObject metadata;
    bool operator==(const DeviceEvent &) const = default;
};

struct EventQuery
{
    QStringList devices = {};
    QStringList actions = {};
    QString search;
    std::optional<UtcTime> from;
    std::optional<UtcTime> to;
    int limit = 1000;
};

/// The devices of an app. @source spec: management-api, sections 2.4, 3.1, 3.2 and 3.6
class Devices
{
public:
    explicit Devices(SessionPtr session)
        : m_session(std::move(session))
    {}

    Result<DevicePage> page(const AppId &app, const DeviceQuery &query, Operation &operation) const;
    Result<qint64> count(const AppId &app, Operation &operation) const;
    /// Devices whose last known bundle this is. It is what they said at their last check.
    Result<qint64> countOn(const AppId &app, const BundleName &bundle, Operation &operation) const;
    /// How many devices are pinned to which channel, by its id. A server that hides pins shows none.
    Result<QHash<qint64, qint64>> pinnedByChannel(const AppId &app, Operation &operation) const;
    /// Newest first.
    Result<QVector<DeviceEvent>> events(const AppId &app, const EventQuery &query,
                                        Operation &operation) const;
    /// Forces the device on a channel that is not public.
    Result<void> setOverride(const AppId &app, const DeviceId &device, const ChannelName &channel,
                             Operation &operation) const;
    Result<void> removeOverride(const AppId &app, const DeviceId &device, Operation &operation) const;

private:
    Result<qint64> countOf(const QJsonObject &filter, Operation &operation) const;
    SessionPtr m_session;
};

/// @error Protocol "wire.json"
Result<DevicePage> parseDevicePage(const QByteArray &body);
Result<QVector<DeviceEvent>> parseDeviceEvents(const QByteArray &body);

} // namespace gatehouse::client
