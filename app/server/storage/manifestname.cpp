// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/manifestname.h"

#include <QRegularExpression>

#include <algorithm>

namespace gatehouse::server {

bool staysInside(const QString &fileName)
{
    const bool isPlain = std::none_of(fileName.begin(), fileName.end(), [](QChar c) {
        return c.category() == QChar::Other_Control || c == QLatin1Char('\\');
    });
    const QStringList parts = fileName.split(QLatin1Char('/'));
    return isPlain && std::none_of(parts.begin(), parts.end(), [](const QString &part) {
               return part.isEmpty() || part == QLatin1String(".") || part == QLatin1String("..");
           });
}

QString nameForDevices(const QString &fileName)
{
    if (!fileName.contains(QLatin1Char('%'))) {
        return fileName;
    }
    static const QRegularExpression broken(QStringLiteral("%(?![0-9A-Fa-f]{2})"));
    const QByteArray decoded = QByteArray::fromPercentEncoding(fileName.toUtf8());
    if (broken.match(fileName).hasMatch() || !decoded.isValidUtf8()) {
        return fileName;
    }
    const QString plain = QString::fromUtf8(decoded);
    return staysInside(plain) ? plain : fileName;
}

} // namespace gatehouse::server
