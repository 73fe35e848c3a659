// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/storage/database.h"

#include "core/clock.h"

#include <QString>

#include <array>
#include <map>
#include <tuple>

namespace gatehouse::server {

/// What of a device counters and populations can be told apart by.
struct Dimensions
{
    QString bundle;
    qint64 channelId = 0;
    QString platform;
    QString native;
    QString plugin;
    QString os; ///< with the platform: "iOS 17.4"
    bool operator==(const Dimensions &) const = default;
};

/// "iOS 17.4", "Android 14"; the platform alone when the version is not known.
[[nodiscard]] QString operatingSystem(const QString &platform, const QString &version);
/// As the device names it, or "unknown".
[[nodiscard]] QString pluginLabel(const QString &version);

/// What is told apart in tables of its own: with all dimensions in one key, each device would be a row.
enum class Facet : qint64 { Plugin = 1, OperatingSystem = 2 };

struct Counters
{
    qint64 checks = 0;
    qint64 gets = 0;
    qint64 installs = 0;
    qint64 failures = 0;
    qint64 attempts = 0;
    qint64 transport = 0;
    qint64 uninstalls = 0;
    qint64 active = 0;
    bool operator==(const Counters &) const = default;
    Counters &operator+=(const Counters &other);
};

/// Collects what one transaction adds to the roll-ups and to the population, and writes it: by ten seconds,
/// minute, hour and day; by bundle, channel, platform and native version, and for each facet by bundle and
/// channel.
class Rollups
{
public:
    explicit Rollups(Database &database)
        : m_database(database)
    {}

    void add(qint64 appKey, const Dimensions &dimensions, UtcTime at, const Counters &counters);
    /// by devices more (or fewer) that run the bundle.
    void movePopulation(qint64 appKey, const Dimensions &dimensions, qint64 by, UtcTime at);
    /// Writes what was collected and forgets it.
    Result<void> flush();

private:
    using BaseKey = std::tuple<QString, qint64, QString, QString>; ///< bundle, channel, platform, native
    using FacetKey = std::tuple<qint64, QString, QString, qint64>; ///< facet, label, bundle, channel
    template<typename Key>
    using Buckets = std::map<std::tuple<qint64, qint64, Key>, Counters>; ///< by app and beginning
    template<typename Key>
    using Moves = std::map<std::pair<qint64, Key>, qint64>; ///< by app

    static BaseKey baseOf(const Dimensions &dimensions);
    static std::array<FacetKey, 2> facetsOf(const Dimensions &dimensions);
    template<typename Key>
    static Buckets<Key> coarser(const Buckets<Key> &moments, qint64 ms);
    Result<void> writeBase(const char *table, const Buckets<BaseKey> &buckets);
    Result<void> writeFacets(const char *table, const Buckets<FacetKey> &buckets);
    Result<void> writePopulation();

    Database &m_database;
    Buckets<BaseKey> m_base;
    Buckets<FacetKey> m_facets;
    Moves<BaseKey> m_baseMoves;
    Moves<FacetKey> m_facetMoves;
};

} // namespace gatehouse::server
