// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/result.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>

#include <functional>
#include <optional>

namespace gatehouse {

/// Reads an object field by field and remembers the first thing that was not as agreed, with its JSON path.
/// Usage:
///     JsonReader in(object, "channel");
///     Channel c; c.id = in.integer("id"); c.name = in.text("name"); …
///     GATEHOUSE_TRY(in.finish());
/// Unknown keys are ignored. The opt… forms take an absent key or null as nothing.
class JsonReader
{
public:
    JsonReader(QJsonObject object, QString path);

    [[nodiscard]] QString text(const char *key);
    [[nodiscard]] qint64 integer(const char *key);
    [[nodiscard]] double number(const char *key);
    [[nodiscard]] bool boolean(const char *key);
    [[nodiscard]] UtcTime time(const char *key);
    [[nodiscard]] QJsonObject object(const char *key);
    [[nodiscard]] QJsonArray array(const char *key);

    [[nodiscard]] std::optional<QString> optText(const char *key);
    [[nodiscard]] std::optional<qint64> optInteger(const char *key);
    [[nodiscard]] std::optional<double> optNumber(const char *key);
    [[nodiscard]] std::optional<bool> optBoolean(const char *key);
    [[nodiscard]] std::optional<UtcTime> optTime(const char *key);
    [[nodiscard]] std::optional<QJsonObject> optObject(const char *key);
    [[nodiscard]] QJsonArray optArray(const char *key);

    /// Marks the object as not as agreed. The first complaint wins.
    /// @param sentence  what it should be, with the place %1 for the JSON path: "%1 should be a text."
    void complain(const char *key, const QString &sentence);
    /// @error Protocol "wire.json", naming the JSON path
    [[nodiscard]] Result<void> finish() const;
    [[nodiscard]] const QString &path() const { return m_path; }

private:
    [[nodiscard]] QJsonValue at(const char *key) const;
    QJsonObject m_object;
    QString m_path;
    std::optional<Error> m_error;
};

/// The bytes as an object. @error Protocol "wire.json"
Result<QJsonObject> parseJsonObject(const QByteArray &bytes, const QString &path);
/// The bytes as an array. @error Protocol "wire.json"
Result<QJsonArray> parseJsonArray(const QByteArray &bytes, const QString &path);

/// Each element of an array of objects through read(object, path).
template<typename T, typename Read>
Result<QVector<T>> readEach(const QJsonArray &array, const QString &path, Read &&read)
{
    QVector<T> values;
    values.reserve(array.size());
    for (qsizetype i = 0; i < array.size(); ++i) {
        Result<T> value = read(array.at(i).toObject(), path + QStringLiteral("[%1]").arg(i));
        if (!value) {
            return std::move(value.error());
        }
        values.append(std::move(*value));
    }
    return values;
}

} // namespace gatehouse
