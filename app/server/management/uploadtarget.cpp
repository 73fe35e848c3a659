// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/uploadtarget.h"

#include <QRegularExpression>

namespace gatehouse::server {

Response withTusHeaders(Response response)
{
    response.setHeader("Tus-Resumable", "1.0.0");
    response.setHeader("Cache-Control", "no-store");
    return response;
}

Response refusedUpload(int status, const char *code, const QString &message)
{
    return withTusHeaders(errorResponse(status, QString::fromLatin1(code), message));
}

std::optional<UploadTarget> uploadTargetOf(const QString &key)
{
    static const QRegularExpression zip(
        QStringLiteral("\\Aorgs/([0-9a-f-]{36})/apps/([A-Za-z0-9._-]+)/([^/]+)\\.zip\\z"));
    static const QRegularExpression delta(
        QStringLiteral("\\Aorgs/([0-9a-f-]{36})/apps/([A-Za-z0-9._-]+)/delta/[^\\x00-\\x1f\\\\]+\\z"));
    for (const QString &part : key.split(QLatin1Char('/'))) {
        if (part.isEmpty() || part == QLatin1String(".") || part == QLatin1String("..")) {
            return std::nullopt;
        }
    }
    if (const auto match = zip.match(key); match.hasMatch()) {
        return UploadTarget{match.captured(1), match.captured(2), match.captured(3)};
    }
    if (const auto match = delta.match(key); match.hasMatch()) {
        return UploadTarget{match.captured(1), match.captured(2), {}};
    }
    return std::nullopt;
}

QString zipKeyOf(const OrganizationRecord &organization, const QString &appId, const QString &bundle)
{
    return QStringLiteral("orgs/%1/apps/%2/%3.zip").arg(organization.id, appId, bundle);
}

Answer<void> requireUploadRight(ManagementContext &context, const Caller &caller, const QString &key)
{
    const std::optional<UploadTarget> target = uploadTargetOf(key);
    if (!target) {
        return refusedUpload(400, "invalid_file_path",
                             QStringLiteral("The file name is no path of this server."));
    }
    GATEHOUSE_ASSIGN(const std::optional<AppRecord> app, orFailure(context.store.app(target->appId)));
    if (!app) {
        return refusedUpload(404, "app_not_found", QStringLiteral("There is no such app."));
    }
    if (!caller.may("app.upload_bundle", AppAccess{*app}.scope())) {
        return refusedUpload(403, "insufficient_permissions",
                             QStringLiteral("You can't upload bundles of this app."));
    }
    GATEHOUSE_ASSIGN(const OrganizationRecord organization, orFailure(context.store.organization()));
    if (target->organization != organization.id) {
        return refusedUpload(403, "owner_org_mismatch",
                             QStringLiteral("The app belongs to another organization."));
    }
    return requireUnreadyBundle(context, *target);
}

Answer<void> requireUnreadyBundle(ManagementContext &context, const UploadTarget &target)
{
    if (target.bundle.isEmpty()) {
        return {};
    }
    GATEHOUSE_ASSIGN(const std::optional<wire::BundleRow> bundle,
                     orFailure(context.store.bundleByName(target.appId, target.bundle)));
    if (!bundle) {
        return refusedUpload(404, "error_version_not_found",
                             QStringLiteral("The bundle must be created first."));
    }
    if (bundle->storageProvider != QLatin1String("r2-direct")) {
        return refusedUpload(409, "bundle_already_ready",
                             QStringLiteral("The content of this bundle is fixed."));
    }
    return {};
}

} // namespace gatehouse::server
