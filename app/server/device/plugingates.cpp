// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/device/plugingates.h"

#include <array>
#include <compare>

namespace gatehouse::server {

namespace {

using Bound = std::array<std::int64_t, 3>;

std::strong_ordering compare(const SemanticVersion &plugin, const Bound &bound)
{
    const Bound numbers{plugin.major(), plugin.minor(), plugin.patch()};
    if (numbers != bound) {
        return numbers <=> bound;
    }
    // A pre-release is below its release.
    return plugin.prerelease().isEmpty() ? std::strong_ordering::equal : std::strong_ordering::less;
}

bool isAtLeast(const SemanticVersion &plugin, const Bound &bound)
{
    return compare(plugin, bound) >= 0;
}

/// Bounds for the majors 5 to 8; every other major counts as new.
bool passes(const SemanticVersion &plugin, const std::array<Bound, 4> &bounds)
{
    if (plugin.major() < 5 || plugin.major() > 8) {
        return true;
    }
    return isAtLeast(plugin, bounds.at(static_cast<std::size_t>(plugin.major() - 5)));
}

constexpr std::array<Bound, 4> kManifest{{{5, 10, 0}, {6, 25, 0}, {7, 0, 35}, {8, 0, 0}}};
constexpr std::array<Bound, 4> kMetadata{{{5, 35, 0}, {6, 35, 0}, {7, 35, 0}, {8, 35, 0}}};
constexpr std::array<Bound, 4> kLocalChannel{{{5, 34, 0}, {6, 34, 0}, {7, 34, 0}, {8, 0, 0}}};

} // namespace

PluginGates::PluginGates(const std::optional<SemanticVersion> &plugin)
{
    if (!plugin) {
        // Cannot be read: an old one for the channel, not to be believed for failures.
        localChannel = false;
        downloadFail = false;
        return;
    }
    manifest = passes(*plugin, kManifest);
    metadata = passes(*plugin, kMetadata);
    builtinTarget = isAtLeast(*plugin, {6, 2, 0});
    keyId = compare(*plugin, {8, 40, 7}) > 0;
    localChannel = passes(*plugin, kLocalChannel);
    const bool isLate6 = plugin->major() == 6 && isAtLeast(*plugin, {6, 14, 25});
    downloadFail = isAtLeast(*plugin, {7, 17, 0}) || isLate6;
    isRefused = plugin->major() == 4;
}

} // namespace gatehouse::server
