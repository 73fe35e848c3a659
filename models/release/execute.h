// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/releases.h"
#include "release/review.h"

namespace gatehouse::release {

/// What came of an action.
struct Effect
{
    ReleaseAction action;
    wire::ChannelState before = {};
    wire::ChannelState after = {}; ///< as read back from the server
    /// The state that was read back is the one the review promised.
    bool isConfirmed = false;
    std::optional<ReleaseAction> undo = {};
};

/// Reads what a review needs and makes it. @error those of the session; NotFound "client.channel",
/// "client.bundle"
Result<Review> plan(const client::SessionPtr &session, const ReleaseAction &action, Operation &operation);

/// Carries out a reviewed action and reads the channel back.
/// @error Invalid "release.blocked"; Conflict "client.channel_changed" when the state is no longer the
/// reviewed one;
///        Protocol "release.not_confirmed" when the server said yes and then shows something else
Result<Effect> execute(const client::SessionPtr &session, const Review &review, Operation &operation);

/// plan() and execute() for what needs no look: actions that make things safer. Whatever changed meanwhile.
/// @error Invalid "release.not_safer" for another action
Result<Effect> executeNow(const client::SessionPtr &session, const ReleaseAction &action,
                          Operation &operation);

/// Brings the channel back to how it was before the effect, and reads it back.
/// @error Invalid "release.no_undo"; Conflict "release.undo_late" when it is no longer as the effect left it:
///        somebody else's change is not overwritten; those of execute()
Result<Effect> undo(const client::SessionPtr &session, const Effect &effect, Operation &operation);

} // namespace gatehouse::release
