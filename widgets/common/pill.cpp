// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/pill.h"

#include <QFontMetrics>
#include <QPainter>
#include <QStyle>

namespace gatehouse::widgets {

namespace {

constexpr int kPadding = 9;
constexpr int kIconSide = 12;
constexpr int kIconGap = 4;

} // namespace

QSize pillSize(const Theme &theme, const QString &text, bool withIcon)
{
    const QFontMetrics metrics(theme.font(FontRole::SmallStrong));
    const int iconRoom = withIcon ? kIconSide + kIconGap : 0;
    return {metrics.horizontalAdvance(text) + 2 * kPadding + iconRoom, metrics::kPillHeight};
}

void paintPill(QPainter &painter, const QRect &where, const Theme &theme, Tone tone, const QString &text,
               std::optional<Icon> icon, Qt::LayoutDirection direction)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const bool outlined = theme.highContrast();
    painter.setPen(outlined ? QPen(theme.color(toneColor(tone))) : QPen(Qt::NoPen));
    painter.setBrush(theme.color(toneTint(tone)));
    const qreal inset = outlined ? 0.5 : 0.0;
    const QRectF shape = QRectF(where).adjusted(inset, inset, -inset, -inset);
    painter.drawRoundedRect(shape, shape.height() / 2, shape.height() / 2);
    QRect words = where.adjusted(kPadding, 0, -kPadding, 0);
    if (icon) {
        const QRect mark(words.left() - 1, where.top() + (where.height() - kIconSide) / 2, kIconSide,
                         kIconSide);
        theme.paintIcon(painter, QStyle::visualRect(direction, where, mark), *icon, toneColor(tone));
        words.setLeft(words.left() + kIconSide + kIconGap - 1);
    }
    painter.setFont(theme.font(FontRole::SmallStrong));
    painter.setPen(theme.color(toneColor(tone)));
    const QRect textRect = QStyle::visualRect(direction, where, words);
    const QString shown = painter.fontMetrics().elidedText(text, Qt::ElideRight, words.width() + 4);
    const int side = direction == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft;
    painter.drawText(textRect, Qt::AlignVCenter | side, shown);
    painter.restore();
}

Pill::Pill(const Theme &theme, Tone tone, const QString &text, std::optional<Icon> icon, QWidget *parent)
    : QLabel(text, parent)
    , m_theme(theme)
    , m_tone(tone)
    , m_icon(icon)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Pill::setState(Tone tone, const QString &text, std::optional<Icon> icon)
{
    m_tone = tone;
    m_icon = icon;
    setText(text);
    updateGeometry();
    update();
}

QSize Pill::sizeHint() const
{
    return pillSize(m_theme, text(), m_icon.has_value());
}

void Pill::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    paintPill(painter, rect(), m_theme, m_tone, text(), m_icon, layoutDirection());
}

} // namespace gatehouse::widgets
