// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/storage/records.h"

namespace gatehouse::server {

/// One thing that a device did or was answered, with all that the store shall do about it. The device area
/// decides, the store writes: log row, counters, roll-ups, device, memory of failures.
struct DeviceEvent
{
    wire::DeviceInfo device;
    QString action;
    /// As it is logged: composite "1.2.3:index.html" is kept. Empty is logged as "unknown".
    QString versionName;
    /// Label for counters: bundle name, or "builtin".
    QString bundle;
    /// The effective channel; nothing when none.
    std::optional<qint64> channelId;
    QJsonObject metadata;

    bool log = true;
    /// The device's row is made or brought up to date.
    bool touchDevice = true;
    /// Label of what the device runs now; nothing leaves what is known.
    std::optional<QString> runningVersion;
    std::optional<QString> runningBundle;
    /// A check for updates: counts under the bundle that the device runs.
    bool isCheck = false;
    /// Capgo's daily counters (install, fail, uninstall: production devices that are no emulators).
    wire::ActionCount count = wire::ActionCount::None;
    /// First outcomes for roll-ups. Emulators are left out by the device area.
    wire::ActionCount outcome = wire::ActionCount::None;
    wire::FailureClass failure = wire::FailureClass::NoFailure;
    /// The device failed with this bundle: it is not offered again. / It started well: forget the failure.
    enum class Memory { Keep, Remember, Forget } memory = Memory::Keep;
};

} // namespace gatehouse::server
