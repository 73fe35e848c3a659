// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/input.h"

#include "core/ids.h"

#include <QJsonDocument>

#include <cmath>

namespace gatehouse::server {
namespace {

QJsonObject fromQuery(const QueryParameters &query)
{
    QJsonObject object;
    for (const auto &[name, value] : query.items()) {
        if (!object.contains(name)) {
            object.insert(name, value);
        }
    }
    return object;
}

} // namespace

Answer<Input> Input::of(const Request &request)
{
    if (!request.body.trimmed().isEmpty()) {
        const QJsonDocument document = QJsonDocument::fromJson(request.body);
        if (document.isObject()) {
            return Input(document.object());
        }
        if (!document.isNull() || request.query.isEmpty()) {
            return document.isNull()
                       ? badRequest("invalid_json_parse_body", QStringLiteral("The body is no JSON."))
                       : badRequest("invalid_json_body", QStringLiteral("The body is no object."));
        }
    }
    if (!request.query.isEmpty() || request.method == Method::Get || request.method == Method::Head) {
        return Input(fromQuery(request.query));
    }
    return badRequest("invalid_json_parse_body", QStringLiteral("A JSON body is missing."));
}

QString Input::text(const char *key) const
{
    return optText(key).value_or(QString());
}

std::optional<QString> Input::optText(const char *key) const
{
    const QJsonValue found = value(key);
    return found.isString() ? std::optional(found.toString()) : std::nullopt;
}

std::optional<qint64> Input::integer(const char *key) const
{
    return wholeNumber(value(key));
}

std::optional<bool> Input::boolean(const char *key) const
{
    return truth(value(key));
}

QStringList Input::texts(const char *key) const
{
    QStringList list;
    for (const QJsonValue &item : value(key).toArray()) {
        if (item.isString()) {
            list.append(item.toString());
        }
    }
    return list;
}

std::optional<qint64> wholeNumber(const QJsonValue &value)
{
    if (value.isString()) {
        bool isNumber = false;
        const qint64 number = value.toString().toLongLong(&isNumber);
        return isNumber ? std::optional(number) : std::nullopt;
    }
    constexpr double largest = 9007199254740991.0;
    const double number = value.toDouble(0.5);
    if (!value.isDouble() || std::floor(number) != number || std::abs(number) > largest) {
        return std::nullopt;
    }
    return static_cast<qint64>(number);
}

std::optional<bool> truth(const QJsonValue &value)
{
    if (value.isBool()) {
        return value.toBool();
    }
    if (value.toString() == QLatin1String("true")) {
        return true;
    }
    return value.toString() == QLatin1String("false") ? std::optional(false) : std::nullopt;
}

QStringList deviceIdsOf(const Input &input)
{
    QStringList ids = input.texts("devicesId");
    for (QString &id : ids) {
        id = id.toLower();
    }
    return ids;
}

Answer<QString> appIdOf(const Input &input, const char *key)
{
    const QString text = input.text(key);
    if (text.isEmpty()) {
        return badRequest("missing_app_id", QStringLiteral("The app id is missing."));
    }
    if (!AppId::parse(text)) {
        return badRequest("invalid_app_id",
                          QStringLiteral("The app id must be in reverse domain form, like com.example.app."),
                          {{QStringLiteral("app_id"), text}});
    }
    return text;
}

} // namespace gatehouse::server
