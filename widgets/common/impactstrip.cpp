// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/impactstrip.h"

#include <QBoxLayout>
#include <QPainter>

namespace gatehouse::widgets {

ImpactStrip::ImpactStrip(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_row(new QHBoxLayout(this))
{
    m_row->setContentsMargins(14, 9, 14, 9);
    m_row->setSpacing(28);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(tr("What the change would do"));
}

void ImpactStrip::setFigures(const QVector<ImpactFigure> &figures)
{
    while (m_tiles.size() > figures.size()) {
        delete m_tiles.takeLast();
    }
    while (m_tiles.size() < figures.size()) {
        auto *tile = new Tile(m_theme, {}, Tile::Frame::None);
        m_row->addWidget(tile, 1);
        m_tiles.append(tile);
    }
    QStringList spoken;
    for (qsizetype i = 0; i < figures.size(); ++i) {
        const ImpactFigure &figure = figures.at(i);
        Tile *tile = m_tiles.at(i);
        tile->setLabel(figure.label);
        if (figure.figure.isEmpty()) {
            tile->setUnknown(figure.why);
        } else {
            tile->setFigure(figure.figure, figure.note);
            tile->setContext({});
        }
        spoken.append(figure.label + QStringLiteral(": ") + figure.figure + QLatin1Char(' ') + figure.note +
                      figure.why);
    }
    setAccessibleDescription(spoken.join(QStringLiteral("; ")));
    update();
}

QString ImpactStrip::beforeAfter(const QString &before, const QString &after)
{
    if (before == after) {
        return after;
    }
    return tr("%1 → %2", "before and after").arg(before, after);
}

void ImpactStrip::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_theme.color(ColorRole::Border));
    painter.setBrush(m_theme.color(ColorRole::Window));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics::kControlRadius,
                            metrics::kControlRadius);
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (qsizetype i = 1; i < m_tiles.size(); ++i) {
        const QRect box = m_tiles.at(i)->geometry();
        const int x = layoutDirection() == Qt::RightToLeft ? box.right() + 14 : box.left() - 14;
        painter.drawLine(x, 1, x, height() - 2);
    }
}

} // namespace gatehouse::widgets
