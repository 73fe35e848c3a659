// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foreigntext.h"

namespace gatehouse {

QString displayable(const QString &foreign, qsizetype maxLength)
{
    QString clean;
    clean.reserve(std::min(foreign.size(), maxLength));
    for (const QChar c : foreign) {
        if (clean.size() >= maxLength) {
            clean += QChar(0x2026);
            break;
        }
        switch (c.category()) {
        case QChar::Other_Control:
            clean += QLatin1Char(' ');
            break;
        case QChar::Other_Format: // bidirectional controls, zero-width characters
        case QChar::Separator_Line:
        case QChar::Separator_Paragraph:
            break;
        default:
            clean += c;
        }
    }
    return clean;
}

QString csvField(const QString &foreign)
{
    QString field = foreign;
    if (!field.isEmpty() && QStringLiteral("=+-@\t\r").contains(field.front())) {
        field.prepend(QLatin1Char('\''));
    }
    const bool quote = field.contains(QLatin1Char(',')) || field.contains(QLatin1Char('"')) ||
                       field.contains(QLatin1Char('\n')) || field.contains(QLatin1Char('\r'));
    if (!quote) {
        return field;
    }
    field.replace(QLatin1String("\""), QLatin1String("\"\""));
    return QLatin1Char('"') + field + QLatin1Char('"');
}

} // namespace gatehouse
