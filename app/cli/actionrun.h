// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/context.h"
#include "release/execute.h"

namespace gatehouse::cli {

/// The channel named first, and the app.
struct Target
{
    AppId app;
    ChannelName channel;
};
Result<Target> targetOf(const Arguments &arguments);

/// Reviews an action, says what it does, asks where it is dangerous, carries it out and tells the state read
/// back.
/// @error those of release::execute(); Cancelled "cli.not_confirmed" when the answer was no
Result<void> reviewAndRun(Context &context, const release::ReleaseAction &action);

} // namespace gatehouse::cli
