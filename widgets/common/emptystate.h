// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/label.h"

#include <QWidget>

namespace gatehouse::widgets {

class Button;

/// Nothing here yet: one picture-size icon, one sentence that says what to do next, one button.
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    EmptyState(const Theme &theme, Icon icon, const QString &sentence, const QString &action = {},
               QWidget *parent = nullptr);

    void set(Icon icon, const QString &sentence, const QString &action = {});

Q_SIGNALS:
    void actionRequested();

private:
    IconLabel *m_icon;
    Label *m_sentence;
    Button *m_action;
};

} // namespace gatehouse::widgets
