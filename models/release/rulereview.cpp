// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/rulereview.h"

#include <array>

namespace gatehouse::release {

namespace {

using wire::ChannelRow;
using Weight = Obstacle::Weight;

Obstacle blocker(const char *id, const QStringList &args = {})
{
    return {Weight::Blocker, {QString::fromLatin1(id), args}};
}

Obstacle warning(const char *id, const QStringList &args = {})
{
    return {Weight::Warning, {QString::fromLatin1(id), args}};
}

struct Platform
{
    bool ChannelRow::*flag;
    const char *name;
};
constexpr std::array kPlatforms{Platform{&ChannelRow::ios, "iOS"}, Platform{&ChannelRow::android, "Android"},
                                Platform{&ChannelRow::electron, "Electron"}};

bool servesNoPlatform(const ChannelRow &row)
{
    return !row.ios && !row.android && !row.electron;
}

bool servesNoBuild(const ChannelRow &row)
{
    return !row.allowProd && !row.allowDev;
}

bool servesNoDevice(const ChannelRow &row)
{
    return !row.allowDevice && !row.allowEmulator;
}

/// An automatic pause without a limit never acts. @source spec: device-protocol, section 2.6
bool neverPauses(const ChannelRow &row)
{
    return row.autoPauseEnabled && !row.autoPauseFailureRateBps;
}

void checkEmptySets(const ChannelRow &before, const ChannelRow &after, QVector<Obstacle> &found)
{
    const struct
    {
        bool (*isWrong)(const ChannelRow &);
        const char *id;
    } sets[] = {{servesNoPlatform, "obstacle.rules_no_platform"},
                {servesNoBuild, "obstacle.rules_no_build"},
                {servesNoDevice, "obstacle.rules_no_device"},
                {neverPauses, "obstacle.rules_no_limit"}};
    for (const auto &set : sets) {
        if (set.isWrong(after) && !set.isWrong(before)) {
            found.append(blocker(set.id));
        }
    }
}

/// @source spec: management-api, section 2.3
void checkRanges(const ChannelRow &after, QVector<Obstacle> &found)
{
    const struct
    {
        const char *column;
        qint64 value;
        qint64 low;
        qint64 high;
    } ranges[] = {
        {"rollout_cache_ttl_seconds", after.rolloutCacheTtlSeconds, 60, 31'536'000},
        {"auto_pause_failure_rate_bps", after.autoPauseFailureRateBps.value_or(0), 0, BasisPoints::kAll},
        {"auto_pause_window_minutes", after.autoPauseWindowMinutes, 1, 10'080},
        {"auto_pause_cooldown_minutes", after.autoPauseCooldownMinutes, 0, 10'080},
        {"auto_pause_min_attempts", after.autoPauseMinAttempts.value_or(0), 0, 2'147'483'647},
        {"auto_pause_min_failures", after.autoPauseMinFailures.value_or(0), 0, 2'147'483'647}};
    for (const auto &range : ranges) {
        if (range.value < range.low || range.value > range.high) {
            found.append(
                blocker("obstacle.rules_range", {QString::fromLatin1(range.column),
                                                 QString::number(range.low), QString::number(range.high)}));
        }
    }
    if (!(after.autoPauseConfidence > 0.0 && after.autoPauseConfidence < 1.0)) {
        found.append(blocker("obstacle.rules_range", {QStringLiteral("auto_pause_confidence"),
                                                      QStringLiteral("0"), QStringLiteral("1")}));
    }
}

/// A channel that goes by the bundle's own minimum answers with an error for a bundle that names none.
/// @source spec: device-protocol, section 1.3 (D21)
void checkPolicy(const ChannelRow &before, const ChannelRow &after, const ReviewContext &context,
                 QVector<Obstacle> &found)
{
    static const QString byBundle = QStringLiteral("version_number");
    if (after.disableAutoUpdate != byBundle || before.disableAutoUpdate == byBundle) {
        return;
    }
    for (const std::optional<wire::BundleRow> &bundle : {context.stable, context.rollout}) {
        if (bundle && bundle->minUpdateVersion.value_or(QString()).isEmpty()) {
            found.append(blocker("obstacle.rules_no_minimum", {bundle->name}));
        }
    }
}

void checkDefaults(const ChannelRow &before, const ChannelRow &after, const ReviewContext &context,
                   QVector<Obstacle> &found)
{
    QStringList pushedOut;
    QStringList left;
    for (const Platform &platform : kPlatforms) {
        const bool was = before.isPublic && before.*platform.flag;
        const bool is = after.isPublic && after.*platform.flag;
        bool isCovered = false;
        for (const ChannelRow &other : context.others) {
            if (!other.isPublic || !(other.*platform.flag)) {
                continue;
            }
            isCovered = true;
            if (is && !was && !pushedOut.contains(other.name)) {
                pushedOut.append(other.name);
            }
        }
        if (was && !is && !isCovered) {
            left.append(QString::fromLatin1(platform.name));
        }
    }
    for (const QString &channel : pushedOut) {
        found.append(warning("obstacle.rules_other_default", {channel}));
    }
    if (!left.isEmpty()) {
        found.append(warning("obstacle.rules_no_default", {left.join(QStringLiteral(", "))}));
    }
}

void checkReach(const ChannelRow &before, const ChannelRow &after, QVector<Obstacle> &found)
{
    const auto isReachable = [](const ChannelRow &row) { return row.isPublic || row.allowDeviceSelfSet; };
    if (isReachable(before) && !isReachable(after)) {
        found.append(warning("obstacle.rules_unreachable"));
    }
    if (after.allowDeviceSelfSet && !before.allowDeviceSelfSet) {
        found.append(warning("obstacle.rules_self_set"));
    }
}

} // namespace

QVector<Obstacle> ruleObstacles(const ChannelRow &before, const ChannelRow &after,
                                const ReviewContext &context)
{
    QVector<Obstacle> found;
    checkEmptySets(before, after, found);
    checkRanges(after, found);
    checkPolicy(before, after, context, found);
    checkDefaults(before, after, context, found);
    checkReach(before, after, found);
    return found;
}

} // namespace gatehouse::release
