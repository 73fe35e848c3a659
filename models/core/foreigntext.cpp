// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foreigntext.h"

#include <QCoreApplication>

namespace gatehouse {

namespace {

class ForeignText
{
    Q_DECLARE_TR_FUNCTIONS(ForeignText)
};

/// The code point at this place, which moves behind it; half a surrogate pair is U+FFFD.
char32_t nextCodePoint(const QString &text, qsizetype &place)
{
    const QChar first = text.at(place++);
    if (!first.isSurrogate()) {
        return first.unicode();
    }
    if (first.isHighSurrogate() && place < text.size() && text.at(place).isLowSurrogate()) {
        return QChar::surrogateToUcs4(first, text.at(place++));
    }
    return QChar::ReplacementCharacter;
}

} // namespace

QString displayable(const QString &foreign, qsizetype maxLength)
{
    QString clean;
    clean.reserve(std::min(foreign.size(), maxLength));
    // By code points: a format character beyond the first plane, or half a pair, is only seen so.
    for (qsizetype place = 0; place < foreign.size();) {
        const char32_t c = nextCodePoint(foreign, place);
        char32_t shown = c;
        switch (QChar::category(c)) {
        case QChar::Other_Format: // bidirectional controls, zero-width characters, tags
        case QChar::Separator_Line:
        case QChar::Separator_Paragraph:
            continue;
        case QChar::Other_Control:
            shown = U' ';
            break;
        default:
            break;
        }
        if (clean.size() + (QChar::requiresSurrogates(shown) ? 2 : 1) > maxLength) {
            clean += QChar(0x2026);
            break;
        }
        clean += QChar::fromUcs4(shown);
    }
    //: A name, version or address from outside, as it stands in a text. A language written from the right
    //: puts U+2068 in front and U+2069 behind, so that "1.2.0-beta.1" is not turned around; all others leave
    //: it as it is.
    return clean.isEmpty() ? clean : ForeignText::tr("%1").arg(clean);
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
