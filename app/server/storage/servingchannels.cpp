// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/serving.h"

#include "server/storage/audit.h"
#include "server/storage/rows.h"

#include "core/secret.h"
#include "core/semver.h"

#include <QUuid>

#include <algorithm>

namespace gatehouse::server {

namespace {

constexpr std::size_t kSeedBytes = 16;

QString newUuid()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

QByteArray newSeed()
{
    return Secret::random(kSeedBytes).view().toByteArray();
}

Error broken(const QString &what)
{
    return makeError(ErrorKind::Invalid, "store.channel.rule", what);
}

/// Pausing is always allowed; everything else that moves devices waits until the freeze is lifted.
/// @source spec: gatehouse-v1, section 4
bool movesDevices(const ChannelRecord &before, const ChannelRecord &after)
{
    const wire::ChannelRow &a = before.row;
    const wire::ChannelRow &b = after.row;
    const bool isResumed = a.rolloutPausedAt.has_value() && !b.rolloutPausedAt.has_value();
    return a.version != b.version || a.rolloutVersion != b.rolloutVersion ||
           a.rolloutPercentage != b.rolloutPercentage || a.rolloutEnabled != b.rolloutEnabled || isResumed ||
           before.testers != after.testers;
}

bool overlap(const wire::ChannelRow &a, const wire::ChannelRow &b)
{
    return (a.ios && b.ios) || (a.android && b.android) || (a.electron && b.electron);
}

Result<void> checkRanges(const wire::ChannelRow &row)
{
    static const QStringList kPolicies{QStringLiteral("major"), QStringLiteral("minor"),
                                       QStringLiteral("patch"), QStringLiteral("version_number"),
                                       QStringLiteral("none")};
    static const QStringList kActions{QStringLiteral("pause"), QStringLiteral("rollback"),
                                      QStringLiteral("notify")};
    const auto within = [](qint64 value, qint64 low, qint64 high) { return value >= low && value <= high; };
    if (!kPolicies.contains(row.disableAutoUpdate)) {
        return broken(QStringLiteral("“%1” is no update policy.").arg(row.disableAutoUpdate));
    }
    if (!kActions.contains(row.autoPauseAction)) {
        return broken(QStringLiteral("“%1” is no action of the automatic pause.").arg(row.autoPauseAction));
    }
    if (!within(row.rolloutCacheTtlSeconds, 60, 31'536'000)) {
        return broken(QStringLiteral("The rollout cache time must be between 60 and 31536000 seconds."));
    }
    if (!within(row.autoPauseWindowMinutes, 1, 10'080) || !within(row.autoPauseCooldownMinutes, 0, 10'080)) {
        return broken(QStringLiteral("Window and cooldown of the automatic pause must be within a week."));
    }
    if (!within(row.autoPauseFailureRateBps.value_or(0), 0, 10'000) ||
        row.autoPauseMinAttempts.value_or(0) < 0 || row.autoPauseMinFailures.value_or(0) < 0) {
        return broken(QStringLiteral("The limits of the automatic pause are out of range."));
    }
    if (!(row.autoPauseConfidence > 0.0 && row.autoPauseConfidence < 1.0)) {
        return broken(QStringLiteral("The confidence of the automatic pause must be between 0 and 1."));
    }
    return {};
}

} // namespace

Result<void> ServingWriter::checkChannelRules(const ChannelRecord &channel)
{
    if (const auto name = ChannelName::parse(channel.row.name); !name) {
        return name.error();
    }
    GATEHOUSE_TRY(checkRanges(channel.row));
    for (const auto &id : {channel.row.version, channel.row.rolloutVersion}) {
        if (!id) {
            continue;
        }
        GATEHOUSE_ASSIGN(const wire::BundleRow bundle, ownBundle(*id));
        if (bundle.deleted) {
            return makeError(ErrorKind::NotFound, "store.bundle",
                             QStringLiteral("The bundle “%1” was deleted.").arg(bundle.name));
        }
    }
    return {};
}

void ServingWriter::deriveRollout(const ChannelRecord &before, ChannelRecord &after, bool keepSeed) const
{
    wire::ChannelRow &row = after.row;
    const bool isNewTarget = before.row.rolloutVersion != row.rolloutVersion;
    row.rolloutId = before.row.rolloutId;
    after.rolloutSeed = before.rolloutSeed;
    if (!isNewTarget) {
        if (!row.rolloutPausedAt) {
            row.rolloutPauseReason.reset();
        }
        return;
    }
    row.rolloutId = newUuid();
    if (row.rolloutVersion && (!keepSeed || after.rolloutSeed.isEmpty())) {
        after.rolloutSeed = newSeed();
    }
    // @source spec: device-protocol, section 2.1
    row.rolloutPausedAt.reset();
    if (row.rolloutVersion || row.rolloutPauseReason == before.row.rolloutPauseReason) {
        row.rolloutPauseReason.reset();
    }
    if (row.rolloutVersion || row.autoPauseLastTriggeredAt == before.row.autoPauseLastTriggeredAt) {
        row.autoPauseLastTriggeredAt.reset();
    }
}

Result<void> ServingWriter::makeOthersPrivate(const ChannelRecord &channel)
{
    if (!channel.row.isPublic) {
        return {};
    }
    QVector<ChannelRecord> others;
    {
        Query query(m_database, rows::selectChannel() + "WHERE c.app_key = ? AND c.public = 1 AND c.id <> ?");
        query.bind(m_app.key).bind(channel.row.id);
        while (query.next()) {
            others.append(rows::readChannel(query));
        }
        GATEHOUSE_TRY(query.finish());
    }
    for (const ChannelRecord &other : others) {
        if (!overlap(other.row, channel.row)) {
            continue;
        }
        ChannelRecord after = other;
        after.row.isPublic = false;
        after.row.updatedAt = later(other.row.updatedAt);
        ++after.revision;
        GATEHOUSE_TRY(checkEffect({m_change, other, after, std::nullopt, std::nullopt}));
        GATEHOUSE_TRY(rows::updateChannel(m_database, after));
        GATEHOUSE_TRY(
            writeAudit(m_database, m_now, m_change.actor,
                       {QStringLiteral("channels"), QString::number(other.row.id), QStringLiteral("UPDATE"),
                        rows::auditJson(other), rows::auditJson(after), m_change.reason}));
        announceChannel(after, QStringLiteral("edited"));
    }
    return {};
}

Result<ServingOutcome> ServingWriter::perform(const change::CreateChannel &wish)
{
    ChannelRecord wanted = wish.channel;
    {
        Query taken(m_database, "SELECT 1 FROM channels WHERE app_key = ? AND name = ?");
        taken.bind(m_app.key).bind(wanted.row.name);
        if (taken.next()) {
            return makeError(ErrorKind::Conflict, "store.channel.exists",
                             QStringLiteral("There is a channel “%1” already.").arg(wanted.row.name));
        }
        GATEHOUSE_TRY(taken.finish());
    }
    wanted.row.appId = m_change.appId;
    GATEHOUSE_TRY(checkChannelRules(wanted));
    {
        Query insert(m_database,
                     "INSERT INTO channels (app_key, name, rbac_id, created_by, created_at, updated_at, "
                     "public, ios, android, "
                     "electron, allow_device_self_set, allow_emulator, allow_device, allow_dev, allow_prod, "
                     "disable_auto_update, disable_auto_update_under_native, rollout_id, rollout_bps, "
                     "rollout_enabled, "
                     "rollout_cache_ttl, auto_pause_enabled, auto_pause_window, auto_pause_confidence, "
                     "auto_pause_action, "
                     "auto_pause_cooldown, rollout_seed, frozen, testers, counter, revision) VALUES (?, ?, "
                     "?, ?, ?, ?, 0, "
                     "1, 1, 1, 0, 1, 1, 1, 1, 'major', 1, ?, 0, 0, 2592000, 0, 60, 0.95, 'pause', 60, x'', "
                     "0, '[]', 0, 0)");
        insert.bind(m_app.key).bind(wanted.row.name).bind(newUuid()).bind(m_change.actor.userId);
        insert.bind(m_now).bind(m_now).bind(newUuid());
        GATEHOUSE_TRY(insert.finish());
    }
    GATEHOUSE_ASSIGN(const ChannelRecord empty, ownChannel(m_database.lastInsertId()));
    wanted.row.id = empty.row.id;
    wanted.row.createdAt = empty.row.createdAt;
    wanted.row.updatedAt = empty.row.updatedAt;
    wanted.rbacId = empty.rbacId;
    wanted.createdBy = empty.createdBy;
    wanted.revision = 1;
    deriveRollout(empty, wanted, false);
    wanted.row.rolloutPausedAt = wish.channel.row.rolloutPausedAt;
    GATEHOUSE_TRY(makeOthersPrivate(wanted));
    GATEHOUSE_TRY(checkEffect({m_change, std::nullopt, wanted, std::nullopt, std::nullopt}));
    GATEHOUSE_TRY(rows::updateChannel(m_database, wanted));
    GATEHOUSE_TRY(writeHistory(empty, wanted));
    GATEHOUSE_ASSIGN(const ChannelRecord written, ownChannel(wanted.row.id));
    GATEHOUSE_TRY(
        writeAudit(m_database, m_now, m_change.actor,
                   {QStringLiteral("channels"), QString::number(written.row.id), QStringLiteral("INSERT"),
                    std::nullopt, rows::auditJson(written), m_change.reason}));
    announceChannel(written, QStringLiteral("created"));
    return ServingOutcome{written, std::nullopt, false};
}

Result<ServingOutcome> ServingWriter::perform(const change::EditChannel &wish)
{
    GATEHOUSE_ASSIGN(const ChannelRecord before, ownChannel(wish.channelId));
    GATEHOUSE_TRY(checkEtag(before));
    GATEHOUSE_ASSIGN(ChannelRecord after, wish.edit(before));
    after.row.id = before.row.id;
    after.row.appId = before.row.appId;
    after.row.createdAt = before.row.createdAt;
    after.row.updatedAt = later(before.row.updatedAt);
    after.rbacId = before.rbacId;
    after.createdBy = before.createdBy;
    after.revision = before.revision + 1;
    if (before.frozen && movesDevices(before, after)) {
        return makeError(ErrorKind::Conflict, "store.frozen",
                         QStringLiteral("The channel “%1” is frozen.").arg(before.row.name),
                         QStringLiteral("No bundle and no share can change while it is."),
                         QStringLiteral("Lift the freeze first."));
    }
    deriveRollout(before, after, wish.keepSeed);
    GATEHOUSE_TRY(checkChannelRules(after));
    GATEHOUSE_TRY(checkEffect({m_change, before, after, std::nullopt, std::nullopt}));
    if (after.row.isPublic) {
        GATEHOUSE_TRY(makeOthersPrivate(after));
    }
    GATEHOUSE_TRY(rows::updateChannel(m_database, after));
    GATEHOUSE_TRY(writeHistory(before, after));
    GATEHOUSE_ASSIGN(const ChannelRecord written, ownChannel(after.row.id));
    GATEHOUSE_TRY(
        writeAudit(m_database, m_now, m_change.actor,
                   {QStringLiteral("channels"), QString::number(written.row.id), QStringLiteral("UPDATE"),
                    rows::auditJson(before), rows::auditJson(written), m_change.reason}));
    announceChannel(written, m_change.what);
    return ServingOutcome{written, std::nullopt, false};
}

Result<ServingOutcome> ServingWriter::perform(const change::DeleteChannel &wish)
{
    GATEHOUSE_ASSIGN(const ChannelRecord before, ownChannel(wish.channelId));
    GATEHOUSE_TRY(checkEtag(before));
    if (before.frozen) {
        return makeError(ErrorKind::Conflict, "store.frozen",
                         QStringLiteral("The channel “%1” is frozen.").arg(before.row.name), {},
                         QStringLiteral("Lift the freeze first."));
    }
    GATEHOUSE_TRY(checkEffect({m_change, before, std::nullopt, std::nullopt, std::nullopt}));
    Query query(m_database, "DELETE FROM channels WHERE id = ?");
    query.bind(wish.channelId);
    GATEHOUSE_TRY(query.finish());
    GATEHOUSE_TRY(
        writeAudit(m_database, m_now, m_change.actor,
                   {QStringLiteral("channels"), QString::number(wish.channelId), QStringLiteral("DELETE"),
                    rows::auditJson(before), std::nullopt, m_change.reason}));
    announceChannel(before, QStringLiteral("deleted"));
    return ServingOutcome{};
}

Result<void> ServingWriter::writeHistory(const ChannelRecord &before, const ChannelRecord &after)
{
    if (after.row.version && before.row.version != after.row.version) {
        Query deployed(
            m_database,
            "INSERT INTO deploy_history (app_key, channel_id, version_id, deployed_at, created_by) "
            "VALUES (?, ?, ?, ?, ?)");
        deployed.bind(m_app.key)
            .bind(after.row.id)
            .bind(*after.row.version)
            .bind(m_now)
            .bind(m_change.actor.userId);
        GATEHOUSE_TRY(deployed.finish());
    }
    // What the entry is about: the rollout's bundle when that moved, else the stable one.
    const bool isAboutRollout = before.row.version == after.row.version &&
                                (after.row.rolloutVersion || before.row.rolloutVersion) &&
                                m_change.what != QLatin1String("promote");
    const auto about = isAboutRollout
                           ? (after.row.rolloutVersion ? after.row.rolloutVersion : before.row.rolloutVersion)
                           : after.row.version;
    QString bundle;
    if (about) {
        GATEHOUSE_ASSIGN(const wire::BundleRow row, ownBundle(*about));
        bundle = row.name;
    }
    std::optional<qint64> share;
    if (after.row.rolloutVersion) {
        share = after.row.rolloutPercentage.value();
    }
    Query query(m_database,
                "INSERT INTO channel_history (channel_id, at, what, bundle, share, actor, reason) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)");
    query.bind(after.row.id).bind(m_now).bind(m_change.what).bind(bundle).bind(share);
    query.bind(m_change.actor.name).bind(m_change.reason);
    return query.finish();
}

void ServingWriter::announceChannel(const ChannelRecord &channel, const QString &what)
{
    m_announcements.append({m_change.appId, QStringLiteral("channel"),
                            QJsonObject{{QStringLiteral("name"), channel.row.name},
                                        {QStringLiteral("id"), channel.row.id},
                                        {QStringLiteral("etag"), channel.etag()},
                                        {QStringLiteral("what"), what},
                                        {QStringLiteral("actor"), m_change.actor.name}}});
}

} // namespace gatehouse::server
