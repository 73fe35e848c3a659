// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/releaseaction.h"

#include "release/channelrules.h"

#include <QUuid>

namespace gatehouse::release {

namespace {

using wire::ActionVerb;

ReleaseAction make(const AppId &app, const ChannelName &channel, ActionVerb verb)
{
    ReleaseAction action{app, channel};
    action.verb = verb;
    action.intent = QUuid::createUuid().toString(QUuid::WithoutBraces);
    return action;
}

QString nameOf(const std::optional<wire::BundleReference> &bundle)
{
    return bundle ? bundle->name : QString();
}

void endRollout(Pointers &pointers)
{
    pointers.rollout.clear();
    pointers.share = {};
    pointers.isEnabled = false;
    pointers.isPaused = false;
}

/// The columns of set_rules as they were.
QJsonObject oldRules(const QJsonObject &rules, const wire::ChannelRow &before)
{
    const QJsonObject row = before.toJson();
    QJsonObject old;
    for (auto rule = rules.begin(); rule != rules.end(); ++rule) {
        old.insert(rule.key(), row.value(rule.key()));
    }
    return old;
}

/// A channel that becomes the default of a platform takes that from another, which setting the old values
/// here would not bring back. @source spec: management-api, section 2.3
bool takesDefaultOver(const QJsonObject &rules, const wire::ChannelRow &before)
{
    const wire::ChannelRow after = withRules(before, rules).value_or(before);
    return after.isPublic && (!before.isPublic || (after.ios && !before.ios) ||
                              (after.android && !before.android) || (after.electron && !before.electron));
}

} // namespace

ReleaseAction promote(const AppId &app, const ChannelName &channel, const QString &bundle)
{
    ReleaseAction action = make(app, channel, ActionVerb::Promote);
    action.bundle = bundle;
    return action;
}

ReleaseAction startRollout(const AppId &app, const ChannelName &channel, const QString &bundle,
                           BasisPoints share)
{
    ReleaseAction action = make(app, channel, ActionVerb::StartRollout);
    action.bundle = bundle;
    action.share = share;
    return action;
}

ReleaseAction setShare(const AppId &app, const ChannelName &channel, BasisPoints share)
{
    ReleaseAction action = make(app, channel, ActionVerb::SetShare);
    action.share = share;
    return action;
}

ReleaseAction replaceBundle(const AppId &app, const ChannelName &channel, const QString &bundle)
{
    ReleaseAction action = make(app, channel, ActionVerb::ReplaceBundle);
    action.bundle = bundle;
    return action;
}

ReleaseAction pause(const AppId &app, const ChannelName &channel, const QString &reason)
{
    ReleaseAction action = make(app, channel, ActionVerb::Pause);
    action.reason = reason;
    return action;
}

ReleaseAction resume(const AppId &app, const ChannelName &channel)
{
    return make(app, channel, ActionVerb::Resume);
}

ReleaseAction freeze(const AppId &app, const ChannelName &channel, const QString &reason)
{
    ReleaseAction action = make(app, channel, ActionVerb::Freeze);
    action.reason = reason;
    return action;
}

ReleaseAction unfreeze(const AppId &app, const ChannelName &channel)
{
    return make(app, channel, ActionVerb::Unfreeze);
}

ReleaseAction takeBack(const AppId &app, const ChannelName &channel, const QString &reason)
{
    ReleaseAction action = make(app, channel, ActionVerb::TakeBack);
    action.reason = reason;
    return action;
}

ReleaseAction rollBack(const AppId &app, const ChannelName &channel, const QString &bundle,
                       const QString &reason)
{
    ReleaseAction action = make(app, channel, ActionVerb::RollBack);
    action.bundle = bundle;
    action.reason = reason;
    return action;
}

ReleaseAction setRules(const AppId &app, const ChannelName &channel, const QJsonObject &rules)
{
    ReleaseAction action = make(app, channel, ActionVerb::SetRules);
    action.rules = rules;
    return action;
}

wire::ChannelAction toWire(const ReleaseAction &action)
{
    wire::ChannelAction sent;
    sent.verb = action.verb;
    sent.intent = action.intent;
    sent.bundle = action.bundle;
    sent.share = action.share;
    sent.reason = action.reason;
    sent.rules = action.rules;
    return sent;
}

Pointers pointersOf(const wire::ChannelState &state)
{
    Pointers pointers;
    pointers.stable = nameOf(state.channel.versionInfo);
    pointers.isFrozen = state.frozen;
    if (!state.channel.rolloutVersion) {
        return pointers;
    }
    pointers.rollout = nameOf(state.channel.rolloutVersionInfo);
    pointers.share = state.channel.rolloutPercentage;
    pointers.isEnabled = state.channel.rolloutEnabled;
    pointers.isPaused = state.channel.rolloutPausedAt.has_value();
    return pointers;
}

Pointers pointersAfter(const ReleaseAction &action, const Pointers &before)
{
    Pointers after = before;
    switch (action.verb) {
    case ActionVerb::Promote:
        after.stable = action.bundle;
        if (before.rollout == action.bundle) {
            endRollout(after);
        }
        break;
    case ActionVerb::StartRollout:
        after.rollout = action.bundle;
        after.share = action.share.value_or(BasisPoints());
        after.isEnabled = true;
        after.isPaused = false;
        break;
    case ActionVerb::SetShare:
        if (!before.rollout.isEmpty()) {
            after.share = action.share.value_or(before.share);
            after.isEnabled = true;
        }
        break;
    case ActionVerb::ReplaceBundle:
        if (!before.rollout.isEmpty()) {
            after.rollout = action.bundle;
        }
        break;
    case ActionVerb::Pause:
        after.isPaused = !before.rollout.isEmpty();
        break;
    case ActionVerb::Resume:
        after.isPaused = false;
        break;
    case ActionVerb::Freeze:
        after.isFrozen = true;
        break;
    case ActionVerb::Unfreeze:
        after.isFrozen = false;
        break;
    case ActionVerb::RollBack:
        after.stable = action.bundle;
        endRollout(after);
        break;
    case ActionVerb::TakeBack:
        endRollout(after);
        break;
    case ActionVerb::SetRules:
        break;
    }
    return after;
}

bool Pointers::servesLike(const Pointers &other) const
{
    if (stable != other.stable || isFrozen != other.isFrozen || hasRollout() != other.hasRollout()) {
        return false;
    }
    return !hasRollout() || (rollout == other.rollout && share == other.share && isPaused == other.isPaused);
}

bool isSafer(const ReleaseAction &action, const wire::ChannelState &state)
{
    switch (action.verb) {
    case ActionVerb::Pause:
    case ActionVerb::Freeze:
    case ActionVerb::TakeBack:
    case ActionVerb::RollBack:
        return true;
    case ActionVerb::SetShare:
        return action.share && state.channel.rolloutEnabled &&
               *action.share <= state.channel.rolloutPercentage;
    default:
        return false;
    }
}

std::optional<ReleaseAction> undoOf(const ReleaseAction &action, const wire::ChannelState &before)
{
    const AppId &app = action.app;
    const ChannelName &channel = action.channel;
    const Pointers old = pointersOf(before);
    switch (action.verb) {
    case ActionVerb::Promote:
        // A rollout that ended with the promotion would need a second action to come back.
        if (old.rollout == action.bundle && !old.rollout.isEmpty()) {
            return std::nullopt;
        }
        return old.rollout.isEmpty()  ? std::optional(rollBack(app, channel, old.stable, {}))
               : old.stable.isEmpty() ? std::nullopt
                                      : std::optional(promote(app, channel, old.stable));
    case ActionVerb::RollBack:
        return old.rollout.isEmpty() && !old.stable.isEmpty()
                   ? std::optional(promote(app, channel, old.stable))
                   : std::nullopt;
    case ActionVerb::StartRollout:
        return old.rollout.isEmpty() ? std::optional(takeBack(app, channel, {}))
                                     : std::optional(startRollout(app, channel, old.rollout, old.share));
    case ActionVerb::TakeBack:
        // A paused rollout would come back running.
        return !old.hasRollout() || old.isPaused
                   ? std::nullopt
                   : std::optional(startRollout(app, channel, old.rollout, old.share));
    case ActionVerb::SetShare:
        return old.rollout.isEmpty() ? std::nullopt : std::optional(setShare(app, channel, old.share));
    case ActionVerb::ReplaceBundle:
        return old.rollout.isEmpty() ? std::nullopt : std::optional(replaceBundle(app, channel, old.rollout));
    case ActionVerb::Pause:
        return old.isPaused ? std::nullopt : std::optional(resume(app, channel));
    case ActionVerb::Resume:
        return old.isPaused
                   ? std::optional(pause(app, channel, before.channel.rolloutPauseReason.value_or(QString())))
                   : std::nullopt;
    case ActionVerb::Freeze:
        return old.isFrozen ? std::nullopt : std::optional(unfreeze(app, channel));
    case ActionVerb::Unfreeze:
        return old.isFrozen ? std::optional(freeze(app, channel, {})) : std::nullopt;
    case ActionVerb::SetRules:
        return takesDefaultOver(action.rules, before.channel)
                   ? std::nullopt
                   : std::optional(setRules(app, channel, oldRules(action.rules, before.channel)));
    }
    return std::nullopt;
}

} // namespace gatehouse::release
