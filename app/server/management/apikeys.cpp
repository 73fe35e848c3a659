// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/context.h"
#include "server/management/rowjson.h"

#include <QUuid>

#include <algorithm>

namespace gatehouse::server {
namespace {

QString newKey()
{
    // QUuid::createUuid() draws from the system's generator: a version 4 UUID, as Capgo's keys are.
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

Answer<void> requireManager(const Caller &caller)
{
    if (!caller.may("org.manage_apikeys")) {
        return badRequest("cannot_update_apikey", QStringLiteral("You can't manage API keys."));
    }
    return {};
}

/// Whether number or text name the key that asks.
bool isOwnKey(const Caller &caller, const QString &text)
{
    return !caller.isOwnerKey &&
           (text == QString::number(caller.key.id) || apiKeyHash(text.toUtf8()) == caller.key.keySha256);
}

/// By number, or by the key itself.
Answer<ApiKeyRecord> keyNamed(ManagementContext &context, const QString &text)
{
    bool isNumber = false;
    const qint64 id = text.toLongLong(&isNumber);
    GATEHOUSE_ASSIGN(std::optional<ApiKeyRecord> key,
                     orFailure(isNumber ? context.store.apiKey(id)
                                        : context.store.apiKeyByHash(apiKeyHash(text.toUtf8()))));
    if (!key) {
        return errorResponse(404, QStringLiteral("api_key_not_found"),
                             QStringLiteral("There is no such API key."));
    }
    return std::move(*key);
}

Answer<std::optional<UtcTime>> expiryOf(ManagementContext &context, const Input &input)
{
    const QJsonValue value = input.value("expires_at");
    if (value.isUndefined() || value.isNull()) {
        return std::optional<UtcTime>();
    }
    const Result<UtcTime> time = parseIso(value.toString());
    if (!time || *time <= context.clock.now()) {
        return badRequest("invalid_expiration_date", QStringLiteral("The key must expire in the future."));
    }
    return std::optional(*time);
}

/// Nobody hands out more than what the own key holds, except who may change roles.
bool mayHandOut(const Caller &caller, const QString &role)
{
    static const QStringList strong{QStringLiteral("org_super_admin"), QStringLiteral("org_admin"),
                                    QStringLiteral("app_admin"), QStringLiteral("app_preview"),
                                    QStringLiteral("channel_admin")};
    if (strong.contains(role) && !caller.may("org.update_user_roles")) {
        return false;
    }
    return role != QLatin1String("org_super_admin") || caller.may("org.delete");
}

Response forbiddenRole(const QString &role)
{
    return errorResponse(403, QStringLiteral("forbidden_binding"),
                         QStringLiteral("You can't hand out this role."),
                         {{QStringLiteral("role_name"), role}});
}

/// Who makes a key anew holds it: so only keys may be touched whose roles the caller could hand out.
Answer<void> requireNotStronger(const Caller &caller, const ApiKeyRecord &key)
{
    for (const QJsonValue &binding : key.bindings) {
        const QString role = binding[QLatin1String("role_name")].toString();
        if (!mayHandOut(caller, role)) {
            return forbiddenRole(role);
        }
    }
    return {};
}

Response invalidBinding(const QString &why)
{
    return badRequest("invalid_bindings", why);
}

/// The app of that uuid.
Answer<std::optional<AppRecord>> appOfUuid(ManagementContext &context, const QString &uuid)
{
    GATEHOUSE_ASSIGN(const QVector<AppRecord> apps, orFailure(context.store.apps({0, 50'000})));
    const auto found =
        std::find_if(apps.cbegin(), apps.cend(), [&](const AppRecord &app) { return app.row.id == uuid; });
    return found == apps.cend() ? std::optional<AppRecord>() : std::optional(*found);
}

/// The channel that a binding names by its number or its rbac_id, of that app.
Answer<std::optional<ChannelRecord>> channelOfBinding(ManagementContext &context, const AppRecord &app,
                                                      const QJsonValue &channelId)
{
    GATEHOUSE_ASSIGN(const QVector<ChannelRecord> channels, orFailure(context.store.channels(app.row.appId)));
    const QString wanted = channelId.toVariant().toString();
    const auto found = std::find_if(channels.cbegin(), channels.cend(), [&](const ChannelRecord &channel) {
        return QString::number(channel.row.id) == wanted || channel.rbacId == wanted;
    });
    return found == channels.cend() ? std::optional<ChannelRecord>() : std::optional(*found);
}

/// What the binding is bound to, checked: a key for something that is not there would do nothing, and its
/// owner would look elsewhere for the reason. The channel by its number, or null.
Answer<QJsonValue> checkedScope(ManagementContext &context, const QString &scope, const QJsonObject &binding)
{
    if (scope == QLatin1String("org")) {
        return QJsonValue(QJsonValue::Null);
    }
    GATEHOUSE_ASSIGN(const auto app, appOfUuid(context, binding.value(QLatin1String("app_id")).toString()));
    if (!app) {
        return invalidBinding(
            QStringLiteral("A binding names no app. The field app_id takes the app's uuid."));
    }
    if (scope == QLatin1String("app")) {
        return QJsonValue(QJsonValue::Null);
    }
    GATEHOUSE_ASSIGN(const auto channel,
                     channelOfBinding(context, *app, binding.value(QLatin1String("channel_id"))));
    return channel
               ? Answer<QJsonValue>(QJsonValue(channel->row.id))
               : Answer<QJsonValue>(invalidBinding(QStringLiteral("A binding names no channel of its app.")));
}

/// One binding as it is stored, checked.
Answer<QJsonObject> checkedBinding(ManagementContext &context, const Caller &caller,
                                   const QJsonObject &binding, const OrganizationRecord &organization)
{
    const QString role = binding.value(QLatin1String("role_name")).toString();
    const QString scope = binding.value(QLatin1String("scope_type")).toString();
    if (scope.isEmpty() || scopeOfRole(role) != scope || !isAssignable(role) ||
        binding.value(QLatin1String("org_id")).toString() != organization.id) {
        return invalidBinding(QStringLiteral("A binding names no such role, scope or organization."));
    }
    GATEHOUSE_ASSIGN(const QJsonValue channelId, checkedScope(context, scope, binding));
    if (!mayHandOut(caller, role)) {
        return forbiddenRole(role);
    }
    const QJsonValue appUuid =
        scope == QLatin1String("org") ? QJsonValue() : binding.value(QLatin1String("app_id"));
    return QJsonObject{{QStringLiteral("role_name"), role},
                       {QStringLiteral("scope_type"), scope},
                       {QStringLiteral("org_id"), organization.id},
                       {QStringLiteral("app_id"), appUuid},
                       {QStringLiteral("channel_id"), channelId},
                       {QStringLiteral("reason"), binding.value(QLatin1String("reason"))}};
}

/// One role for each scope: which of two would count nobody could tell from the list.
bool hasSameScope(const QJsonArray &bindings, const QJsonObject &one)
{
    return std::any_of(bindings.constBegin(), bindings.constEnd(), [&](const QJsonValue &other) {
        return other[QLatin1String("scope_type")] == one.value(QLatin1String("scope_type")) &&
               other[QLatin1String("app_id")] == one.value(QLatin1String("app_id")) &&
               other[QLatin1String("channel_id")] == one.value(QLatin1String("channel_id"));
    });
}

Answer<QJsonArray> bindingsOf(ManagementContext &context, const Caller &caller, const Input &input)
{
    const QJsonArray wanted = input.value("bindings").toArray();
    if (wanted.isEmpty()) {
        return badRequest("bindings_required", QStringLiteral("A key needs at least one binding."));
    }
    GATEHOUSE_ASSIGN(const OrganizationRecord organization, orFailure(context.store.organization()));
    QJsonArray bindings;
    for (const QJsonValue &value : wanted) {
        GATEHOUSE_ASSIGN(const QJsonObject binding,
                         checkedBinding(context, caller, value.toObject(), organization));
        if (hasSameScope(bindings, binding)) {
            return errorResponse(409, QStringLiteral("duplicate_binding"),
                                 QStringLiteral("Two bindings are for the same scope."));
        }
        bindings.append(binding);
    }
    return bindings;
}

Response listKeys(ManagementContext &context, const Request &, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const QVector<ApiKeyRecord> keys, orFailure(context.store.apiKeys()));
    const bool mayAll = caller.may("org.manage_apikeys");
    QJsonArray rows;
    for (const ApiKeyRecord &key : keys) {
        if (mayAll || key.id == caller.key.id) {
            rows.append(apiKeyJson(key));
        }
    }
    return jsonResponse(rows);
}

Response showKey(ManagementContext &context, const Request &request, const Caller &caller)
{
    const QString id = request.parameter(QStringLiteral("id"));
    if (!isOwnKey(caller, id)) {
        // First, or the answer would tell which keys there are.
        GATEHOUSE_TRY(requireManager(caller));
    }
    GATEHOUSE_ASSIGN(const ApiKeyRecord key, keyNamed(context, id));
    return jsonResponse(apiKeyJson(key));
}

/// The answer that alone shows the key.
Response withKeyShown(const ApiKeyRecord &record, const QString &key)
{
    QJsonObject json = apiKeyJson(record);
    json.insert(QStringLiteral("key"), key);
    Response response = jsonResponse(json);
    response.setHeader("Cache-Control", "no-store");
    return response;
}

Response createKey(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    if (!caller.may("org.manage_apikeys")) {
        return badRequest("cannot_create_apikey", QStringLiteral("You can't create API keys."));
    }
    ApiKeyRecord record;
    record.name = input.text("name").trimmed();
    if (record.name.isEmpty()) {
        return badRequest("name_is_required", QStringLiteral("A key needs a name."));
    }
    GATEHOUSE_ASSIGN(record.bindings, bindingsOf(context, caller, input));
    GATEHOUSE_ASSIGN(record.expiresAt, expiryOf(context, input));
    if (!input.value("global_permissions").toArray().isEmpty()) {
        return badRequest("invalid_global_permissions",
                          QStringLiteral("This server has one organization only."));
    }
    const QString key = newKey();
    record.keySha256 = apiKeyHash(key.toUtf8());
    record.userId = caller.key.userId;
    GATEHOUSE_ASSIGN(const ApiKeyRecord created, orFailure(context.store.createApiKey(record)));
    return withKeyShown(created, key);
}

Response changeKey(ManagementContext &context, const QString &id, const Input &input, const Caller &caller)
{
    // First, or the answer would tell which keys there are.
    GATEHOUSE_TRY(requireManager(caller));
    GATEHOUSE_ASSIGN(ApiKeyRecord record, keyNamed(context, id));
    GATEHOUSE_TRY(requireNotStronger(caller, record));
    if (input.has("name")) {
        record.name = input.text("name").trimmed();
        if (record.name.isEmpty()) {
            return badRequest("name_is_required", QStringLiteral("A key needs a name."));
        }
    }
    if (input.has("expires_at")) {
        GATEHOUSE_ASSIGN(record.expiresAt, expiryOf(context, input));
    }
    if (input.has("bindings")) {
        if (!caller.may("org.update_user_roles")) {
            return errorResponse(403, QStringLiteral("forbidden_binding"),
                                 QStringLiteral("You can't change what a key may do."));
        }
        GATEHOUSE_ASSIGN(record.bindings, bindingsOf(context, caller, input));
    }
    const bool regenerate = input.boolean("regenerate").value_or(false);
    const QString key = regenerate ? newKey() : QString();
    if (regenerate) {
        record.keySha256 = apiKeyHash(key.toUtf8());
    }
    GATEHOUSE_ASSIGN(const ApiKeyRecord updated, orFailure(context.store.updateApiKey(record)));
    return regenerate ? withKeyShown(updated, key) : jsonResponse(apiKeyJson(updated));
}

Response updateKey(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    QString id = request.parameter(QStringLiteral("id"));
    if (id.isEmpty()) {
        id = input.value("id").toVariant().toString();
    }
    return changeKey(context, id, input, caller);
}

Response deleteKey(ManagementContext &context, const Request &request, const Caller &caller)
{
    const QString id = request.parameter(QStringLiteral("id"));
    if (isOwnKey(caller, id)) {
        return badRequest("cannot_delete_apikey", QStringLiteral("A key cannot delete itself."));
    }
    GATEHOUSE_TRY(requireManager(caller));
    GATEHOUSE_ASSIGN(const ApiKeyRecord key, keyNamed(context, id));
    GATEHOUSE_TRY(requireNotStronger(caller, key));
    GATEHOUSE_TRY(orFailure(context.store.deleteApiKey(key.id)));
    return okResponse();
}

} // namespace

/// @source spec: management-api, section 2.7. Keys are always stored hashed here.
void addApiKeyRoutes(Router &router, ManagementContext &context)
{
    addKeyed(router, context, Method::Get, "/apikey", KeyClass::Auth, listKeys);
    addKeyed(router, context, Method::Get, "/apikey/:id", KeyClass::Auth, showKey);
    addKeyed(router, context, Method::Post, "/apikey", KeyClass::Auth, createKey);
    addKeyed(router, context, Method::Put, "/apikey", KeyClass::Auth, updateKey);
    addKeyed(router, context, Method::Put, "/apikey/:id", KeyClass::Auth, updateKey);
    addKeyed(router, context, Method::Delete, "/apikey/:id", KeyClass::Auth, deleteKey);
}

} // namespace gatehouse::server
