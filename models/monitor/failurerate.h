// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/confidence.h"
#include "wire/series.h"

#include <QString>
#include <QVector>

#include <optional>

namespace gatehouse::monitor {

/// Failing devices of those with a first outcome. Devices, not events; each device's first outcome with the
/// bundle; only what is the bundle's fault. @source spec: gatehouse-v1, section 4
struct FailureRate
{
    qint64 attempts = 0;
    qint64 failures = 0;

    /// 0…1; nothing while no device has an outcome.
    [[nodiscard]] std::optional<double> share() const;
    [[nodiscard]] Band band(double alpha = kUsualAlpha) const;
    bool operator==(const FailureRate &) const = default;
};

/// What a device reported last about a bundle, in order of time.
struct DeviceOutcome
{
    QString deviceId;
    QString action; ///< "set", "update_fail", …
};
/// Counts the first outcome of each device: activation ("set") or a failure by the bundle's fault. A "set"
/// that is followed by a failure of the same device is a failure, since "set" is reported while the bundle is
/// still on trial. Events must come in order of time.
[[nodiscard]] FailureRate countFirstOutcomes(const QVector<DeviceOutcome> &outcomes);

/// One point of the line of a failure rate, with its band.
struct FailurePoint
{
    qint64 bucket = 0;
    FailureRate sum; ///< of all buckets so far
    double share = 0.0;
    Band band;
};
/// The running failure rate of one label. Buckets before the first outcome and buckets without data give no
/// point.
struct FailureLine
{
    QString label;
    QVector<std::optional<FailurePoint>> points;
};
/// From the series "attempts" and "failures" of the same span. Labels without attempts are left out.
/// @error Invalid "monitor.series" when the two do not fit each other
Result<QVector<FailureLine>> failureLines(const wire::SeriesAnswer &attempts,
                                          const wire::SeriesAnswer &failures);

} // namespace gatehouse::monitor
