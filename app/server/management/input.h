// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/request.h"
#include "server/management/answer.h"

#include <QJsonArray>
#include <QJsonObject>

#include <optional>

namespace gatehouse::server {

/// What a caller sent: the JSON body, or failing that the query. Values of a query are texts, so numbers and
/// booleans are taken as texts, too. @source spec: management-api, section 1.7
class Input
{
public:
    /// 400 invalid_json_parse_body when there is neither, except for GET; 400 invalid_json_body when the JSON
    /// is no object.
    static Answer<Input> of(const Request &request);
    explicit Input(QJsonObject values)
        : m_values(std::move(values))
    {}

    [[nodiscard]] const QJsonObject &values() const { return m_values; }
    /// There, also when null.
    [[nodiscard]] bool has(const char *key) const { return m_values.contains(QLatin1String(key)); }
    [[nodiscard]] QJsonValue value(const char *key) const { return m_values.value(QLatin1String(key)); }
    /// Empty when it is missing or no text.
    [[nodiscard]] QString text(const char *key) const;
    [[nodiscard]] std::optional<QString> optText(const char *key) const;
    /// A whole number, or a text that is one.
    [[nodiscard]] std::optional<qint64> integer(const char *key) const;
    [[nodiscard]] std::optional<bool> boolean(const char *key) const;
    [[nodiscard]] QStringList texts(const char *key) const;

private:
    QJsonObject m_values;
};

/// A whole number, or a text that is one; nothing for fractions and everything else.
[[nodiscard]] std::optional<qint64> wholeNumber(const QJsonValue &value);
/// true, false, or the texts of these.
[[nodiscard]] std::optional<bool> truth(const QJsonValue &value);

/// The field devicesId, in lower case as they are stored. @source spec: management-api, section 1.7
[[nodiscard]] QStringList deviceIdsOf(const Input &input);

/// The app id of the field, checked. 400 missing_app_id, invalid_app_id.
Answer<QString> appIdOf(const Input &input, const char *key = "app_id");

} // namespace gatehouse::server
