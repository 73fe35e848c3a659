// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/context.h"
#include "server/management/manifestinput.h"
#include "server/management/rowjson.h"

#include "core/ids.h"

namespace gatehouse::server {
namespace {

constexpr qint64 kPage = 50;

ServingChange bundleChange(const AppAccess &access, const Caller &caller, const char *what)
{
    ServingChange change;
    change.appId = access.app.row.appId;
    change.actor = caller.actor("bundle");
    change.what = QString::fromLatin1(what);
    return change;
}

Response listBundles(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    GATEHOUSE_ASSIGN(const QString appId, appIdOf(input));
    GATEHOUSE_ASSIGN(const AppAccess access,
                     requireApp(context, caller, appId, "app.read_bundles", 400, "cannot_get_bundle"));
    BundleQuery query;
    query.appId = access.app.row.appId;
    query.page = {std::max(input.integer("page").value_or(0), qint64{0}) * kPage, kPage};
    GATEHOUSE_ASSIGN(const QVector<wire::BundleRow> bundles, orFailure(context.store.bundles(query)));
    if (bundles.isEmpty()) {
        return badRequest("cannot_get_bundle", QStringLiteral("There are no bundles."),
                          {{QStringLiteral("app_id"), appId}});
    }
    QJsonArray rows;
    for (const wire::BundleRow &bundle : bundles) {
        rows.append(bundleJson(bundle));
    }
    return jsonResponse(rows);
}

/// The fields of an external bundle, checked in the order of the errors.
Answer<wire::BundleRow> externalBundle(const Input &input)
{
    for (const auto &[key, code] :
         {std::pair{"version", "missing_version"}, std::pair{"external_url", "missing_external_url"},
          std::pair{"checksum", "missing_checksum"}}) {
        if (input.text(key).isEmpty()) {
            return badRequest(code, QStringLiteral("The field “%1” is missing.").arg(QLatin1String(key)));
        }
    }
    wire::BundleRow bundle;
    bundle.name = input.text("version");
    if (!BundleName::parse(bundle.name)) {
        return badRequest("invalid_version_format",
                          QStringLiteral("The version must be a semantic version, like 1.2.3."),
                          {{QStringLiteral("version"), bundle.name}});
    }
    bundle.externalUrl = input.text("external_url");
    if (!bundle.externalUrl->startsWith(QLatin1String("https://"))) {
        return badRequest("invalid_protocol", QStringLiteral("The address must begin with https://."),
                          {{QStringLiteral("external_url"), *bundle.externalUrl}});
    }
    bundle.storageProvider = QStringLiteral("external");
    bundle.checksum = input.text("checksum");
    bundle.sessionKey = input.optText("session_key");
    bundle.keyId = input.optText("key_id");
    return bundle;
}

Response createExternalBundle(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    GATEHOUSE_ASSIGN(const QString appId, appIdOf(input));
    GATEHOUSE_ASSIGN(wire::BundleRow bundle, externalBundle(input));
    GATEHOUSE_ASSIGN(const AppAccess access,
                     requireApp(context, caller, appId, "app.upload_bundle", 400, "cannot_create_bundle"));
    bundle.appId = access.app.row.appId;
    bundle.userId = caller.key.userId;
    const Result<wire::BundleRow> created = context.store.createBundle(bundle, caller.actor("bundle"));
    if (!created) {
        if (created.error().kind == ErrorKind::Conflict) {
            return badRequest("version_already_exists", created.error().toText(),
                              {{QStringLiteral("version"), bundle.name}});
        }
        return refusedWish(created.error(), "cannot_create_bundle");
    }
    return jsonResponse(QJsonObject{{QStringLiteral("status"), QStringLiteral("success")},
                                    {QStringLiteral("bundle"), bundleJson(*created)}});
}

Response setToChannel(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    GATEHOUSE_ASSIGN(const QString appId, appIdOf(input));
    const std::optional<qint64> versionId = input.integer("version_id");
    const std::optional<qint64> channelId = input.integer("channel_id");
    if (!versionId || !channelId) {
        return badRequest("missing_required_fields",
                          QStringLiteral("The fields version_id and channel_id must be numbers."));
    }
    // Who holds a role on this channel only has no right on the app.
    GATEHOUSE_ASSIGN(const std::optional<ChannelRecord> channel,
                     orFailure(context.store.channel(*channelId)));
    GATEHOUSE_ASSIGN(const std::optional<AppRecord> app, orFailure(context.store.app(appId)));
    const bool isThere = app && channel && channel->row.appId == appId;
    const Scope scope =
        isThere ? AppAccess{*app}.scope(*channel) : Scope{app ? app->row.id : QString(), std::nullopt, {}};
    if (!app || !caller.may("channel.promote_bundle", scope)) {
        return badRequest("cannot_access_app", QStringLiteral("You can't access this app."),
                          {{QStringLiteral("app_id"), appId}});
    }
    GATEHOUSE_ASSIGN(const std::optional<wire::BundleRow> bundle,
                     orFailure(context.store.bundle(*versionId)));
    if (!bundle || bundle->appId != appId || bundle->deleted) {
        return badRequest("cannot_find_version", QStringLiteral("There is no such bundle."),
                          {{QStringLiteral("version_id"), *versionId}});
    }
    if (!isThere) {
        return badRequest("cannot_find_channel", QStringLiteral("There is no such channel."),
                          {{QStringLiteral("channel_id"), *channelId}});
    }
    ServingChange change = bundleChange({*app}, caller, "promote");
    change.edit = change::EditChannel{*channelId, [id = *versionId](const ChannelRecord &now) {
                                          ChannelRecord after = now;
                                          after.row.version = id;
                                          return Result<ChannelRecord>(after);
                                      }};
    const Result<ServingOutcome> outcome = context.store.applyServingChange(change);
    if (!outcome) {
        return refusedWish(outcome.error(), "cannot_set_bundle_to_channel");
    }
    return jsonResponse(
        QJsonObject{{QStringLiteral("status"), QStringLiteral("success")},
                    {QStringLiteral("message"),
                     QStringLiteral("Bundle %1 set to channel %2.").arg(bundle->name, channel->row.name)}});
}

Answer<void> deleteOne(ManagementContext &context, const AppAccess &access, const Caller &caller,
                       const wire::BundleRow &bundle)
{
    ServingChange change = bundleChange(access, caller, "deleted");
    change.edit = change::DeleteBundle{bundle.id};
    const Result<ServingOutcome> outcome = context.store.applyServingChange(change);
    if (outcome) {
        return {};
    }
    const bool isLinked = outcome.error().id == QLatin1String("store.bundle.linked");
    return refusedWish(outcome.error(), isLinked ? "cannot_delete_linked_version" : "cannot_delete_version",
                       {{QStringLiteral("version"), bundle.name}});
}

Response deleteAllUnlinked(ManagementContext &context, const AppAccess &access, const Caller &caller)
{
    BundleQuery query;
    query.appId = access.app.row.appId;
    query.page = {0, 50'000};
    GATEHOUSE_ASSIGN(const QVector<wire::BundleRow> bundles, orFailure(context.store.bundles(query)));
    for (const wire::BundleRow &bundle : bundles) {
        GATEHOUSE_ASSIGN(const QVector<ChannelRecord> users,
                         orFailure(context.store.channelsUsing(bundle.id)));
        if (users.isEmpty()) {
            GATEHOUSE_TRY(deleteOne(context, access, caller, bundle));
        }
    }
    return okResponse();
}

Response deleteBundle(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    GATEHOUSE_ASSIGN(const QString appId, appIdOf(input));
    GATEHOUSE_ASSIGN(const AppAccess access,
                     requireApp(context, caller, appId, "bundle.delete", 400, "cannot_delete_bundle"));
    if (!input.has("version")) {
        return deleteAllUnlinked(context, access, caller);
    }
    const QString name = input.text("version");
    GATEHOUSE_ASSIGN(const std::optional<wire::BundleRow> bundle,
                     orFailure(context.store.bundleByName(appId, name)));
    if (!bundle) {
        return badRequest("cannot_delete_version", QStringLiteral("There is no such bundle."),
                          {{QStringLiteral("version"), name}});
    }
    GATEHOUSE_TRY(deleteOne(context, access, caller, *bundle));
    return okResponse();
}

Response setMetadata(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    GATEHOUSE_ASSIGN(const QString appId, appIdOf(input));
    const std::optional<qint64> versionId = input.integer("version_id");
    if (!versionId) {
        return badRequest("missing_version", QStringLiteral("The field version_id must be a number."));
    }
    if (!input.has("link") && !input.has("comment")) {
        return badRequest("no_fields_to_update", QStringLiteral("Neither link nor comment was sent."));
    }
    GATEHOUSE_ASSIGN(const AppAccess access, requireApp(context, caller, appId, "app.upload_bundle", 400,
                                                        "cannot_update_bundle_metadata"));
    GATEHOUSE_ASSIGN(const std::optional<wire::BundleRow> bundle,
                     orFailure(context.store.bundle(*versionId)));
    if (!bundle || bundle->appId != appId || bundle->deleted) {
        return badRequest("cannot_find_version", QStringLiteral("There is no such bundle."),
                          {{QStringLiteral("version_id"), *versionId}});
    }
    ServingChange change = bundleChange(access, caller, "edited");
    change.edit = change::EditBundle{*versionId,
                                     [input](const wire::BundleRow &now) {
                                         wire::BundleRow after = now;
                                         after.link = input.has("link") ? input.optText("link") : now.link;
                                         after.comment =
                                             input.has("comment") ? input.optText("comment") : now.comment;
                                         return Result<wire::BundleRow>(after);
                                     },
                                     std::nullopt};
    const Result<ServingOutcome> outcome = context.store.applyServingChange(change);
    if (!outcome) {
        return refusedWish(outcome.error(), "cannot_update_version_metadata");
    }
    return okResponse();
}

/// Undo of an upload that failed. @source spec: management-api, section 3.7
Response deleteFailedVersion(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    GATEHOUSE_ASSIGN(const QString appId, appIdOf(input));
    const QString name = input.text("name");
    if (name.isEmpty()) {
        return badRequest("missing_version", QStringLiteral("The name of the bundle is missing."));
    }
    // Who may upload may also clear away what the own upload left.
    GATEHOUSE_ASSIGN(const AppAccess access,
                     requireApp(context, caller, appId, "app.upload_bundle", 400, "cannot_delete_bundle"));
    GATEHOUSE_ASSIGN(const std::optional<wire::BundleRow> bundle,
                     orFailure(context.store.bundleByName(access.app.row.appId, name)));
    if (!bundle) {
        return badRequest("cannot_find_version", QStringLiteral("There is no such bundle."),
                          {{QStringLiteral("name"), name}});
    }
    const Result<void> discarded = context.store.discardFailedBundle(bundle->id, caller.actor("bundle"));
    if (!discarded) {
        return refusedWish(discarded.error(), "cannot_delete_version");
    }
    return okResponse();
}

/// The files of a file-wise bundle, before it is ready.
Response setManifest(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    GATEHOUSE_ASSIGN(const QString appId, appIdOf(input));
    GATEHOUSE_ASSIGN(const AppAccess access, requireApp(context, caller, appId, "app.upload_bundle"));
    GATEHOUSE_ASSIGN(const std::optional<wire::BundleRow> bundle,
                     orFailure(context.store.bundleByName(appId, input.text("name"))));
    if (!bundle) {
        return errorResponse(404, QStringLiteral("error_version_not_found"),
                             QStringLiteral("There is no such bundle."));
    }
    GATEHOUSE_ASSIGN(const QVector<ManifestFile> files,
                     readManifest(context, appId, input.value("manifest").toArray()));
    if (files.isEmpty()) {
        return badRequest("invalid_manifest", QStringLiteral("The manifest names no file."));
    }
    ServingChange change = bundleChange(access, caller, "edited");
    change.edit = change::EditBundle{
        bundle->id, [](const wire::BundleRow &now) { return Result<wire::BundleRow>(now); }, files};
    const Result<ServingOutcome> outcome = context.store.applyServingChange(change);
    if (!outcome) {
        return outcome.error().kind == ErrorKind::Conflict
                   ? errorResponse(409, QStringLiteral("bundle_already_ready"), outcome.error().toText())
                   : failureResponse(outcome.error());
    }
    return okResponse();
}

} // namespace

/// @source spec: management-api, section 2.2
void addBundleRoutes(Router &router, ManagementContext &context)
{
    addKeyed(router, context, Method::Get, "/bundle", KeyClass::Key, listBundles);
    addKeyed(router, context, Method::Post, "/bundle", KeyClass::Key, createExternalBundle);
    addKeyed(router, context, Method::Put, "/bundle", KeyClass::Key, setToChannel);
    addKeyed(router, context, Method::Delete, "/bundle", KeyClass::Key, deleteBundle);
    addKeyed(router, context, Method::Post, "/bundle/metadata", KeyClass::Key, setMetadata);
    addKeyed(router, context, Method::Delete, "/private/delete_failed_version", KeyClass::Key,
             deleteFailedVersion);
    addKeyed(router, context, Method::Post, "/private/set_manifest", KeyClass::Key, setManifest,
             {kMaxManifestBody, RunOn::Pool});
}

} // namespace gatehouse::server
