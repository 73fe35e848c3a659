// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/segmentedcontrol.h"

#include "widgets/common/button.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QKeyEvent>

namespace gatehouse::widgets {

SegmentedControl::SegmentedControl(const Theme &theme, const QString &name, const QStringList &choices,
                                   const QString &objectName, QWidget *parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
{
    setObjectName(objectName);
    setAccessibleName(name);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::kSpace2);
    for (int index = 0; index < choices.size(); ++index) {
        auto *button = new Button(theme, ButtonKind::Choice, choices.at(index),
                                  objectName + QStringLiteral("Choice%1Button").arg(index));
        button->setAccessibleName(tr("%1: %2", "what is chosen, one choice").arg(name, choices.at(index)));
        button->setSmall(true);
        button->installEventFilter(this);
        m_group->addButton(button, index);
        m_buttons.append(button);
        row->addWidget(button);
    }
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setCurrent(0);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int index, bool on) {
        if (on) {
            refreshFocus();
            Q_EMIT currentChanged(index);
        }
    });
}

void SegmentedControl::setCurrent(int index)
{
    if (QAbstractButton *button = m_group->button(index)) {
        button->setChecked(true);
        refreshFocus();
    }
}

int SegmentedControl::current() const
{
    return m_group->checkedId();
}

void SegmentedControl::refreshFocus()
{
    for (Button *button : m_buttons) {
        button->setFocusPolicy(button->isChecked() ? Qt::StrongFocus : Qt::ClickFocus);
    }
}

bool SegmentedControl::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        const bool mirrored = layoutDirection() == Qt::RightToLeft;
        int step = 0;
        if (key == Qt::Key_Down || key == Qt::Key_Right) {
            step = mirrored && key == Qt::Key_Right ? -1 : 1;
        } else if (key == Qt::Key_Up || key == Qt::Key_Left) {
            step = mirrored && key == Qt::Key_Left ? 1 : -1;
        }
        const int to = current() + step;
        if (step != 0 && to >= 0 && to < m_buttons.size()) {
            setCurrent(to);
            m_buttons.at(to)->setFocus(Qt::OtherFocusReason);
        }
        if (step != 0) {
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace gatehouse::widgets
