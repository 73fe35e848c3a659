// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/confidence.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace gatehouse::monitor {
namespace {

/// ln Γ(x) for x > 0, to about 1e-14: Stirling's series after shifting x above 10. std::lgamma writes a
/// global.
double lnGamma(double x)
{
    double shift = 0.0;
    while (x < 10.0) {
        shift += std::log(x);
        x += 1.0;
    }
    const double inverse = 1.0 / x;
    const double square = inverse * inverse;
    const double series =
        inverse *
        (1.0 / 12.0 -
         square * (1.0 / 360.0 - square * (1.0 / 1260.0 - square * (1.0 / 1680.0 - square / 1188.0))));
    return (x - 0.5) * std::log(x) - x + 0.5 * std::log(2.0 * std::numbers::pi) + series - shift;
}

/// The end of the band between inside (contained) and outside (at the rim).
double bandEnd(qint64 tries, qint64 hits, double limit, double inside, double outside)
{
    for (int i = 0; i < 200 && std::abs(outside - inside) > 1e-13; ++i) {
        const double middle = 0.5 * (inside + outside);
        if (lnMixture(tries, hits, middle) < limit) {
            inside = middle;
        } else {
            outside = middle;
        }
    }
    return 0.5 * (inside + outside);
}

} // namespace

double lnMixture(qint64 tries, qint64 hits, double p)
{
    const auto n = static_cast<double>(tries);
    const auto k = static_cast<double>(hits);
    // lnB(½,½) = ln π.
    const double beta =
        lnGamma(0.5 + k) + lnGamma(0.5 + n - k) - lnGamma(n + 1.0) - std::log(std::numbers::pi);
    const double hit = hits == 0 ? 0.0 : k * std::log(p);
    const double miss = hits == tries ? 0.0 : (n - k) * std::log1p(-p);
    return beta - hit - miss;
}

Band confidenceBand(qint64 tries, qint64 hits, double alpha)
{
    if (tries <= 0) {
        return {};
    }
    hits = std::clamp<qint64>(hits, 0, tries);
    const double limit = -std::log(alpha);
    const double share = static_cast<double>(hits) / static_cast<double>(tries);
    Band band;
    band.low = hits == 0 ? 0.0 : bandEnd(tries, hits, limit, share, 0.0);
    band.high = hits == tries ? 1.0 : bandEnd(tries, hits, limit, share, 1.0);
    return band;
}

} // namespace gatehouse::monitor
