// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/management/answer.h"

#include <QString>
#include <QVector>

namespace gatehouse::server::rest {

/// One item of select: "*", "name", "alias:name", "name::text", "alias:table!hint(columns)".
/// @source PostgREST, "Vertical filtering", "Resource embedding"
struct SelectItem
{
    QString name; ///< column, "*", or the table or column that is embedded
    QString alias;
    QString hint;       ///< of an embed: name of the foreign key, or "inner"
    bool inner = false; ///< rows without a match are left out
    bool isEmbed = false;
    QVector<SelectItem> parts; ///< of an embed

    [[nodiscard]] QString key() const { return alias.isEmpty() ? name : alias; }
};

/// PGRST100 when it cannot be read. Empty text is "*".
Answer<QVector<SelectItem>> parseSelect(const QString &text);

} // namespace gatehouse::server::rest
