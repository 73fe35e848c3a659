// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/rest/columncheck.h"

#include "server/management/rest/resterror.h"

#include <cmath>

namespace gatehouse::server::rest {
namespace {

Answer<void> requireColumn(const Table &table, const QString &column)
{
    return table.columns.contains(column)
               ? Answer<void>()
               : Answer<void>(restError(
                     400, "42703", QStringLiteral("column %1.%2 does not exist").arg(table.name, column)));
}

Answer<void> checkValue(const Table &table, const QString &column, const QString &value)
{
    bool fits = true;
    const char *type = "numeric";
    if (table.numbers.contains(column)) {
        const double number = value.toDouble(&fits);
        fits = fits && std::isfinite(number);
    } else if (table.flags.contains(column)) {
        type = "boolean";
        fits = value == QLatin1String("true") || value == QLatin1String("false");
    }
    return fits ? Answer<void>()
                : Answer<void>(restError(400, "22P02",
                                         QStringLiteral("invalid input syntax for type %1: \"%2\"")
                                             .arg(QLatin1String(type), value),
                                         QStringLiteral("The column is %1.%2.").arg(table.name, column)));
}

/// A value of another type equals nothing, and "not equal" would be every row: a slip must not change or
/// delete them all.
Answer<void> checkCondition(const Table &table, const Condition &condition)
{
    if (condition.kind != Condition::Kind::Compare) {
        for (const Condition &part : condition.parts) {
            GATEHOUSE_TRY(checkCondition(table, part));
        }
        return {};
    }
    GATEHOUSE_TRY(requireColumn(table, condition.column));
    switch (condition.op) {
    case Operator::Equal:
    case Operator::NotEqual:
    case Operator::Greater:
    case Operator::GreaterOrEqual:
    case Operator::Less:
    case Operator::LessOrEqual:
        return checkValue(table, condition.column, condition.operand);
    case Operator::In:
        for (const QString &value : condition.list) {
            GATEHOUSE_TRY(checkValue(table, condition.column, value));
        }
        return {};
    case Operator::Like:
    case Operator::InsensitiveLike:
    case Operator::Is:
        break;
    }
    return {};
}

Answer<void> checkSelect(const Table &table, const QVector<SelectItem> &select)
{
    for (const SelectItem &item : select) {
        if (item.isEmbed) {
            GATEHOUSE_ASSIGN(const QString target, relationOf(table, item));
            const Table *embedded = tableNamed(target);
            if (embedded != nullptr) {
                GATEHOUSE_TRY(checkSelect(*embedded, item.parts));
            }
        } else if (item.name != QLatin1String("*")) {
            GATEHOUSE_TRY(requireColumn(table, item.name));
        }
    }
    return {};
}

} // namespace

Answer<void> checkQuery(const Table &table, const RestQuery &query)
{
    for (const Condition &condition : query.conditions) {
        GATEHOUSE_TRY(checkCondition(table, condition));
    }
    for (const OrderItem &item : query.order) {
        GATEHOUSE_TRY(requireColumn(table, item.column));
    }
    return checkSelect(table, query.select);
}

} // namespace gatehouse::server::rest
