// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/management/context.h"
#include "server/management/rest/restquery.h"

#include <functional>

namespace gatehouse::server::rest {

using Rows = QVector<QJsonObject>;

/// One request of one caller to the tables.
struct TableAccess
{
    ManagementContext &context;
    const Caller &caller;
};

/// A table as the wire shows it. Functions that are not set are not allowed.
struct Table
{
    QString name;
    QStringList columns;
    /// Columns that hold numbers, and such that hold true or false. All others hold text.
    QStringList numbers;
    QStringList flags;
    /// Rows that the caller may see and that may match; the query's conditions are tested afterwards.
    std::function<Answer<Rows>(TableAccess &, const RestQuery &)> load;
    /// The table that select embeds by that name, when there is one. PGRST201 when it could be several.
    std::function<Answer<std::optional<QString>>(const SelectItem &)> relation;
    /// What an embedded table of a row is: an object, an array, or null. Only for what relation names.
    std::function<Answer<QJsonValue>(TableAccess &, const QJsonObject &row, const SelectItem &)> embed;
    /// One row of a POST; the row as it is then, or nothing when a duplicate was ignored.
    std::function<Answer<std::optional<QJsonObject>>(TableAccess &, const QJsonObject &row,
                                                     const RestQuery &)>
        insert;
    /// One row of a PATCH; nothing when it does not match any more.
    std::function<Answer<std::optional<QJsonObject>>(TableAccess &, const QJsonObject &row,
                                                     const QJsonObject &patch, const RestQuery &)>
        update;
    std::function<Answer<void>(TableAccess &, const QJsonObject &row)> remove;
};

[[nodiscard]] const Table *tableNamed(const QString &name);

// The tables, in files of their own.
[[nodiscard]] Table appsTable();
[[nodiscard]] Table bundlesTable();
[[nodiscard]] Table bundleSizesTable();
[[nodiscard]] Table manifestTable();
[[nodiscard]] Table channelsTable();
[[nodiscard]] Table overridesTable();
[[nodiscard]] Table deployHistoryTable();
[[nodiscard]] Table organizationsTable();

/// Apps on which the caller holds the permission; only the one that the query names, if it names one.
Answer<QVector<AppRecord>> visibleApps(TableAccess &access, const RestQuery &query, const char *permission);
/// The app that a row belongs to, when the caller holds the permission there; else 42501.
Answer<AppAccess> requireTableApp(TableAccess &access, const QString &appId, const char *permission);
/// Columns and their types as an example shows them; what may be null is not seen there.
void setColumns(Table &table, const QJsonObject &example, const QStringList &nullableNumbers = {});
/// The table that an item of select embeds. PGRST200 when there is none.
Answer<QString> relationOf(const Table &table, const SelectItem &item);
/// The bundle or channel of an id as an embedded object; null when it is not there or the caller may not see
/// it.
Answer<QJsonValue> embeddedBundle(TableAccess &access, const QJsonValue &id, const SelectItem &item);
Answer<QJsonValue> embeddedChannel(TableAccess &access, const QJsonValue &id, const SelectItem &item);
/// The row with only what select names, embedded tables included.
Answer<QJsonObject> project(TableAccess &access, const Table &table, const QJsonObject &row,
                            const QVector<SelectItem> &select);

} // namespace gatehouse::server::rest
