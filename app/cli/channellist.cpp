// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/channeltext.h"
#include "cli/command.h"

#include "client/channels.h"

#include <QJsonArray>

namespace gatehouse::cli {

Result<void> runChannelList(Context &context)
{
    GATEHOUSE_TRY(context.arguments().atMost(0));
    GATEHOUSE_ASSIGN(const AppId app, context.arguments().app());
    GATEHOUSE_ASSIGN(const client::SessionPtr session, context.session());
    GATEHOUSE_ASSIGN(const QVector<wire::ChannelRow> channels,
                     client::Channels(session).list(app, context.operation()));
    Table table{{QStringLiteral("CHANNEL"), QStringLiteral("PUBLIC"), QStringLiteral("STABLE"),
                 QStringLiteral("ROLLOUT"), QStringLiteral("STATE"), QStringLiteral("PLATFORMS")},
                {}};
    QJsonArray json;
    for (const wire::ChannelRow &channel : channels) {
        table.rows.append({channel.name, channel.isPublic ? QStringLiteral("yes") : QStringLiteral("no"),
                           stableText(channel), rolloutText(channel), rolloutStateText(channel),
                           platformsText(channel)});
        json.append(channel.toJson());
    }
    context.output().result({{QStringLiteral("channels"), json}}, table,
                            QStringLiteral("The app has no channels yet."));
    return {};
}

} // namespace gatehouse::cli
