// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/card.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace gatehouse::widgets {

Card::Card(const Theme &theme, const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_titleRow(new QWidget(this))
    , m_titleLayout(new QHBoxLayout(m_titleRow))
    , m_besideTitle(new QHBoxLayout)
    , m_actions(new QHBoxLayout)
    , m_bodyHost(new QWidget(this))
    , m_body(new QVBoxLayout(m_bodyHost))
    , m_title(new Label(theme, title, FontRole::CardTitle))
    , m_subtitle(new Label(theme, {}, FontRole::Small, ColorRole::Muted))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 2);
    column->setSpacing(0);
    column->addWidget(m_titleRow);
    // No stretch: it would make every card want all the room below it, and its lines drift apart. What grows
    // in a card is its body, since the title row does not.
    column->addWidget(m_bodyHost);

    m_titleRow->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_titleRow->setMinimumHeight(metrics::kControlHeight + 16);
    m_titleLayout->setContentsMargins(metrics::kCardPadding - 1, 8, metrics::kCardPadding - 1, 4);
    m_titleLayout->setSpacing(metrics::kSpace2);
    m_besideTitle->setSpacing(metrics::kSpace2);
    m_actions->setSpacing(metrics::kSpace2);
    m_titleLayout->addWidget(m_title);
    m_titleLayout->addLayout(m_besideTitle);
    m_titleLayout->addWidget(m_subtitle);
    m_titleLayout->addStretch(1);
    m_titleLayout->addLayout(m_actions);
    m_title->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_subtitle->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_subtitle->hide();
    m_titleRow->setVisible(!title.isEmpty());

    m_body->setSpacing(metrics::kSpace2);
    setFlush(false);
}

void Card::showTitleRow()
{
    m_titleRow->show();
    setFlush(m_flush);
}

void Card::setTitle(const QString &title)
{
    m_title->setText(title);
    showTitleRow();
}

void Card::setTitleFont(FontRole font)
{
    m_title->setFontRole(font);
}

void Card::setSubtitle(const QString &subtitle)
{
    m_subtitle->setText(subtitle);
    m_subtitle->setVisible(!subtitle.isEmpty());
    showTitleRow();
}

void Card::addBesideTitle(QWidget *widget)
{
    m_besideTitle->addWidget(widget);
    showTitleRow();
}

void Card::addAction(QWidget *widget)
{
    m_actions->addWidget(widget);
    showTitleRow();
}

void Card::setFlush(bool flush)
{
    m_flush = flush;
    const int side = flush ? 0 : metrics::kCardPadding - 1;
    const int top = m_titleRow->isHidden() ? side : 0;
    // A little room below a flush body keeps its last row off the rounded corners.
    m_body->setContentsMargins(side, top, side, flush ? 5 : side);
}

void Card::setSelected(bool selected)
{
    m_selected = selected;
    update();
}

void Card::setOutline(ColorRole role)
{
    m_outline = role;
    update();
}

void Card::setActivatable(bool activatable)
{
    m_activatable = activatable;
    setFocusPolicy(activatable ? Qt::StrongFocus : Qt::NoFocus);
    setAttribute(Qt::WA_Hover, activatable);
    setCursor(activatable ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void Card::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -1.5);
    if (!m_theme.highContrast()) {
        QColor shadow(0, 0, 0);
        shadow.setAlphaF(m_theme.isDark() ? 0.25F : 0.05F);
        painter.setPen(Qt::NoPen);
        painter.setBrush(shadow);
        painter.drawRoundedRect(box.adjusted(0, 1, 0, 1), metrics::kCardRadius, metrics::kCardRadius);
    }
    const bool lit = m_selected || (m_activatable && hasFocus());
    QColor outline = m_theme.color(lit ? ColorRole::Accent : m_outline);
    if (!lit && m_activatable && underMouse()) {
        outline = m_theme.color(ColorRole::Control);
    }
    painter.setPen(QPen(outline, lit ? 1.5 : 1.0));
    painter.setBrush(m_theme.color(ColorRole::Surface));
    painter.drawRoundedRect(box, metrics::kCardRadius, metrics::kCardRadius);
}

void Card::mousePressEvent(QMouseEvent *event)
{
    if (m_activatable && event->button() == Qt::LeftButton) {
        m_pressed = true;
        event->accept();
        return;
    }
    QWidget::mousePressEvent(event);
}

void Card::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_pressed && event->button() == Qt::LeftButton) {
        m_pressed = false;
        if (rect().contains(event->position().toPoint())) {
            Q_EMIT activated();
        }
        return;
    }
    QWidget::mouseReleaseEvent(event);
}

void Card::keyPressEvent(QKeyEvent *event)
{
    if (m_activatable &&
        (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space)) {
        Q_EMIT activated();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace gatehouse::widgets
