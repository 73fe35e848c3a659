// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/storage/records.h"

#include <QStringList>

namespace gatehouse::server {

/// A page by position. limit is capped by the store at 50000.
struct Page
{
    qint64 offset = 0;
    qint64 limit = 50;
};

enum class SortOrder { Ascending, Descending };

struct BundleQuery
{
    QString appId;
    bool withDeleted = false;
    std::optional<QString> name;
    SortOrder byCreation = SortOrder::Descending;
    Page page;
};

/// Devices, newest change first unless said. cursor is opaque: give back DevicePage::nextCursor.
struct DeviceQuery
{
    QString appId;
    QStringList deviceIds;
    std::optional<QString> versionName;
    std::optional<QString> platform;
    std::optional<QString> nativeVersion;
    /// Devices whose effective channel at their last check was this.
    std::optional<qint64> channelId;
    QStringList installSources;
    /// In device id, custom id or version, without regard to case.
    QString search;
    bool withCustomIdOnly = false;
    std::optional<UtcTime> updatedAfter;
    std::optional<UtcTime> seenAfter;
    SortOrder byUpdate = SortOrder::Descending;
    QString cursor;
    qint64 limit = 50;
};
struct DevicePage
{
    QVector<DeviceRecord> devices;
    QString nextCursor; ///< empty: no more
};

struct EventQuery
{
    QString appId;
    QStringList deviceIds;
    QStringList actions;
    QString search; ///< in device id, action or version
    std::optional<UtcTime> from;
    std::optional<UtcTime> to;
    SortOrder byTime = SortOrder::Descending;
    Page page;
};

struct AuditQuery
{
    std::optional<QString> tableName;
    std::optional<QString> recordId;
    std::optional<QString> operation;
    Page page;
};

enum class SeriesMetric {
    ActiveDevices, ///< at the bucket's end; devices that checked in within 7 days, by what they last ran
    Checks,        ///< update checks, events
    Gets,          ///< devices that were offered the bundle for the first time
    Installs,      ///< devices that activated it for the first time
    Failures,      ///< devices that failed by the bundle's fault for the first time
    Attempts,      ///< devices with a first outcome (activated or failed)
    TransportFailures,
    Uninstalls,
};
enum class SeriesBy {
    Nothing,
    Bundle,
    Channel,
    Platform,
    NativeVersion,
    PlatformNative, ///< "iOS 1.2.0"
    PluginVersion,
    OperatingSystem, ///< "iOS 17.4"
};
/// Buckets that one series may have.
inline constexpr qint64 kMostSeriesBuckets = 5'000;

/// Roll-ups in [from, to), cut into buckets of step; step is a multiple of ten seconds and from of step. What
/// is older than two hours is known by the minute, older than a week by the hour, older than 90 days by the
/// day. Plugin versions and operating systems are known from the time on when this server learned to keep
/// them.
struct SeriesQuery
{
    QString appId;
    SeriesMetric metric = SeriesMetric::ActiveDevices;
    SeriesBy by = SeriesBy::Bundle;
    UtcTime from{};
    UtcTime to{};
    std::chrono::milliseconds step{60'000};
    std::optional<qint64> channelId;
    std::optional<QString> bundle;
};
/// One label's values, one for each bucket; nothing in buckets that lie in the future or before what is
/// known.
struct SeriesRow
{
    QString label; ///< bundle name, channel name, …; empty for SeriesBy::Nothing
    QVector<std::optional<double>> values;
};

/// Sums over a span for one bundle on one channel: the base of every failure rate.
struct OutcomeCounts
{
    qint64 gets = 0;
    qint64 installs = 0;
    qint64 attempts = 0;
    qint64 failures = 0;
    qint64 transportFailures = 0;
};

/// Capgo's daily counters: events, not devices. @source spec: device-protocol, section 3.5
struct DailyVersionRow
{
    QString date; ///< 2026-07-01
    QString versionName;
    qint64 get = 0;
    qint64 fail = 0;
    qint64 install = 0;
    qint64 uninstall = 0;
};
struct DailyUsageRow
{
    QString date;
    qint64 activeDevices = 0;
    qint64 bandwidthBytes = 0;
    qint64 storageBytes = 0;
    qint64 get = 0;
};

} // namespace gatehouse::server
