// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/channelverbs.h"
#include "server/management/context.h"

#include "core/jsonreader.h"

#include <QJsonDocument>
#include <QUuid>

namespace gatehouse::server {
namespace {

constexpr qint64 kHistory = 100;

struct ChannelAccess
{
    AppRecord app;
    ChannelRecord channel;
    [[nodiscard]] Scope scope() const { return AppAccess{app}.scope(channel); }
};

Answer<ChannelAccess> channelOf(ManagementContext &context, const Request &request, const Caller &caller)
{
    const QString appId = request.parameter(QStringLiteral("app_id"));
    GATEHOUSE_ASSIGN(std::optional<AppRecord> app, orFailure(context.store.app(appId)));
    GATEHOUSE_ASSIGN(
        std::optional<ChannelRecord> channel,
        orFailure(context.store.channelByName(appId, request.parameter(QStringLiteral("channel")))));
    if (!app || !channel || !caller.may("channel.read", AppAccess{*app}.scope(*channel))) {
        return errorResponse(404, QStringLiteral("channel_not_found"),
                             QStringLiteral("There is no such channel."));
    }
    return ChannelAccess{std::move(*app), std::move(*channel)};
}

Answer<wire::ChannelState> stateOf(ManagementContext &context, const ChannelRecord &channel)
{
    wire::ChannelState state;
    state.channel = channel.row;
    state.frozen = channel.frozen;
    state.etag = channel.etag();
    state.counter = channel.counter;
    const QString appId = channel.row.appId;
    const QString rollout = channel.row.rolloutVersionInfo ? channel.row.rolloutVersionInfo->name : QString();
    GATEHOUSE_ASSIGN(const auto population,
                     orFailure(context.store.channelPopulation(appId, channel.row.id, rollout)));
    state.activeDevices = population.first;
    state.rolloutDevices = rollout.isEmpty() ? 0 : population.second;
    if (!rollout.isEmpty()) {
        GATEHOUSE_ASSIGN(const OutcomeCounts counts,
                         orFailure(context.store.outcomes(appId, rollout, channel.row.id)));
        state.rolloutAttempts = counts.attempts;
        state.rolloutFailures = counts.failures;
    }
    GATEHOUSE_ASSIGN(state.history, orFailure(context.store.channelHistory(channel.row.id, kHistory)));
    return state;
}

Response stateResponse(const wire::ChannelState &state)
{
    Response response = jsonResponse(state.toJson());
    response.setHeader("ETag", state.etag.toUtf8());
    return response;
}

Response showState(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const ChannelAccess access, channelOf(context, request, caller));
    GATEHOUSE_ASSIGN(const wire::ChannelState state, stateOf(context, access.channel));
    return stateResponse(state);
}

Answer<wire::ChannelAction> actionOf(const Request &request)
{
    const Result<QJsonObject> object = parseJsonObject(request.body, QStringLiteral("action"));
    if (!object) {
        return badRequest("invalid_json_parse_body", object.error().toText());
    }
    Result<wire::ChannelAction> action = wire::ChannelAction::fromJson(*object, QStringLiteral("action"));
    if (!action) {
        return badRequest("invalid_action", action.error().toText());
    }
    if (QUuid::fromString(action->intent).isNull()) {
        return badRequest("invalid_intent",
                          QStringLiteral("The intent must be a UUID that is new for each change."));
    }
    return std::move(*action);
}

Answer<void> checkRights(const Caller &caller, const ChannelAccess &access, const wire::ChannelAction &action)
{
    const QStringList permissions = permissionsFor(action.verb);
    const bool mayAct = std::any_of(permissions.cbegin(), permissions.cend(), [&](const QString &permission) {
        return caller.may(permission, access.scope());
    });
    const bool setsBundle =
        action.verb == wire::ActionVerb::StartRollout || action.verb == wire::ActionVerb::ReplaceBundle;
    if (mayAct && (!setsBundle || caller.may("channel.promote_bundle", access.scope()))) {
        return {};
    }
    return errorResponse(403, QStringLiteral("permission_denied"),
                         QStringLiteral("This key may not do that on this channel."),
                         {{QStringLiteral("permissions"), QJsonArray::fromStringList(permissions)}});
}

Answer<std::optional<qint64>> bundleOf(ManagementContext &context, const QString &appId, const QString &name)
{
    if (name.isEmpty()) {
        return std::optional<qint64>();
    }
    GATEHOUSE_ASSIGN(const auto bundle, orFailure(context.store.bundleByName(appId, name)));
    if (!bundle) {
        return errorResponse(404, QStringLiteral("bundle_not_found"),
                             QStringLiteral("There is no such bundle."), {{QStringLiteral("bundle"), name}});
    }
    if (!bundle->isReady()) {
        return errorResponse(409, QStringLiteral("bundle_not_ready"),
                             QStringLiteral("The upload of this bundle has not ended."),
                             {{QStringLiteral("bundle"), name}});
    }
    return std::optional(bundle->id);
}

/// 409 with the state as it is, so that the caller can look and decide again.
Response conflict(ManagementContext &context, const ChannelAccess &access, const Error &error)
{
    GATEHOUSE_ASSIGN(const auto now, orFailure(context.store.channel(access.channel.row.id)));
    QJsonObject more;
    if (now) {
        GATEHOUSE_ASSIGN(const wire::ChannelState state, stateOf(context, *now));
        more.insert(QStringLiteral("state"), state.toJson());
    }
    const QString code = error.id == QLatin1String("store.stale")    ? QStringLiteral("stale")
                         : error.id == QLatin1String("store.frozen") ? QStringLiteral("frozen")
                         : error.id == QLatin1String("store.intent") ? QStringLiteral("intent_reused")
                                                                     : QStringLiteral("conflict");
    return errorResponse(409, code, error.toText(), more);
}

Response act(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const ChannelAccess access, channelOf(context, request, caller));
    GATEHOUSE_ASSIGN(const wire::ChannelAction action, actionOf(request));
    GATEHOUSE_TRY(checkRights(caller, access, action));
    GATEHOUSE_ASSIGN(const auto bundleId, bundleOf(context, access.app.row.appId, action.bundle));

    ServingChange change;
    change.appId = access.app.row.appId;
    change.actor = caller.actor("gatehouse");
    change.what = wire::verbName(action.verb);
    change.reason = action.reason;
    change.intent = action.intent;
    change.intentBody = QJsonDocument(QJsonObject{{QStringLiteral("channel"), access.channel.row.id},
                                                  {QStringLiteral("action"), action.toJson()}})
                            .toJson(QJsonDocument::Compact);
    if (const QByteArray etag = request.header("if-match"); !etag.isEmpty() && etag != "*") {
        change.ifMatch = QString::fromUtf8(etag);
    }
    const UtcTime now = context.clock.now();
    change.edit = change::EditChannel{access.channel.row.id,
                                      [action, bundleId, now](const ChannelRecord &channel) {
                                          return afterAction(channel, action, bundleId, now);
                                      },
                                      action.verb == wire::ActionVerb::ReplaceBundle};
    const Result<ServingOutcome> outcome = context.store.applyServingChange(change);
    if (!outcome) {
        return outcome.error().kind == ErrorKind::Conflict ? conflict(context, access, outcome.error())
                                                           : responseFor(outcome.error());
    }
    GATEHOUSE_ASSIGN(const wire::ChannelState state,
                     stateOf(context, outcome->channel.value_or(access.channel)));
    return stateResponse(state);
}

} // namespace

/// @source spec: gatehouse-v1, section 6
void addActionRoutes(Router &router, ManagementContext &context)
{
    addKeyed(router, context, Method::Get, "/gatehouse/v1/apps/:app_id/channels/:channel/state",
             KeyClass::Auth, showState);
    addKeyed(router, context, Method::Post, "/gatehouse/v1/apps/:app_id/channels/:channel/actions",
             KeyClass::Auth, act);
}

} // namespace gatehouse::server
