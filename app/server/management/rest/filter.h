// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/management/answer.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QString>
#include <QStringList>
#include <QVector>

#include <functional>
#include <optional>

namespace gatehouse::server::rest {

enum class Operator {
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    Like,
    InsensitiveLike,
    Is,
    In
};

/// One condition of a query, or several joined: "id=eq.4", "or=(a.eq.1,b.is.null)".
/// @source PostgREST, "Horizontal filtering"
struct Condition
{
    enum class Kind { Compare, All, Any };
    Kind kind = Kind::Compare;
    bool negated = false;
    // Compare
    QString column;
    Operator op = Operator::Equal;
    QString operand;
    QStringList list; ///< of In
    // All, Any
    QVector<Condition> parts;

    /// As SQL's three-valued logic: a comparison with null is unknown, which is not true.
    [[nodiscard]] std::optional<bool> test(const QJsonObject &row) const;
    [[nodiscard]] bool matches(const QJsonObject &row) const { return test(row).value_or(false); }
    /// All columns that are named.
    void collectColumns(QStringList &columns) const;
};

/// "eq.4" of a column. PGRST100 when it cannot be read.
Answer<Condition> parseCondition(const QString &column, const QString &text);
/// "(a.eq.1,or(b.gt.2,c.is.null))" of "and=" or "or=".
Answer<Condition> parseGroup(Condition::Kind kind, bool negated, const QString &text);

/// Below, equal, above 0 as two values order; nothing when either is null. Numbers by size, everything else
/// by code points; texts that are both times by the moment.
[[nodiscard]] std::optional<int> compareValues(const QJsonValue &left, const QJsonValue &right);

} // namespace gatehouse::server::rest
