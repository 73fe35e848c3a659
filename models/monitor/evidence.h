// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVector>
#include <QtGlobal>

#include <array>

namespace gatehouse::monitor {

/// How many times worse than tolerated the alternatives of the mixture are: 1.25 … 16, evenly on the log
/// scale. @source spec: guard-statistics, "Mixture grid"
[[nodiscard]] const std::array<double, 24> &mixtureGrid();

/// G1: ln of the evidence that more than the tolerated share (0 < tolerated < 0.7) of devices fail. Valid
/// however often one looks: if at most that share fails, E ever reaches 1/α with chance α at most.
/// @source spec: guard-statistics, G1
[[nodiscard]] double lnAbsoluteEvidence(qint64 devices, qint64 failing, double tolerated);

/// One stretch of five minutes of the race between rollout and everybody else.
struct RaceBucket
{
    qint64 rolloutFailures = 0;
    qint64 otherFailures = 0;
    qint64 rolloutDevices = 0;
    qint64 otherDevices = 0;
};
/// G2: ln of the evidence that the rollout fails more than toleratedRatio times as often as the rest in the
/// same minutes. @source spec: guard-statistics, G2
[[nodiscard]] double lnRaceEvidence(const QVector<RaceBucket> &buckets, double toleratedRatio);

/// The mean of several E-values, valid whatever hangs together between them. Empty gives ln 1.
[[nodiscard]] double lnMeanEvidence(const QVector<double> &lnEvidences);
/// The p-value that stays valid however often one looks: 1/E, at most 1.
[[nodiscard]] double alwaysValidP(double lnEvidence);

/// What the evidence asks for, mildest first. @source spec: guard-statistics, "Ladder"
enum class GuardLevel { Quiet, Notify, Pause, RollBack };
[[nodiscard]] GuardLevel guardLevel(double lnEvidence);

/// The share that is tolerated when nobody set one: 1.2 times the upper end of the stable bundle's band, at
/// least the policy's.
[[nodiscard]] double toleratedShare(double policy, qint64 stableDevices, qint64 stableFailing);
/// Whether the numbers allow a stage to go on: the band's upper end is at most the tolerated share and the
/// evidence is quiet. Dwell time and health of the data are the caller's to check.
[[nodiscard]] bool mayAdvance(qint64 devices, qint64 failing, double tolerated);

} // namespace gatehouse::monitor
