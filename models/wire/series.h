// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/json.h"

namespace gatehouse::wire {

/// One line or area of a series answer; values has one entry a bucket, nothing is a gap.
struct SeriesLine
{
    QString label; ///< bundle name ("builtin" for the built-in one), channel, platform, version, "iOS 17.4"
    QVector<std::optional<double>> values;

    [[nodiscard]] QJsonObject toJson() const;
    static Result<SeriesLine> fromJson(const QJsonObject &object, const QString &path);
    bool operator==(const SeriesLine &) const = default;
};

/// Answer of GET /gatehouse/v1/apps/A/series. Bucket i covers [from + i·step, from + (i+1)·step).
/// Metrics: "active_devices" (devices whose last known bundle is the label, checked in within 7 days),
/// "installs", "failures" (devices, first outcome, bundle's fault), "attempts" (devices with a first
/// outcome), "transport_failures", "gets", "checks".
/// @source spec: gatehouse-v1, section 6
struct SeriesAnswer
{
    QString metric;
    QString by; ///< "bundle", "channel", "platform", "native_version", "plugin_version", "os"
    UtcTime from{};
    qint64 stepMs = 60000;
    QVector<SeriesLine> lines;

    [[nodiscard]] qsizetype bucketCount() const { return lines.isEmpty() ? 0 : lines.front().values.size(); }
    [[nodiscard]] QJsonObject toJson() const;
    static Result<SeriesAnswer> fromJson(const QJsonObject &object, const QString &path);
    bool operator==(const SeriesAnswer &) const = default;
};

} // namespace gatehouse::wire
