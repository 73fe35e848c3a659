// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QSet>

#include <optional>

namespace gatehouse::fleet {

/// Reads an object that a person wrote: unlike JsonReader it refuses keys nobody asked for (a typing error
/// would silently do nothing) and numbers out of range. Absent keys leave the default.
class StrictObject
{
public:
    StrictObject(QJsonObject object, QString path);

    void number(const char *key, double &value, double low, double high);
    void integer(const char *key, qint64 &value, qint64 low, qint64 high);
    void text(const char *key, QString &value);
    [[nodiscard]] QJsonValue take(const char *key);
    [[nodiscard]] QString pathOf(const char *key) const;
    void complain(const QString &path, const QString &expected);
    /// @error Invalid "fleet.scenario"
    [[nodiscard]] Result<void> finish();

private:
    QJsonObject m_object;
    QString m_path;
    QSet<QString> m_asked;
    std::optional<Error> m_error;
};

[[nodiscard]] Error scenarioError(const QString &path, const QString &expected);

} // namespace gatehouse::fleet
