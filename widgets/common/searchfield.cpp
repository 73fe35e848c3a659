// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/searchfield.h"

#include <QAction>
#include <QKeyEvent>

namespace gatehouse::widgets {

namespace {

constexpr int kRestMs = 200;

} // namespace

SearchField::SearchField(const Theme &theme, const QString &placeholder, const QString &objectName,
                         QWidget *parent)
    : QLineEdit(parent)
{
    setObjectName(objectName);
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    setMinimumWidth(160);
    addAction(theme.icon(Icon::Search, ColorRole::Muted), QLineEdit::LeadingPosition);
    QAction *clear = addAction(theme.icon(Icon::Cross, ColorRole::Muted), QLineEdit::TrailingPosition);
    clear->setText(tr("Clear"));
    clear->setToolTip(tr("Clear"));
    clear->setVisible(false);
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMs);
    connect(clear, &QAction::triggered, this, &QLineEdit::clear);
    connect(&m_rest, &QTimer::timeout, this, &SearchField::report);
    connect(this, &QLineEdit::returnPressed, this, &SearchField::report);
    connect(this, &QLineEdit::textChanged, this, [this, clear](const QString &text) {
        clear->setVisible(!text.isEmpty());
        text.isEmpty() ? report() : m_rest.start();
    });
}

void SearchField::report()
{
    m_rest.stop();
    if (text() != m_reported) {
        m_reported = text();
        Q_EMIT searchChanged(m_reported);
    }
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace gatehouse::widgets
