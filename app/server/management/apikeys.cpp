// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/context.h"
#include "server/management/rowjson.h"

#include <QUuid>

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

/// One binding as it is stored, checked.
Answer<QJsonObject> checkedBinding(ManagementContext &context, const Caller &caller,
                                   const QJsonObject &binding, const OrganizationRecord &organization)
{
    const QString role = binding.value(QLatin1String("role_name")).toString();
    const QString scope = binding.value(QLatin1String("scope_type")).toString();
    if (scope.isEmpty() || scopeOfRole(role) != scope ||
        binding.value(QLatin1String("org_id")).toString() != organization.id) {
        return badRequest("invalid_bindings",
                          QStringLiteral("A binding names no such role, scope or organization."));
    }
    const QString appUuid = binding.value(QLatin1String("app_id")).toString();
    if (scope != QLatin1String("org")) {
        GATEHOUSE_ASSIGN(const QVector<AppRecord> apps, orFailure(context.store.apps({0, 50'000})));
        const bool isKnown = std::any_of(apps.cbegin(), apps.cend(),
                                         [&](const AppRecord &app) { return app.row.id == appUuid; });
        if (!isKnown ||
            (scope == QLatin1String("channel") && !binding.contains(QLatin1String("channel_id")))) {
            return badRequest("invalid_bindings", QStringLiteral("A binding names no such app or channel."));
        }
    }
    if (!mayHandOut(caller, role)) {
        return forbiddenRole(role);
    }
    return QJsonObject{{QStringLiteral("role_name"), role},
                       {QStringLiteral("scope_type"), scope},
                       {QStringLiteral("org_id"), organization.id},
                       {QStringLiteral("app_id"), appUuid.isEmpty() ? QJsonValue() : QJsonValue(appUuid)},
                       {QStringLiteral("channel_id"), binding.value(QLatin1String("channel_id"))},
                       {QStringLiteral("reason"), binding.value(QLatin1String("reason"))}};
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
    GATEHOUSE_ASSIGN(const ApiKeyRecord key, keyNamed(context, request.parameter(QStringLiteral("id"))));
    if (key.id != caller.key.id) {
        GATEHOUSE_TRY(requireManager(caller));
    }
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
    GATEHOUSE_ASSIGN(ApiKeyRecord record, keyNamed(context, id));
    GATEHOUSE_TRY(requireManager(caller));
    GATEHOUSE_TRY(requireNotStronger(caller, record));
    if (const auto name = input.optText("name")) {
        record.name = *name;
    }
    if (input.has("expires_at")) {
        GATEHOUSE_ASSIGN(record.expiresAt, expiryOf(context, input));
    }
    if (input.has("bindings")) {
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
    GATEHOUSE_ASSIGN(const ApiKeyRecord key, keyNamed(context, request.parameter(QStringLiteral("id"))));
    if (key.id == caller.key.id) {
        return badRequest("cannot_delete_apikey", QStringLiteral("A key cannot delete itself."));
    }
    GATEHOUSE_TRY(requireManager(caller));
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
