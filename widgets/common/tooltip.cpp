// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/tooltip.h"

#include <QTextDocument>

namespace gatehouse::widgets {

QString plainToolTip(const QString &text)
{
    // Escaping everything would show "A &amp; B" where Qt does not guess markup.
    if (!Qt::mightBeRichText(text)) {
        return text;
    }
    return QStringLiteral("<p style=\"white-space:pre-wrap\">") + text.toHtmlEscaped() +
           QStringLiteral("</p>");
}

} // namespace gatehouse::widgets
