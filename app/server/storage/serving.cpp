// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/serving.h"

#include "server/storage/audit.h"
#include "server/storage/rows.h"

#include "core/semver.h"

#include <algorithm>

namespace gatehouse::server {

namespace {

Error missing(const char *id, const QString &what)
{
    return makeError(ErrorKind::NotFound, id, what);
}

const char *const kOverrides = "channel_devices";
const char *const kAssignments = "self_assignments";

} // namespace

ServingWriter::ServingWriter(Database &database, UtcTime now, const ServingChange &change,
                             const EffectCheck &check)
    : m_database(database)
    , m_now(now)
    , m_change(change)
    , m_check(check)
{}

Result<ServingOutcome> ServingWriter::apply()
{
    GATEHOUSE_ASSIGN(m_app, rows::existingApp(m_database, m_change.appId));
    GATEHOUSE_ASSIGN(auto known, knownIntent());
    if (known) {
        return std::move(*known);
    }
    GATEHOUSE_ASSIGN(ServingOutcome outcome, dispatch());
    GATEHOUSE_TRY(rememberIntent(outcome));
    return outcome;
}

Result<ServingOutcome> ServingWriter::dispatch()
{
    return std::visit([this](const auto &wish) { return perform(wish); }, m_change.edit);
}

Result<std::optional<ServingOutcome>> ServingWriter::knownIntent()
{
    if (!m_change.intent) {
        return std::optional<ServingOutcome>();
    }
    Query query(m_database, "SELECT app_key, body, channel, bundle FROM intents WHERE intent = ?");
    query.bind(*m_change.intent);
    if (!query.next()) {
        GATEHOUSE_TRY(query.finish());
        return std::optional<ServingOutcome>();
    }
    const qint64 appKey = query.integer();
    if (appKey != m_app.key || query.blob() != m_change.intentBody) {
        return makeError(ErrorKind::Conflict, "store.intent",
                         QStringLiteral("This intent was already used for another change."), {},
                         QStringLiteral("Use a new id for each change."));
    }
    ServingOutcome outcome;
    outcome.replayed = true;
    if (const auto text = query.optText()) {
        const QJsonObject object = rows::objectFrom(text->toUtf8());
        GATEHOUSE_ASSIGN(wire::ChannelRow row,
                         wire::ChannelRow::fromJson(object.value(QLatin1String("row")).toObject(),
                                                    QStringLiteral("intent")));
        ChannelRecord channel;
        channel.row = row;
        channel.frozen = object.value(QLatin1String("frozen")).toBool();
        channel.revision = object.value(QLatin1String("revision")).toInteger();
        channel.counter = object.value(QLatin1String("counter")).toInteger();
        for (const QJsonValue &tester : object.value(QLatin1String("testers")).toArray()) {
            channel.testers.append(tester.toString());
        }
        outcome.channel = channel;
    }
    if (const auto text = query.optText()) {
        GATEHOUSE_ASSIGN(outcome.bundle, wire::BundleRow::fromJson(rows::objectFrom(text->toUtf8()),
                                                                   QStringLiteral("intent")));
    }
    return std::optional(outcome);
}

Result<void> ServingWriter::rememberIntent(const ServingOutcome &outcome)
{
    if (!m_change.intent) {
        return {};
    }
    std::optional<QString> channel;
    if (outcome.channel) {
        channel = QString::fromUtf8(rows::compact(
            QJsonObject{{QStringLiteral("row"), outcome.channel->row.toJson()},
                        {QStringLiteral("frozen"), outcome.channel->frozen},
                        {QStringLiteral("revision"), outcome.channel->revision},
                        {QStringLiteral("counter"), outcome.channel->counter},
                        {QStringLiteral("testers"), QJsonArray::fromStringList(outcome.channel->testers)}}));
    }
    std::optional<QString> bundle;
    if (outcome.bundle) {
        bundle = QString::fromUtf8(rows::compact(outcome.bundle->toJson()));
    }
    Query query(m_database,
                "INSERT INTO intents (intent, app_key, at, body, channel, bundle) VALUES (?, ?, ?, ?, ?, ?)");
    query.bind(*m_change.intent)
        .bind(m_app.key)
        .bind(m_now)
        .bind(m_change.intentBody)
        .bind(channel)
        .bind(bundle);
    return query.finish();
}

Result<ChannelRecord> ServingWriter::ownChannel(qint64 id)
{
    GATEHOUSE_ASSIGN(auto channel, rows::channelById(m_database, id));
    if (!channel || channel->row.appId != m_change.appId) {
        return missing("store.channel", QStringLiteral("The channel is not there."));
    }
    return std::move(*channel);
}

Result<wire::BundleRow> ServingWriter::ownBundle(qint64 id)
{
    GATEHOUSE_ASSIGN(auto bundle, rows::bundleById(m_database, id));
    if (!bundle || bundle->appId != m_change.appId) {
        return missing("store.bundle", QStringLiteral("The bundle is not there."));
    }
    return std::move(*bundle);
}

Result<void> ServingWriter::checkEtag(const ChannelRecord &channel) const
{
    if (m_change.ifMatch && *m_change.ifMatch != channel.etag()) {
        return makeError(ErrorKind::Conflict, "store.stale",
                         QStringLiteral("The channel “%1” was changed meanwhile.").arg(channel.row.name), {},
                         QStringLiteral("Look at it again and repeat the change if it is still wanted."));
    }
    return {};
}

Result<void> ServingWriter::checkEffect(const ServingEffect &effect) const
{
    return m_check ? m_check(effect) : Result<void>();
}

UtcTime ServingWriter::later(UtcTime before) const
{
    // Strictly later, so that "updated_at=eq.T" of a conditional write tells every change.
    return std::max(m_now, before + Milliseconds(1));
}

Result<ServingOutcome> ServingWriter::perform(const change::SetOverride &wish)
{
    GATEHOUSE_ASSIGN(const ChannelRecord channel, ownChannel(wish.channelId));
    GATEHOUSE_TRY(checkEffect({m_change, std::nullopt, channel, std::nullopt, std::nullopt}));
    GATEHOUSE_TRY(assign(kOverrides, wish.deviceId, wish.channelId));
    return ServingOutcome{channel, std::nullopt, false};
}

Result<ServingOutcome> ServingWriter::perform(const change::RemoveOverride &wish)
{
    GATEHOUSE_TRY(checkEffect({m_change, std::nullopt, std::nullopt, std::nullopt, std::nullopt}));
    GATEHOUSE_TRY(unassign(kOverrides, wish.deviceId));
    return ServingOutcome{};
}

Result<ServingOutcome> ServingWriter::perform(const change::AssignSelf &wish)
{
    GATEHOUSE_ASSIGN(const ChannelRecord channel, ownChannel(wish.channelId));
    GATEHOUSE_TRY(checkEffect({m_change, std::nullopt, channel, std::nullopt, std::nullopt}));
    GATEHOUSE_TRY(assign(kAssignments, wish.deviceId, wish.channelId));
    return ServingOutcome{channel, std::nullopt, false};
}

Result<ServingOutcome> ServingWriter::perform(const change::UnassignSelf &wish)
{
    GATEHOUSE_TRY(checkEffect({m_change, std::nullopt, std::nullopt, std::nullopt, std::nullopt}));
    GATEHOUSE_TRY(unassign(kAssignments, wish.deviceId));
    return ServingOutcome{};
}

Result<void> ServingWriter::assign(const char *table, const QString &deviceId, qint64 channelId)
{
    Query query(m_database, std::string("INSERT INTO ") + table +
                                " (app_key, device_id, channel_id, created_at) VALUES (?, ?, ?, ?) "
                                "ON CONFLICT DO UPDATE SET channel_id = excluded.channel_id");
    query.bind(m_app.key).bind(deviceId.toLower()).bind(channelId).bind(m_now);
    return query.finish();
}

Result<void> ServingWriter::unassign(const char *table, const QString &deviceId)
{
    Query query(m_database, std::string("DELETE FROM ") + table + " WHERE app_key = ? AND device_id = ?");
    query.bind(m_app.key).bind(deviceId.toLower());
    return query.finish();
}

Result<ServingOutcome> ServingWriter::perform(const change::DeleteApp &)
{
    GATEHOUSE_TRY(checkEffect({m_change, std::nullopt, std::nullopt, std::nullopt, std::nullopt}));
    // Children first. Bundles stay, deleted: their names are known to devices.
    for (const char *table :
         {"channel_devices", "self_assignments", "channels",         "deploy_history", "devices",
          "events",          "failures",         "outcomes",         "population",     "activity",
          "daily_version",   "version_usage",    "bandwidth",        "rollup_moment",  "rollup_minute",
          "rollup_hour",     "rollup_day",       "facet_population", "facet_moment",   "facet_minute",
          "facet_hour",      "facet_day",        "intents"}) {
        Query query(m_database, std::string("DELETE FROM ") + table + " WHERE app_key = ?");
        query.bind(m_app.key);
        GATEHOUSE_TRY(query.finish());
    }
    Query bundles(
        m_database,
        "UPDATE app_versions SET deleted = 1, deleted_at = coalesce(deleted_at, ?) WHERE app_key = ?");
    bundles.bind(m_now).bind(m_app.key);
    GATEHOUSE_TRY(bundles.finish());
    Query app(m_database, "UPDATE apps SET deleted = 1, updated_at = ? WHERE key = ?");
    app.bind(m_now).bind(m_app.key);
    GATEHOUSE_TRY(app.finish());
    GATEHOUSE_TRY(writeAudit(m_database, m_now, m_change.actor,
                             {QStringLiteral("apps"), m_change.appId, QStringLiteral("DELETE"),
                              rows::auditJson(m_app), std::nullopt, m_change.reason}));
    return ServingOutcome{};
}

} // namespace gatehouse::server
