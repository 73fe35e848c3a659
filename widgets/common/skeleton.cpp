// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/skeleton.h"

#include <QPainter>

namespace gatehouse::widgets {

namespace {

constexpr int kDelayMs = 150;

QVector<QRectF> rows(const QRectF &room)
{
    QVector<QRectF> shapes;
    const double widths[] = {0.42, 0.63, 0.35, 0.55, 0.48};
    int index = 0;
    for (qreal y = room.top() + 12; y + 12 < room.bottom(); y += metrics::kRowHeight) {
        shapes.append(QRectF(room.left(), y, room.width() * widths[index % 5], 10));
        shapes.append(QRectF(room.right() - 90, y, 90, 10));
        ++index;
    }
    return shapes;
}

QVector<QRectF> cards(const QRectF &room)
{
    QVector<QRectF> shapes;
    const qreal width = (room.width() - 2 * metrics::kCardGap) / 3;
    for (int column = 0; column < 3; ++column) {
        shapes.append(QRectF(room.left() + column * (width + metrics::kCardGap), room.top(), width,
                             qMin(room.height(), 200.0)));
    }
    return shapes;
}

QVector<QRectF> chart(const QRectF &room)
{
    QVector<QRectF> shapes = {QRectF(room.left(), room.top(), 160, 12)};
    const qreal step = room.width() / 12;
    for (int bar = 0; bar < 12; ++bar) {
        const qreal height = (room.height() - 32) * (0.35 + 0.05 * bar);
        shapes.append(QRectF(room.left() + bar * step, room.bottom() - height, step - 6, height));
    }
    return shapes;
}

} // namespace

Skeleton::Skeleton(const Theme &theme, Shape shape, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_shape(shape)
{
    m_delay.setSingleShot(true);
    m_delay.setInterval(kDelayMs);
    connect(&m_delay, &QTimer::timeout, this, [this] {
        m_visible = true;
        update();
    });
    setAccessibleName(tr("Loading"));
}

void Skeleton::showEvent(QShowEvent *event)
{
    m_delay.start();
    QWidget::showEvent(event);
}

void Skeleton::hideEvent(QHideEvent *event)
{
    m_delay.stop();
    m_visible = false;
    QWidget::hideEvent(event);
}

void Skeleton::paintEvent(QPaintEvent * /*event*/)
{
    if (!m_visible) {
        return;
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(blend(m_theme.color(ColorRole::Border), m_theme.color(ColorRole::Raised), 0.45));
    const QRectF room = rect();
    const QVector<QRectF> shapes = m_shape == Shape::Rows    ? rows(room)
                                   : m_shape == Shape::Cards ? cards(room)
                                                             : chart(room);
    for (const QRectF &shape : shapes) {
        painter.drawRoundedRect(shape, m_shape == Shape::Cards ? 8 : 4, m_shape == Shape::Cards ? 8 : 4);
    }
}

} // namespace gatehouse::widgets
