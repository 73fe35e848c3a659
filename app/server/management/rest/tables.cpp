// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/rest/tables.h"

#include "server/management/rest/resterror.h"
#include "server/management/rowjson.h"

#include <QHash>

namespace gatehouse::server::rest {
namespace {

constexpr qint64 kMostApps = 50'000;

} // namespace

const Table *tableNamed(const QString &name)
{
    static const QHash<QString, Table> tables = [] {
        QHash<QString, Table> all;
        for (const Table &table :
             {appsTable(), bundlesTable(), bundleSizesTable(), manifestTable(), channelsTable(),
              overridesTable(), deployHistoryTable(), organizationsTable()}) {
            all.insert(table.name, table);
        }
        return all;
    }();
    const auto found = tables.constFind(name);
    return found == tables.constEnd() ? nullptr : &*found;
}

Answer<QVector<AppRecord>> visibleApps(TableAccess &access, const RestQuery &query, const char *permission)
{
    QVector<AppRecord> apps;
    if (const std::optional<QString> appId = query.equalTo("app_id")) {
        GATEHOUSE_ASSIGN(const std::optional<AppRecord> app, orFailure(access.context.store.app(*appId)));
        if (app) {
            apps.append(*app);
        }
    } else {
        GATEHOUSE_ASSIGN(apps, orFailure(access.context.store.apps({0, kMostApps})));
    }
    QVector<AppRecord> visible;
    for (const AppRecord &app : apps) {
        if (access.caller.may(permission, AppAccess{app}.scope())) {
            visible.append(app);
        }
    }
    return visible;
}

Answer<AppAccess> requireTableApp(TableAccess &access, const QString &appId, const char *permission)
{
    GATEHOUSE_ASSIGN(std::optional<AppRecord> app, orFailure(access.context.store.app(appId)));
    if (!app || !access.caller.may(permission, AppAccess{*app}.scope())) {
        return restError(403, "42501", QStringLiteral("new row violates row-level security policy"),
                         QStringLiteral("The key needs %1 on the app.").arg(QLatin1String(permission)));
    }
    return AppAccess{std::move(*app)};
}

void setColumns(Table &table, const QJsonObject &example, const QStringList &nullableNumbers)
{
    table.columns = example.keys();
    table.numbers = nullableNumbers;
    for (auto column = example.constBegin(); column != example.constEnd(); ++column) {
        if (column.value().isDouble()) {
            table.numbers.append(column.key());
        } else if (column.value().isBool()) {
            table.flags.append(column.key());
        }
    }
}

Answer<QString> relationOf(const Table &table, const SelectItem &item)
{
    std::optional<QString> target;
    if (table.relation) {
        GATEHOUSE_ASSIGN(target, table.relation(item));
    }
    return target ? Answer<QString>(*target)
                  : Answer<QString>(restError(
                        400, "PGRST200",
                        QStringLiteral("“%1” has no relationship to “%2”.").arg(table.name, item.name)));
}

Answer<QJsonValue> embeddedBundle(TableAccess &access, const QJsonValue &id, const SelectItem &item)
{
    const auto nothing = QJsonValue(QJsonValue::Null);
    if (!id.isDouble()) {
        return nothing;
    }
    GATEHOUSE_ASSIGN(const auto bundle, orFailure(access.context.store.bundle(id.toInteger())));
    GATEHOUSE_ASSIGN(const auto app, bundle ? orFailure(access.context.store.app(bundle->appId))
                                            : Answer<std::optional<AppRecord>>(std::nullopt));
    // Who may read a channel only does not read its bundle's checksum, session key and comment along.
    if (!app || !access.caller.may("app.read_bundles", AppAccess{*app}.scope())) {
        return nothing;
    }
    const Table *bundles = tableNamed(QStringLiteral("app_versions"));
    GATEHOUSE_ASSIGN(const QJsonObject object, project(access, *bundles, bundleJson(*bundle), item.parts));
    return QJsonValue(object);
}

Answer<QJsonValue> embeddedChannel(TableAccess &access, const QJsonValue &id, const SelectItem &item)
{
    const auto nothing = QJsonValue(QJsonValue::Null);
    if (!id.isDouble()) {
        return nothing;
    }
    GATEHOUSE_ASSIGN(const auto channel, orFailure(access.context.store.channel(id.toInteger())));
    GATEHOUSE_ASSIGN(const auto app, channel ? orFailure(access.context.store.app(channel->row.appId))
                                             : Answer<std::optional<AppRecord>>(std::nullopt));
    if (!app || !access.caller.may("channel.read", AppAccess{*app}.scope(*channel))) {
        return nothing;
    }
    const Table *channels = tableNamed(QStringLiteral("channels"));
    GATEHOUSE_ASSIGN(const QJsonObject object,
                     project(access, *channels, channelColumns(*channel), item.parts));
    return QJsonValue(object);
}

Answer<QJsonObject> project(TableAccess &access, const Table &table, const QJsonObject &row,
                            const QVector<SelectItem> &select)
{
    QJsonObject projected;
    for (const SelectItem &item : select) {
        if (item.name == QLatin1String("*")) {
            for (const QString &column : table.columns) {
                projected.insert(column, row.value(column).isUndefined() ? QJsonValue() : row.value(column));
            }
            continue;
        }
        if (item.isEmbed) {
            GATEHOUSE_TRY(relationOf(table, item));
            GATEHOUSE_ASSIGN(const QJsonValue embedded, table.embed(access, row, item));
            projected.insert(item.key(), embedded);
            continue;
        }
        if (!table.columns.contains(item.name)) {
            return restError(400, "42703",
                             QStringLiteral("column %1.%2 does not exist").arg(table.name, item.name));
        }
        projected.insert(item.key(),
                         row.value(item.name).isUndefined() ? QJsonValue() : row.value(item.name));
    }
    return projected;
}

} // namespace gatehouse::server::rest
