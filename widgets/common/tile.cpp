// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/tile.h"

#include <QBoxLayout>
#include <QPainter>

namespace gatehouse::widgets {

Tile::Tile(const Theme &theme, const QString &label, Frame frame, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_frame(frame)
    , m_label(new Label(theme, label, FontRole::Small, ColorRole::Muted))
    , m_figure(new Label(theme, QStringLiteral("–"), FontRole::Figure))
    , m_contextIcon(new IconLabel(theme, Icon::Check, ColorRole::Ok, 12))
    , m_context(new Label(theme, {}, FontRole::Small, ColorRole::Muted))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(frame == Frame::Card ? QMargins(14, 10, 14, 11) : QMargins());
    column->setSpacing(0);
    column->addWidget(m_label);
    column->addWidget(m_figure);
    auto *context = new QHBoxLayout;
    context->setSpacing(5);
    context->addWidget(m_contextIcon);
    context->addWidget(m_context, 1);
    column->addLayout(context);
    column->addStretch(1);
    m_contextIcon->hide();
    m_context->hide();
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void Tile::setLabel(const QString &label)
{
    m_label->setText(label);
    describe();
}

void Tile::setFigure(const QString &figure, const QString &note)
{
    m_figureText = figure;
    m_note = note;
    const ColorRole role = m_stale ? ColorRole::Muted : ColorRole::Text;
    QVector<Span> spans = {{figure, FontRole::Figure, role}};
    if (!note.isEmpty()) {
        spans.append({QStringLiteral("  ") + note, FontRole::SmallStrong, ColorRole::Muted});
    }
    m_figure->setSpans(spans);
    describe();
}

void Tile::setUnknown(const QString &why)
{
    setFigure(QStringLiteral("–"));
    setContext(why);
}

void Tile::setContext(const QString &context, Tone tone, bool withIcon)
{
    m_context->setText(context);
    m_context->setColorRole(toneColor(tone));
    m_context->setVisible(!context.isEmpty());
    m_contextIcon->setIcon(toneIcon(tone), toneColor(tone));
    m_contextIcon->setVisible(withIcon && !context.isEmpty());
    describe();
}

void Tile::setStale(bool stale)
{
    m_stale = stale;
    setFigure(m_figureText.isEmpty() ? QStringLiteral("–") : m_figureText, m_note);
}

void Tile::reserve(const QString &widestFigure)
{
    const QFontMetrics metrics(m_theme.font(FontRole::Figure));
    m_figure->setMinimumWidth(metrics.horizontalAdvance(widestFigure) + 2);
}

void Tile::describe()
{
    setAccessibleDescription(
        tr("%1: %2. %3", "label, figure, context").arg(m_label->text(), m_figure->text(), m_context->text()));
}

void Tile::paintEvent(QPaintEvent * /*event*/)
{
    if (m_frame == Frame::None) {
        return;
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_theme.color(ColorRole::Border));
    painter.setBrush(m_theme.color(ColorRole::Surface));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics::kCardRadius,
                            metrics::kCardRadius);
}

} // namespace gatehouse::widgets
