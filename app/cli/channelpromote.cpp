// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/actionrun.h"
#include "cli/command.h"

#include "client/releases.h"

namespace gatehouse::cli {

Result<void> runChannelPromote(Context &context)
{
    GATEHOUSE_ASSIGN(const Target target, targetOf(context.arguments()));
    QString bundle = context.arguments().value("bundle").value_or(QString());
    if (bundle.isEmpty()) {
        GATEHOUSE_ASSIGN(const client::SessionPtr session, context.session());
        GATEHOUSE_ASSIGN(const wire::ChannelState state,
                         client::Releases(session).state(target.app, target.channel, context.operation()));
        bundle = release::pointersOf(state).rollout;
    }
    if (bundle.isEmpty()) {
        return makeError(ErrorKind::Invalid, "cli.missing",
                         QStringLiteral("The channel has no rollout whose bundle could be promoted."), {},
                         QStringLiteral("Name a bundle with --bundle."));
    }
    GATEHOUSE_ASSIGN(const BundleName name, BundleName::parse(bundle));
    return reviewAndRun(context, release::promote(target.app, target.channel, name.text()));
}

} // namespace gatehouse::cli
