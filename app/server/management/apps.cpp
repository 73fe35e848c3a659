// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/context.h"
#include "server/management/rowjson.h"

#include "core/ids.h"

#include <QUuid>

namespace gatehouse::server {
namespace {

constexpr qint64 kMaxRetentionSeconds = 63'113'904;
constexpr qint64 kUsualPage = 50;
constexpr qint64 kMostRows = 1000;

Response listApps(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    const qint64 limit = std::clamp(input.integer("limit").value_or(kUsualPage), qint64{1}, kMostRows);
    const qint64 page = std::max(input.integer("page").value_or(0), qint64{0});
    GATEHOUSE_ASSIGN(const OrganizationRecord organization, orFailure(context.store.organization()));
    const QString wanted = input.text("org_id");
    if (!wanted.isEmpty() && wanted != organization.id) {
        return badRequest("user_does_not_have_access_to_this_organization",
                          QStringLiteral("You can't access this organization."),
                          {{QStringLiteral("org_id"), wanted}});
    }
    GATEHOUSE_ASSIGN(const QVector<AppRecord> all, orFailure(context.store.apps({0, 50'000})));
    QJsonArray rows;
    qint64 position = 0;
    for (const AppRecord &app : all) {
        if (!caller.may("app.read", {app.row.id, std::nullopt, {}})) {
            continue;
        }
        if (position >= page * limit && rows.size() < limit) {
            rows.append(appJson(app, organization));
        }
        ++position;
    }
    return jsonResponse(rows);
}

Response showApp(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(
        const AppAccess access,
        requireApp(context, caller, request.parameter(QStringLiteral("app_id")), "app.read", 401));
    GATEHOUSE_ASSIGN(const OrganizationRecord organization, orFailure(context.store.organization()));
    return jsonResponse(appJson(access.app, organization));
}

Response createApp(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    GATEHOUSE_ASSIGN(const QString appId, appIdOf(input));
    const QString name = input.text("name").trimmed();
    if (name.isEmpty()) {
        return badRequest("missing_name", QStringLiteral("The name of the app is missing."));
    }
    const QString owner = input.text("owner_org");
    if (owner.isEmpty()) {
        return badRequest("missing_owner_org", QStringLiteral("The organization of the app is missing."));
    }
    GATEHOUSE_ASSIGN(const OrganizationRecord organization, orFailure(context.store.organization()));
    if (owner != organization.id || !caller.may("org.create_app")) {
        return errorResponse(403, QStringLiteral("cannot_access_organization"),
                             QStringLiteral("You can't create apps in this organization."),
                             {{QStringLiteral("org_id"), owner}});
    }
    AppRecord app;
    app.row.appId = appId;
    app.row.name = name;
    app.row.ownerOrg = organization.id;
    app.row.defaultUploadChannel = QStringLiteral("dev");
    app.needOnboarding = input.boolean("need_onboarding").value_or(false);
    app.existingApp = input.boolean("existing_app").value_or(false);
    app.iosStoreUrl = input.optText("ios_store_url");
    app.androidStoreUrl = input.optText("android_store_url");
    const Result<AppRecord> created = context.store.createApp(app, caller.actor("app"));
    if (!created) {
        if (created.error().kind == ErrorKind::Conflict) {
            return errorResponse(409, QStringLiteral("app_id_already_exists"),
                                 QStringLiteral("There is an app with this id already."),
                                 {{QStringLiteral("app_id"), appId}});
        }
        return refusedWish(created.error(), "cannot_create_app");
    }
    return jsonResponse(appJson(*created, organization));
}

/// The fields of PUT /app, each optional.
Answer<void> readSettings(const Input &input, AppRecord &app)
{
    if (const auto name = input.optText("name")) {
        app.row.name = *name;
    }
    if (const auto icon = input.optText("icon")) {
        app.row.iconUrl = *icon;
    }
    if (input.has("retention")) {
        const std::optional<qint64> retention = input.integer("retention");
        if (!retention || *retention < 0) {
            return badRequest("retention_to_small",
                              QStringLiteral("The retention must be 0 or more seconds."));
        }
        if (*retention >= kMaxRetentionSeconds) {
            return badRequest("retention_to_big",
                              QStringLiteral("The retention must be less than two years."));
        }
        app.row.retentionSeconds = *retention;
    }
    app.row.exposeMetadata = input.boolean("expose_metadata").value_or(app.row.exposeMetadata);
    app.row.allowDeviceCustomId =
        input.boolean("allow_device_custom_id").value_or(app.row.allowDeviceCustomId);
    app.blockProviderInfraRequests =
        input.boolean("block_provider_infra_requests").value_or(app.blockProviderInfraRequests);
    app.needOnboarding = input.boolean("need_onboarding").value_or(app.needOnboarding);
    app.existingApp = input.boolean("existing_app").value_or(app.existingApp);
    if (input.has("ios_store_url")) {
        app.iosStoreUrl = input.optText("ios_store_url");
    }
    if (input.has("android_store_url")) {
        app.androidStoreUrl = input.optText("android_store_url");
    }
    return {};
}

Response updateApp(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    GATEHOUSE_ASSIGN(
        AppAccess access,
        requireApp(context, caller, request.parameter(QStringLiteral("app_id")), "app.update_settings", 401));
    GATEHOUSE_TRY(readSettings(input, access.app));
    const Result<AppRecord> updated = context.store.updateApp(access.app, caller.actor("app"));
    if (!updated) {
        return refusedWish(updated.error(), "cannot_update_app");
    }
    GATEHOUSE_ASSIGN(const OrganizationRecord organization, orFailure(context.store.organization()));
    return jsonResponse(appJson(*updated, organization));
}

Response deleteApp(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(
        const AppAccess access,
        requireApp(context, caller, request.parameter(QStringLiteral("app_id")), "app.delete", 401));
    ServingChange change;
    change.appId = access.app.row.appId;
    change.actor = caller.actor("app");
    change.what = QStringLiteral("deleted");
    change.edit = change::DeleteApp{};
    const Result<ServingOutcome> outcome = context.store.applyServingChange(change);
    if (!outcome) {
        return refusedWish(outcome.error(), "cannot_delete_app");
    }
    return okResponse();
}

} // namespace

/// @source spec: management-api, section 2.1
void addAppRoutes(Router &router, ManagementContext &context)
{
    addKeyed(router, context, Method::Get, "/app", KeyClass::Key, listApps);
    addKeyed(router, context, Method::Get, "/app/:app_id", KeyClass::Key, showApp);
    addKeyed(router, context, Method::Post, "/app", KeyClass::Auth, createApp);
    addKeyed(router, context, Method::Put, "/app/:app_id", KeyClass::Key, updateApp);
    addKeyed(router, context, Method::Delete, "/app/:app_id", KeyClass::Key, deleteApp);
}

} // namespace gatehouse::server
