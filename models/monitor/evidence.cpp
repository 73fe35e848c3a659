// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/evidence.h"

#include "monitor/confidence.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gatehouse::monitor {
namespace {

constexpr std::size_t kGridSize = 24;

template<typename Values>
double lnSumExp(const Values &values)
{
    double most = -std::numeric_limits<double>::infinity();
    for (const double value : values) {
        most = std::max(most, value);
    }
    if (!std::isfinite(most)) {
        return most;
    }
    double sum = 0.0;
    for (const double value : values) {
        sum += std::exp(value - most);
    }
    return most + std::log(sum);
}

/// Chance that a failure belongs to the rollout when it fails ratio times as often.
double raceShare(double exposed, double ratio)
{
    return exposed * ratio / (1.0 - exposed + exposed * ratio);
}

double raceTerm(const RaceBucket &bucket, double alternative, double tolerated)
{
    const double exposed = static_cast<double>(bucket.rolloutDevices) /
                           static_cast<double>(bucket.rolloutDevices + bucket.otherDevices);
    const double better = raceShare(exposed, alternative);
    const double null = raceShare(exposed, tolerated);
    return static_cast<double>(bucket.rolloutFailures) * std::log(better / null) +
           static_cast<double>(bucket.otherFailures) * std::log((1.0 - better) / (1.0 - null));
}

} // namespace

const std::array<double, kGridSize> &mixtureGrid()
{
    static const std::array<double, kGridSize> grid = [] {
        std::array<double, kGridSize> values{};
        for (std::size_t j = 0; j < values.size(); ++j) {
            values.at(j) = 1.25 * std::pow(16.0 / 1.25, static_cast<double>(j) / 23.0);
        }
        return values;
    }();
    return grid;
}

double lnAbsoluteEvidence(qint64 devices, qint64 failing, double tolerated)
{
    const auto n = static_cast<double>(std::max<qint64>(devices, 0));
    const double k = std::clamp(static_cast<double>(failing), 0.0, n);
    std::array<double, kGridSize> terms{};
    std::transform(mixtureGrid().cbegin(), mixtureGrid().cend(), terms.begin(), [&](double ratio) {
        const double alternative = std::min(ratio * tolerated, 0.95);
        return k * std::log(alternative / tolerated) +
               (n - k) * std::log((1.0 - alternative) / (1.0 - tolerated));
    });
    return lnSumExp(terms) - std::log(static_cast<double>(kGridSize));
}

double lnRaceEvidence(const QVector<RaceBucket> &buckets, double toleratedRatio)
{
    std::array<double, kGridSize> terms{};
    for (const RaceBucket &bucket : buckets) {
        const bool empty = bucket.rolloutFailures + bucket.otherFailures <= 0;
        if (empty || bucket.rolloutDevices <= 0 || bucket.otherDevices <= 0) {
            continue;
        }
        for (std::size_t j = 0; j < terms.size(); ++j) {
            terms.at(j) += raceTerm(bucket, mixtureGrid().at(j) * toleratedRatio, toleratedRatio);
        }
    }
    return lnSumExp(terms) - std::log(static_cast<double>(kGridSize));
}

double lnMeanEvidence(const QVector<double> &lnEvidences)
{
    if (lnEvidences.isEmpty()) {
        return 0.0;
    }
    return lnSumExp(lnEvidences) - std::log(static_cast<double>(lnEvidences.size()));
}

double alwaysValidP(double lnEvidence)
{
    return std::min(1.0, std::exp(-lnEvidence));
}

GuardLevel guardLevel(double lnEvidence)
{
    static const double rollBack = std::log(100.0);
    static const double pause = std::log(20.0);
    static const double notify = std::log(5.0);
    if (lnEvidence >= rollBack) {
        return GuardLevel::RollBack;
    }
    if (lnEvidence >= pause) {
        return GuardLevel::Pause;
    }
    return lnEvidence >= notify ? GuardLevel::Notify : GuardLevel::Quiet;
}

double toleratedShare(double policy, qint64 stableDevices, qint64 stableFailing)
{
    if (stableDevices <= 0) {
        return policy;
    }
    return std::max(policy, 1.2 * confidenceBand(stableDevices, stableFailing).high);
}

bool mayAdvance(qint64 devices, qint64 failing, double tolerated)
{
    return confidenceBand(devices, failing).high <= tolerated &&
           guardLevel(lnAbsoluteEvidence(devices, failing, tolerated)) == GuardLevel::Quiet;
}

} // namespace gatehouse::monitor
