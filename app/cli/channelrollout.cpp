// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/actionrun.h"
#include "cli/command.h"

namespace gatehouse::cli {

Result<void> runChannelRollout(Context &context)
{
    const Arguments &arguments = context.arguments();
    GATEHOUSE_ASSIGN(const Target target, targetOf(arguments));
    GATEHOUSE_ASSIGN(const BasisPoints share, arguments.required("share").then(&Arguments::share));
    if (const std::optional<QString> text = arguments.value("bundle")) {
        GATEHOUSE_ASSIGN(const BundleName bundle, BundleName::parse(*text));
        return reviewAndRun(context, release::startRollout(target.app, target.channel, bundle.text(), share));
    }
    return reviewAndRun(context, release::setShare(target.app, target.channel, share));
}

} // namespace gatehouse::cli
