// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "wire/channelrow.h"

namespace gatehouse::wire {

/// @source spec: gatehouse-v1, section 6
enum class ActionVerb {
    Promote,      ///< bundle becomes the stable one, a rollout of it ends
    StartRollout, ///< bundle becomes the rollout bundle at share
    SetShare,
    ReplaceBundle, ///< a fix takes the rollout's place, the same devices come first again
    Pause,
    Resume,
    Freeze,
    Unfreeze,
    TakeBack, ///< the rollout ends, all devices go back to the stable bundle
    RollBack, ///< the stable pointer goes to bundle (empty: the built-in one); a rollout ends
    SetRules,
};
[[nodiscard]] QString verbName(ActionVerb verb);
[[nodiscard]] std::optional<ActionVerb> verbFromName(const QString &name);

/// Body of POST /gatehouse/v1/apps/A/channels/C/actions. The same intent twice gives the first answer again.
struct ChannelAction
{
    ActionVerb verb = ActionVerb::Pause;
    QString intent; ///< uuid
    /// Bundle name for promote, start_rollout, replace_bundle, roll_back; empty in roll_back: the built-in
    /// bundle.
    QString bundle;
    std::optional<BasisPoints> share;
    QString reason;
    QJsonObject rules = {}; ///< set_rules: raw channel columns

    [[nodiscard]] QJsonObject toJson() const;
    static Result<ChannelAction> fromJson(const QJsonObject &object, const QString &path);
    bool operator==(const ChannelAction &) const = default;
};

/// One entry of a channel's history.
struct ChannelHistoryEntry
{
    UtcTime at{};
    QString what;   ///< verb name, or "created"
    QString bundle; ///< empty: built-in
    std::optional<qint64> shareBps;
    QString actor;
    QString reason;

    [[nodiscard]] QJsonObject toJson() const;
    static Result<ChannelHistoryEntry> fromJson(const QJsonObject &object, const QString &path);
    bool operator==(const ChannelHistoryEntry &) const = default;
};

/// Answer of GET …/state and of every action.
struct ChannelState
{
    ChannelRow channel;
    bool frozen = false;
    QString etag;
    qint64 counter = 0;
    /// Devices checked in within 7 days whose channel this is; of these, on the rollout bundle.
    qint64 activeDevices = 0;
    qint64 rolloutDevices = 0;
    /// First outcomes of the rollout bundle on this channel: devices tried, devices failed by the bundle's
    /// fault.
    qint64 rolloutAttempts = 0;
    qint64 rolloutFailures = 0;
    QVector<ChannelHistoryEntry> history; ///< newest first, at most 100

    [[nodiscard]] QJsonObject toJson() const;
    static Result<ChannelState> fromJson(const QJsonObject &object, const QString &path);
    bool operator==(const ChannelState &) const = default;
};

} // namespace gatehouse::wire
