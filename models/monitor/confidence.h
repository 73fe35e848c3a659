// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace gatehouse::monitor {

/// The chance that a band never leaves the truth, 1 - 0.05.
inline constexpr double kUsualAlpha = 0.05;

/// A span of shares, 0…1.
struct Band
{
    double low = 0.0;
    double high = 1.0;

    bool operator==(const Band &) const = default;
};

/// ln M: how much better the data fit "any share" (Beta(½,½)) than the share p. hits of tries, 0 < p < 1.
/// @source spec: guard-statistics, G3
[[nodiscard]] double lnMixture(qint64 tries, qint64 hits, double p);

/// All shares that the data do not contradict, however often one looked: the confidence sequence, true at all
/// times at once with chance 1 - alpha. No data give [0, 1]. @source spec: guard-statistics, "Band for
/// charts"
[[nodiscard]] Band confidenceBand(qint64 tries, qint64 hits, double alpha = kUsualAlpha);

} // namespace gatehouse::monitor
