// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/semver.h"

#include <optional>

namespace gatehouse::server {

/// What a plugin of that version understands. @source spec: device-protocol, section 5.7
struct PluginGates
{
    explicit PluginGates(const std::optional<SemanticVersion> &version);

    /// The manifest in an offer.
    bool manifest = true;
    /// link and comment in an offer.
    bool metadata = true;
    /// "builtin" as the target.
    bool builtinTarget = true;
    /// A key id that differs is a refusal.
    bool keyId = true;
    /// The device keeps its channel itself; the server stores nothing for it.
    bool localChannel = true;
    /// Its "download_fail" can be believed.
    bool downloadFail = true;
    /// Updates are refused: major 4.
    bool isRefused = false;
};

} // namespace gatehouse::server
