// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/deviceprotocol.h"

#include <QSet>

namespace gatehouse::wire {

QJsonObject DeviceInfo::toJson() const
{
    QJsonObject json{{QStringLiteral("platform"), platform},
                     {QStringLiteral("device_id"), deviceId},
                     {QStringLiteral("app_id"), appId},
                     {QStringLiteral("custom_id"), customId},
                     {QStringLiteral("version_build"), versionBuild},
                     {QStringLiteral("version_code"), versionCode},
                     {QStringLiteral("version_os"), versionOs},
                     {QStringLiteral("version_name"), versionName},
                     {QStringLiteral("plugin_version"), pluginVersion},
                     {QStringLiteral("is_emulator"), isEmulator},
                     {QStringLiteral("is_prod"), isProd},
                     {QStringLiteral("defaultChannel"), defaultChannel}};
    if (keyId) {
        json.insert(QStringLiteral("key_id"), *keyId);
    }
    if (installSource) {
        json.insert(QStringLiteral("install_source"), *installSource);
    }
    return json;
}

QJsonObject ManifestEntry::toJson() const
{
    return {{QStringLiteral("file_name"), fileName},
            {QStringLiteral("file_hash"), fileHash},
            {QStringLiteral("download_url"), downloadUrl}};
}

Result<ManifestEntry> ManifestEntry::fromJson(const QJsonObject &object, const QString &path)
{
    JsonReader in(object, path);
    ManifestEntry entry;
    entry.fileName = in.text("file_name");
    entry.fileHash = in.text("file_hash");
    entry.downloadUrl = in.text("download_url");
    GATEHOUSE_TRY(in.finish());
    return entry;
}

Result<UpdateAnswer> UpdateAnswer::fromJson(const QByteArray &body)
{
    const QString path = QStringLiteral("updates");
    GATEHOUSE_ASSIGN(const QJsonObject object, parseJsonObject(body, path));
    JsonReader in(object, path);
    UpdateAnswer answer;
    answer.error = in.optText("error").value_or(QString());
    answer.kind = in.optText("kind").value_or(QString());
    answer.message = in.optText("message").value_or(QString());
    answer.version = in.optText("version").value_or(QString());
    answer.url = in.optText("url").value_or(QString());
    answer.sessionKey = in.optText("session_key").value_or(QString());
    answer.checksum = in.optText("checksum").value_or(QString());
    const QJsonArray manifest = in.optArray("manifest");
    GATEHOUSE_TRY(in.finish());
    GATEHOUSE_ASSIGN(answer.manifest, readEach<ManifestEntry>(manifest, path + QStringLiteral(".manifest"),
                                                              ManifestEntry::fromJson));
    return answer;
}

QJsonObject StatEvent::toJson() const
{
    QJsonObject json = device.toJson();
    json.insert(QStringLiteral("action"), action);
    if (oldVersionName) {
        json.insert(QStringLiteral("old_version_name"), *oldVersionName);
    }
    if (!metadata.isEmpty()) {
        json.insert(QStringLiteral("metadata"), metadata);
    }
    return json;
}

ActionCount countOf(const QString &action)
{
    if (action == QLatin1String("get")) {
        return ActionCount::Get;
    }
    if (action == QLatin1String("set")) {
        return ActionCount::Install;
    }
    if (action == QLatin1String("uninstall")) {
        return ActionCount::Uninstall;
    }
    return action.endsWith(QLatin1String("_fail")) ? ActionCount::Fail : ActionCount::None;
}

bool isKnownAction(const QString &action)
{
    static const QSet<QString> known{QStringLiteral("get"),
                                     QStringLiteral("set"),
                                     QStringLiteral("set_next"),
                                     QStringLiteral("set_fail"),
                                     QStringLiteral("update_fail"),
                                     QStringLiteral("reset"),
                                     QStringLiteral("delete"),
                                     QStringLiteral("uninstall"),
                                     QStringLiteral("download_0"),
                                     QStringLiteral("download_10"),
                                     QStringLiteral("download_20"),
                                     QStringLiteral("download_30"),
                                     QStringLiteral("download_40"),
                                     QStringLiteral("download_50"),
                                     QStringLiteral("download_60"),
                                     QStringLiteral("download_70"),
                                     QStringLiteral("download_80"),
                                     QStringLiteral("download_90"),
                                     QStringLiteral("download_complete"),
                                     QStringLiteral("download_zip_start"),
                                     QStringLiteral("download_zip_complete"),
                                     QStringLiteral("download_manifest_start"),
                                     QStringLiteral("download_manifest_complete"),
                                     QStringLiteral("download_fail"),
                                     QStringLiteral("download_manifest_file_fail"),
                                     QStringLiteral("download_manifest_checksum_fail"),
                                     QStringLiteral("download_manifest_brotli_fail"),
                                     QStringLiteral("manifest_path_fail"),
                                     QStringLiteral("finish_download_fail"),
                                     QStringLiteral("unzip_fail"),
                                     QStringLiteral("windows_path_fail"),
                                     QStringLiteral("canonical_path_fail"),
                                     QStringLiteral("directory_path_fail"),
                                     QStringLiteral("low_mem_fail"),
                                     QStringLiteral("decrypt_fail"),
                                     QStringLiteral("checksum_fail"),
                                     QStringLiteral("checksum_required"),
                                     QStringLiteral("insufficient_disk_space"),
                                     QStringLiteral("app_moved_to_foreground"),
                                     QStringLiteral("app_moved_to_background"),
                                     QStringLiteral("app_launch_start"),
                                     QStringLiteral("app_launch_ready"),
                                     QStringLiteral("app_launch_timeout"),
                                     QStringLiteral("blocked_by_server_url"),
                                     QStringLiteral("rate_limit_reached"),
                                     QStringLiteral("app_crash"),
                                     QStringLiteral("app_crash_native"),
                                     QStringLiteral("app_anr"),
                                     QStringLiteral("app_killed_low_memory"),
                                     QStringLiteral("app_killed_excessive_resource_usage"),
                                     QStringLiteral("app_initialization_failure"),
                                     QStringLiteral("app_memory_warning"),
                                     QStringLiteral("webview_javascript_error"),
                                     QStringLiteral("webview_unhandled_rejection"),
                                     QStringLiteral("webview_resource_error"),
                                     QStringLiteral("webview_security_policy_violation"),
                                     QStringLiteral("webview_unclean_restart"),
                                     QStringLiteral("webview_render_process_gone"),
                                     QStringLiteral("webview_content_process_terminated"),
                                     QStringLiteral("webview_dom_content_loaded"),
                                     QStringLiteral("webview_page_loaded"),
                                     QStringLiteral("os_version_changed"),
                                     QStringLiteral("native_app_version_changed"),
                                     QStringLiteral("needPlanUpgrade"),
                                     QStringLiteral("missingBundle"),
                                     QStringLiteral("noNew"),
                                     QStringLiteral("disablePlatformIos"),
                                     QStringLiteral("disablePlatformAndroid"),
                                     QStringLiteral("disablePlatformElectron"),
                                     QStringLiteral("disableAutoUpdateToMajor"),
                                     QStringLiteral("disableAutoUpdateToMinor"),
                                     QStringLiteral("disableAutoUpdateToPatch"),
                                     QStringLiteral("disableAutoUpdateMetadata"),
                                     QStringLiteral("disableAutoUpdateUnderNative"),
                                     QStringLiteral("channelMisconfigured"),
                                     QStringLiteral("cannotUpdateViaPrivateChannel"),
                                     QStringLiteral("disableProdBuild"),
                                     QStringLiteral("disableDevBuild"),
                                     QStringLiteral("disableDevice"),
                                     QStringLiteral("disableEmulator"),
                                     QStringLiteral("cannotGetBundle"),
                                     QStringLiteral("NoChannelOrOverride"),
                                     QStringLiteral("keyMismatch"),
                                     QStringLiteral("backend_refusal"),
                                     QStringLiteral("setChannel"),
                                     QStringLiteral("getChannel"),
                                     QStringLiteral("customIdBlocked"),
                                     QStringLiteral("ping"),
                                     QStringLiteral("rateLimited"),
                                     QStringLiteral("disableAutoUpdate"),
                                     QStringLiteral("InvalidIp")};
    return known.contains(action);
}

FailureClass failureClassOf(const QString &action)
{
    static const QSet<QString> bundleFault{QStringLiteral("update_fail"),
                                           QStringLiteral("set_fail"),
                                           QStringLiteral("decrypt_fail"),
                                           QStringLiteral("checksum_fail"),
                                           QStringLiteral("unzip_fail"),
                                           QStringLiteral("app_crash"),
                                           QStringLiteral("app_crash_native"),
                                           QStringLiteral("app_anr"),
                                           QStringLiteral("app_initialization_failure")};
    if (bundleFault.contains(action)) {
        return FailureClass::BundleFault;
    }
    const bool download =
        action.startsWith(QLatin1String("download_")) && action.endsWith(QLatin1String("_fail"));
    return download || action == QLatin1String("low_mem_fail") ? FailureClass::Transport
                                                               : FailureClass::NoFailure;
}

} // namespace gatehouse::wire
