// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/overview/channelalert.h"

#include "core/foreigntext.h"
#include "monitor/failurerate.h"
#include "widgets/common/format.h"
#include "widgets/overview/alertbanner.h"

namespace gatehouse::widgets {

namespace {
// Worth a banner without a limit of one's own: surely more than one device in twenty fails.
constexpr double kAlarmingShare = 0.05;
} // namespace

std::optional<ChannelAlert> worstAlert(const QVector<wire::ChannelState> &channels, const QString &held)
{
    std::optional<ChannelAlert> worst;
    double worstLow = 0;
    for (const wire::ChannelState &state : channels) {
        if (!state.channel.rolloutVersionInfo) {
            continue;
        }
        const monitor::FailureRate rate{state.rolloutAttempts, state.rolloutFailures};
        const double low = rate.share() ? rate.band().low : 0;
        const double limit = state.channel.autoPauseEnabled && state.channel.autoPauseFailureRateBps
                                 ? static_cast<double>(*state.channel.autoPauseFailureRateBps) / 10000.0
                                 : kAlarmingShare;
        const QString name = displayable(state.channel.name, 48);
        const QString bundle = displayable(state.channel.rolloutVersionInfo->name, 48);
        if (low > limit && (low > worstLow || state.channel.name == held)) {
            worstLow = low;
            worst = ChannelAlert{
                state.channel.name, AlertBanner::tr("%1 fails on %2.").arg(bundle, name),
                AlertBanner::tr("%1 of %2 devices failed by the bundle’s fault; more than %3 is sure.",
                                nullptr, static_cast<int>(state.rolloutAttempts))
                    .arg(formatCount(state.rolloutFailures), formatCount(state.rolloutAttempts),
                         formatPercent(low))};
            if (state.channel.name == held) {
                break;
            }
        } else if (!worst && state.channel.rolloutPausedAt) {
            worst = ChannelAlert{state.channel.name,
                                 AlertBanner::tr("The rollout of %1 on %2 is paused.").arg(bundle, name),
                                 displayable(state.channel.rolloutPauseReason.value_or(QString()), 200)};
        }
    }
    return worst;
}

} // namespace gatehouse::widgets
