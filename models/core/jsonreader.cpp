// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jsonreader.h"

#include "core/sentences.h"

#include <QJsonDocument>

#include <cmath>

namespace gatehouse {

namespace {

Error notAsAgreed(const QString &path, const QString &sentence)
{
    return makeError(ErrorKind::Protocol, "wire.json", Sentences::tr("The answer is not as agreed."),
                     sentence.arg(path));
}

bool isWhole(const QJsonValue &value)
{
    if (!value.isDouble()) {
        return false;
    }
    const double number = value.toDouble();
    return std::floor(number) == number && std::fabs(number) <= 9007199254740991.0;
}

} // namespace

JsonReader::JsonReader(QJsonObject object, QString path)
    : m_object(std::move(object))
    , m_path(std::move(path))
{}

QJsonValue JsonReader::at(const char *key) const
{
    return m_object.value(QLatin1String(key));
}

void JsonReader::complain(const char *key, const QString &sentence)
{
    if (!m_error) {
        m_error = notAsAgreed(m_path + QLatin1Char('.') + QLatin1String(key), sentence);
    }
}

Result<void> JsonReader::finish() const
{
    if (m_error) {
        return *m_error;
    }
    return {};
}

QString JsonReader::text(const char *key)
{
    const QJsonValue value = at(key);
    if (!value.isString()) {
        complain(key, Sentences::tr("%1 should be a text."));
    }
    return value.toString();
}

qint64 JsonReader::integer(const char *key)
{
    const QJsonValue value = at(key);
    if (!isWhole(value)) {
        complain(key, Sentences::tr("%1 should be a whole number."));
    }
    return value.toInteger();
}

double JsonReader::number(const char *key)
{
    const QJsonValue value = at(key);
    if (!value.isDouble()) {
        complain(key, Sentences::tr("%1 should be a number."));
    }
    return value.toDouble();
}

bool JsonReader::boolean(const char *key)
{
    const QJsonValue value = at(key);
    if (!value.isBool()) {
        complain(key, Sentences::tr("%1 should be true or false."));
    }
    return value.toBool();
}

UtcTime JsonReader::time(const char *key)
{
    const Result<UtcTime> parsed = parseIso(at(key).toString());
    if (!parsed) {
        complain(key, Sentences::tr("%1 should be a time."));
        return {};
    }
    return *parsed;
}

QJsonObject JsonReader::object(const char *key)
{
    const QJsonValue value = at(key);
    if (!value.isObject()) {
        complain(key, Sentences::tr("%1 should be an object."));
    }
    return value.toObject();
}

QJsonArray JsonReader::array(const char *key)
{
    const QJsonValue value = at(key);
    if (!value.isArray()) {
        complain(key, Sentences::tr("%1 should be a list."));
    }
    return value.toArray();
}

std::optional<QString> JsonReader::optText(const char *key)
{
    if (const QJsonValue value = at(key); value.isNull() || value.isUndefined()) {
        return std::nullopt;
    }
    return text(key);
}

std::optional<qint64> JsonReader::optInteger(const char *key)
{
    if (const QJsonValue value = at(key); value.isNull() || value.isUndefined()) {
        return std::nullopt;
    }
    return integer(key);
}

std::optional<double> JsonReader::optNumber(const char *key)
{
    if (const QJsonValue value = at(key); value.isNull() || value.isUndefined()) {
        return std::nullopt;
    }
    return number(key);
}

std::optional<bool> JsonReader::optBoolean(const char *key)
{
    if (const QJsonValue value = at(key); value.isNull() || value.isUndefined()) {
        return std::nullopt;
    }
    return boolean(key);
}

std::optional<UtcTime> JsonReader::optTime(const char *key)
{
    if (const QJsonValue value = at(key); value.isNull() || value.isUndefined()) {
        return std::nullopt;
    }
    return time(key);
}

std::optional<QJsonObject> JsonReader::optObject(const char *key)
{
    if (const QJsonValue value = at(key); value.isNull() || value.isUndefined()) {
        return std::nullopt;
    }
    return object(key);
}

QJsonArray JsonReader::optArray(const char *key)
{
    if (const QJsonValue value = at(key); value.isNull() || value.isUndefined()) {
        return {};
    }
    return array(key);
}

Result<QJsonObject> parseJsonObject(const QByteArray &bytes, const QString &path)
{
    QJsonParseError problem{};
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &problem);
    if (problem.error != QJsonParseError::NoError) {
        return notAsAgreed(path, Sentences::tr("%1 should be JSON.")).withDetail(problem.errorString());
    }
    if (!document.isObject()) {
        return notAsAgreed(path, Sentences::tr("%1 should be an object."));
    }
    return document.object();
}

Result<QJsonArray> parseJsonArray(const QByteArray &bytes, const QString &path)
{
    QJsonParseError problem{};
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &problem);
    if (problem.error != QJsonParseError::NoError) {
        return notAsAgreed(path, Sentences::tr("%1 should be JSON.")).withDetail(problem.errorString());
    }
    if (!document.isArray()) {
        return notAsAgreed(path, Sentences::tr("%1 should be a list."));
    }
    return document.array();
}

} // namespace gatehouse
