// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/channelcolumns.h"
#include "server/management/channelinput.h"
#include "server/management/context.h"
#include "server/management/rowjson.h"

namespace gatehouse::server {
namespace {

constexpr qint64 kPage = 50;

Response listChannels(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    GATEHOUSE_ASSIGN(const QString appId, appIdOf(input));
    if (const QString name = input.text("channel"); !name.isEmpty()) {
        GATEHOUSE_ASSIGN(const std::optional<AppRecord> app, orFailure(context.store.app(appId)));
        GATEHOUSE_ASSIGN(const std::optional<ChannelRecord> channel,
                         orFailure(context.store.channelByName(appId, name)));
        const bool mayAll = app && caller.may("app.read_channels", AppAccess{*app}.scope());
        const bool mayThis = app && channel && caller.may("channel.read", AppAccess{*app}.scope(*channel));
        if (!mayAll && !mayThis) {
            return badRequest("cannot_access_app", QStringLiteral("You can't access this app."),
                              {{QStringLiteral("app_id"), appId}});
        }
        return channel ? jsonResponse(channelAnswer(*channel))
                       : badRequest("cannot_find_version", QStringLiteral("There is no such channel."),
                                    {{QStringLiteral("channel"), name}});
    }
    GATEHOUSE_TRY(requireApp(context, caller, appId, "app.read_channels"));
    GATEHOUSE_ASSIGN(const QVector<ChannelRecord> channels, orFailure(context.store.channels(appId)));
    const qint64 first = std::max(input.integer("page").value_or(0), qint64{0}) * kPage;
    QJsonArray rows;
    for (qint64 i = first; i < std::min<qint64>(first + kPage, channels.size()); ++i) {
        rows.append(channelAnswer(channels.at(i)));
    }
    return jsonResponse(rows);
}

/// The id of the bundle that a field names, as a column's value.
Answer<QJsonValue> bundleIdOf(ManagementContext &context, const QString &appId, const QJsonValue &wanted)
{
    if (wanted.isNull() || (wanted.isString() && wanted.toString().isEmpty())) {
        return QJsonValue(QJsonValue::Null);
    }
    std::optional<wire::BundleRow> bundle;
    if (wanted.isString()) {
        GATEHOUSE_ASSIGN(bundle, orFailure(context.store.bundleByName(appId, wanted.toString())));
    } else if (const auto id = wholeNumber(wanted)) {
        GATEHOUSE_ASSIGN(bundle, orFailure(context.store.bundle(*id)));
    }
    if (!bundle || bundle->appId != appId || bundle->deleted) {
        return badRequest("cannot_find_version", QStringLiteral("There is no such bundle."),
                          {{QStringLiteral("version"), wanted}});
    }
    return QJsonValue(bundle->id);
}

/// The wish as raw columns, bundles looked up.
Answer<QJsonObject> columnsOf(ManagementContext &context, const QString &appId, const ChannelInput &wish,
                              const std::optional<ChannelRecord> &channel)
{
    QJsonObject columns = wish.columns;
    if (wish.hasVersion) {
        GATEHOUSE_ASSIGN(const QJsonValue id, bundleIdOf(context, appId, wish.version));
        columns.insert(QStringLiteral("version"), id);
    }
    if (wish.hasRolloutVersion && !(wish.rolloutVersion.isNull() && !channel)) {
        if (!channel) {
            return badRequest("cannot_find_channel",
                              QStringLiteral("A rollout needs a channel that is there already."));
        }
        GATEHOUSE_ASSIGN(const QJsonValue id, bundleIdOf(context, appId, wish.rolloutVersion));
        columns.insert(QStringLiteral("rollout_version"), id);
        const bool hasStable = wish.hasVersion ? !columns.value(QLatin1String("version")).isNull()
                                               : channel->row.version.has_value();
        if (!id.isNull() && !hasStable) {
            return badRequest("missing_stable_version",
                              QStringLiteral("A rollout needs a stable bundle on the channel first."));
        }
    }
    if (wish.promoteToStable) {
        const QJsonValue target = columns.contains(QLatin1String("rollout_version"))
                                      ? columns.value(QLatin1String("rollout_version"))
                                      : wire::orNull(channel ? channel->row.rolloutVersion : std::nullopt);
        if (target.isNull()) {
            return badRequest("missing_rollout_version", QStringLiteral("There is no rollout to promote."));
        }
        columns.insert(QStringLiteral("version"), target);
    }
    if (wish.rollback || wish.promoteToStable) {
        const QJsonObject ended = endedRollout();
        for (auto column = ended.constBegin(); column != ended.constEnd(); ++column) {
            columns.insert(column.key(), column.value());
        }
    }
    return columns;
}

Answer<void> checkRights(const Caller &caller, const AppAccess &access, const ChannelInput &wish,
                         const std::optional<ChannelRecord> &channel)
{
    const Scope scope = channel ? access.scope(*channel) : access.scope();
    const char *base = channel ? "channel.update_settings" : "app.create_channel";
    if (!caller.may(base, scope)) {
        return badRequest("cannot_access_app", QStringLiteral("You can't change channels of this app."),
                          {{QStringLiteral("app_id"), access.app.row.appId}});
    }
    if (wish.movesBundles() && !caller.may("channel.promote_bundle", scope)) {
        return badRequest("cannot_promote_bundle",
                          QStringLiteral("You can't promote bundles on this channel."));
    }
    return {};
}

Response refusedChange(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Denied:
        return errorResponse(403, QStringLiteral("cannot_promote_bundle"), error.toText());
    case ErrorKind::Invalid:
    case ErrorKind::Conflict:
    case ErrorKind::NotFound:
        return badRequest("cannot_set_bundle_to_channel", error.toText());
    default:
        return failureResponse(error);
    }
}

Response createChannel(ManagementContext &context, ServingChange change, const QString &name,
                       const QJsonObject &columns)
{
    ChannelRecord fresh;
    fresh.row.name = name;
    const Result<ChannelRecord> channel = withColumns(fresh, columns);
    if (!channel) {
        return badRequest("invalid_channel_field", channel.error().toText());
    }
    change.what = QStringLiteral("created");
    change.edit = change::CreateChannel{*channel};
    const Result<ServingOutcome> outcome = context.store.applyServingChange(change);
    if (!outcome) {
        return refusedChange(outcome.error());
    }
    const bool withVersion = !columns.value(QLatin1String("version")).toVariant().isNull();
    if (!withVersion || !outcome->channel) {
        return okResponse();
    }
    return jsonResponse(QJsonObject{{QStringLiteral("status"), QStringLiteral("ok")},
                                    {QStringLiteral("id"), outcome->channel->row.id},
                                    {QStringLiteral("public"), outcome->channel->row.isPublic}});
}

Response saveChannel(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    GATEHOUSE_ASSIGN(const QString appId, appIdOf(input));
    const QString name = input.text("channel");
    if (!ChannelName::parse(name)) {
        return badRequest("missing_channel_name", QStringLiteral("The name of the channel is missing."));
    }
    GATEHOUSE_ASSIGN(const std::optional<AppRecord> app, orFailure(context.store.app(appId)));
    if (!app) {
        return badRequest("cannot_access_app", QStringLiteral("You can't access this app."),
                          {{QStringLiteral("app_id"), appId}});
    }
    GATEHOUSE_ASSIGN(const ChannelInput wish, readChannelInput(input, toIso(context.clock.now())));
    GATEHOUSE_ASSIGN(const std::optional<ChannelRecord> channel,
                     orFailure(context.store.channelByName(appId, name)));
    GATEHOUSE_TRY(checkRights(caller, {*app}, wish, channel));
    GATEHOUSE_ASSIGN(const QJsonObject columns, columnsOf(context, appId, wish, channel));

    ServingChange change;
    change.appId = appId;
    change.actor = caller.actor("channel");
    change.reason = columns.value(QLatin1String("rollout_pause_reason")).toString();
    if (!channel) {
        return createChannel(context, change, name, columns);
    }
    change.what = verbOf(columns);
    change.edit = change::EditChannel{
        channel->row.id, [columns](const ChannelRecord &now) { return withColumns(now, columns); }};
    const Result<ServingOutcome> outcome = context.store.applyServingChange(change);
    return outcome ? okResponse() : refusedChange(outcome.error());
}

Response deleteChannel(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    GATEHOUSE_ASSIGN(const QString appId, appIdOf(input));
    const QString name = input.text("channel");
    if (name.isEmpty()) {
        return badRequest("missing_channel_name", QStringLiteral("The name of the channel is missing."));
    }
    GATEHOUSE_ASSIGN(const std::optional<AppRecord> app, orFailure(context.store.app(appId)));
    GATEHOUSE_ASSIGN(const std::optional<ChannelRecord> channel,
                     orFailure(context.store.channelByName(appId, name)));
    const bool isThere = app && channel;
    const Scope scope =
        isThere ? AppAccess{*app}.scope(*channel) : Scope{app ? app->row.id : QString(), std::nullopt, {}};
    if (!app || !caller.may("channel.delete", scope)) {
        return badRequest("cannot_access_app", QStringLiteral("You can't access this app."),
                          {{QStringLiteral("app_id"), appId}});
    }
    if (!channel) {
        return badRequest("cannot_find_channel", QStringLiteral("There is no such channel."),
                          {{QStringLiteral("channel"), name}});
    }
    ServingChange change;
    change.appId = appId;
    change.actor = caller.actor("channel");
    change.what = QStringLiteral("deleted");
    change.edit = change::DeleteChannel{channel->row.id};
    const Result<ServingOutcome> outcome = context.store.applyServingChange(change);
    return outcome ? okResponse() : refusedWish(outcome.error(), "cannot_delete_channel");
}

} // namespace

/// @source spec: management-api, section 2.3
void addChannelRoutes(Router &router, ManagementContext &context)
{
    addKeyed(router, context, Method::Get, "/channel", KeyClass::Key, listChannels);
    addKeyed(router, context, Method::Post, "/channel", KeyClass::Key, saveChannel);
    addKeyed(router, context, Method::Delete, "/channel", KeyClass::Key, deleteChannel);
}

} // namespace gatehouse::server
