// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/manifestinput.h"
#include "server/management/rest/resterror.h"
#include "server/management/rest/tables.h"
#include "server/management/rowjson.h"

#include <QSet>

namespace gatehouse::server::rest {
namespace {

constexpr qint64 kMostBundles = 50'000;

/// True when the query asks for rows that are not deleted.
bool wantsLiveOnly(const RestQuery &query)
{
    return std::any_of(query.conditions.cbegin(), query.conditions.cend(), [](const Condition &condition) {
        return condition.kind == Condition::Kind::Compare && !condition.negated &&
               condition.column == QLatin1String("deleted") && condition.operand == QLatin1String("false") &&
               (condition.op == Operator::Is || condition.op == Operator::Equal);
    });
}

Answer<QVector<wire::BundleRow>> bundlesFor(TableAccess &access, const RestQuery &query)
{
    QVector<wire::BundleRow> bundles;
    if (const std::optional<QString> id = query.equalTo("id")) {
        GATEHOUSE_ASSIGN(const auto bundle, orFailure(access.context.store.bundle(id->toLongLong())));
        if (bundle) {
            GATEHOUSE_ASSIGN(const auto app, orFailure(access.context.store.app(bundle->appId)));
            if (app && access.caller.may("app.read_bundles", AppAccess{*app}.scope())) {
                bundles.append(*bundle);
            }
        }
        return bundles;
    }
    GATEHOUSE_ASSIGN(const QVector<AppRecord> apps, visibleApps(access, query, "app.read_bundles"));
    for (const AppRecord &app : apps) {
        BundleQuery wanted;
        wanted.appId = app.row.appId;
        wanted.withDeleted = !wantsLiveOnly(query);
        wanted.name = query.equalTo("name");
        wanted.byCreation = SortOrder::Ascending;
        wanted.page = {0, kMostBundles};
        GATEHOUSE_ASSIGN(const auto found, orFailure(access.context.store.bundles(wanted)));
        bundles += found;
    }
    return bundles;
}

Answer<Rows> loadBundles(TableAccess &access, const RestQuery &query)
{
    GATEHOUSE_ASSIGN(const auto bundles, bundlesFor(access, query));
    Rows rows;
    rows.reserve(bundles.size());
    for (const wire::BundleRow &bundle : bundles) {
        rows.append(bundleJson(bundle));
    }
    return rows;
}

Answer<Rows> loadSizes(TableAccess &access, const RestQuery &query)
{
    GATEHOUSE_ASSIGN(const auto bundles, bundlesFor(access, query));
    Rows rows;
    for (const wire::BundleRow &bundle : bundles) {
        rows.append(QJsonObject{{QStringLiteral("id"), bundle.id},
                                {QStringLiteral("app_id"), bundle.appId},
                                {QStringLiteral("created_at"), toIso(bundle.createdAt)},
                                {QStringLiteral("updated_at"), toIso(bundle.updatedAt)},
                                {QStringLiteral("size"), bundle.size.value_or(0)},
                                {QStringLiteral("checksum"), wire::orNull(bundle.checksum)}});
    }
    return rows;
}

/// The files of one bundle, when the caller may read it.
Answer<void> appendFiles(TableAccess &access, qint64 bundleId, Rows &rows)
{
    GATEHOUSE_ASSIGN(const auto bundle, orFailure(access.context.store.bundle(bundleId)));
    if (!bundle) {
        return {};
    }
    GATEHOUSE_ASSIGN(const auto app, orFailure(access.context.store.app(bundle->appId)));
    if (!app || !access.caller.may("app.read_bundles", AppAccess{*app}.scope())) {
        return {};
    }
    GATEHOUSE_ASSIGN(const auto files, orFailure(access.context.store.manifest(bundle->id)));
    for (const ManifestFile &file : files) {
        rows.append(QJsonObject{{QStringLiteral("id"), file.id},
                                {QStringLiteral("app_version_id"), file.versionId},
                                {QStringLiteral("file_name"), file.fileName},
                                {QStringLiteral("s3_path"), file.s3Path},
                                {QStringLiteral("file_hash"), file.fileHash},
                                {QStringLiteral("file_size"), file.fileSize}});
    }
    return {};
}

Answer<Rows> loadManifest(TableAccess &access, const RestQuery &query)
{
    const std::optional<QStringList> ids = query.oneOf("app_version_id");
    if (!ids) {
        // The files of all bundles of all apps: nobody means that, and no rows would be a lie.
        return unreadable(QStringLiteral("manifest"),
                          QStringLiteral("Name the bundles: app_version_id=eq.… or app_version_id=in.(…)."));
    }
    Rows rows;
    for (const QString &id : *ids) {
        GATEHOUSE_TRY(appendFiles(access, id.toLongLong(), rows));
    }
    return rows;
}

std::optional<QString> textOrNothing(const QJsonValue &value)
{
    return value.isString() && !value.toString().isEmpty() ? std::optional(value.toString()) : std::nullopt;
}

/// The bundle with the columns of a body. Columns that the server keeps are ignored, unknown ones refused.
Result<wire::BundleRow> withBundleColumns(const wire::BundleRow &now, const QJsonObject &columns)
{
    static const QSet<QString> kept{QStringLiteral("id"),
                                    QStringLiteral("app_id"),
                                    QStringLiteral("name"),
                                    QStringLiteral("owner_org"),
                                    QStringLiteral("user_id"),
                                    QStringLiteral("created_at"),
                                    QStringLiteral("updated_at"),
                                    QStringLiteral("deleted_at"),
                                    QStringLiteral("manifest"),
                                    QStringLiteral("deleted"),
                                    QStringLiteral("size"),
                                    QStringLiteral("manifest_count"),
                                    QStringLiteral("created_by_apikey_rbac_id")};
    wire::BundleRow after = now;
    const QHash<QString, std::optional<QString> *> texts{
        {QStringLiteral("r2_path"), &after.r2Path},
        {QStringLiteral("external_url"), &after.externalUrl},
        {QStringLiteral("checksum"), &after.checksum},
        {QStringLiteral("session_key"), &after.sessionKey},
        {QStringLiteral("key_id"), &after.keyId},
        {QStringLiteral("min_update_version"), &after.minUpdateVersion},
        {QStringLiteral("link"), &after.link},
        {QStringLiteral("comment"), &after.comment},
        {QStringLiteral("cli_version"), &after.cliVersion}};
    for (auto column = columns.constBegin(); column != columns.constEnd(); ++column) {
        if (kept.contains(column.key())) {
            continue;
        }
        if (const auto text = texts.constFind(column.key()); text != texts.constEnd()) {
            **text = textOrNothing(column.value());
        } else if (column.key() == QLatin1String("storage_provider")) {
            after.storageProvider = column.value().toString();
        } else if (column.key() == QLatin1String("native_packages")) {
            GATEHOUSE_ASSIGN(after.nativePackages,
                             readEach<wire::NativePackage>(column.value().toArray(),
                                                           QStringLiteral("native_packages"),
                                                           wire::NativePackage::fromJson));
        } else {
            return makeError(ErrorKind::Invalid, "channel.column",
                             QStringLiteral("Bundles have no column “%1”.").arg(column.key()));
        }
    }
    return after;
}

/// The column manifest, when it is there.
Answer<std::optional<QVector<ManifestFile>>> manifestOf(TableAccess &access, const QString &appId,
                                                        const QJsonObject &columns)
{
    const QJsonValue value = columns.value(QLatin1String("manifest"));
    if (!value.isArray()) {
        return std::optional<QVector<ManifestFile>>();
    }
    Answer<QVector<ManifestFile>> files = readManifest(access.context, appId, value.toArray());
    if (!files) {
        return restError(400, "P0001", QStringLiteral("invalid_manifest"),
                         QString::fromUtf8(files.error().bytes()));
    }
    return std::optional(std::move(*files));
}

/// Content of somewhere else needs an address that devices can load: it wins over what was uploaded.
/// @source spec: management-api, section 2.2; device-protocol, section 1.2
Answer<void> checkExternal(const wire::BundleRow &now, const QJsonObject &columns)
{
    const QLatin1String urlColumn("external_url");
    const std::optional<QString> url =
        columns.contains(urlColumn) ? textOrNothing(columns.value(urlColumn)) : now.externalUrl;
    const bool isExternal =
        columns.value(QLatin1String("storage_provider")).toString() == QLatin1String("external");
    const bool isNamed = columns.contains(urlColumn) && url;
    if (now.isReady() || (!isExternal && !isNamed)) {
        return {};
    }
    return url && url->startsWith(QLatin1String("https://"))
               ? Answer<void>()
               : Answer<void>(restError(400, "P0001", QStringLiteral("invalid_protocol"),
                                        QStringLiteral("The column external_url must begin with https://.")));
}

/// A bundle becomes ready only with its content there: devices would be sent to a missing file otherwise.
/// Gives the size of the content.
Answer<std::optional<qint64>> checkContent(TableAccess &access, const wire::BundleRow &now,
                                           QJsonObject &columns, const QString &organizationId)
{
    static const QStringList providers{QStringLiteral("r2-direct"), QStringLiteral("r2"),
                                       QStringLiteral("external")};
    const QString provider = columns.value(QLatin1String("storage_provider")).toString();
    if (columns.contains(QLatin1String("storage_provider")) && !providers.contains(provider)) {
        return restError(400, "22P02", QStringLiteral("There is no storage provider “%1”.").arg(provider));
    }
    GATEHOUSE_TRY(checkExternal(now, columns));
    if (provider != QLatin1String("r2") || now.isReady()) {
        return now.size;
    }
    const QString usual = QStringLiteral("orgs/%1/apps/%2/%3.zip").arg(organizationId, now.appId, now.name);
    const QString path =
        textOrNothing(columns.value(QLatin1String("r2_path"))).value_or(now.r2Path.value_or(usual));
    if (path != usual) {
        return restError(400, "P0001", QStringLiteral("The path of the content must be %1.").arg(usual));
    }
    GATEHOUSE_ASSIGN(const auto blob, orFailure(access.context.store.blob(path)));
    if (!blob) {
        GATEHOUSE_ASSIGN(const auto files, orFailure(access.context.store.manifest(now.id)));
        if (!files.isEmpty() || !columns.value(QLatin1String("manifest")).toArray().isEmpty()) {
            // Only its files were uploaded: plugins that take manifests need no archive.
            columns.insert(QStringLiteral("r2_path"), QJsonValue::Null);
            return std::optional<qint64>();
        }
        return restError(400, "P0001", QStringLiteral("bundle_content_missing"),
                         QStringLiteral("The content must be uploaded before the bundle is ready."));
    }
    columns.insert(QStringLiteral("r2_path"), path);
    return std::optional(blob->size);
}

/// @param conditions  what the row must still be like when it is written; nothing for an upsert
Answer<std::optional<QJsonObject>> changeBundle(TableAccess &access, const wire::BundleRow &bundle,
                                                QJsonObject columns,
                                                const std::optional<RestQuery> &conditions)
{
    GATEHOUSE_ASSIGN(const OrganizationRecord organization, orFailure(access.context.store.organization()));
    // What was stored, not what somebody says: people compare it before they release.
    GATEHOUSE_ASSIGN(const std::optional<qint64> size,
                     checkContent(access, bundle, columns, organization.id));
    GATEHOUSE_ASSIGN(const auto manifest, manifestOf(access, bundle.appId, columns));
    ServingChange change;
    change.appId = bundle.appId;
    change.actor = access.caller.actor("rest");
    change.what = QStringLiteral("edited");
    change.edit = change::EditBundle{
        bundle.id,
        [columns, size, conditions](const wire::BundleRow &now) -> Result<wire::BundleRow> {
            if (conditions && !conditions->matches(bundleJson(now))) {
                return makeError(ErrorKind::Conflict, "rest.no_match",
                                 QStringLiteral("The bundle was changed meanwhile."));
            }
            GATEHOUSE_ASSIGN(wire::BundleRow after, withBundleColumns(now, columns));
            after.size = size;
            return after;
        },
        manifest};
    const Result<ServingOutcome> outcome = access.context.store.applyServingChange(change);
    if (!outcome) {
        return outcome.error().id == QLatin1String("rest.no_match")
                   ? Answer<std::optional<QJsonObject>>(std::optional<QJsonObject>())
                   : Answer<std::optional<QJsonObject>>(restFailure(outcome.error()));
    }
    GATEHOUSE_ASSIGN(const auto written, orFailure(access.context.store.bundle(bundle.id)));
    return written ? std::optional(bundleJson(*written)) : std::nullopt;
}

Answer<std::optional<QJsonObject>> deleteByColumn(TableAccess &access, const QJsonObject &row)
{
    const QString appId = row.value(QLatin1String("app_id")).toString();
    GATEHOUSE_TRY(requireTableApp(access, appId, "bundle.delete"));
    const qint64 id = row.value(QLatin1String("id")).toInteger();
    ServingChange change;
    change.appId = appId;
    change.actor = access.caller.actor("rest");
    change.what = QStringLiteral("deleted");
    change.edit = change::DeleteBundle{id};
    const Result<ServingOutcome> outcome = access.context.store.applyServingChange(change);
    if (!outcome) {
        return restFailure(outcome.error());
    }
    GATEHOUSE_ASSIGN(const auto written, orFailure(access.context.store.bundle(id)));
    return written ? std::optional(bundleJson(*written)) : std::nullopt;
}

Answer<std::optional<QJsonObject>> updateBundle(TableAccess &access, const QJsonObject &row,
                                                const QJsonObject &patch, const RestQuery &query)
{
    const QJsonValue deleted = patch.value(QLatin1String("deleted"));
    const bool isDeleted = row.value(QLatin1String("deleted")).toBool();
    if (deleted.isBool() && deleted.toBool() && !isDeleted) {
        return deleteByColumn(access, row);
    }
    if (deleted.isBool() && !deleted.toBool() && isDeleted) {
        return restError(400, "P0001", QStringLiteral("A deleted bundle stays deleted."));
    }
    for (const char *identity : {"name", "app_id"}) {
        const QLatin1String column(identity);
        if (patch.contains(column) && patch.value(column) != row.value(column)) {
            return restError(400, "P0001", QStringLiteral("A bundle keeps its name and its app."),
                             QStringLiteral("Devices know bundles by their names."));
        }
    }
    const QString appId = row.value(QLatin1String("app_id")).toString();
    GATEHOUSE_TRY(requireTableApp(access, appId, "app.upload_bundle"));
    GATEHOUSE_ASSIGN(const auto bundle,
                     orFailure(access.context.store.bundle(row.value(QLatin1String("id")).toInteger())));
    if (!bundle) {
        return std::optional<QJsonObject>();
    }
    return changeBundle(access, *bundle, patch, query);
}

Answer<std::optional<QJsonObject>> insertBundle(TableAccess &access, const QJsonObject &row,
                                                const RestQuery &query)
{
    const QString appId = row.value(QLatin1String("app_id")).toString();
    const QString name = row.value(QLatin1String("name")).toString();
    GATEHOUSE_ASSIGN(const AppAccess found, requireTableApp(access, appId, "app.upload_bundle"));
    GATEHOUSE_ASSIGN(const OrganizationRecord organization, orFailure(access.context.store.organization()));
    const QString owner = row.value(QLatin1String("owner_org")).toString();
    if (!owner.isEmpty() && owner != organization.id) {
        return restError(403, "42501", QStringLiteral("new row violates row-level security policy"));
    }
    GATEHOUSE_ASSIGN(const auto known, orFailure(access.context.store.bundleByName(appId, name, true)));
    using Resolution = Preferences::Resolution;
    if (known && query.prefer.resolution == Resolution::IgnoreDuplicates) {
        return std::optional<QJsonObject>();
    }
    if (known && !known->deleted && query.prefer.resolution == Resolution::MergeDuplicates) {
        return changeBundle(access, *known, row, std::nullopt);
    }
    wire::BundleRow bundle;
    bundle.appId = appId;
    bundle.name = name;
    bundle.userId = access.caller.key.userId;
    bundle.storageProvider = QStringLiteral("r2-direct");
    QJsonObject columns = row;
    GATEHOUSE_ASSIGN(const std::optional<qint64> size,
                     checkContent(access, bundle, columns, organization.id));
    Result<wire::BundleRow> filled = withBundleColumns(bundle, columns);
    if (!filled) {
        return restFailure(filled.error());
    }
    filled->size = size;
    const Result<wire::BundleRow> created =
        access.context.store.createBundle(*filled, access.caller.actor("rest"));
    if (!created) {
        return created.error().kind == ErrorKind::Conflict
                   ? restError(409, "23505", QStringLiteral("duplicate key value violates unique constraint"),
                               created.error().toText())
                   : restFailure(created.error());
    }
    return std::optional(bundleJson(*created));
}

} // namespace

Table bundlesTable()
{
    Table table;
    table.name = QStringLiteral("app_versions");
    setColumns(table, bundleJson({}), {QStringLiteral("size")});
    table.load = loadBundles;
    table.insert = insertBundle;
    table.update = updateBundle;
    return table;
}

Table bundleSizesTable()
{
    Table table;
    table.name = QStringLiteral("app_versions_meta");
    table.columns = {QStringLiteral("id"),         QStringLiteral("app_id"), QStringLiteral("created_at"),
                     QStringLiteral("updated_at"), QStringLiteral("size"),   QStringLiteral("checksum")};
    table.numbers = {QStringLiteral("id"), QStringLiteral("size")};
    table.load = loadSizes;
    return table;
}

Table manifestTable()
{
    Table table;
    table.name = QStringLiteral("manifest");
    table.columns = {QStringLiteral("id"),        QStringLiteral("app_version_id"),
                     QStringLiteral("file_name"), QStringLiteral("s3_path"),
                     QStringLiteral("file_hash"), QStringLiteral("file_size")};
    table.numbers = {QStringLiteral("id"), QStringLiteral("app_version_id"), QStringLiteral("file_size")};
    table.load = loadManifest;
    return table;
}

} // namespace gatehouse::server::rest
