// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVariant>
#include <QVector>

class QComboBox;

namespace gatehouse::widgets {

/// One entry of a combo box: what is read, and what is meant.
struct Choice
{
    QString words;
    QVariant value;
    bool operator==(const Choice &) const = default;
};

/// Makes these the entries. What was chosen stays chosen where it still exists, else the first one is.
/// Nothing is touched, and no signal sent, when the entries are these already: a refresh must not close a
/// list that somebody has open.
void setChoices(QComboBox &box, const QVector<Choice> &choices);

} // namespace gatehouse::widgets
