// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/device/plugingates.h"

#include <array>

namespace gatehouse::server {

namespace {

SemanticVersion version(const char *text)
{
    return *SemanticVersion::parse(QString::fromLatin1(text));
}

/// Bounds for the majors 5 to 8; every other major counts as new.
bool passes(const SemanticVersion &plugin, const std::array<const char *, 4> &bounds)
{
    if (plugin.major() < 5 || plugin.major() > 8) {
        return true;
    }
    return plugin >= version(bounds.at(static_cast<std::size_t>(plugin.major() - 5)));
}

} // namespace

PluginGates::PluginGates(const std::optional<SemanticVersion> &plugin)
{
    if (!plugin) {
        // Cannot be read: an old one for the channel, not to be believed for failures.
        localChannel = false;
        downloadFail = false;
        return;
    }
    manifest = passes(*plugin, {"5.10.0", "6.25.0", "7.0.35", "8.0.0"});
    metadata = passes(*plugin, {"5.35.0", "6.35.0", "7.35.0", "8.35.0"});
    builtinTarget = *plugin >= version("6.2.0");
    keyId = *plugin > version("8.40.7");
    localChannel = passes(*plugin, {"5.34.0", "6.34.0", "7.34.0", "8.0.0"});
    const bool isLate6 = plugin->major() == 6 && *plugin >= version("6.14.25");
    downloadFail = *plugin >= version("7.17.0") || isLate6;
    isRefused = plugin->major() == 4;
}

} // namespace gatehouse::server
