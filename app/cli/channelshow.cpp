// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/channeltext.h"
#include "cli/command.h"

#include "client/releases.h"
#include "core/foreigntext.h"

namespace gatehouse::cli {

namespace {

QStringList describe(const wire::ChannelState &state)
{
    const wire::ChannelRow &channel = state.channel;
    QStringList lines = {QStringLiteral("Channel    ") + channel.name +
                             (state.frozen ? QStringLiteral(" (frozen)") : QString()),
                         QStringLiteral("Stable     ") + stableText(channel),
                         QStringLiteral("Rollout    ") + rolloutText(channel),
                         QStringLiteral("State      ") + rolloutStateText(channel)};
    if (channel.rolloutPausedAt) {
        lines.append(QStringLiteral("Paused     %1 %2")
                         .arg(toIso(*channel.rolloutPausedAt, Fraction::Drop),
                              displayable(channel.rolloutPauseReason.value_or(QString()))));
    }
    lines.append(QStringLiteral("Platforms  ") + platformsText(channel));
    lines.append(QStringLiteral("Public     ") +
                 (channel.isPublic ? QStringLiteral("yes") : QStringLiteral("no")));
    if (state.activeDevices > 0) {
        lines.append(QStringLiteral("Devices    %1 active in 7 days, %2 on the rollout bundle")
                         .arg(state.activeDevices)
                         .arg(state.rolloutDevices));
        lines.append(QStringLiteral("Outcomes   %1 devices tried the rollout bundle, %2 failed")
                         .arg(state.rolloutAttempts)
                         .arg(state.rolloutFailures));
    }
    for (const wire::ChannelHistoryEntry &entry : state.history.mid(0, 10)) {
        lines.append(QStringLiteral("History    %1  %2 %3 %4")
                         .arg(toIso(entry.at, Fraction::Drop), displayable(entry.what),
                              displayable(entry.bundle), displayable(entry.actor))
                         .trimmed());
    }
    return lines;
}

} // namespace

Result<void> runChannelShow(Context &context)
{
    GATEHOUSE_ASSIGN(const ChannelName name,
                     context.arguments().positional(0, "The channel's name").then(ChannelName::parse));
    GATEHOUSE_TRY(context.arguments().atMost(1));
    GATEHOUSE_ASSIGN(const AppId app, context.arguments().app());
    GATEHOUSE_ASSIGN(const client::SessionPtr session, context.session());
    GATEHOUSE_ASSIGN(const wire::ChannelState state,
                     client::Releases(session).state(app, name, context.operation()));
    context.output().result(state.toJson(), describe(state));
    return {};
}

} // namespace gatehouse::cli
