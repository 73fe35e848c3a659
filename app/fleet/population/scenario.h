// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "fleet/population/faults.h"

#include <QHash>
#include <QVector>

#include <optional>

namespace gatehouse::fleet {

/// A value and how common it is. Shares need not add up to 1: only their ratio counts.
struct Weighted
{
    QString value;
    double share = 1.0;
    bool operator==(const Weighted &) const = default;
};
using Mix = QVector<Weighted>;

/// Something that happens to a part of the fleet at a time.
struct ScenarioEvent
{
    enum class Kind {
        Open,         ///< the app is opened now, as after a push message
        Offline,      ///< no network for a while
        NativeUpdate, ///< a new native version from the store
        Failures,     ///< other failure rules from now on
    };
    Milliseconds at{0}; ///< simulated time since the start
    Kind kind = Kind::Open;
    double share = 1.0;        ///< of the devices that match
    QString platform;          ///< empty: all
    Milliseconds lasting{0};   ///< Offline
    QString version;           ///< NativeUpdate
    QVector<FaultRule> faults; ///< Failures
    bool operator==(const ScenarioEvent &) const = default;
};

/// How a fleet is made up and what happens to it. Every field has a sensible default; the file format is
/// described in resources/help/fleet.md.
struct Scenario
{
    int devices = 2000;
    std::uint64_t seed = 1;
    double speed = 1.0; ///< simulated seconds a second
    QString channel;    ///< what devices send as defaultChannel
    Mix platforms{
        {QStringLiteral("android"), 0.55}, {QStringLiteral("ios"), 0.42}, {QStringLiteral("electron"), 0.03}};
    Mix nativeVersions{{QStringLiteral("1.0.0"), 1.0}};
    Mix pluginVersions{{QStringLiteral("8.51.14"), 0.70},
                       {QStringLiteral("8.50.3"), 0.12},
                       {QStringLiteral("8.47.9"), 0.10},
                       {QStringLiteral("8.46.2"), 0.08}};
    QHash<QString, Mix> osVersions; ///< by platform; the built-in mix where absent
    Milliseconds checkin{900'000};
    Milliseconds foreground{90'000};
    Milliseconds readyTimeout{10'000}; ///< appReadyTimeout of the app
    double emulatorShare = 0.005;
    double devShare = 0.01;
    double megabits = 20; ///< median of what a device's network carries, per second
    QVector<FaultRule> faults;
    QVector<ScenarioEvent> events; ///< in order of time

    Scenario();
    /// Strict: an unknown key or a value out of range is an error that names its JSON path.
    /// @error Invalid "fleet.scenario"
    static Result<Scenario> parse(const QByteArray &json);
    bool operator==(const Scenario &) const = default;
};

/// Rules alone, as in the "failures" of a scenario. @error Invalid "fleet.scenario"
Result<QVector<FaultRule>> parseFaultRules(const QByteArray &json);

/// 1 to this many devices in one process.
inline constexpr int kMaxDevices = 1'000'000;
inline constexpr double kMaxSpeed = 10'000;

} // namespace gatehouse::fleet
