// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/settings.h"

namespace gatehouse::workspace {

Settings::Settings(const QString &file, QObject *parent)
    : QObject(parent)
    , m_file(file, QSettings::IniFormat)
{}

QString Settings::keyOf(const char *key, const QString &suffix)
{
    const QString name = QString::fromLatin1(key);
    return suffix.isEmpty() ? name : QString(name + QLatin1Char('/') + suffix);
}

QByteArray Settings::windowState(const QString &objectName) const
{
    return m_file.value(QStringLiteral("window/") + objectName).toByteArray();
}

void Settings::setWindowState(const QString &objectName, const QByteArray &state)
{
    m_file.setValue(QStringLiteral("window/") + objectName, state);
}

} // namespace gatehouse::workspace
