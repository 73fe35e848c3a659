// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fleet/run/fleet.h"

#include <QStringList>

#include <chrono>
#include <optional>

namespace gatehouse::fleet {

/// What was asked for on the command line.
struct Options
{
    enum class Task { Run, Help, ScenarioHelp, Version } task = Task::Run;
    FleetSettings fleet;
    PoolSettings pool;
    bool isJson = false;
    bool isChild = false;
    /// Real time after which it ends by itself.
    std::optional<std::chrono::duration<double>> duration;
};

/// Reads arguments (without the program's name) and the files that they name. What stands on the command line
/// wins over the scenario.
/// @error Invalid "fleet.option", "fleet.scenario", "fleet.url", "core.app_id", "crypto.rsa.…"; NotFound
///        "fleet.file"
Result<Options> readOptions(const QStringList &arguments);
/// The text of --help.
[[nodiscard]] QString helpText();

} // namespace gatehouse::fleet
