// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/rollups.h"

#include <string>
#include <string_view>

namespace gatehouse::server {

namespace {

constexpr qint64 kMomentMs = 10'000;
constexpr qsizetype kMaxLabel = 64;

struct Grain
{
    const char *base;
    const char *facet;
    qint64 ms;
};
constexpr std::array kGrains{
    Grain{"rollup_moment", "facet_moment", kMomentMs},
    Grain{"rollup_minute", "facet_minute", 60'000},
    Grain{"rollup_hour", "facet_hour", 3'600'000},
    Grain{"rollup_day", "facet_day", 86'400'000},
};

constexpr std::string_view kAddCounters =
    "ON CONFLICT DO UPDATE SET checks = checks + excluded.checks, gets = gets + excluded.gets, "
    "installs = installs + excluded.installs, failures = failures + excluded.failures, "
    "attempts = attempts + excluded.attempts, transport = transport + excluded.transport, "
    "uninstalls = uninstalls + excluded.uninstalls, active = active + excluded.active";

void bindCounters(Query &query, const Counters &counters)
{
    query.bind(counters.checks).bind(counters.gets).bind(counters.installs).bind(counters.failures);
    query.bind(counters.attempts).bind(counters.transport).bind(counters.uninstalls).bind(counters.active);
}

} // namespace

QString operatingSystem(const QString &platform, const QString &version)
{
    const QString name = platform == QLatin1String("ios")        ? QStringLiteral("iOS")
                         : platform == QLatin1String("electron") ? QStringLiteral("Electron")
                                                                 : QStringLiteral("Android");
    return version.isEmpty() ? name : QString(name + QLatin1Char(' ') + version.left(kMaxLabel));
}

QString pluginLabel(const QString &version)
{
    return version.isEmpty() ? QStringLiteral("unknown") : version.left(kMaxLabel);
}

Counters &Counters::operator+=(const Counters &other)
{
    checks += other.checks;
    gets += other.gets;
    installs += other.installs;
    failures += other.failures;
    attempts += other.attempts;
    transport += other.transport;
    uninstalls += other.uninstalls;
    active += other.active;
    return *this;
}

Rollups::BaseKey Rollups::baseOf(const Dimensions &dimensions)
{
    return {dimensions.bundle, dimensions.channelId, dimensions.platform, dimensions.native};
}

std::array<Rollups::FacetKey, 2> Rollups::facetsOf(const Dimensions &dimensions)
{
    return {FacetKey{static_cast<qint64>(Facet::Plugin), dimensions.plugin, dimensions.bundle,
                     dimensions.channelId},
            FacetKey{static_cast<qint64>(Facet::OperatingSystem), dimensions.os, dimensions.bundle,
                     dimensions.channelId}};
}

void Rollups::add(qint64 appKey, const Dimensions &dimensions, UtcTime at, const Counters &counters)
{
    const qint64 moment = toMs(at) / kMomentMs * kMomentMs;
    m_base[{appKey, moment, baseOf(dimensions)}] += counters;
    for (const FacetKey &facet : facetsOf(dimensions)) {
        m_facets[{appKey, moment, facet}] += counters;
    }
}

void Rollups::movePopulation(qint64 appKey, const Dimensions &dimensions, qint64 by, UtcTime at)
{
    Counters moved;
    moved.active = by;
    add(appKey, dimensions, at, moved);
    m_baseMoves[{appKey, baseOf(dimensions)}] += by;
    for (const FacetKey &facet : facetsOf(dimensions)) {
        m_facetMoves[{appKey, facet}] += by;
    }
}

template<typename Key>
Rollups::Buckets<Key> Rollups::coarser(const Buckets<Key> &moments, qint64 ms)
{
    Buckets<Key> buckets;
    for (const auto &[key, counters] : moments) {
        const auto &[appKey, moment, rest] = key;
        buckets[{appKey, moment / ms * ms, rest}] += counters;
    }
    // A device that changed only its operating system left and came, for all who do not look at that.
    std::erase_if(buckets, [](const auto &entry) { return entry.second == Counters(); });
    return buckets;
}

Result<void> Rollups::writeBase(const char *table, const Buckets<BaseKey> &buckets)
{
    const std::string sql =
        std::string("INSERT INTO ") + table +
        " (app_key, bucket, bundle, channel_id, platform, native, checks, gets, installs, failures, "
        "attempts, transport, uninstalls, active) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) " +
        std::string(kAddCounters);
    for (const auto &[key, counters] : buckets) {
        const auto &[appKey, bucket, dimensions] = key;
        const auto &[bundle, channelId, platform, native] = dimensions;
        Query query(m_database, sql);
        query.bind(appKey).bind(bucket).bind(bundle).bind(channelId).bind(platform).bind(native);
        bindCounters(query, counters);
        GATEHOUSE_TRY(query.finish());
    }
    return {};
}

Result<void> Rollups::writeFacets(const char *table, const Buckets<FacetKey> &buckets)
{
    const std::string sql =
        std::string("INSERT INTO ") + table +
        " (app_key, facet, bucket, label, bundle, channel_id, checks, gets, installs, failures, attempts, "
        "transport, uninstalls, active) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) " +
        std::string(kAddCounters);
    for (const auto &[key, counters] : buckets) {
        const auto &[appKey, bucket, dimensions] = key;
        const auto &[facet, label, bundle, channelId] = dimensions;
        Query query(m_database, sql);
        query.bind(appKey).bind(facet).bind(bucket).bind(label).bind(bundle).bind(channelId);
        bindCounters(query, counters);
        GATEHOUSE_TRY(query.finish());
    }
    return {};
}

Result<void> Rollups::writePopulation()
{
    for (const auto &[key, by] : m_baseMoves) {
        if (by == 0) {
            continue;
        }
        const auto &[bundle, channelId, platform, native] = key.second;
        Query query(
            m_database,
            "INSERT INTO population (app_key, bundle, channel_id, platform, native, devices) "
            "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET devices = devices + excluded.devices");
        query.bind(key.first).bind(bundle).bind(channelId).bind(platform).bind(native).bind(by);
        GATEHOUSE_TRY(query.finish());
    }
    for (const auto &[key, by] : m_facetMoves) {
        if (by == 0) {
            continue;
        }
        const auto &[facet, label, bundle, channelId] = key.second;
        Query query(
            m_database,
            "INSERT INTO facet_population (app_key, facet, label, bundle, channel_id, devices) "
            "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET devices = devices + excluded.devices");
        query.bind(key.first).bind(facet).bind(label).bind(bundle).bind(channelId).bind(by);
        GATEHOUSE_TRY(query.finish());
    }
    return {};
}

Result<void> Rollups::flush()
{
    for (const Grain &grain : kGrains) {
        GATEHOUSE_TRY(writeBase(grain.base, coarser(m_base, grain.ms)));
        GATEHOUSE_TRY(writeFacets(grain.facet, coarser(m_facets, grain.ms)));
    }
    GATEHOUSE_TRY(writePopulation());
    m_base.clear();
    m_facets.clear();
    m_baseMoves.clear();
    m_facetMoves.clear();
    return {};
}

} // namespace gatehouse::server
