// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>

namespace gatehouse::fleet {

/// One step of SplitMix64: spreads a counter over all 64 bits. Steele, Lea, Flood: "Fast splittable
/// pseudorandom number generators", 2014.
[[nodiscard]] constexpr std::uint64_t spread(std::uint64_t value)
{
    value += 0x9E3779B97F4A7C15ULL;
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ULL;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBULL;
    return value ^ (value >> 31);
}

/// Chance that is the same on every machine for the same seed: a fleet can be played again. Not for secrets.
class Random
{
public:
    explicit constexpr Random(std::uint64_t seed)
        : m_state(seed)
    {}

    [[nodiscard]] std::uint64_t next()
    {
        m_state += 0x9E3779B97F4A7C15ULL;
        return spread(m_state);
    }
    /// 0 ≤ result < 1.
    [[nodiscard]] double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    [[nodiscard]] double between(double low, double high) { return low + (high - low) * unit(); }
    [[nodiscard]] bool chance(double probability) { return unit() < probability; }
    /// Log-normal with the given median; sigma 0 gives the median itself.
    [[nodiscard]] double around(double median, double sigma)
    {
        // Box and Muller's transform; 1 - unit() is never 0.
        const double normal =
            std::sqrt(-2.0 * std::log(1.0 - unit())) * std::cos(2.0 * std::numbers::pi * unit());
        return median * std::exp(sigma * normal);
    }

private:
    std::uint64_t m_state;
};

} // namespace gatehouse::fleet
