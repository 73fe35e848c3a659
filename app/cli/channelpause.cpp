// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/actionrun.h"
#include "cli/command.h"

namespace gatehouse::cli {

Result<void> runChannelPause(Context &context)
{
    GATEHOUSE_ASSIGN(const Target target, targetOf(context.arguments()));
    if (context.arguments().has("resume")) {
        return reviewAndRun(context, release::resume(target.app, target.channel));
    }
    const QString reason = context.arguments().value("reason").value_or(QString());
    return reviewAndRun(context, release::pause(target.app, target.channel, reason));
}

} // namespace gatehouse::cli
