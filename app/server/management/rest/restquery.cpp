// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/rest/restquery.h"

#include "server/management/rest/resterror.h"

#include <QRegularExpression>

#include <algorithm>

namespace gatehouse::server::rest {
namespace {

Answer<QVector<OrderItem>> parseOrder(const QString &text)
{
    QVector<OrderItem> order;
    for (const QString &part : text.split(QLatin1Char(','))) {
        const QStringList words = part.trimmed().split(QLatin1Char('.'));
        OrderItem item;
        item.column = words.first();
        std::optional<bool> nullsFirst;
        for (const QString &word : words.mid(1)) {
            if (word == QLatin1String("desc") || word == QLatin1String("asc")) {
                item.descending = word == QLatin1String("desc");
            } else if (word == QLatin1String("nullsfirst") || word == QLatin1String("nullslast")) {
                nullsFirst = word == QLatin1String("nullsfirst");
            } else {
                return unreadable(QString(QStringLiteral("order=") + text),
                                  QStringLiteral("“%1” is no order").arg(word));
            }
        }
        if (item.column.isEmpty()) {
            return unreadable(QString(QStringLiteral("order=") + text),
                              QStringLiteral("a column is missing"));
        }
        item.nullsFirst = nullsFirst.value_or(item.descending);
        order.append(item);
    }
    return order;
}

Answer<qint64> parseNumber(const QString &name, const QString &text)
{
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    if (!isNumber || number < 0) {
        return unreadable(QString(name + QLatin1Char('=') + text), QStringLiteral("expected a whole number"));
    }
    return number;
}

/// "0-24" or "25-" of the header Range.
Answer<void> applyRange(const QByteArray &header, RestQuery &query)
{
    const QString text = QString::fromLatin1(header).remove(QStringLiteral("items="));
    static const QRegularExpression shape(QStringLiteral("\\A([0-9]{1,15})-([0-9]{1,15})?\\z"));
    const QRegularExpressionMatch match = shape.match(text.trimmed());
    const qint64 first = match.captured(1).toLongLong();
    const qint64 last =
        match.captured(2).isEmpty() ? first + RestQuery::kMostRows - 1 : match.captured(2).toLongLong();
    if (!match.hasMatch() || last < first) {
        return restError(416, "PGRST103", QStringLiteral("The range cannot be served."));
    }
    query.offset = first;
    query.limit = last - first + 1;
    return {};
}

Answer<void> readParameter(const QString &name, const QString &value, RestQuery &query)
{
    if (name == QLatin1String("select")) {
        GATEHOUSE_ASSIGN(query.select, parseSelect(value));
    } else if (name == QLatin1String("order")) {
        GATEHOUSE_ASSIGN(query.order, parseOrder(value));
    } else if (name == QLatin1String("limit")) {
        GATEHOUSE_ASSIGN(query.limit, parseNumber(name, value));
    } else if (name == QLatin1String("offset")) {
        GATEHOUSE_ASSIGN(query.offset, parseNumber(name, value));
    } else if (name == QLatin1String("on_conflict")) {
        query.onConflict = value.split(QLatin1Char(','), Qt::SkipEmptyParts);
    } else if (name == QLatin1String("columns")) {
        // Names what the body holds; the body itself is read.
    } else if (name == QLatin1String("and") || name == QLatin1String("or")) {
        const auto kind = name == QLatin1String("and") ? Condition::Kind::All : Condition::Kind::Any;
        GATEHOUSE_ASSIGN(Condition group, parseGroup(kind, false, value));
        query.conditions.append(std::move(group));
    } else if (name == QLatin1String("not.and") || name == QLatin1String("not.or")) {
        const auto kind = name == QLatin1String("not.and") ? Condition::Kind::All : Condition::Kind::Any;
        GATEHOUSE_ASSIGN(Condition group, parseGroup(kind, true, value));
        query.conditions.append(std::move(group));
    } else {
        GATEHOUSE_ASSIGN(Condition condition, parseCondition(name, value));
        query.conditions.append(std::move(condition));
    }
    return {};
}

} // namespace

Preferences parsePreferences(const Request &request)
{
    Preferences preferences;
    for (const auto &[name, value] : request.headers) {
        if (name != "prefer") {
            continue;
        }
        for (const QByteArray &part : value.split(',')) {
            const QByteArray word = part.trimmed();
            if (word == "return=representation") {
                preferences.returns = Preferences::Return::Representation;
            } else if (word == "return=headers-only") {
                preferences.returns = Preferences::Return::HeadersOnly;
            } else if (word == "resolution=merge-duplicates") {
                preferences.resolution = Preferences::Resolution::MergeDuplicates;
            } else if (word == "resolution=ignore-duplicates") {
                preferences.resolution = Preferences::Resolution::IgnoreDuplicates;
            } else if (word == "count=exact" || word == "count=planned" || word == "count=estimated") {
                preferences.countExact = true;
            }
        }
    }
    return preferences;
}

bool RestQuery::matches(const QJsonObject &row) const
{
    return std::all_of(conditions.cbegin(), conditions.cend(),
                       [&](const Condition &condition) { return condition.matches(row); });
}

std::optional<QString> RestQuery::equalTo(const char *column) const
{
    for (const Condition &condition : conditions) {
        if (condition.kind == Condition::Kind::Compare && !condition.negated &&
            condition.op == Operator::Equal && condition.column == QLatin1String(column)) {
            return condition.operand;
        }
    }
    return std::nullopt;
}

std::optional<QStringList> RestQuery::oneOf(const char *column) const
{
    for (const Condition &condition : conditions) {
        if (condition.kind != Condition::Kind::Compare || condition.negated ||
            condition.column != QLatin1String(column)) {
            continue;
        }
        if (condition.op == Operator::Equal) {
            return QStringList{condition.operand};
        }
        if (condition.op == Operator::In) {
            return condition.list;
        }
    }
    return std::nullopt;
}

Answer<RestQuery> parseQuery(const Request &request)
{
    RestQuery query;
    query.prefer = parsePreferences(request);
    query.wantsObject = request.header("accept").contains("application/vnd.pgrst.object+json");
    GATEHOUSE_ASSIGN(query.select, parseSelect({}));
    if (request.hasHeader("range") && (request.method == Method::Get || request.method == Method::Head)) {
        GATEHOUSE_TRY(applyRange(request.header("range"), query));
    }
    for (const auto &[name, value] : request.query.items()) {
        GATEHOUSE_TRY(readParameter(name, value, query));
    }
    query.limit = std::min(query.limit, RestQuery::kMostRows);
    return query;
}

void sortRows(QVector<QJsonObject> &rows, const QVector<OrderItem> &order)
{
    std::stable_sort(rows.begin(), rows.end(), [&](const QJsonObject &left, const QJsonObject &right) {
        for (const OrderItem &item : order) {
            const QJsonValue a = left.value(item.column);
            const QJsonValue b = right.value(item.column);
            if (a.isNull() != b.isNull()) {
                return a.isNull() == item.nullsFirst;
            }
            const int compared = compareValues(a, b).value_or(0);
            if (compared != 0) {
                return item.descending ? compared > 0 : compared < 0;
            }
        }
        return false;
    });
}

} // namespace gatehouse::server::rest
