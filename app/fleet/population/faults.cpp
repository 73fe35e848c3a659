// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleet/population/faults.h"

#include "fleet/population/profile.h"
#include "fleet/population/random.h"
#include "wire/deviceprotocol.h"

#include <QHash>

namespace gatehouse::fleet {

namespace {

const QHash<QString, FaultStage> &stages()
{
    static const QHash<QString, FaultStage> table{
        {QStringLiteral("download_fail"), FaultStage::Transfer},
        {QStringLiteral("checksum_fail"), FaultStage::Transfer},
        {QStringLiteral("decrypt_fail"), FaultStage::Transfer},
        {QStringLiteral("unzip_fail"), FaultStage::Transfer},
        {QStringLiteral("finish_download_fail"), FaultStage::Transfer},
        {QStringLiteral("low_mem_fail"), FaultStage::Transfer},
        {QStringLiteral("insufficient_disk_space"), FaultStage::Transfer},
        {QStringLiteral("set_fail"), FaultStage::Activation},
        {QStringLiteral("update_fail"), FaultStage::Launch},
        {QStringLiteral("app_crash"), FaultStage::Running},
        {QStringLiteral("app_crash_native"), FaultStage::Running},
        {QStringLiteral("app_anr"), FaultStage::Running},
        {QStringLiteral("app_killed_low_memory"), FaultStage::Running},
        {QStringLiteral("webview_javascript_error"), FaultStage::Running},
        {QStringLiteral("webview_unhandled_rejection"), FaultStage::Running},
        {QStringLiteral("webview_resource_error"), FaultStage::Running},
        {QStringLiteral("webview_render_process_gone"), FaultStage::Running}};
    return table;
}

bool isBeginning(const QString &wanted, const QString &version)
{
    if (wanted.isEmpty() || wanted == version) {
        return true;
    }
    return version.startsWith(wanted) && version.at(wanted.size()) == QLatin1Char('.');
}

// The same device has the same fault with the same bundle each time, whatever else was drawn meanwhile.
double stableDraw(const Profile &profile, const QString &bundle, const QString &action)
{
    std::uint64_t mixed = profile.seed;
    const QString both = bundle + QLatin1Char('/') + action;
    for (const QChar c : both) {
        mixed = spread(mixed ^ c.unicode());
    }
    return Random(mixed).unit();
}

} // namespace

bool isPlayableFault(const QString &action)
{
    return stages().contains(action);
}

FaultStage stageOf(const QString &action)
{
    return stages().value(action, FaultStage::Launch);
}

bool isDrawnAnew(const QString &action)
{
    return action == QLatin1String("insufficient_disk_space") ||
           wire::failureClassOf(action) == wire::FailureClass::Transport;
}

bool matches(const FaultRule &rule, const Profile &profile, const QString &bundle)
{
    return (rule.bundle.isEmpty() || rule.bundle == bundle) &&
           (rule.platform.isEmpty() || rule.platform == profile.platform) &&
           isBeginning(rule.os, profile.osVersion) && isBeginning(rule.native, profile.nativeVersion);
}

std::optional<QString> strike(const QVector<FaultRule> &rules, FaultStage stage, const Profile &profile,
                              const QString &bundle, Random &chance)
{
    for (const FaultRule &rule : rules) {
        if (stageOf(rule.action) != stage || !matches(rule, profile, bundle)) {
            continue;
        }
        const double draw =
            isDrawnAnew(rule.action) ? chance.unit() : stableDraw(profile, bundle, rule.action);
        if (draw < rule.rate) {
            return rule.action;
        }
    }
    return std::nullopt;
}

} // namespace gatehouse::fleet
