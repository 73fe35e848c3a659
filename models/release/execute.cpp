// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/execute.h"

#include "client/bundles.h"
#include "client/channels.h"
#include "core/sentences.h"

#include <algorithm>

namespace gatehouse::release {

namespace {

/// The row, or nothing when there is none. Other failures stay failures: "missing" must be true.
Result<std::optional<wire::BundleRow>> find(const client::SessionPtr &session, const AppId &app,
                                            const QString &name, Operation &operation)
{
    const Result<BundleName> checked = BundleName::parse(name);
    if (!checked) {
        return std::optional<wire::BundleRow>();
    }
    Result<wire::BundleRow> row = client::Bundles(session).one(app, *checked, operation);
    if (row) {
        return std::optional(std::move(*row));
    }
    if (row.error().kind == ErrorKind::NotFound) {
        return std::optional<wire::BundleRow>();
    }
    return row.error();
}

/// What a change of rules is checked against: the bundles the channel serves, and the app's other channels.
Result<void> addNeighbours(const client::SessionPtr &session, const ReleaseAction &action,
                           const wire::ChannelState &state, ReviewContext &context, Operation &operation)
{
    const Pointers now = pointersOf(state);
    if (!now.stable.isEmpty()) {
        GATEHOUSE_ASSIGN(context.stable, find(session, action.app, now.stable, operation));
    }
    if (!now.rollout.isEmpty()) {
        GATEHOUSE_ASSIGN(context.rollout, find(session, action.app, now.rollout, operation));
    }
    GATEHOUSE_ASSIGN(context.others, client::Channels(session).list(action.app, operation));
    context.others.erase(
        std::remove_if(context.others.begin(), context.others.end(),
                       [&](const wire::ChannelRow &row) { return row.id == state.channel.id; }),
        context.others.end());
    return {};
}

Result<Review> reviewOf(const client::SessionPtr &session, const ReleaseAction &action,
                        const wire::ChannelState &state, Operation &operation)
{
    ReviewContext context;
    context.capabilities = session->capabilities();
    if (!action.bundle.isEmpty()) {
        GATEHOUSE_ASSIGN(context.bundle, find(session, action.app, action.bundle, operation));
        const QString stable = pointersOf(state).stable;
        if (!stable.isEmpty() && stable != action.bundle) {
            GATEHOUSE_ASSIGN(context.stable, find(session, action.app, stable, operation));
        }
    }
    if (action.verb == wire::ActionVerb::SetRules) {
        GATEHOUSE_TRY(addNeighbours(session, action, state, context, operation));
    }
    return review(action, state, context);
}

Result<Effect> carryOut(const client::SessionPtr &session, const ReleaseAction &action,
                        const Pointers &promised, const wire::ChannelState &before, const QString &etag,
                        Operation &operation)
{
    const client::Releases releases(session);
    GATEHOUSE_TRY(operation.check());
    GATEHOUSE_TRY(releases.act(action.app, action.channel, toWire(action), etag, operation));
    // Read back, not taken from the answer: what counts is what the server shows to the next reader.
    Result<wire::ChannelState> shown = releases.state(action.app, action.channel, operation);
    if (!shown) {
        return shown.error().inContext(
            Sentences::tr("The server said yes, but the channel \"%1\" could not be read back.")
                .arg(action.channel.text()));
    }
    Effect effect{action};
    effect.before = before;
    effect.after = std::move(*shown);
    effect.isConfirmed =
        pointersOf(effect.after).servesLike(promised) && showsRules(effect.after.channel, action.rules);
    effect.undo = undoOf(action, before);
    if (!effect.isConfirmed) {
        return makeError(
            ErrorKind::Protocol, "release.not_confirmed",
            Sentences::tr("The server said yes, but the channel \"%1\" does not show the change.")
                .arg(action.channel.text()),
            Sentences::tr("Somebody may have changed it right after."),
            Sentences::tr("Look at the channel's present state."));
    }
    return effect;
}

} // namespace

Result<Review> plan(const client::SessionPtr &session, const ReleaseAction &action, Operation &operation)
{
    GATEHOUSE_ASSIGN(const wire::ChannelState state,
                     client::Releases(session).state(action.app, action.channel, operation));
    return reviewOf(session, action, state, operation);
}

Result<Effect> execute(const client::SessionPtr &session, const Review &review, Operation &operation)
{
    for (const Obstacle &obstacle : review.obstacles) {
        if (obstacle.weight == Obstacle::Weight::Blocker) {
            return makeError(ErrorKind::Invalid, "release.blocked",
                             Sentences::tr("This cannot be carried out."), toEnglish(obstacle.sentence));
        }
    }
    const ReleaseAction &action = review.action;
    GATEHOUSE_ASSIGN(const wire::ChannelState before,
                     client::Releases(session).state(action.app, action.channel, operation));
    return carryOut(session, action, review.after, before, review.etag, operation);
}

Result<Effect> executeNow(const client::SessionPtr &session, const ReleaseAction &action,
                          Operation &operation)
{
    GATEHOUSE_ASSIGN(const wire::ChannelState before,
                     client::Releases(session).state(action.app, action.channel, operation));
    if (!isSafer(action, before)) {
        return makeError(ErrorKind::Invalid, "release.not_safer",
                         Sentences::tr("\"%1\" has to be looked at before it is carried out.")
                             .arg(wire::verbName(action.verb)));
    }
    const Pointers promised = pointersAfter(action, pointersOf(before));
    return carryOut(session, action, promised, before, {}, operation);
}

Result<Effect> undo(const client::SessionPtr &session, const Effect &effect, Operation &operation)
{
    const ChannelName &channel = effect.action.channel;
    if (!effect.undo) {
        return makeError(
            ErrorKind::Invalid, "release.no_undo",
            Sentences::tr("No single action takes this change to \"%1\" back.").arg(channel.text()));
    }
    GATEHOUSE_ASSIGN(const wire::ChannelState now,
                     client::Releases(session).state(effect.action.app, channel, operation));
    const bool isAsLeft = pointersOf(now).servesLike(pointersOf(effect.after)) &&
                          ruleChanges(effect.after.channel, now.channel).isEmpty();
    if (!isAsLeft) {
        return makeError(ErrorKind::Conflict, "release.undo_late",
                         Sentences::tr("The channel \"%1\" was changed once more since.").arg(channel.text()),
                         Sentences::tr("Undoing would overwrite that newer change."),
                         Sentences::tr("Look at the channel and decide again."));
    }
    GATEHOUSE_ASSIGN(const Review looked, reviewOf(session, *effect.undo, now, operation));
    return execute(session, looked, operation);
}

} // namespace gatehouse::release
