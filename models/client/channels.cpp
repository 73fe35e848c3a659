// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/channels.h"

#include "core/sentences.h"

#include <algorithm>

namespace gatehouse::client {

namespace {

/// @source spec: management-api, section 3.9
QString allColumns()
{
    return QStringLiteral(
        "*,version(id,name),rollout_version_info:app_versions!channels_rollout_version_fkey(id,name)");
}

Result<MarkedChannel> marked(const QJsonObject &object)
{
    MarkedChannel channel;
    GATEHOUSE_ASSIGN(channel.row, wire::ChannelRow::fromJson(object, QStringLiteral("channels[0]")));
    channel.mark = object.value(QLatin1String("updated_at")).toString();
    return channel;
}

QUrlQuery withColumns(std::initializer_list<std::pair<QString, QString>> conditions)
{
    QUrlQuery query;
    for (const auto &[column, condition] : conditions) {
        query.addQueryItem(column, condition);
    }
    query.addQueryItem(QStringLiteral("select"), allColumns());
    return query;
}

} // namespace

Result<QVector<wire::ChannelRow>> parseChannels(const QJsonArray &rows)
{
    GATEHOUSE_ASSIGN(
        QVector<wire::ChannelRow> channels,
        readEach<wire::ChannelRow>(rows, QStringLiteral("channels"), wire::ChannelRow::fromJson));
    std::sort(channels.begin(), channels.end(), [](const wire::ChannelRow &a, const wire::ChannelRow &b) {
        return QString::localeAwareCompare(a.name, b.name) < 0;
    });
    return channels;
}

Result<QVector<wire::ChannelRow>> Channels::list(const AppId &app, Operation &operation) const
{
    QUrlQuery query = withColumns({{QStringLiteral("app_id"), QStringLiteral("eq.") + segment(app.text())},
                                   {QStringLiteral("order"), QStringLiteral("id.asc")}});
    GATEHOUSE_ASSIGN(const QJsonArray rows,
                     m_session->readTable(QStringLiteral("/channels"), query, operation));
    return parseChannels(rows);
}

Result<MarkedChannel> Channels::one(const AppId &app, const ChannelName &name, Operation &operation) const
{
    const QUrlQuery query =
        withColumns({{QStringLiteral("app_id"), QStringLiteral("eq.") + segment(app.text())},
                     {QStringLiteral("name"), QStringLiteral("eq.") + segment(name.text())}});
    GATEHOUSE_ASSIGN(const QJsonArray rows,
                     m_session->readArray(
                         m_session->restRequest(Method::Get, QStringLiteral("/channels"), query), operation));
    if (rows.isEmpty()) {
        return makeError(ErrorKind::NotFound, "client.channel",
                         Sentences::tr("The app %1 has no channel \"%2\".").arg(app.text(), name.text()));
    }
    return marked(rows.first().toObject());
}

Result<void> Channels::put(const AppId &app, const ChannelName &name, const QJsonObject &fields,
                           Operation &operation) const
{
    QJsonObject body = fields;
    body.insert(QStringLiteral("app_id"), app.text());
    body.insert(QStringLiteral("channel"), name.text());
    GATEHOUSE_TRY(m_session->change(
        withJson(m_session->apiRequest(Method::Post, QStringLiteral("/channel")), body), operation));
    return {};
}

Result<void> Channels::setBundle(const AppId &app, qint64 channelId, qint64 bundleId,
                                 Operation &operation) const
{
    const QJsonObject body{{QStringLiteral("app_id"), app.text()},
                           {QStringLiteral("version_id"), bundleId},
                           {QStringLiteral("channel_id"), channelId}};
    GATEHOUSE_TRY(m_session->change(
        withJson(m_session->apiRequest(Method::Put, QStringLiteral("/bundle")), body), operation));
    return {};
}

Result<MarkedChannel> Channels::patch(const MarkedChannel &channel, const QJsonObject &columns,
                                      Operation &operation) const
{
    const QString id = QStringLiteral("eq.%1").arg(channel.row.id);
    const QUrlQuery query =
        withColumns({{QStringLiteral("id"), id},
                     {QStringLiteral("updated_at"), QStringLiteral("eq.") + segment(channel.mark)}});
    Request request =
        withJson(m_session->restRequest(Method::Patch, QStringLiteral("/channels"), query), columns);
    request.headers.append(Header{"Prefer", "return=representation"});
    GATEHOUSE_ASSIGN(const Response response, m_session->change(request, operation));
    GATEHOUSE_ASSIGN(const QJsonArray rows, parseJsonArray(response.body, QStringLiteral("channels")));
    if (!rows.isEmpty()) {
        return marked(rows.first().toObject());
    }
    // No row: it changed meanwhile, or the server's rules hide the row from a write. A look tells which.
    const QUrlQuery again = withColumns({{QStringLiteral("id"), id}});
    GATEHOUSE_ASSIGN(const QJsonArray now,
                     m_session->readArray(
                         m_session->restRequest(Method::Get, QStringLiteral("/channels"), again), operation));
    const QString mark = now.isEmpty() ? QString() : now.first()[QLatin1String("updated_at")].toString();
    if (mark == channel.mark) {
        return makeError(ErrorKind::Denied, "client.channel_denied",
                         Sentences::tr("The server does not let this key change the channel \"%1\".")
                             .arg(channel.row.name),
                         Sentences::tr("Changing a channel needs the permissions channel.update_settings and "
                                       "channel.promote_bundle."),
                         Sentences::tr("Use a key with these permissions."));
    }
    return makeError(
        ErrorKind::Conflict, "client.channel_changed",
        Sentences::tr("The channel \"%1\" was changed by somebody else meanwhile.").arg(channel.row.name), {},
        Sentences::tr("Look at its present state and decide again."));
}

Result<void> Channels::remove(const AppId &app, const ChannelName &name, Operation &operation) const
{
    const QJsonObject body{{QStringLiteral("app_id"), app.text()}, {QStringLiteral("channel"), name.text()}};
    GATEHOUSE_TRY(m_session->change(
        withJson(m_session->apiRequest(Method::Delete, QStringLiteral("/channel")), body), operation));
    return {};
}

} // namespace gatehouse::client
