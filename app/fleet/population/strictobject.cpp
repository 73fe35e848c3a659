// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleet/population/strictobject.h"

#include <cmath>

namespace gatehouse::fleet {

Error scenarioError(const QString &path, const QString &expected)
{
    return makeError(ErrorKind::Invalid, "fleet.scenario",
                     QStringLiteral("The scenario cannot be used because of \"%1\".").arg(path), expected,
                     QStringLiteral("gatehouse-fleet --help-scenario describes the format."));
}

StrictObject::StrictObject(QJsonObject object, QString path)
    : m_object(std::move(object))
    , m_path(std::move(path))
{}

QString StrictObject::pathOf(const char *key) const
{
    const QString name = QString::fromLatin1(key);
    return m_path.isEmpty() ? name : QString(m_path + QLatin1Char('.') + name);
}

QJsonValue StrictObject::take(const char *key)
{
    const QString name = QString::fromLatin1(key);
    m_asked.insert(name);
    return m_object.value(name);
}

void StrictObject::number(const char *key, double &value, double low, double high)
{
    const QJsonValue found = take(key);
    if (found.isUndefined()) {
        return;
    }
    const double read = found.toDouble(std::nan(""));
    if (!(read >= low && read <= high)) {
        complain(pathOf(key), QStringLiteral("It has to be a number from %1 to %2.").arg(low).arg(high));
        return;
    }
    value = read;
}

void StrictObject::integer(const char *key, qint64 &value, qint64 low, qint64 high)
{
    double read = static_cast<double>(value);
    number(key, read, static_cast<double>(low), static_cast<double>(high));
    if (read != std::floor(read)) {
        complain(pathOf(key), QStringLiteral("It has to be a whole number."));
        return;
    }
    value = static_cast<qint64>(read);
}

void StrictObject::text(const char *key, QString &value)
{
    const QJsonValue found = take(key);
    if (found.isUndefined()) {
        return;
    }
    if (!found.isString()) {
        complain(pathOf(key), QStringLiteral("It has to be a text."));
        return;
    }
    value = found.toString();
}

void StrictObject::complain(const QString &path, const QString &expected)
{
    if (!m_error) {
        m_error = scenarioError(path, expected);
    }
}

Result<void> StrictObject::finish()
{
    for (auto key = m_object.constBegin(); key != m_object.constEnd(); ++key) {
        if (!m_asked.contains(key.key())) {
            complain(m_path.isEmpty() ? key.key() : QString(m_path + QLatin1Char('.') + key.key()),
                     QStringLiteral("No such key is known here."));
        }
    }
    if (m_error) {
        return *m_error;
    }
    return {};
}

} // namespace gatehouse::fleet
