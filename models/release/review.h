// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/capabilities.h"
#include "core/clock.h"
#include "monitor/impact.h"
#include "release/channelrules.h"
#include "release/releaseaction.h"

namespace gatehouse::release {

/// A sentence as data: the window words it (tr), the command line has plain English (toEnglish).
struct Sentence
{
    QString id;       ///< stable: "review.devices_gain"
    QStringList args; ///< %1, %2 …: bundle names, shares in percent, counts
    bool operator==(const Sentence &) const = default;
};
[[nodiscard]] QString toEnglish(const Sentence &sentence);

/// How many devices an action reaches. Counts are active devices (checked in within 7 days).
struct Impact
{
    bool isKnown = false;     ///< false: the server does not tell how many devices there are
    qint64 activeDevices = 0; ///< of the channel
    qint64 before = 0;        ///< of these, devices that receive the rollout bundle now
    qint64 after = 0;         ///< … that will, once all have checked in
    qint64 changed = 0;       ///< devices that get another bundle than now because of this action
    qint64 newlyExposed = 0;  ///< of these, devices that get the action's bundle
    /// Of these, devices expected to fail by the bundle's fault; nothing while nobody has tried it.
    std::optional<monitor::FailureForecast> failures = {};
    bool operator==(const Impact &) const = default;
};

/// Why an action cannot be carried out, or should be looked at again.
struct Obstacle
{
    enum class Weight { Warning, Blocker } weight = Weight::Warning;
    Sentence sentence;
    bool operator==(const Obstacle &) const = default;
};

/// The action as a person sees it before saying yes.
struct Review
{
    ReleaseAction action;
    QString etag = {}; ///< of the state it was made from; execute() refuses when that is gone
    Pointers before = {};
    Pointers after = {};
    QVector<Sentence> sentences = {}; ///< what will happen, most important first
    QVector<Obstacle> obstacles = {};
    QVector<RuleChange> rules = {}; ///< set_rules: what changes
    Impact impact = {};
    bool isSafer = false;
    /// Needs a deliberate yes: new code reaches many devices at once, or unknown many.
    bool isDangerous = false;
    [[nodiscard]] bool isBlocked() const;
};

/// What the review looks at beside the state.
struct ReviewContext
{
    client::Capabilities capabilities;
    /// The bundle of the action when it is known; nothing: its row could not be read.
    std::optional<wire::BundleRow> bundle;
    /// The bundle devices have now, to compare native packages; may be nothing.
    std::optional<wire::BundleRow> stable;
    /// For a change of rules: the bundle that rolls out, and the other channels of the app.
    std::optional<wire::BundleRow> rollout = {};
    QVector<wire::ChannelRow> others = {};
};

/// Says what an action would do. Pure: time, server and devices come in as values.
[[nodiscard]] Review review(const ReleaseAction &action, const wire::ChannelState &state,
                            const ReviewContext &context);

} // namespace gatehouse::release
