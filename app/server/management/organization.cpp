// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/context.h"
#include "server/management/rowjson.h"

namespace gatehouse::server {
namespace {

constexpr qint64 kUsualRows = 50;
constexpr qint64 kMostRows = 100;

Response listOrganizations(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    if (input.has("page") && !input.value("page").isDouble()) {
        return badRequest("invalid_body", QStringLiteral("The page must be a number."));
    }
    GATEHOUSE_ASSIGN(const OrganizationRecord organization, orFailure(context.store.organization()));
    // A binding of any scope lets its holder know the organization.
    const bool mayRead = caller.may("org.read") || !caller.key.bindings.isEmpty();
    const QString wanted = input.text("orgId");
    if (!wanted.isEmpty()) {
        return mayRead && wanted == organization.id
                   ? jsonResponse(organizationJson(organization))
                   : badRequest("cannot_access_organization",
                                QStringLiteral("You can't access this organization."),
                                {{QStringLiteral("orgId"), wanted}});
    }
    QJsonArray rows;
    if (mayRead && input.integer("page").value_or(0) == 0) {
        rows.append(organizationJson(organization));
    }
    return jsonResponse(rows);
}

Response updateOrganization(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    GATEHOUSE_ASSIGN(OrganizationRecord organization, orFailure(context.store.organization()));
    if (input.text("orgId") != organization.id || !caller.may("org.update_settings")) {
        return badRequest("cannot_access_organization",
                          QStringLiteral("You can't change this organization."));
    }
    organization.name = input.optText("name").value_or(organization.name);
    organization.managementEmail = input.optText("management_email").value_or(organization.managementEmail);
    if (organization.name.trimmed().isEmpty()) {
        return badRequest("invalid_body", QStringLiteral("An organization needs a name."));
    }
    GATEHOUSE_TRY(orFailure(context.store.updateOrganization(organization, caller.actor("organization"))));
    return jsonResponse(QJsonObject{{QStringLiteral("status"), QStringLiteral("Organization updated")},
                                    {QStringLiteral("id"), organization.id},
                                    {QStringLiteral("data"), organizationJson(organization)}});
}

/// Names of keys by id, for the log.
Answer<QHash<qint64, QString>> keyNames(ManagementContext &context)
{
    GATEHOUSE_ASSIGN(const QVector<ApiKeyRecord> keys, orFailure(context.store.apiKeys()));
    QHash<qint64, QString> names;
    for (const ApiKeyRecord &key : keys) {
        names.insert(key.id, key.name);
    }
    return names;
}

/// @source spec: management-api, section 8.1
Response auditLog(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    GATEHOUSE_ASSIGN(const OrganizationRecord organization, orFailure(context.store.organization()));
    if (input.text("orgId") != organization.id) {
        return badRequest("invalid_org_id", QStringLiteral("There is no such organization."));
    }
    if (!caller.may("org.read_audit")) {
        return badRequest("not_authorized", QStringLiteral("You can't read the audit log."));
    }
    AuditQuery query;
    query.tableName = input.optText("tableName");
    query.operation = input.optText("operation");
    const qint64 limit = std::clamp(input.integer("limit").value_or(kUsualRows), qint64{1}, kMostRows);
    const qint64 page = std::max(input.integer("page").value_or(0), qint64{0});
    query.page = {page * limit, limit};
    GATEHOUSE_ASSIGN(const QVector<AuditRecord> records, orFailure(context.store.audit(query)));
    GATEHOUSE_ASSIGN(const qint64 total, orFailure(context.store.countAudit(query)));
    GATEHOUSE_ASSIGN(const auto names, keyNames(context));
    QJsonArray rows;
    for (const AuditRecord &record : records) {
        QJsonObject row = auditJson(record, organization);
        if (names.contains(record.apiKeyId)) {
            row.insert(QStringLiteral("actor_apikey_name"), names.value(record.apiKeyId));
        }
        rows.append(row);
    }
    return jsonResponse(QJsonObject{{QStringLiteral("data"), rows},
                                    {QStringLiteral("total"), total},
                                    {QStringLiteral("page"), page},
                                    {QStringLiteral("limit"), limit}});
}

} // namespace

/// @source spec: management-api, section 2.6
void addOrganizationRoutes(Router &router, ManagementContext &context)
{
    addKeyed(router, context, Method::Get, "/organization", KeyClass::Key, listOrganizations);
    addKeyed(router, context, Method::Put, "/organization", KeyClass::Auth, updateOrganization);
    addKeyed(router, context, Method::Get, "/organization/audit", KeyClass::Auth, auditLog);
}

} // namespace gatehouse::server
