// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/semver.h"
#include "fleet/population/scenario.h"

#include <QString>

namespace gatehouse::fleet {

/// What a device's plugin can do. @source spec: device-protocol, section 5.7
struct PluginGates
{
    bool batches = true;             ///< 8.42.0: events as arrays, with a time
    bool nativeNameOfBuiltin = true; ///< 8.44.0: set_next, and the built-in bundle by its native version
    bool kinds = true;               ///< 8.45.11: a refusal is no failure
    bool longAndroidWait = true;     ///< 8.45.9: at least 30 s for an unconfirmed bundle
    bool metadata = true;            ///< 8.46.0
    bool installSource = true;       ///< 8.50.0
    bool launchEvents = true;        ///< 8.51.0
    bool waitsAfter429 = true;       ///< 8.51.5: waits as told; before, one 429 silences it until restart

    [[nodiscard]] static PluginGates of(const SemanticVersion &plugin);
    bool operator==(const PluginGates &) const = default;
};

/// What is fixed about one device. The same seed and number give the same device.
struct Profile
{
    int number = 0;
    std::uint64_t seed = 0; ///< of its own chance
    QString id;             ///< UUID, lower case
    QString platform;       ///< "ios", "android", "electron"
    QString osVersion;
    QString nativeVersion;
    QString pluginVersion;
    PluginGates gates;
    QString customId;
    QString installSource;
    bool isEmulator = false;
    bool isProd = true;
    Milliseconds interval{900'000};  ///< median time between two openings of the app
    Milliseconds foreground{90'000}; ///< median time it stays open
    double bytesPerSecond = 1'000'000;
};

/// @pre scenario came from Scenario::parse or is the default
[[nodiscard]] Profile makeProfile(const Scenario &scenario, std::uint64_t seed, int number);

} // namespace gatehouse::fleet
