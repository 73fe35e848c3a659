// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/emptystate.h"

#include "widgets/common/button.h"

#include <QBoxLayout>

namespace gatehouse::widgets {

EmptyState::EmptyState(const Theme &theme, Icon icon, const QString &sentence, const QString &action,
                       QWidget *parent)
    : QWidget(parent)
    , m_icon(new IconLabel(theme, icon, ColorRole::Control, metrics::kPictureIcon))
    , m_sentence(new Label(theme, sentence, FontRole::Body, ColorRole::Muted))
    , m_action(outlineButton(theme, action, QStringLiteral("emptyActionButton")))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kSpace6, metrics::kSpace6, metrics::kSpace6, metrics::kSpace6);
    column->setSpacing(metrics::kSpace3);
    column->addStretch(2);
    column->addWidget(m_icon, 0, Qt::AlignHCenter);
    m_sentence->setWrap(true);
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setMaximumWidth(440);
    auto *centred = new QHBoxLayout;
    centred->addStretch(1);
    centred->addWidget(m_sentence, 8);
    centred->addStretch(1);
    column->addLayout(centred);
    column->addWidget(m_action, 0, Qt::AlignHCenter);
    column->addStretch(3);
    connect(m_action, &QPushButton::clicked, this, &EmptyState::actionRequested);
    set(icon, sentence, action);
}

void EmptyState::set(Icon icon, const QString &sentence, const QString &action)
{
    m_icon->setIcon(icon, ColorRole::Control);
    m_sentence->setText(sentence);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
}

} // namespace gatehouse::widgets
