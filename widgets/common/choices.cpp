// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/choices.h"

#include <QComboBox>
#include <QSignalBlocker>

namespace gatehouse::widgets {

void setChoices(QComboBox &box, const QVector<Choice> &choices)
{
    QVector<Choice> shown;
    shown.reserve(box.count());
    for (int i = 0; i < box.count(); ++i) {
        shown.append({box.itemText(i), box.itemData(i)});
    }
    if (shown == choices) {
        return;
    }
    const QVariant chosen = box.currentData();
    const QSignalBlocker quiet(box);
    box.clear();
    for (const Choice &choice : choices) {
        box.addItem(choice.words, choice.value);
    }
    box.setCurrentIndex(choices.isEmpty() ? -1 : qMax(0, box.findData(chosen)));
}

} // namespace gatehouse::widgets
