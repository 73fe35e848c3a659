// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/request.h"
#include "server/management/rest/filter.h"
#include "server/management/rest/selection.h"

namespace gatehouse::server::rest {

struct OrderItem
{
    QString column;
    bool descending = false;
    bool nullsFirst = false;

    bool operator==(const OrderItem &) const = default;
};

/// What the header Prefer asks for. @source PostgREST, "Preferences"
struct Preferences
{
    enum class Return { Minimal, HeadersOnly, Representation };
    enum class Resolution { None, MergeDuplicates, IgnoreDuplicates };
    Return returns = Return::Minimal;
    Resolution resolution = Resolution::None;
    bool countExact = false;
};
[[nodiscard]] Preferences parsePreferences(const Request &request);

/// A request to a table, read.
struct RestQuery
{
    static constexpr qint64 kMostRows = 1000;

    QVector<Condition> conditions;
    QVector<SelectItem> select;
    QVector<OrderItem> order;
    qint64 offset = 0;
    qint64 limit = kMostRows;
    QStringList onConflict;
    Preferences prefer;
    bool wantsObject = false; ///< exactly one row, as an object

    [[nodiscard]] bool matches(const QJsonObject &row) const;
    /// The text that a column must equal, for a look-up by index.
    [[nodiscard]] std::optional<QString> equalTo(const char *column) const;
    /// The texts of which a column must equal one.
    [[nodiscard]] std::optional<QStringList> oneOf(const char *column) const;
};

/// Reads query and headers. PGRST100 when a part cannot be read; PGRST103 (416) for a bad range.
Answer<RestQuery> parseQuery(const Request &request);

/// Sorted as the query wants it; equal rows keep their order.
void sortRows(QVector<QJsonObject> &rows, const QVector<OrderItem> &order);

} // namespace gatehouse::server::rest
