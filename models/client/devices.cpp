// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/devices.h"

namespace gatehouse::client {

namespace {

QJsonArray order(DeviceQuery::Order order)
{
    const QString direction =
        order == DeviceQuery::Order::NewestFirst ? QStringLiteral("desc") : QStringLiteral("asc");
    return {QJsonObject{{QStringLiteral("key"), QStringLiteral("updated_at")},
                        {QStringLiteral("sortable"), direction}}};
}

Result<DeviceEvent> parseEvent(const QJsonObject &object, const QString &path)
{
    JsonReader in(object, path);
    DeviceEvent event;
    event.deviceId = in.text("device_id");
    event.action = in.text("action");
    event.bundle = in.optText("version_name").value_or(QString());
    event.at = in.time("created_at");
    event.metadata = object.value(QLatin1String("metadata")).toObject();
    GATEHOUSE_TRY(in.finish());
    return event;
}

} // namespace

Result<DevicePage> parseDevicePage(const QByteArray &body)
{
    const QString path = QStringLiteral("devices");
    GATEHOUSE_ASSIGN(const QJsonObject object, parseJsonObject(body, path));
    JsonReader in(object, path);
    const QJsonArray rows = in.array("data");
    DevicePage page;
    page.nextCursor = in.optText("nextCursor").value_or(QString());
    if (!in.optBoolean("hasMore").value_or(!page.nextCursor.isEmpty())) {
        page.nextCursor.clear();
    }
    GATEHOUSE_TRY(in.finish());
    GATEHOUSE_ASSIGN(page.rows, readEach<wire::DeviceRow>(rows, path + QStringLiteral(".data"),
                                                          wire::DeviceRow::fromJson));
    return page;
}

Result<QVector<DeviceEvent>> parseDeviceEvents(const QByteArray &body)
{
    const QString path = QStringLiteral("events");
    GATEHOUSE_ASSIGN(const QJsonArray rows, parseJsonArray(body, path));
    return readEach<DeviceEvent>(rows, path, parseEvent);
}

Result<DevicePage> Devices::page(const AppId &app, const DeviceQuery &query, Operation &operation) const
{
    QJsonObject body{{QStringLiteral("appId"), app.text()},
                     {QStringLiteral("limit"), query.limit},
                     {QStringLiteral("order"), order(query.order)}};
    if (!query.search.isEmpty()) {
        body.insert(QStringLiteral("search"), query.search);
    }
    if (!query.bundle.isEmpty()) {
        body.insert(QStringLiteral("versionName"), query.bundle);
    }
    if (!query.ids.isEmpty()) {
        body.insert(QStringLiteral("devicesId"), QJsonArray::fromStringList(query.ids));
    }
    if (!query.cursor.isEmpty()) {
        body.insert(QStringLiteral("cursor"), query.cursor);
    }
    GATEHOUSE_ASSIGN(
        const Response response,
        m_session->read(
            withJson(m_session->apiRequest(Method::Post, QStringLiteral("/private/devices")), body),
            operation));
    return parseDevicePage(response.body);
}

Result<qint64> Devices::countOf(const QJsonObject &filter, Operation &operation) const
{
    QJsonObject body = filter;
    body.insert(QStringLiteral("count"), true);
    GATEHOUSE_ASSIGN(
        const QJsonObject object,
        m_session->readObject(
            withJson(m_session->apiRequest(Method::Post, QStringLiteral("/private/devices")), body),
            operation));
    JsonReader in(object, QStringLiteral("devices"));
    const qint64 count = in.integer("count");
    GATEHOUSE_TRY(in.finish());
    return count;
}

Result<qint64> Devices::count(const AppId &app, Operation &operation) const
{
    return countOf({{QStringLiteral("appId"), app.text()}}, operation);
}

Result<qint64> Devices::countOn(const AppId &app, const BundleName &bundle, Operation &operation) const
{
    return countOf({{QStringLiteral("appId"), app.text()}, {QStringLiteral("versionName"), bundle.text()}},
                   operation);
}

Result<QHash<qint64, qint64>> Devices::pinnedByChannel(const AppId &app, Operation &operation) const
{
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("app_id"), QStringLiteral("eq.") + segment(app.text()));
    query.addQueryItem(QStringLiteral("select"), QStringLiteral("channel_id"));
    query.addQueryItem(QStringLiteral("order"), QStringLiteral("device_id.asc"));
    GATEHOUSE_ASSIGN(const QJsonArray rows,
                     m_session->readTable(QStringLiteral("/channel_devices"), query, operation));
    QHash<qint64, qint64> pinned;
    for (const QJsonValue &row : rows) {
        ++pinned[row[QLatin1String("channel_id")].toInteger()];
    }
    return pinned;
}

Result<QVector<DeviceEvent>> Devices::events(const AppId &app, const EventQuery &query,
                                             Operation &operation) const
{
    QJsonObject body{{QStringLiteral("appId"), app.text()},
                     {QStringLiteral("limit"), query.limit},
                     {QStringLiteral("order"),
                      QJsonArray{QJsonObject{{QStringLiteral("key"), QStringLiteral("created_at")},
                                             {QStringLiteral("sortable"), QStringLiteral("desc")}}}}};
    if (!query.devices.isEmpty()) {
        body.insert(QStringLiteral("devicesId"), QJsonArray::fromStringList(query.devices));
    }
    if (!query.actions.isEmpty()) {
        body.insert(QStringLiteral("actions"), QJsonArray::fromStringList(query.actions));
    }
    if (!query.search.isEmpty()) {
        body.insert(QStringLiteral("search"), query.search);
    }
    if (query.from) {
        body.insert(QStringLiteral("rangeStart"), toIso(*query.from));
    }
    if (query.to) {
        body.insert(QStringLiteral("rangeEnd"), toIso(*query.to));
    }
    GATEHOUSE_ASSIGN(
        const Response response,
        m_session->read(withJson(m_session->apiRequest(Method::Post, QStringLiteral("/private/stats")), body),
                        operation));
    return parseDeviceEvents(response.body);
}

Result<void> Devices::setOverride(const AppId &app, const DeviceId &device, const ChannelName &channel,
                                  Operation &operation) const
{
    const QJsonObject body{{QStringLiteral("app_id"), app.text()},
                           {QStringLiteral("device_id"), device.text()},
                           {QStringLiteral("channel"), channel.text()}};
    GATEHOUSE_TRY(m_session->change(
        withJson(m_session->apiRequest(Method::Post, QStringLiteral("/device")), body), operation));
    return {};
}

Result<void> Devices::removeOverride(const AppId &app, const DeviceId &device, Operation &operation) const
{
    const QJsonObject body{{QStringLiteral("app_id"), app.text()},
                           {QStringLiteral("device_id"), device.text()}};
    GATEHOUSE_TRY(m_session->change(
        withJson(m_session->apiRequest(Method::Delete, QStringLiteral("/device")), body), operation));
    return {};
}

} // namespace gatehouse::client
