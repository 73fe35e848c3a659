// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/device/channelpolicy.h"

namespace gatehouse::server {

namespace {

constexpr const char *kBlocked = "blocked";

/// One check: the channel, what it offers, who asks.
struct Case
{
    const wire::ChannelRow &channel;
    const wire::BundleRow *bundle;
    const DeviceRequest &request;
    QString offeredName;

    [[nodiscard]] QJsonObject extra(const QString &old, bool isMajor) const
    {
        QJsonObject object{{QStringLiteral("version"), offeredName}, {QStringLiteral("old"), old}};
        if (isMajor) {
            object.insert(QStringLiteral("major"), true);
        }
        return object;
    }
    [[nodiscard]] QJsonObject versusRunning() const { return extra(request.info.versionName, false); }
    [[nodiscard]] QJsonObject versusNative(bool isMajor = true) const
    {
        return extra(request.info.versionBuild, isMajor);
    }
};

std::optional<PolicyRefusal> checkPlatform(const Case &one)
{
    const QString &platform = one.request.info.platform;
    const QString message = QStringLiteral("The channel is off for this platform.");
    if (platform == QLatin1String("ios") && !one.channel.ios) {
        return PolicyRefusal{"D16",   "disabled_platform_ios", kBlocked, "disablePlatformIos",
                             message, one.versusRunning()};
    }
    if (platform == QLatin1String("android") && !one.channel.android) {
        return PolicyRefusal{"D16",   "disabled_platform_android", kBlocked, "disablePlatformAndroid",
                             message, one.versusRunning()};
    }
    if (platform == QLatin1String("electron") && !one.channel.electron) {
        return PolicyRefusal{"D16",   "disabled_platform_electron", kBlocked, "disablePlatformElectron",
                             message, one.versusRunning()};
    }
    return std::nullopt;
}

std::optional<PolicyRefusal> checkSteps(const Case &one, const SemanticVersion &offered,
                                        const SemanticVersion &native)
{
    const QString &policy = one.channel.disableAutoUpdate;
    const bool isSameMajor = offered.major() == native.major();
    const bool isSameMinor = isSameMajor && offered.minor() == native.minor();
    const bool isSamePatch = isSameMinor && offered.patch() == native.patch();
    if (policy == QLatin1String("major") && offered.major() > native.major()) {
        return PolicyRefusal{"D17",
                             "disable_auto_update_to_major",
                             kBlocked,
                             "disableAutoUpdateToMajor",
                             QStringLiteral("The channel offers no other major version than the native one."),
                             one.versusNative()};
    }
    if (policy == QLatin1String("minor") && !isSameMinor) {
        return PolicyRefusal{"D19",
                             "disable_auto_update_to_minor",
                             kBlocked,
                             "disableAutoUpdateToMinor",
                             QStringLiteral("The channel offers no other minor version than the native one."),
                             one.versusNative()};
    }
    if (policy == QLatin1String("patch") && !isSamePatch) {
        return PolicyRefusal{"D20",
                             "disable_auto_update_to_patch",
                             kBlocked,
                             "disableAutoUpdateToPatch",
                             QStringLiteral("The channel offers no other version than the native one."),
                             one.versusNative()};
    }
    return std::nullopt;
}

std::optional<PolicyRefusal> checkMinimum(const Case &one, const SemanticVersion &native)
{
    if (one.channel.disableAutoUpdate != QLatin1String("version_number")) {
        return std::nullopt;
    }
    const auto wanted = SemanticVersion::parse(one.bundle->minUpdateVersion.value_or(QString()));
    if (!wanted) {
        return PolicyRefusal{
            "D21",
            "misconfigured_channel",
            "failed",
            "channelMisconfigured",
            QStringLiteral("The channel compares minimum versions, but the bundle has none."),
            one.versusNative(false)};
    }
    if (*wanted > native) {
        return PolicyRefusal{"D22",
                             "disable_auto_update_to_metadata",
                             kBlocked,
                             "disableAutoUpdateMetadata",
                             QStringLiteral("The bundle needs a newer native version."),
                             one.versusNative()};
    }
    return std::nullopt;
}

std::optional<PolicyRefusal> checkVersions(const Case &one)
{
    if (one.bundle == nullptr) {
        return std::nullopt;
    }
    const auto offered = SemanticVersion::parse(one.offeredName);
    if (!offered || !one.request.native) {
        return std::nullopt;
    }
    if (auto refusal = checkSteps(one, *offered, *one.request.native)) {
        return refusal;
    }
    if (auto refusal = checkMinimum(one, *one.request.native)) {
        return refusal;
    }
    if (one.channel.disableAutoUpdateUnderNative && *offered < *one.request.native) {
        return PolicyRefusal{"D23",
                             "disable_auto_update_under_native",
                             kBlocked,
                             "disableAutoUpdateUnderNative",
                             QStringLiteral("The bundle is older than the native version."),
                             one.versusRunning()};
    }
    return std::nullopt;
}

std::optional<PolicyRefusal> checkBuild(const Case &one)
{
    const wire::DeviceInfo &info = one.request.info;
    if (!one.channel.allowProd && info.isProd) {
        return PolicyRefusal{"D24a",
                             "disable_prod_build",
                             kBlocked,
                             "disableProdBuild",
                             QStringLiteral("The channel does not serve production builds."),
                             one.versusRunning()};
    }
    if (!one.channel.allowDev && !info.isProd) {
        return PolicyRefusal{"D24b",
                             "disable_dev_build",
                             kBlocked,
                             "disableDevBuild",
                             QStringLiteral("The channel does not serve development builds."),
                             one.versusRunning()};
    }
    if (!one.channel.allowDevice && !info.isEmulator) {
        return PolicyRefusal{"D24c",
                             "disable_device",
                             kBlocked,
                             "disableDevice",
                             QStringLiteral("The channel does not serve real devices."),
                             one.versusRunning()};
    }
    if (!one.channel.allowEmulator && info.isEmulator) {
        return PolicyRefusal{"D24d",
                             "disable_emulator",
                             kBlocked,
                             "disableEmulator",
                             QStringLiteral("The channel does not serve emulators."),
                             one.versusRunning()};
    }
    return std::nullopt;
}

} // namespace

std::optional<PolicyRefusal> checkPolicy(const wire::ChannelRow &channel,
                                         const std::optional<wire::BundleRow> &offered,
                                         const DeviceRequest &request)
{
    const Case one{channel, offered ? &*offered : nullptr, request,
                   offered ? offered->name : QStringLiteral("builtin")};
    for (const auto &check : {checkPlatform, checkVersions, checkBuild}) {
        if (auto refusal = check(one)) {
            return refusal;
        }
    }
    return std::nullopt;
}

} // namespace gatehouse::server
