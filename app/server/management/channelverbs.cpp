// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/channelverbs.h"

#include "server/management/channelcolumns.h"

namespace gatehouse::server {
namespace {

using wire::ActionVerb;

Error invalid(const char *id, const QString &what, const QString &remedy = {})
{
    return makeError(ErrorKind::Invalid, id, what, {}, remedy);
}

Result<qint64> needed(std::optional<qint64> bundleId)
{
    if (!bundleId) {
        return invalid("action.bundle", QStringLiteral("The action needs a bundle."));
    }
    return *bundleId;
}

Result<void> needRollout(const ChannelRecord &now)
{
    if (!now.row.rolloutVersion) {
        return invalid("action.no_rollout",
                       QStringLiteral("The channel “%1” has no rollout.").arg(now.row.name));
    }
    return {};
}

void endRollout(ChannelRecord &channel)
{
    channel.row.rolloutVersion.reset();
    channel.row.rolloutEnabled = false;
    channel.row.rolloutPercentage = BasisPoints();
    channel.row.rolloutPausedAt.reset();
    channel.row.rolloutPauseReason.reset();
}

Result<ChannelRecord> promoted(ChannelRecord after, std::optional<qint64> bundleId)
{
    // Without a bundle it is the rollout's that becomes the stable one.
    const std::optional<qint64> target = bundleId ? bundleId : after.row.rolloutVersion;
    if (!target) {
        return invalid("action.no_rollout",
                       QStringLiteral("There is no rollout to promote, and no bundle was named."));
    }
    if (after.row.rolloutVersion == target) {
        endRollout(after);
    }
    after.row.version = target;
    return after;
}

Result<ChannelRecord> started(ChannelRecord after, const wire::ChannelAction &action,
                              std::optional<qint64> bundleId)
{
    GATEHOUSE_ASSIGN(const qint64 id, needed(bundleId));
    if (!after.row.version) {
        return invalid("action.no_stable",
                       QStringLiteral("A rollout needs a stable bundle on the channel first."),
                       QStringLiteral("Promote a bundle first: devices outside the share get that one."));
    }
    after.row.rolloutVersion = id;
    after.row.rolloutEnabled = true;
    after.row.rolloutPercentage = action.share.value_or(BasisPoints());
    after.row.rolloutPausedAt.reset();
    after.row.rolloutPauseReason.reset();
    return after;
}

Result<ChannelRecord> withShare(ChannelRecord after, const wire::ChannelAction &action)
{
    GATEHOUSE_TRY(needRollout(after));
    if (!action.share || action.share->value() == 0) {
        return invalid("action.share", QStringLiteral("The share must be at least 0.01 %."),
                       QStringLiteral("To bring all devices back, take the rollout back."));
    }
    after.row.rolloutPercentage = *action.share;
    after.row.rolloutEnabled = true;
    return after;
}

} // namespace

Result<ChannelRecord> afterAction(const ChannelRecord &now, const wire::ChannelAction &action,
                                  std::optional<qint64> bundleId, UtcTime time)
{
    ChannelRecord after = now;
    switch (action.verb) {
    case ActionVerb::Promote:
        return promoted(after, bundleId);
    case ActionVerb::StartRollout:
        return started(after, action, bundleId);
    case ActionVerb::SetShare:
        return withShare(after, action);
    case ActionVerb::ReplaceBundle: {
        GATEHOUSE_TRY(needRollout(now));
        GATEHOUSE_ASSIGN(after.row.rolloutVersion, needed(bundleId));
        return after;
    }
    case ActionVerb::Pause:
        GATEHOUSE_TRY(needRollout(now));
        after.row.rolloutPausedAt = now.row.rolloutPausedAt ? now.row.rolloutPausedAt : time;
        after.row.rolloutPauseReason = action.reason;
        return after;
    case ActionVerb::Resume:
        GATEHOUSE_TRY(needRollout(now));
        after.row.rolloutPausedAt.reset();
        after.row.rolloutPauseReason.reset();
        return after;
    case ActionVerb::Freeze:
    case ActionVerb::Unfreeze:
        after.frozen = action.verb == ActionVerb::Freeze;
        return after;
    case ActionVerb::TakeBack:
        GATEHOUSE_TRY(needRollout(now));
        endRollout(after);
        return after;
    case ActionVerb::RollBack:
        endRollout(after);
        after.row.version = bundleId;
        return after;
    case ActionVerb::SetRules:
        if (movesPointers(action.rules) || action.rules.contains(QLatin1String("rollout_percentage_bps")) ||
            action.rules.contains(QLatin1String("rollout_enabled")) ||
            action.rules.contains(QLatin1String("rollout_paused_at"))) {
            return invalid("action.rules",
                           QStringLiteral("Bundles, share and pause have actions of their own."));
        }
        return withColumns(now, action.rules);
    }
    return after;
}

QStringList permissionsFor(ActionVerb verb)
{
    const QString settings = QStringLiteral("channel.update_settings");
    const QString promote = QStringLiteral("channel.promote_bundle");
    const QString rollback = QStringLiteral("channel.rollback_bundle");
    switch (verb) {
    case ActionVerb::Promote:
        return {promote};
    case ActionVerb::RollBack:
    case ActionVerb::TakeBack:
        return {rollback, settings};
    case ActionVerb::Pause:
        return {settings, rollback};
    case ActionVerb::StartRollout:
    case ActionVerb::SetShare:
    case ActionVerb::ReplaceBundle:
    case ActionVerb::Resume:
    case ActionVerb::Freeze:
    case ActionVerb::Unfreeze:
    case ActionVerb::SetRules:
        break;
    }
    return {settings};
}

} // namespace gatehouse::server
