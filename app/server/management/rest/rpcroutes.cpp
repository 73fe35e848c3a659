// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/context.h"
#include "server/management/rest/resterror.h"
#include "server/management/rowjson.h"

#include <QHash>
#include <QJsonDocument>

namespace gatehouse::server {

using namespace rest;

namespace {

using Arguments = Input;
using Function = std::function<Answer<QJsonValue>(ManagementContext &, const Caller &, const Arguments &)>;

/// A JSON value of any kind as the body.
Response valueResponse(const QJsonValue &value)
{
    if (value.isArray()) {
        return jsonResponse(value.toArray());
    }
    if (value.isObject()) {
        return jsonResponse(value.toObject());
    }
    // QJsonDocument holds arrays and objects only: an array of one without its brackets is the value.
    const QByteArray wrapped = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    Response response;
    response.setHeader("Content-Type", "application/json; charset=utf-8");
    response.body = wrapped.mid(1, wrapped.size() - 2);
    return response;
}

QString anyText(const Arguments &arguments, std::initializer_list<const char *> names)
{
    for (const char *name : names) {
        if (QString text = arguments.text(name); !text.isEmpty()) {
            return text;
        }
    }
    return {};
}

Answer<std::optional<AppRecord>> readableApp(ManagementContext &context, const Caller &caller,
                                             const QString &appId)
{
    GATEHOUSE_ASSIGN(std::optional<AppRecord> app, orFailure(context.store.app(appId)));
    if (app && !caller.may("app.read", AppAccess{*app}.scope())) {
        app.reset();
    }
    return app;
}

Answer<QJsonValue> never(ManagementContext &, const Caller &, const Arguments &)
{
    return QJsonValue(false);
}

Answer<QJsonValue> always(ManagementContext &, const Caller &, const Arguments &)
{
    return QJsonValue(true);
}

Answer<QJsonValue> none(ManagementContext &, const Caller &, const Arguments &)
{
    return QJsonValue(QJsonArray());
}

Answer<QJsonValue> ownUserId(ManagementContext &, const Caller &caller, const Arguments &)
{
    return QJsonValue(caller.key.userId);
}

Answer<QJsonValue> existsApp(ManagementContext &context, const Caller &caller, const Arguments &arguments)
{
    GATEHOUSE_ASSIGN(const auto app, readableApp(context, caller, arguments.text("appid")));
    return QJsonValue(app.has_value());
}

/// Also true for deleted names: they are never used again.
Answer<QJsonValue> existsBundle(ManagementContext &context, const Caller &caller, const Arguments &arguments)
{
    GATEHOUSE_ASSIGN(const auto app, readableApp(context, caller, arguments.text("appid")));
    if (!app) {
        return QJsonValue(false);
    }
    GATEHOUSE_ASSIGN(const auto bundle, orFailure(context.store.bundleByName(
                                            app->row.appId, arguments.text("name_version"), true)));
    return QJsonValue(bundle.has_value());
}

Answer<QJsonValue> bundleId(ManagementContext &context, const Caller &caller, const Arguments &arguments)
{
    GATEHOUSE_ASSIGN(const auto app, readableApp(context, caller, arguments.text("appid")));
    if (!app) {
        return QJsonValue(QJsonValue::Null);
    }
    GATEHOUSE_ASSIGN(const auto bundle,
                     orFailure(context.store.bundleByName(app->row.appId, arguments.text("name_version"))));
    return bundle ? QJsonValue(bundle->id) : QJsonValue(QJsonValue::Null);
}

/// What a permission is asked about, from the arguments' app and channel. Nothing when they name what is not
/// there, or a channel of another app: nobody may do anything with that.
Answer<std::optional<Scope>> scopeOf(ManagementContext &context, const QString &appId,
                                     const std::optional<qint64> &channelId)
{
    Scope scope;
    if (!appId.isEmpty()) {
        GATEHOUSE_ASSIGN(const auto app, orFailure(context.store.app(appId)));
        if (!app) {
            return std::optional<Scope>();
        }
        scope.appUuid = app->row.id;
    }
    if (channelId) {
        GATEHOUSE_ASSIGN(const auto channel, orFailure(context.store.channel(*channelId)));
        GATEHOUSE_ASSIGN(const auto app, channel ? orFailure(context.store.app(channel->row.appId))
                                                 : Answer<std::optional<AppRecord>>(std::nullopt));
        if (!app || (!appId.isEmpty() && channel->row.appId != appId)) {
            return std::optional<Scope>();
        }
        scope = AppAccess{*app}.scope(*channel);
    }
    return std::optional(scope);
}

bool mayOn(const Caller &caller, const QString &permission, const std::optional<Scope> &scope)
{
    return scope && caller.may(permission, *scope);
}

Answer<QJsonValue> checkPermission(ManagementContext &context, const Caller &caller,
                                   const Arguments &arguments)
{
    const QString permission = anyText(arguments, {"permission_key", "p_permission_key"});
    const std::optional<qint64> channelId =
        arguments.has("channel_id") ? arguments.integer("channel_id") : arguments.integer("p_channel_id");
    if (const QString id = anyText(arguments, {"org_id", "p_org_id"}); !id.isEmpty()) {
        GATEHOUSE_ASSIGN(const OrganizationRecord organization, orFailure(context.store.organization()));
        if (id != organization.id) {
            return QJsonValue(false);
        }
    }
    GATEHOUSE_ASSIGN(const auto scope,
                     scopeOf(context, anyText(arguments, {"app_id", "p_app_id"}), channelId));
    return QJsonValue(mayOn(caller, permission, scope));
}

Answer<QJsonValue> organizations(ManagementContext &context, const Caller &caller, const Arguments &)
{
    if (caller.key.bindings.isEmpty()) {
        return QJsonValue(QJsonArray());
    }
    GATEHOUSE_ASSIGN(const OrganizationRecord organization, orFailure(context.store.organization()));
    GATEHOUSE_ASSIGN(const auto apps, orFailure(context.store.apps({0, 50'000})));
    const QJsonValue role = caller.key.bindings.first()[QLatin1String("role_name")];
    QJsonObject row{{QStringLiteral("gid"), organization.id},
                    {QStringLiteral("created_by"), organization.ownerUserId},
                    {QStringLiteral("created_at"), toIso(organization.createdAt)},
                    {QStringLiteral("name"), organization.name},
                    {QStringLiteral("role"), role},
                    {QStringLiteral("management_email"), organization.managementEmail},
                    {QStringLiteral("app_count"), apps.size()},
                    {QStringLiteral("trial_left"), 0},
                    {QStringLiteral("credit_available"), 0},
                    {QStringLiteral("credit_total"), 0}};
    for (const char *yes : {"paying", "can_use_more", "2fa_has_access", "password_has_access"}) {
        row.insert(QString::fromLatin1(yes), true);
    }
    for (const char *no :
         {"is_invite", "is_canceled", "is_yearly", "enforcing_2fa", "enforce_hashed_api_keys",
          "require_apikey_expiration", "enforce_encrypted_bundles"}) {
        row.insert(QString::fromLatin1(no), false);
    }
    for (const char *nothing :
         {"logo", "website", "subscription_start", "subscription_end", "stats_updated_at",
          "stats_refresh_requested_at", "next_stats_update_at", "credit_next_expiration",
          "password_policy_config", "max_apikey_expiration_days", "required_encryption_key"}) {
        row.insert(QString::fromLatin1(nothing), QJsonValue::Null);
    }
    return QJsonValue(QJsonArray{row});
}

Answer<QJsonValue> trialDays(ManagementContext &, const Caller &, const Arguments &)
{
    return QJsonValue(0);
}

Answer<QJsonValue> channelBundle(ManagementContext &context, const Caller &caller, const Arguments &arguments)
{
    const QString appId = arguments.text("p_app_id");
    const std::optional<qint64> channelId = arguments.integer("p_channel_id");
    GATEHOUSE_ASSIGN(const auto scope, scopeOf(context, appId, channelId));
    if (!channelId || !mayOn(caller, QStringLiteral("channel.read"), scope)) {
        return QJsonValue(QJsonArray());
    }
    GATEHOUSE_ASSIGN(const auto channel, orFailure(context.store.channel(*channelId)));
    if (!channel || channel->row.appId != appId || !channel->row.versionInfo) {
        return QJsonValue(QJsonArray());
    }
    return QJsonValue(
        QJsonArray{QJsonObject{{QStringLiteral("bundle_name"), channel->row.versionInfo->name}}});
}

/// The old words for rights. @source spec: management-api, section 4.4
Answer<QJsonValue> isAllowedKey(ManagementContext &context, const Caller &caller, const Arguments &arguments)
{
    static const QHash<QString, QString> permissions{
        {QStringLiteral("read"), QStringLiteral("app.read")},
        {QStringLiteral("upload"), QStringLiteral("app.upload_bundle")},
        {QStringLiteral("write"), QStringLiteral("app.create_channel")},
        {QStringLiteral("all"), QStringLiteral("app.update_settings")}};
    std::optional<Scope> scope = Scope();
    if (arguments.has("appid") || arguments.has("app_id")) {
        GATEHOUSE_ASSIGN(scope, scopeOf(context, anyText(arguments, {"appid", "app_id"}), std::nullopt));
    }
    for (const QJsonValue &mode : arguments.value("keymode").toArray()) {
        const QString permission = permissions.value(mode.toString());
        if (!permission.isEmpty() && mayOn(caller, permission, scope)) {
            return QJsonValue(true);
        }
    }
    return QJsonValue(false);
}

Answer<QJsonValue> permissionWord(ManagementContext &context, const Caller &caller,
                                  const Arguments &arguments)
{
    GATEHOUSE_ASSIGN(const auto app, orFailure(context.store.app(arguments.text("app_id"))));
    if (!app) {
        return QJsonValue(QStringLiteral("NO_APP"));
    }
    const Scope scope = AppAccess{*app}.scope();
    const std::initializer_list<std::pair<const char *, const char *>> words{
        {"app.delete", "perm_owner"},
        {"app.update_settings", "perm_admin"},
        {"app.create_channel", "perm_write"},
        {"app.upload_bundle", "perm_upload"},
        {"app.read", "perm_read"}};
    for (const auto &[permission, word] : words) {
        if (caller.may(permission, scope)) {
            return QJsonValue(QString::fromLatin1(word));
        }
    }
    return QJsonValue(QStringLiteral("perm_none"));
}

Answer<QJsonValue> ownEmail(ManagementContext &context, const Caller &, const Arguments &)
{
    GATEHOUSE_ASSIGN(const OrganizationRecord organization, orFailure(context.store.organization()));
    return QJsonValue(organization.managementEmail);
}

const QHash<QString, Function> &functions()
{
    static const QHash<QString, Function> all{
        {QStringLiteral("request_actor_user_id"), ownUserId},
        {QStringLiteral("request_actor_email_adress"), ownEmail},
        {QStringLiteral("reject_access_due_to_2fa_for_app"), never},
        {QStringLiteral("reject_access_due_to_2fa_for_org"), never},
        {QStringLiteral("has_2fa_enabled"), never},
        {QStringLiteral("has_usage_credits_org"), always},
        {QStringLiteral("get_organization_cli_warnings"), none},
        {QStringLiteral("is_allowed_action_org"), always},
        {QStringLiteral("is_allowed_action_org_action"), always},
        {QStringLiteral("is_paying_org"), always},
        {QStringLiteral("is_trial_org"), trialDays},
        {QStringLiteral("exist_app_v2"), existsApp},
        {QStringLiteral("exist_app_versions"), existsBundle},
        {QStringLiteral("get_app_versions"), bundleId},
        {QStringLiteral("cli_check_permission"), checkPermission},
        {QStringLiteral("rbac_check_permission_request"), checkPermission},
        {QStringLiteral("get_orgs_v7"), organizations},
        {QStringLiteral("get_orgs_v6"), organizations},
        {QStringLiteral("get_channel_current_bundle_rbac"), channelBundle},
        {QStringLiteral("is_allowed_capgkey"), isAllowedKey},
        {QStringLiteral("get_org_perm_for_apikey"), permissionWord},
        {QStringLiteral("get_org_perm_for_apikey_v2"), permissionWord},
    };
    return all;
}

Answer<Arguments> argumentsOf(const Request &request)
{
    if (request.body.trimmed().isEmpty()) {
        return Arguments(QJsonObject());
    }
    const QJsonDocument document = QJsonDocument::fromJson(request.body);
    if (!document.isObject()) {
        return restError(400, "PGRST102", QStringLiteral("The arguments are no JSON object."));
    }
    return Arguments(document.object());
}

/// get_user_id is how a key is checked: it comes as an argument, and an unknown one gives null.
Response userIdOfKey(ManagementContext &context, const Request &request)
{
    GATEHOUSE_ASSIGN(const Arguments arguments, argumentsOf(request));
    GATEHOUSE_ASSIGN(const auto caller,
                     context.authenticator.callerOfKey(request, arguments.text("apikey").toUtf8()));
    return valueResponse(caller ? QJsonValue(caller->key.userId) : QJsonValue(QJsonValue::Null));
}

Response callFunction(ManagementContext &context, const Request &request)
{
    const QString name = request.parameter(QStringLiteral("name"));
    if (name == QLatin1String("get_user_id")) {
        return userIdOfKey(context, request);
    }
    GATEHOUSE_ASSIGN(const Arguments arguments, argumentsOf(request));
    GATEHOUSE_ASSIGN(const Caller caller, context.authenticator.authenticate(request, KeyClass::Table));
    const auto function = functions().constFind(name);
    if (function == functions().constEnd()) {
        return restError(404, "PGRST202", QStringLiteral("Could not find the function “%1”.").arg(name));
    }
    GATEHOUSE_ASSIGN(const QJsonValue value, (*function)(context, caller, arguments));
    return valueResponse(value);
}

} // namespace

/// @source spec: management-api, section 3.9, "RPCs"
void addRpcRoutes(Router &router, ManagementContext &context)
{
    router.add(Method::Post, QStringLiteral("/rest/v1/rpc/:name"),
               [&context](const Request &request) { return inRestForm(callFunction(context, request)); });
}

} // namespace gatehouse::server
