// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/releases.h"

#include "client/bundles.h"
#include "core/sentences.h"

namespace gatehouse::client {

namespace {

using wire::ActionVerb;

Error changedMeanwhile(const ChannelName &channel)
{
    return makeError(
        ErrorKind::Conflict, "client.channel_changed",
        Sentences::tr("The channel \"%1\" was changed by somebody else meanwhile.").arg(channel.text()), {},
        Sentences::tr("Look at its present state and decide again."));
}

QString actionsPath(const AppId &app, const ChannelName &channel, const char *leaf)
{
    return QStringLiteral("/gatehouse/v1/apps/%1/channels/%2/%3")
        .arg(segment(app.text()), segment(channel.text()), QLatin1String(leaf));
}

Error unavailable(ActionVerb verb)
{
    return makeError(ErrorKind::Denied, "client.unavailable",
                     Sentences::tr("This server cannot do \"%1\".").arg(wire::verbName(verb)),
                     Sentences::tr("A Capgo server has no such action."));
}

/// What ends a rollout. @source spec: management-api, section 6.4
QJsonObject clearedRollout()
{
    return {{QStringLiteral("rollout_version"), QJsonValue::Null},
            {QStringLiteral("rollout_enabled"), false},
            {QStringLiteral("rollout_percentage_bps"), 0},
            {QStringLiteral("rollout_paused_at"), QJsonValue::Null},
            {QStringLiteral("rollout_pause_reason"), QJsonValue::Null}};
}

QJsonValue bundleValue(std::optional<qint64> id)
{
    return id ? QJsonValue(*id) : QJsonValue(QJsonValue::Null);
}

Result<QVector<wire::ChannelHistoryEntry>> historyFromAudit(const QJsonArray &rows, qint64 channelId)
{
    QVector<wire::ChannelHistoryEntry> history;
    for (const QJsonValue &row : rows) {
        if (row[QLatin1String("record_id")].toString() != QString::number(channelId)) {
            continue;
        }
        JsonReader in(row.toObject(), QStringLiteral("audit"));
        wire::ChannelHistoryEntry entry;
        entry.at = in.time("created_at");
        entry.what = in.text("operation") == QLatin1String("INSERT") ? QStringLiteral("created")
                                                                     : QStringLiteral("changed");
        entry.actor =
            in.optText("actor_user_email").value_or(in.optText("actor_apikey_name").value_or(QString()));
        GATEHOUSE_TRY(in.finish());
        const QJsonObject now = row[QLatin1String("new_record")].toObject();
        if (now.value(QLatin1String("rollout_percentage_bps")).isDouble()) {
            entry.shareBps = now.value(QLatin1String("rollout_percentage_bps")).toInteger();
        }
        history.append(entry);
    }
    return history;
}

/// The history a key may read on Capgo; nothing where it may not.
QVector<wire::ChannelHistoryEntry> historyOf(const Session &session, const wire::ChannelRow &channel,
                                             Operation &operation)
{
    if (channel.ownerOrg.isEmpty()) {
        return {};
    }
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("orgId"), channel.ownerOrg);
    query.addQueryItem(QStringLiteral("tableName"), QStringLiteral("channels"));
    query.addQueryItem(QStringLiteral("limit"), QStringLiteral("100"));
    const Result<QJsonObject> answer = session.readObject(
        session.apiRequest(Method::Get, QStringLiteral("/organization/audit"), query), operation);
    if (!answer) {
        return {};
    }
    return historyFromAudit(answer->value(QLatin1String("data")).toArray(), channel.id)
        .value_or(QVector<wire::ChannelHistoryEntry>());
}

wire::ChannelState stateOf(const MarkedChannel &channel)
{
    wire::ChannelState state;
    state.channel = channel.row;
    state.etag = channel.mark;
    return state;
}

} // namespace

Result<QJsonObject> columnsFor(const wire::ChannelAction &action, const wire::ChannelRow &now,
                               std::optional<qint64> bundleId, UtcTime time)
{
    switch (action.verb) {
    case ActionVerb::Promote: {
        // A rollout of the same bundle has reached its end; one of another bundle goes on.
        QJsonObject columns = now.rolloutVersion == bundleId ? clearedRollout() : QJsonObject();
        columns.insert(QStringLiteral("version"), bundleValue(bundleId));
        return columns;
    }
    case ActionVerb::StartRollout:
        return QJsonObject{
            {QStringLiteral("rollout_version"), bundleValue(bundleId)},
            {QStringLiteral("rollout_enabled"), true},
            {QStringLiteral("rollout_percentage_bps"), action.share.value_or(BasisPoints()).value()},
            {QStringLiteral("rollout_paused_at"), QJsonValue::Null},
            {QStringLiteral("rollout_pause_reason"), QJsonValue::Null}};
    case ActionVerb::SetShare:
        return QJsonObject{
            {QStringLiteral("rollout_percentage_bps"), action.share.value_or(BasisPoints()).value()},
            {QStringLiteral("rollout_enabled"), true}};
    case ActionVerb::Pause:
        return QJsonObject{{QStringLiteral("rollout_paused_at"), toIso(time)},
                           {QStringLiteral("rollout_pause_reason"), action.reason}};
    case ActionVerb::Resume:
        return QJsonObject{{QStringLiteral("rollout_paused_at"), QJsonValue::Null},
                           {QStringLiteral("rollout_pause_reason"), QJsonValue::Null}};
    case ActionVerb::TakeBack:
        return clearedRollout();
    case ActionVerb::RollBack: {
        QJsonObject columns = clearedRollout();
        columns.insert(QStringLiteral("version"), bundleValue(bundleId));
        return columns;
    }
    case ActionVerb::SetRules:
        return action.rules;
    case ActionVerb::ReplaceBundle:
    case ActionVerb::Freeze:
    case ActionVerb::Unfreeze:
        break;
    }
    return unavailable(action.verb);
}

Result<wire::ChannelState> Releases::state(const AppId &app, const ChannelName &channel,
                                           Operation &operation) const
{
    if (m_session->capabilities().has(Feature::ReleaseState)) {
        GATEHOUSE_ASSIGN(
            const QJsonObject object,
            m_session->readObject(m_session->apiRequest(Method::Get, actionsPath(app, channel, "state")),
                                  operation));
        return wire::ChannelState::fromJson(object, QStringLiteral("state"));
    }
    GATEHOUSE_ASSIGN(const MarkedChannel found, Channels(m_session).one(app, channel, operation));
    wire::ChannelState state = stateOf(found);
    state.history = historyOf(*m_session, found.row, operation);
    return state;
}

Result<wire::ChannelState> Releases::act(const AppId &app, const ChannelName &channel,
                                         const wire::ChannelAction &action, const QString &etag,
                                         Operation &operation) const
{
    if (!m_session->capabilities().has(Feature::ReleaseActions)) {
        return actByPatch(app, channel, action, etag, operation);
    }
    Request request =
        withJson(m_session->apiRequest(Method::Post, actionsPath(app, channel, "actions")), action.toJson());
    if (!etag.isEmpty()) {
        request.headers.append(Header{"If-Match", etag.toUtf8()});
    }
    // Safe to repeat: the same intent twice gives the first answer again.
    Result<Response> answer = m_session->read(request, operation);
    if (!answer) {
        const bool isStale = answer.error().id == QLatin1String("server.stale");
        return isStale ? changedMeanwhile(channel).withDetail(answer.error().toText()) : answer.error();
    }
    GATEHOUSE_ASSIGN(const QJsonObject object, parseJsonObject(answer->body, QStringLiteral("state")));
    return wire::ChannelState::fromJson(object, QStringLiteral("state"));
}

Result<wire::ChannelState> Releases::actByPatch(const AppId &app, const ChannelName &channel,
                                                const wire::ChannelAction &action, const QString &etag,
                                                Operation &operation) const
{
    const Channels channels(m_session);
    GATEHOUSE_ASSIGN(const MarkedChannel now, channels.one(app, channel, operation));
    if (!etag.isEmpty() && now.mark != etag) {
        return changedMeanwhile(channel);
    }
    std::optional<qint64> bundleId;
    if (!action.bundle.isEmpty()) {
        GATEHOUSE_ASSIGN(const BundleName name, BundleName::parse(action.bundle));
        GATEHOUSE_ASSIGN(const wire::BundleRow bundle, Bundles(m_session).one(app, name, operation));
        bundleId = bundle.id;
    }
    GATEHOUSE_ASSIGN(const QJsonObject columns, columnsFor(action, now.row, bundleId, SystemClock().now()));
    GATEHOUSE_TRY(operation.check());
    Result<MarkedChannel> patched = channels.patch(now, columns, operation);
    // Who may promote but not change settings uses the one call that only sets the stable bundle.
    const bool isPointerOnly = columns.size() == 1 && columns.contains(QLatin1String("version")) && bundleId;
    if (!patched && patched.error().kind == ErrorKind::Denied && isPointerOnly) {
        GATEHOUSE_TRY(channels.setBundle(app, now.row.id, *bundleId, operation));
        patched = channels.one(app, channel, operation);
    }
    GATEHOUSE_TRY(patched);
    return stateOf(*patched);
}

} // namespace gatehouse::client
