// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "wire/bundlerow.h"
#include "wire/channelaction.h"

namespace gatehouse::release {

/// What a person wants to change about what devices receive. Plain data: it is reviewed, journaled, executed.
struct ReleaseAction
{
    AppId app;
    ChannelName channel;
    wire::ActionVerb verb = wire::ActionVerb::Pause;
    QString bundle =
        {}; ///< promote, start_rollout, replace_bundle, roll_back (empty there: the built-in bundle)
    std::optional<BasisPoints> share = {};
    QString reason = {};
    QJsonObject rules = {}; ///< set_rules: raw channel columns
    QString intent = {};    ///< uuid; made when the action is made, kept over retries

    bool operator==(const ReleaseAction &) const = default;
};

/// Actions with a fresh intent. There is one for each sentence a person can say.
[[nodiscard]] ReleaseAction promote(const AppId &app, const ChannelName &channel, const QString &bundle);
[[nodiscard]] ReleaseAction startRollout(const AppId &app, const ChannelName &channel, const QString &bundle,
                                         BasisPoints share);
[[nodiscard]] ReleaseAction setShare(const AppId &app, const ChannelName &channel, BasisPoints share);
[[nodiscard]] ReleaseAction replaceBundle(const AppId &app, const ChannelName &channel,
                                          const QString &bundle);
[[nodiscard]] ReleaseAction pause(const AppId &app, const ChannelName &channel, const QString &reason);
[[nodiscard]] ReleaseAction resume(const AppId &app, const ChannelName &channel);
[[nodiscard]] ReleaseAction freeze(const AppId &app, const ChannelName &channel, const QString &reason);
[[nodiscard]] ReleaseAction unfreeze(const AppId &app, const ChannelName &channel);
[[nodiscard]] ReleaseAction takeBack(const AppId &app, const ChannelName &channel, const QString &reason);
/// @param bundle  empty: the built-in bundle
[[nodiscard]] ReleaseAction rollBack(const AppId &app, const ChannelName &channel, const QString &bundle,
                                     const QString &reason);
[[nodiscard]] ReleaseAction setRules(const AppId &app, const ChannelName &channel, const QJsonObject &rules);

/// As it goes over the wire.
[[nodiscard]] wire::ChannelAction toWire(const ReleaseAction &action);

/// Whether it makes things safer (pause, freeze, lower, take back, roll back): such an action asks nothing.
[[nodiscard]] bool isSafer(const ReleaseAction &action, const wire::ChannelState &state);

/// What brings the channel back to how it was, for the toast's "Undo"; nothing when no single action does.
/// @param before  the state the action met
[[nodiscard]] std::optional<ReleaseAction> undoOf(const ReleaseAction &action,
                                                  const wire::ChannelState &before);

/// What devices of the channel may receive: the pointers of one moment.
struct Pointers
{
    QString stable;  ///< empty: the built-in bundle
    QString rollout; ///< empty: none
    BasisPoints share = {};
    bool isEnabled = false;
    bool isPaused = false;
    bool isFrozen = false;
    bool operator==(const Pointers &) const = default;

    /// Whether devices may be given the rollout bundle at all, paused or not.
    [[nodiscard]] bool hasRollout() const { return isEnabled && !rollout.isEmpty(); }
    /// Whether both serve devices alike, however a rollout that is off is written down.
    [[nodiscard]] bool servesLike(const Pointers &other) const;
};
[[nodiscard]] Pointers pointersOf(const wire::ChannelState &state);
/// What the pointers are after the action. Total: an action that changes nothing gives the same pointers.
[[nodiscard]] Pointers pointersAfter(const ReleaseAction &action, const Pointers &before);

} // namespace gatehouse::release
