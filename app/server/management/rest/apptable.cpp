// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/rest/resterror.h"
#include "server/management/rest/tables.h"
#include "server/management/rowjson.h"

namespace gatehouse::server::rest {
namespace {

constexpr qint64 kLeastBuildSeconds = 300;
constexpr qint64 kMostBuildSeconds = 21'600;

Answer<Rows> loadApps(TableAccess &access, const RestQuery &query)
{
    GATEHOUSE_ASSIGN(const QVector<AppRecord> apps, visibleApps(access, query, "app.read"));
    GATEHOUSE_ASSIGN(const OrganizationRecord organization, orFailure(access.context.store.organization()));
    Rows rows;
    for (const AppRecord &app : apps) {
        rows.append(appJson(app, organization));
    }
    return rows;
}

Response badValue(const QString &column)
{
    return restError(400, "22023",
                     QStringLiteral("The value of “%1” is not what the column takes.").arg(column));
}

/// One column of a PATCH. Columns that the server keeps are refused.
Answer<void> setColumn(AppRecord &app, const QString &column, const QJsonValue &value)
{
    const auto boolean = [&](bool &target) -> Answer<void> {
        target = value.toBool();
        return value.isBool() ? Answer<void>() : Answer<void>(badValue(column));
    };
    if (column == QLatin1String("name") || column == QLatin1String("default_upload_channel") ||
        column == QLatin1String("icon_url")) {
        if (!value.isString()) {
            return badValue(column);
        }
        (column == QLatin1String("name")       ? app.row.name
         : column == QLatin1String("icon_url") ? app.row.iconUrl
                                               : app.row.defaultUploadChannel) = value.toString();
        return {};
    }
    if (column == QLatin1String("allow_preview")) {
        return boolean(app.allowPreview);
    }
    if (column == QLatin1String("expose_metadata")) {
        return boolean(app.row.exposeMetadata);
    }
    if (column == QLatin1String("allow_device_custom_id")) {
        return boolean(app.row.allowDeviceCustomId);
    }
    if (column == QLatin1String("need_onboarding")) {
        return boolean(app.needOnboarding);
    }
    if (column == QLatin1String("retention") || column == QLatin1String("build_timeout_seconds")) {
        const std::optional<qint64> number = wholeNumber(value);
        const bool isRetention = column == QLatin1String("retention");
        const bool fits = number && *number >= 0 &&
                          (isRetention || (*number >= kLeastBuildSeconds && *number <= kMostBuildSeconds));
        if (!fits) {
            return badValue(column);
        }
        (isRetention ? app.row.retentionSeconds : app.buildTimeoutSeconds) = *number;
        return {};
    }
    return restError(400, "PGRST204",
                     QStringLiteral("The column “%1” of “apps” cannot be changed.").arg(column));
}

Answer<std::optional<QJsonObject>> updateApp(TableAccess &access, const QJsonObject &row,
                                             const QJsonObject &patch, const RestQuery &)
{
    const QString appId = row.value(QLatin1String("app_id")).toString();
    GATEHOUSE_ASSIGN(AppAccess found, requireTableApp(access, appId, "app.update_settings"));
    for (auto column = patch.constBegin(); column != patch.constEnd(); ++column) {
        GATEHOUSE_TRY(setColumn(found.app, column.key(), column.value()));
    }
    const Result<AppRecord> updated = access.context.store.updateApp(found.app, access.caller.actor("rest"));
    if (!updated) {
        return restFailure(updated.error());
    }
    GATEHOUSE_ASSIGN(const OrganizationRecord organization, orFailure(access.context.store.organization()));
    return std::optional(appJson(*updated, organization));
}

Answer<Rows> loadOrganizations(TableAccess &access, const RestQuery &)
{
    GATEHOUSE_ASSIGN(const OrganizationRecord organization, orFailure(access.context.store.organization()));
    Rows rows;
    if (!access.caller.key.bindings.isEmpty()) {
        QJsonObject row = organizationJson(organization);
        for (const char *off : {"enforcing_2fa", "require_apikey_expiration", "enforce_hashed_api_keys",
                                "enforce_encrypted_bundles"}) {
            row.insert(QString::fromLatin1(off), false);
        }
        rows.append(row);
    }
    return rows;
}

QStringList texts(std::initializer_list<const char *> names)
{
    QStringList list;
    for (const char *name : names) {
        list.append(QString::fromLatin1(name));
    }
    return list;
}

} // namespace

Table appsTable()
{
    Table table;
    table.name = QStringLiteral("apps");
    setColumns(table, appJson({}, {}));
    table.load = loadApps;
    table.update = updateApp;
    return table;
}

Table organizationsTable()
{
    Table table;
    table.name = QStringLiteral("orgs");
    table.columns =
        texts({"id", "created_by", "created_at", "updated_at", "logo", "name", "management_email",
               "customer_id", "website", "enforcing_2fa", "password_policy_config",
               "require_apikey_expiration", "max_apikey_expiration_days", "enforce_hashed_api_keys",
               "enforce_encrypted_bundles", "required_encryption_key"});
    table.numbers = texts({"max_apikey_expiration_days"});
    table.flags = texts({"enforcing_2fa", "require_apikey_expiration", "enforce_hashed_api_keys",
                         "enforce_encrypted_bundles"});
    table.load = loadOrganizations;
    return table;
}

} // namespace gatehouse::server::rest
