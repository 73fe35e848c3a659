// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/actionrun.h"
#include "cli/command.h"

namespace gatehouse::cli {

Result<void> runChannelRollback(Context &context)
{
    GATEHOUSE_ASSIGN(const Target target, targetOf(context.arguments()));
    const QString reason = context.arguments().value("reason").value_or(QString());
    const std::optional<QString> to = context.arguments().value("to");
    if (!to) {
        return reviewAndRun(context, release::takeBack(target.app, target.channel, reason));
    }
    if (*to == QLatin1String("builtin")) {
        return reviewAndRun(context, release::rollBack(target.app, target.channel, {}, reason));
    }
    GATEHOUSE_ASSIGN(const BundleName name, BundleName::parse(*to));
    return reviewAndRun(context, release::rollBack(target.app, target.channel, name.text(), reason));
}

} // namespace gatehouse::cli
