// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/channeltext.h"

namespace gatehouse::cli {

QString stableText(const wire::ChannelRow &channel)
{
    return channel.versionInfo ? channel.versionInfo->name : QStringLiteral("builtin");
}

QString rolloutText(const wire::ChannelRow &channel)
{
    if (!channel.rolloutVersionInfo) {
        return QStringLiteral("-");
    }
    return QStringLiteral("%1 at %2 %")
        .arg(channel.rolloutVersionInfo->name, QString::number(channel.rolloutPercentage.percent(), 'g', 5));
}

QString rolloutStateText(const wire::ChannelRow &channel)
{
    switch (channel.rolloutState()) {
    case wire::RolloutState::None:
        return QStringLiteral("-");
    case wire::RolloutState::Prepared:
        return QStringLiteral("prepared");
    case wire::RolloutState::Running:
        return QStringLiteral("running");
    case wire::RolloutState::Paused:
        return QStringLiteral("paused");
    case wire::RolloutState::Complete:
        return QStringLiteral("complete");
    }
    return {};
}

QString platformsText(const wire::ChannelRow &channel)
{
    QStringList platforms;
    if (channel.ios) {
        platforms.append(QStringLiteral("ios"));
    }
    if (channel.android) {
        platforms.append(QStringLiteral("android"));
    }
    if (channel.electron) {
        platforms.append(QStringLiteral("electron"));
    }
    return platforms.join(QStringLiteral(", "));
}

} // namespace gatehouse::cli
