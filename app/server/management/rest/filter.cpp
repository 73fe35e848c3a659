// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/rest/filter.h"

#include "server/management/rest/likematch.h"
#include "server/management/rest/resterror.h"

#include "core/clock.h"

#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <cmath>

namespace gatehouse::server::rest {
namespace {

struct OperatorName
{
    const char *name;
    Operator op;
};
constexpr std::array kOperators{
    OperatorName{"eq", Operator::Equal},   OperatorName{"neq", Operator::NotEqual},
    OperatorName{"gt", Operator::Greater}, OperatorName{"gte", Operator::GreaterOrEqual},
    OperatorName{"lt", Operator::Less},    OperatorName{"lte", Operator::LessOrEqual},
    OperatorName{"like", Operator::Like},  OperatorName{"ilike", Operator::InsensitiveLike},
    OperatorName{"is", Operator::Is},      OperatorName{"in", Operator::In},
};

constexpr int kMaxDepth = 16;

std::optional<Operator> operatorNamed(const QString &name)
{
    for (const OperatorName &entry : kOperators) {
        if (name == QLatin1String(entry.name)) {
            return entry.op;
        }
    }
    return std::nullopt;
}

bool isColumnName(const QString &text)
{
    static const QRegularExpression shape(QStringLiteral("\\A[A-Za-z_][A-Za-z0-9_]*\\z"));
    return shape.match(text).hasMatch();
}

/// Splits at commas that stand outside quotes and parentheses. Nothing when a quote or parenthesis is open.
std::optional<QStringList> splitTop(const QString &text)
{
    QStringList parts;
    QString part;
    int depth = 0;
    bool quoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (quoted && c == QLatin1Char('\\') && i + 1 < text.size()) {
            part += c;
            part += text.at(++i);
            continue;
        }
        if (c == QLatin1Char('"')) {
            quoted = !quoted;
        } else if (!quoted && c == QLatin1Char('(')) {
            ++depth;
        } else if (!quoted && c == QLatin1Char(')') && --depth < 0) {
            return std::nullopt;
        } else if (!quoted && depth == 0 && c == QLatin1Char(',')) {
            parts.append(part);
            part.clear();
            continue;
        }
        part += c;
    }
    if (quoted || depth != 0) {
        return std::nullopt;
    }
    parts.append(part);
    return parts;
}

/// Without the quotes of "…" and its backslashes.
QString unquoted(const QString &text)
{
    if (text.size() < 2 || !text.startsWith(QLatin1Char('"')) || !text.endsWith(QLatin1Char('"'))) {
        return text;
    }
    QString plain;
    for (qsizetype i = 1; i < text.size() - 1; ++i) {
        if (text.at(i) == QLatin1Char('\\') && i + 1 < text.size() - 1) {
            ++i;
        }
        plain += text.at(i);
    }
    return plain;
}

std::optional<QString> insideParentheses(const QString &text)
{
    if (text.size() < 2 || !text.startsWith(QLatin1Char('(')) || !text.endsWith(QLatin1Char(')'))) {
        return std::nullopt;
    }
    return text.mid(1, text.size() - 2);
}

Answer<Condition> parseList(Condition condition, const QString &operand, const QString &whole)
{
    const std::optional<QString> inside = insideParentheses(operand);
    const std::optional<QStringList> parts = inside ? splitTop(*inside) : std::nullopt;
    if (!parts) {
        return unreadable(whole, QStringLiteral("in wants a list in parentheses"));
    }
    if (!inside->isEmpty()) {
        for (const QString &part : *parts) {
            condition.list.append(unquoted(part));
        }
    }
    return condition;
}

Answer<Condition> parseGroupAt(Condition::Kind kind, bool negated, const QString &text, int depth);

/// "a.eq.1", "not.a.eq.1", "or(…)", "not.and(…)" inside a group.
Answer<Condition> parseMember(const QString &text, int depth)
{
    QString rest = text.trimmed();
    bool negated = false;
    if (rest.startsWith(QLatin1String("not.and(")) || rest.startsWith(QLatin1String("not.or("))) {
        negated = true;
        rest = rest.mid(4);
    }
    if (rest.startsWith(QLatin1String("and("))) {
        return parseGroupAt(Condition::Kind::All, negated, rest.mid(3), depth + 1);
    }
    if (rest.startsWith(QLatin1String("or("))) {
        return parseGroupAt(Condition::Kind::Any, negated, rest.mid(2), depth + 1);
    }
    const qsizetype dot = rest.indexOf(QLatin1Char('.'));
    if (dot <= 0) {
        return unreadable(text, QStringLiteral("a condition is column.operator.value"));
    }
    GATEHOUSE_ASSIGN(Condition condition, parseCondition(rest.left(dot), rest.mid(dot + 1)));
    condition.operand = unquoted(condition.operand);
    return condition;
}

Answer<Condition> parseGroupAt(Condition::Kind kind, bool negated, const QString &text, int depth)
{
    const std::optional<QString> inside = insideParentheses(text);
    const std::optional<QStringList> parts = inside && !inside->isEmpty() ? splitTop(*inside) : std::nullopt;
    if (!parts || depth > kMaxDepth) {
        return unreadable(text, QStringLiteral("a group is a list of conditions in parentheses"));
    }
    Condition group;
    group.kind = kind;
    group.negated = negated;
    for (const QString &part : *parts) {
        GATEHOUSE_ASSIGN(Condition member, parseMember(part, depth));
        group.parts.append(std::move(member));
    }
    return group;
}

QString textOf(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Bool:
        return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    case QJsonValue::Double: {
        const QVariant number = value.toVariant();
        return number.toString();
    }
    case QJsonValue::String:
        return value.toString();
    case QJsonValue::Array:
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    case QJsonValue::Object:
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    default:
        return {};
    }
}

bool looksLikeTime(const QString &text)
{
    return text.size() >= 19 && text.at(4) == QLatin1Char('-') &&
           (text.at(10) == QLatin1Char('T') || text.at(10) == QLatin1Char(' '));
}

template<typename Value>
int sign(const Value &left, const Value &right)
{
    return left < right ? -1 : right < left ? 1 : 0;
}

std::optional<bool> testIs(const QJsonValue &value, const QString &operand)
{
    const bool isNull = value.isNull() || value.isUndefined();
    if (operand == QLatin1String("null")) {
        return isNull;
    }
    if (operand == QLatin1String("unknown")) {
        return isNull;
    }
    const bool wanted = operand == QLatin1String("true");
    return !isNull && value.isBool() && value.toBool() == wanted;
}

} // namespace

std::optional<int> compareValues(const QJsonValue &left, const QJsonValue &right)
{
    const auto isNothing = [](const QJsonValue &value) { return value.isNull() || value.isUndefined(); };
    if (isNothing(left) || isNothing(right)) {
        return std::nullopt;
    }
    if (left.isDouble() && right.isDouble()) {
        return sign(left.toDouble(), right.toDouble());
    }
    const QString leftText = textOf(left);
    const QString rightText = textOf(right);
    if (left.isDouble() || right.isDouble()) {
        bool isNumber = false;
        const double other = (left.isDouble() ? rightText : leftText).toDouble(&isNumber);
        // "nan" is read as a number, too, and would be neither more nor less than any.
        if (isNumber && std::isfinite(other)) {
            return left.isDouble() ? sign(left.toDouble(), other) : sign(other, right.toDouble());
        }
    }
    // Our own times all have one form, which orders as text.
    const bool sameForm = leftText.size() == rightText.size() && leftText.endsWith(QLatin1Char('Z')) &&
                          rightText.endsWith(QLatin1Char('Z'));
    if (!sameForm && looksLikeTime(leftText) && looksLikeTime(rightText)) {
        // "+00:00" may arrive with its plus read as a blank.
        const Result<UtcTime> leftTime = parseIso(leftText);
        const QString zone = rightText.mid(19).replace(QLatin1Char(' '), QLatin1Char('+'));
        const Result<UtcTime> rightTime = parseIso(QString(rightText.left(19) + zone));
        if (leftTime && rightTime) {
            return sign(*leftTime, *rightTime);
        }
    }
    return sign(leftText, rightText);
}

std::optional<bool> Condition::test(const QJsonObject &row) const
{
    std::optional<bool> outcome;
    if (kind != Kind::Compare) {
        const bool isAll = kind == Kind::All;
        outcome = isAll;
        for (const Condition &part : parts) {
            const std::optional<bool> one = part.test(row);
            if (one == std::optional<bool>(!isAll)) {
                outcome = !isAll;
                break;
            }
            if (!one) {
                outcome = std::nullopt;
            }
        }
    } else {
        const QJsonValue value = row.value(column);
        const auto compared = [&] { return compareValues(value, operand); };
        const auto ordered = [&](auto accept) -> std::optional<bool> {
            const std::optional<int> order = compared();
            return order ? std::optional<bool>(accept(*order)) : std::nullopt;
        };
        switch (op) {
        case Operator::Equal:
            outcome = ordered([](int order) { return order == 0; });
            break;
        case Operator::NotEqual:
            outcome = ordered([](int order) { return order != 0; });
            break;
        case Operator::Greater:
            outcome = ordered([](int order) { return order > 0; });
            break;
        case Operator::GreaterOrEqual:
            outcome = ordered([](int order) { return order >= 0; });
            break;
        case Operator::Less:
            outcome = ordered([](int order) { return order < 0; });
            break;
        case Operator::LessOrEqual:
            outcome = ordered([](int order) { return order <= 0; });
            break;
        case Operator::Like:
        case Operator::InsensitiveLike:
            if (!value.isNull() && !value.isUndefined()) {
                outcome = likeMatches(operand, textOf(value),
                                      op == Operator::Like ? Qt::CaseSensitive : Qt::CaseInsensitive);
            }
            break;
        case Operator::Is:
            outcome = testIs(value, operand);
            break;
        case Operator::In:
            if (!value.isNull() && !value.isUndefined()) {
                outcome = std::any_of(list.cbegin(), list.cend(), [&](const QString &item) {
                    return compareValues(value, item) == std::optional<int>(0);
                });
            }
            break;
        }
    }
    if (outcome && negated) {
        outcome = !*outcome;
    }
    return outcome;
}

void Condition::collectColumns(QStringList &columns) const
{
    if (kind == Kind::Compare) {
        columns.append(column);
    }
    for (const Condition &part : parts) {
        part.collectColumns(columns);
    }
}

Answer<Condition> parseCondition(const QString &column, const QString &text)
{
    const QString whole = QString(column + QLatin1Char('=') + text);
    Condition condition;
    condition.column = column;
    if (!isColumnName(column)) {
        return unreadable(whole, QStringLiteral("no name of a column"));
    }
    QString rest = text;
    if (rest.startsWith(QLatin1String("not."))) {
        condition.negated = true;
        rest = rest.mid(4);
    }
    const qsizetype dot = rest.indexOf(QLatin1Char('.'));
    const std::optional<Operator> op = dot > 0 ? operatorNamed(rest.left(dot)) : std::nullopt;
    if (!op) {
        return unreadable(whole, QStringLiteral("expected an operator (eq, neq, gt, …) and a point"));
    }
    condition.op = *op;
    const QString operand = rest.mid(dot + 1);
    if (*op == Operator::In) {
        return parseList(std::move(condition), operand, whole);
    }
    if (*op == Operator::Is) {
        static const QStringList known{QStringLiteral("null"), QStringLiteral("true"),
                                       QStringLiteral("false"), QStringLiteral("unknown")};
        condition.operand = operand.toLower();
        return known.contains(condition.operand)
                   ? Answer<Condition>(std::move(condition))
                   : Answer<Condition>(
                         unreadable(whole, QStringLiteral("is wants null, true, false or unknown")));
    }
    condition.operand = operand;
    return condition;
}

Answer<Condition> parseGroup(Condition::Kind kind, bool negated, const QString &text)
{
    return parseGroupAt(kind, negated, text, 0);
}

} // namespace gatehouse::server::rest
