// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVector>

#include <cstdint>
#include <optional>

namespace gatehouse::fleet {

struct Profile;
class Random;

/// "Bundle 1.1.0 does not come up on 60 % of the Android 9 devices." Empty fields match everything.
struct FaultRule
{
    QString bundle; ///< a version name; empty: every bundle that was downloaded
    QString platform;
    QString os;     ///< a version or its beginning: "9" matches "9" and "9.1", not "90"
    QString native; ///< the same for the native version
    double rate =
        1.0;        ///< of the devices that match, or of the attempts when the fault comes from the network
    QString action; ///< one that a device can report, see isPlayableFault()
    bool operator==(const FaultRule &) const = default;
};

/// Where in the life of an update a fault shows.
enum class FaultStage {
    Transfer,   ///< while downloading and checking: download_fail, checksum_fail, unzip_fail, …
    Activation, ///< set_fail: the bundle cannot be made the active one
    Launch,     ///< update_fail: notifyAppReady does not come in time
    Running,    ///< app_crash, webview_javascript_error, …: after it came up
};

[[nodiscard]] bool isPlayableFault(const QString &action);
/// @pre isPlayableFault(action)
[[nodiscard]] FaultStage stageOf(const QString &action);
/// True when every attempt is drawn anew (the network, memory), false when a device has it or has it not (the
/// bundle's own fault, the same each time).
[[nodiscard]] bool isDrawnAnew(const QString &action);
[[nodiscard]] bool matches(const FaultRule &rule, const Profile &profile, const QString &bundle);

/// The action of the first rule that strikes this device with this bundle at this stage.
[[nodiscard]] std::optional<QString> strike(const QVector<FaultRule> &rules, FaultStage stage,
                                            const Profile &profile, const QString &bundle, Random &chance);

} // namespace gatehouse::fleet
