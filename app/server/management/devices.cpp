// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/context.h"
#include "server/management/rowjson.h"

#include "core/ids.h"

namespace gatehouse::server {
namespace {

constexpr qint64 kUsualPage = 50;
constexpr qint64 kUsualPrivatePage = 1000;
constexpr qint64 kMostRows = 50'000;

QJsonObject pageJson(const DevicePage &page)
{
    QJsonArray rows;
    for (const DeviceRecord &device : page.devices) {
        rows.append(deviceJson(device));
    }
    QJsonObject json{{QStringLiteral("data"), rows}, {QStringLiteral("hasMore"), !page.nextCursor.isEmpty()}};
    if (!page.nextCursor.isEmpty()) {
        json.insert(QStringLiteral("nextCursor"), page.nextCursor);
    }
    return json;
}

Answer<DeviceQuery> deviceQuery(const Input &input, const QString &appId)
{
    DeviceQuery query;
    query.appId = appId;
    query.cursor = input.text("cursor");
    query.withCustomIdOnly = input.boolean("customIdMode").value_or(false);
    if (input.has("limit")) {
        const std::optional<qint64> limit = input.integer("limit");
        if (!limit || *limit < 1) {
            return badRequest("invalid_limit", QStringLiteral("The limit must be a whole number above 0."));
        }
        query.limit = std::min(*limit, kMostRows);
    }
    if (const QString since = input.text("updated_at"); !since.isEmpty()) {
        const Result<UtcTime> time = parseIso(since);
        if (!time || !since.endsWith(QLatin1Char('Z'))) {
            return badRequest("invalid_updated_at", QStringLiteral("The time must be ISO 8601 with Z."));
        }
        query.updatedAfter = *time;
    }
    if (const QString order = input.text("order"); !order.isEmpty()) {
        if (order != QLatin1String("asc") && order != QLatin1String("desc")) {
            return badRequest("invalid_order", QStringLiteral("The order must be asc or desc."));
        }
        query.byUpdate = order == QLatin1String("asc") ? SortOrder::Ascending : SortOrder::Descending;
    }
    return query;
}

Response getDevices(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    GATEHOUSE_ASSIGN(const QString appId, appIdOf(input));
    GATEHOUSE_TRY(requireApp(context, caller, appId, "app.read_devices"));
    if (const QString id = input.text("device_id").toLower(); !id.isEmpty()) {
        GATEHOUSE_ASSIGN(const std::optional<DeviceRecord> device,
                         orFailure(context.store.device(appId, id)));
        return device ? jsonResponse(deviceJson(*device))
                      : errorResponse(404, QStringLiteral("device_not_found"),
                                      QStringLiteral("There is no such device."),
                                      {{QStringLiteral("device_id"), id}});
    }
    GATEHOUSE_ASSIGN(DeviceQuery query, deviceQuery(input, appId));
    query.limit = input.has("limit") ? query.limit : kUsualPage;
    GATEHOUSE_ASSIGN(const DevicePage page, orFailure(context.store.devices(query)));
    return jsonResponse(pageJson(page));
}

Answer<QString> deviceIdOf(const Input &input)
{
    const Result<DeviceId> id = DeviceId::parse(input.text("device_id"));
    if (!id) {
        return badRequest("missing_device_id_or_app_id", QStringLiteral("The device id must be a UUID."));
    }
    return id->text();
}

Response applyOverride(ManagementContext &context, const Caller &caller, const QString &appId,
                       const ServingEdit &edit)
{
    ServingChange change;
    change.appId = appId;
    change.actor = caller.actor("device");
    change.what = QStringLiteral("edited");
    change.edit = edit;
    const Result<ServingOutcome> outcome = context.store.applyServingChange(change);
    if (outcome) {
        return okResponse();
    }
    if (outcome.error().kind == ErrorKind::Io) {
        return failureResponse(outcome.error());
    }
    return outcome.error().kind == ErrorKind::Denied
               ? errorResponse(403, QStringLiteral("cannot_access_channel"), outcome.error().toText())
               : errorResponse(500, QStringLiteral("channel_device_error"),
                               QStringLiteral("The device could not be set."));
}

Response overrideWith(ManagementContext &context, const Caller &caller, const AppAccess &access,
                      const QString &deviceId, const std::optional<ChannelRecord> &channel)
{
    const QString appId = access.app.row.appId;
    if (!channel || channel->row.appId != appId) {
        return errorResponse(404, QStringLiteral("channel_not_found"),
                             QStringLiteral("There is no such channel."));
    }
    if (!caller.may("channel.manage_forced_devices", access.scope(*channel))) {
        return badRequest("cannot_access_channel",
                          QStringLiteral("You can't force devices on this channel."));
    }
    if (channel->row.isPublic) {
        return badRequest("public_channel_override",
                          QStringLiteral("A device cannot be forced on a public channel."),
                          {{QStringLiteral("channel"), channel->row.name}});
    }
    return applyOverride(context, caller, appId, change::SetOverride{deviceId, channel->row.id});
}

Response setDevice(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    GATEHOUSE_ASSIGN(const QString appId, appIdOf(input));
    GATEHOUSE_ASSIGN(const QString deviceId, deviceIdOf(input));
    GATEHOUSE_ASSIGN(const std::optional<AppRecord> app, orFailure(context.store.app(appId)));
    if (input.has("version_id")) {
        return badRequest("invalid_version_id", QStringLiteral("A device cannot be set to a bundle."));
    }
    const QString name = input.text("channel");
    if (name.isEmpty() || !app) {
        GATEHOUSE_TRY(requireApp(context, caller, appId, "app.manage_devices"));
        return okResponse();
    }
    GATEHOUSE_ASSIGN(const std::optional<ChannelRecord> channel,
                     orFailure(context.store.channelByName(appId, name)));
    if (!channel) {
        GATEHOUSE_TRY(requireApp(context, caller, appId, "app.read"));
    }
    return overrideWith(context, caller, {*app}, deviceId, channel);
}

Response unsetDevice(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    GATEHOUSE_ASSIGN(const QString appId, appIdOf(input));
    GATEHOUSE_ASSIGN(const QString deviceId, deviceIdOf(input));
    GATEHOUSE_TRY(requireApp(context, caller, appId, "app.manage_devices"));
    return applyOverride(context, caller, appId, change::RemoveOverride{deviceId});
}

/// @source spec: management-api, section 3.6
Response setChannelDevice(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    GATEHOUSE_ASSIGN(const QString appId, appIdOf(input));
    const Result<DeviceId> deviceId = DeviceId::parse(input.text("device_id"));
    const std::optional<qint64> channelId = input.integer("channel_id");
    if (!deviceId || !channelId) {
        return badRequest("invalid_body", QStringLiteral("device_id and channel_id are needed."));
    }
    GATEHOUSE_ASSIGN(const std::optional<AppRecord> app, orFailure(context.store.app(appId)));
    GATEHOUSE_ASSIGN(const std::optional<ChannelRecord> channel,
                     orFailure(context.store.channel(*channelId)));
    const bool isThere = app && channel && channel->row.appId == appId;
    const Scope scope =
        isThere ? AppAccess{*app}.scope(*channel) : Scope{app ? app->row.id : QString(), std::nullopt, {}};
    if (!app || !caller.may("channel.manage_forced_devices", scope)) {
        return errorResponse(403, QStringLiteral("permission_denied"),
                             QStringLiteral("You can't force devices on this channel."));
    }
    return overrideWith(context, caller, {*app}, deviceId->text(), isThere ? channel : std::nullopt);
}

Answer<DeviceQuery> privateQuery(const Input &input, const QString &appId)
{
    DeviceQuery query;
    query.appId = appId;
    query.cursor = input.text("cursor");
    query.search = input.text("search");
    query.deviceIds = deviceIdsOf(input);
    query.installSources = input.texts("installSources");
    query.withCustomIdOnly = input.boolean("customIdMode").value_or(false);
    if (const QString version = input.text("versionName"); !version.isEmpty()) {
        query.versionName = version;
    }
    query.limit = std::clamp(input.integer("limit").value_or(kUsualPrivatePage), qint64{1}, kMostRows);
    for (const QJsonValue &order : input.value("order").toArray()) {
        if (order[QLatin1String("key")].toString() == QLatin1String("updated_at")) {
            query.byUpdate = order[QLatin1String("sortable")].toString() == QLatin1String("asc")
                                 ? SortOrder::Ascending
                                 : SortOrder::Descending;
        }
    }
    return query;
}

/// @source spec: management-api, section 3.2
Response privateDevices(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    const QString appId = input.text("appId");
    if (!AppId::parse(appId)) {
        return badRequest("invalid_body", QStringLiteral("The field appId is missing."));
    }
    GATEHOUSE_TRY(requireApp(context, caller, appId, "app.read_devices", 401, "app_access_denied"));
    GATEHOUSE_ASSIGN(const DeviceQuery query, privateQuery(input, appId));
    if (input.boolean("count").value_or(false)) {
        GATEHOUSE_ASSIGN(const qint64 count, orFailure(context.store.countDevices(query)));
        return jsonResponse(QJsonObject{{QStringLiteral("count"), count}});
    }
    if (input.boolean("installSourceCounts").value_or(false)) {
        GATEHOUSE_ASSIGN(const auto counts, orFailure(context.store.countInstallSources(query)));
        QJsonObject sources;
        for (auto source = counts.constBegin(); source != counts.constEnd(); ++source) {
            sources.insert(source.key(), source.value());
        }
        return jsonResponse(QJsonObject{{QStringLiteral("installSources"), sources}});
    }
    GATEHOUSE_ASSIGN(const DevicePage page, orFailure(context.store.devices(query)));
    return jsonResponse(pageJson(page));
}

} // namespace

/// @source spec: management-api, sections 2.4, 3.2 and 3.6
void addDeviceRoutes(Router &router, ManagementContext &context)
{
    addKeyed(router, context, Method::Get, "/device", KeyClass::Key, getDevices);
    addKeyed(router, context, Method::Post, "/device", KeyClass::Key, setDevice);
    addKeyed(router, context, Method::Delete, "/device", KeyClass::Key, unsetDevice);
    addKeyed(router, context, Method::Post, "/private/devices", KeyClass::Auth, privateDevices);
    addKeyed(router, context, Method::Post, "/private/channel_device", KeyClass::Auth, setChannelDevice);
    addKeyed(router, context, Method::Delete, "/private/channel_device", KeyClass::Auth, unsetDevice);
}

} // namespace gatehouse::server
