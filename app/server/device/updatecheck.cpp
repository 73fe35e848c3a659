// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/device/updatecheck.h"

#include "rollout/gate.h"
#include "rollout/threshold.h"
#include "server/device/channelpolicy.h"
#include "server/device/plugingates.h"

namespace gatehouse::server {

namespace {

bool isPlatformOn(const wire::ChannelRow &channel, const QString &platform)
{
    if (platform == QLatin1String("ios")) {
        return channel.ios;
    }
    return platform == QLatin1String("android") ? channel.android : channel.electron;
}

/// Null pointers resolve to the built-in bundle; a pointer to a deleted bundle does not resolve at all.
Result<bool> resolves(StoreReader &store, const ChannelRecord &channel,
                      std::optional<wire::BundleRow> &stable)
{
    if (!channel.row.version) {
        stable.reset();
        return true;
    }
    GATEHOUSE_ASSIGN(stable, store.bundle(*channel.row.version));
    return stable.has_value() && !stable->deleted;
}

Result<void> chooseOverride(StoreReader &store, const DeviceRequest &request, UpdateCheck &check)
{
    const wire::DeviceInfo &info = request.info;
    std::optional<qint64> id;
    if (!PluginGates(request.plugin).localChannel) {
        GATEHOUSE_ASSIGN(id, store.selfAssignmentOf(info.appId, info.deviceId));
        check.channelSource = QStringLiteral("self");
    }
    if (!id) {
        GATEHOUSE_ASSIGN(id, store.overrideOf(info.appId, info.deviceId));
        check.channelSource = QStringLiteral("override");
    }
    if (!id) {
        return {};
    }
    GATEHOUSE_ASSIGN(auto channel, store.channel(*id));
    if (channel) {
        GATEHOUSE_ASSIGN(const bool isResolved, resolves(store, *channel, check.offered));
        if (isResolved) {
            check.channel = std::move(channel);
        }
    }
    return {};
}

Result<void> chooseDefault(StoreReader &store, const DeviceRequest &request, UpdateCheck &check)
{
    const wire::DeviceInfo &info = request.info;
    std::optional<ChannelRecord> channel;
    if (info.defaultChannel.isEmpty()) {
        check.channelSource = QStringLiteral("public");
        GATEHOUSE_ASSIGN(channel, store.publicChannel(info.appId, info.platform));
    } else {
        check.channelSource = QStringLiteral("requested");
        GATEHOUSE_ASSIGN(channel, store.channelByName(info.appId, info.defaultChannel));
        const bool isOpen = channel && isPlatformOn(channel->row, info.platform) &&
                            (channel->row.isPublic || channel->row.allowDeviceSelfSet);
        if (!isOpen) {
            channel.reset();
        }
    }
    if (channel) {
        GATEHOUSE_ASSIGN(const bool isResolved, resolves(store, *channel, check.offered));
        if (isResolved) {
            check.channel = std::move(channel);
        }
    }
    return {};
}

/// The gate looks at every channel of the app. With this channel's rollout active it is open whatever the
/// others are, which saves the look.
Result<bool> isGateOpen(StoreReader &store, const ChannelRecord &channel, const QString &currentBundle)
{
    const wire::ChannelRow &own = channel.row;
    if (own.rolloutEnabled && own.rolloutPercentage.value() > 0 && !own.rolloutPausedAt) {
        return true;
    }
    GATEHOUSE_ASSIGN(const auto channels, store.channels(own.appId));
    QVector<rollout::GateChannel> gates;
    for (const ChannelRecord &other : channels) {
        if (other.row.rolloutVersionInfo) {
            gates.append({other.row.rolloutVersionInfo->name, other.row.rolloutPercentage,
                          other.row.rolloutEnabled, other.row.rolloutPausedAt.has_value()});
        }
    }
    return rollout::isGateOpen(gates, currentBundle);
}

Result<void> applyRollout(StoreReader &store, const DeviceRequest &request, UpdateCheck &check)
{
    const ChannelRecord &channel = *check.channel;
    if (!channel.row.rolloutVersion) {
        return {};
    }
    GATEHOUSE_ASSIGN(auto target, store.bundle(*channel.row.rolloutVersion));
    if (!target || target->deleted || target->appId != channel.row.appId) {
        return {};
    }
    GATEHOUSE_ASSIGN(const bool isOpen, isGateOpen(store, channel, request.info.versionName));
    const rollout::RolloutRules rules{channel.row.rolloutEnabled, channel.row.rolloutPausedAt.has_value(),
                                      channel.row.rolloutPercentage, target->name};
    const rollout::RolloutDevice device{request.info.versionName,
                                        rollout::deviceThreshold(channel.rolloutSeed, request.info.deviceId),
                                        channel.testers.contains(request.info.deviceId)};
    check.decision = rollout::decide(rules, device, isOpen);
    if (check.decision->selected) {
        check.offered = std::move(target);
    }
    return {};
}

bool hasZip(const wire::BundleRow &bundle)
{
    return bundle.isReady() && bundle.r2Path && !bundle.r2Path->isEmpty();
}

bool hasExternal(const wire::BundleRow &bundle)
{
    return bundle.externalUrl && !bundle.externalUrl->isEmpty();
}

bool isUsableUrl(const QString &url)
{
    return url.startsWith(QLatin1String("https://")) || url.startsWith(QLatin1String("http://"));
}

/// @source spec: device-protocol, section 6.4 item 4
Result<bool> failedBefore(StoreReader &store, const DeviceRequest &request, const UpdateCheck &check)
{
    return check.offered ? store.hasFailed(request.info.appId, request.info.deviceId, check.offered->name)
                         : Result<bool>(false);
}

UpdateCheck &refuse(UpdateCheck &check, const char *row, const char *code, const char *kind, const char *stat,
                    const QString &message)
{
    check.outcome = UpdateCheck::Outcome::Refusal;
    check.row = QString::fromLatin1(row);
    check.code = QString::fromLatin1(code);
    check.kind = QString::fromLatin1(kind);
    check.stat = QString::fromLatin1(stat);
    check.message = message;
    return check;
}

UpdateCheck &upToDate(UpdateCheck &check, const char *row, const DeviceRequest &request,
                      const QString &message)
{
    refuse(check, row, "no_new_version_available", "up_to_date", "noNew", message);
    check.extra.insert(QStringLiteral("version"), request.info.versionName);
    return check;
}

/// Stage B. True when it answered.
bool refusesPlugin(UpdateCheck &check, const DeviceRequest &request)
{
    if (!request.native) {
        refuse(check, "D8", "semver_error", "failed", "",
               QStringLiteral("The native version is too large to compare."));
        return true;
    }
    if (PluginGates(request.plugin).isRefused) {
        refuse(check, "D9", "unsupported_plugin_version", "failed", "backend_refusal",
               QStringLiteral("Version 4 of the updater plugin is not supported any more."));
        check.isStatAboutOffered = false;
        return true;
    }
    return false;
}

/// Rows D13 to D15. True when one answered.
bool refusesBundle(UpdateCheck &check, const DeviceRequest &request)
{
    if (check.offered && !hasExternal(*check.offered) && !hasZip(*check.offered) &&
        (!check.offered->isReady() || check.manifest.isEmpty())) {
        refuse(check, "D13", "no_bundle", "failed", "missingBundle",
               QStringLiteral("The bundle has no file."));
        return true;
    }
    const auto bundleKey = check.offered ? check.offered->keyId : std::nullopt;
    const auto deviceKey = request.info.keyId;
    const bool areKeysKnown = bundleKey && deviceKey && !bundleKey->isEmpty() && !deviceKey->isEmpty();
    if (areKeysKnown && *bundleKey != *deviceKey && PluginGates(request.plugin).keyId) {
        refuse(check, "D14", "key_id_mismatch", "blocked", "keyMismatch",
               QStringLiteral("The bundle is encrypted with another key than the app has."));
        check.extra = {{QStringLiteral("deviceKeyId"), *deviceKey},
                       {QStringLiteral("bundleKeyId"), *bundleKey}};
        return true;
    }
    if (check.offered && check.offered->name == request.info.versionName) {
        upToDate(check, "D15", request, QStringLiteral("The device runs this bundle already."));
        return true;
    }
    return false;
}

/// Stage E.
void conclude(UpdateCheck &check, const DeviceRequest &request)
{
    if (!check.offered) {
        if (!PluginGates(request.plugin).builtinTarget) {
            refuse(check, "D26", "revert_to_builtin_plugin_version_too_old", "failed", "",
                   QStringLiteral("This plugin cannot go back to the built-in bundle."));
        } else if (request.info.versionName == request.info.versionBuild) {
            upToDate(check, "D25", request, QStringLiteral("The device runs the built-in bundle already."));
        } else {
            check.outcome = UpdateCheck::Outcome::RevertToBuiltin;
            check.row = QStringLiteral("D25");
        }
        return;
    }
    const bool isExternal = hasExternal(*check.offered);
    if (isExternal && !isUsableUrl(*check.offered->externalUrl)) {
        refuse(check, "D27", "no_bundle_url", "failed", "cannotGetBundle",
               QStringLiteral("The bundle's address cannot be used."));
        return;
    }
    check.outcome = UpdateCheck::Outcome::Offer;
    check.row = QStringLiteral("D28");
    check.stat = QStringLiteral("get");
}

} // namespace

QString UpdateCheck::offeredName() const
{
    return offered ? offered->name : QStringLiteral("builtin");
}

Result<UpdateCheck> evaluateUpdate(StoreReader &store, const DeviceRequest &request)
{
    UpdateCheck check;
    if (refusesPlugin(check, request)) {
        return check;
    }
    GATEHOUSE_TRY(chooseOverride(store, request, check));
    const bool isOverride = check.channel.has_value();
    if (!isOverride) {
        GATEHOUSE_TRY(chooseDefault(store, request, check));
    }
    if (!check.channel) {
        refuse(check, "D11", "no_channel", "failed", "NoChannelOrOverride",
               QStringLiteral("No channel of this app serves the device."));
        check.isStatAboutOffered = false;
        return check;
    }
    GATEHOUSE_TRY(applyRollout(store, request, check));
    if (check.offered && check.offered->manifestCount > 0 && !hasExternal(*check.offered)) {
        GATEHOUSE_ASSIGN(check.manifest, store.manifest(check.offered->id));
    }
    if (refusesBundle(check, request)) {
        return check;
    }
    if (const auto refusal = checkPolicy(check.channel->row, check.offered, request)) {
        refuse(check, refusal->row, refusal->code, refusal->kind, refusal->stat, refusal->message);
        check.extra = refusal->extra;
        return check;
    }
    GATEHOUSE_ASSIGN(const bool isKnownToFail, failedBefore(store, request, check));
    if (isKnownToFail) {
        return upToDate(check, "memory", request,
                        QStringLiteral("The bundle failed on this device before and is not offered again."));
    }
    conclude(check, request);
    return check;
}

Result<std::optional<ChannelRecord>> attributedChannel(StoreReader &store, const DeviceRequest &request)
{
    const wire::DeviceInfo &info = request.info;
    std::optional<qint64> id;
    if (!PluginGates(request.plugin).localChannel) {
        GATEHOUSE_ASSIGN(id, store.selfAssignmentOf(info.appId, info.deviceId));
    }
    if (!id) {
        GATEHOUSE_ASSIGN(id, store.overrideOf(info.appId, info.deviceId));
    }
    if (id) {
        return store.channel(*id);
    }
    // Other platforms are counted by the iOS flag, as on the reference server (section 11).
    const bool isKnown =
        info.platform == QLatin1String("android") || info.platform == QLatin1String("electron");
    const QString platform = isKnown ? info.platform : QStringLiteral("ios");
    const QString wanted = info.defaultChannel.trimmed();
    if (!wanted.isEmpty()) {
        GATEHOUSE_ASSIGN(auto channel, store.channelByName(info.appId, wanted));
        if (channel && isPlatformOn(channel->row, platform) &&
            (channel->row.isPublic || channel->row.allowDeviceSelfSet)) {
            return channel;
        }
    }
    return store.publicChannel(info.appId, platform);
}

} // namespace gatehouse::server
