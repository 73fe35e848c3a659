// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/statusdot.h"

#include <QBoxLayout>
#include <QPainter>

namespace gatehouse::widgets {

class StatusDot::Shape : public QWidget
{
public:
    Shape(const Theme &theme, Tone tone)
        : m_theme(theme)
        , m_tone(tone)
    {
        setFixedSize(12, 12);
    }

    void setTone(Tone tone)
    {
        m_tone = tone;
        update();
    }

protected:
    void paintEvent(QPaintEvent * /*event*/) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QColor color = m_theme.color(toneColor(m_tone));
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        switch (m_tone) {
        case Tone::Warning:
            painter.drawPolygon(QPolygonF({{6, 1}, {11.5, 10.5}, {0.5, 10.5}}));
            break;
        case Tone::Danger:
            painter.setPen(QPen(color, 2.2, Qt::SolidLine, Qt::RoundCap));
            painter.drawLine(QPointF(2.5, 2.5), QPointF(9.5, 9.5));
            painter.drawLine(QPointF(9.5, 2.5), QPointF(2.5, 9.5));
            break;
        case Tone::Neutral:
            painter.setPen(QPen(color, 1.6));
            painter.setBrush(Qt::NoBrush);
            painter.drawEllipse(QPointF(6, 6), 4, 4);
            break;
        case Tone::Accent:
            painter.setPen(QPen(color, 1.6));
            painter.setBrush(Qt::NoBrush);
            painter.drawEllipse(QPointF(6, 6), 4.5, 4.5);
            painter.setPen(Qt::NoPen);
            painter.setBrush(color);
            painter.drawEllipse(QPointF(6, 6), 2.2, 2.2);
            break;
        case Tone::Ok:
            painter.drawEllipse(QPointF(6, 6), 4.8, 4.8);
            break;
        }
    }

private:
    const Theme &m_theme;
    Tone m_tone;
};

StatusDot::StatusDot(const Theme &theme, Tone tone, const QString &word, QWidget *parent)
    : QWidget(parent)
    , m_shape(new Shape(theme, tone))
    , m_word(new Label(theme, word, FontRole::Small, toneColor(tone)))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(m_shape);
    row->addWidget(m_word);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

void StatusDot::setState(Tone tone, const QString &word)
{
    m_shape->setTone(tone);
    m_word->setText(word);
    m_word->setColorRole(toneColor(tone));
}

} // namespace gatehouse::widgets
