// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/label.h"

#include "core/foreigntext.h"

#include <QEvent>
#include <QPainter>
#include <QStyle>
#include <QTextLayout>

#include <cmath>

namespace gatehouse::widgets {

namespace {

QString joined(const QVector<Span> &spans)
{
    QString text;
    for (const Span &span : spans) {
        text += span.text;
    }
    return text;
}

} // namespace

Label::Label(const Theme &theme, const QString &text, FontRole font, ColorRole color, QWidget *parent)
    : QLabel(parent)
    , m_theme(theme)
    , m_font(font)
    , m_color(color)
{
    setTextFormat(Qt::PlainText);
    setFont(theme.font(font));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    QLabel::setText(text);
}

void Label::setText(const QString &text)
{
    if (m_spans.isEmpty() && text == QLabel::text()) {
        return;
    }
    m_spans.clear();
    QLabel::setText(text);
    updateGeometry();
    update();
}

void Label::setForeign(const QString &text)
{
    setText(displayable(text));
}

void Label::setSpans(const QVector<Span> &spans)
{
    if (spans == m_spans) {
        return;
    }
    QLabel::setText(joined(spans));
    m_spans = spans;
    updateGeometry();
    update();
}

void Label::setColorRole(ColorRole role)
{
    m_color = role;
    update();
}

void Label::setFontRole(FontRole role)
{
    m_font = role;
    setFont(m_theme.font(role));
    updateGeometry();
}

void Label::setWrap(bool wrap)
{
    setWordWrap(wrap);
    QSizePolicy policy(QSizePolicy::Preferred, wrap ? QSizePolicy::Minimum : QSizePolicy::Fixed);
    policy.setHeightForWidth(wrap);
    setSizePolicy(policy);
}

void Label::setFixedTextWidth(int width)
{
    setFixedWidth(width);
}

QVector<Span> Label::effectiveSpans() const
{
    // QLabel::setText is not virtual: whoever set a new text by the base class wins over older spans.
    if (!m_spans.isEmpty() && joined(m_spans) == text()) {
        return m_spans;
    }
    return {Span{text(), m_font, m_color}};
}

QSizeF Label::layOut(QTextLayout &layout, const QVector<Span> &spans, qreal width) const
{
    QVector<QTextLayout::FormatRange> formats;
    int line = 0;
    QString whole;
    for (const Span &span : spans) {
        QTextLayout::FormatRange range;
        range.start = static_cast<int>(whole.size());
        range.length = static_cast<int>(span.text.size());
        range.format.setFont(m_theme.font(span.font));
        range.format.setForeground(isEnabled() ? m_theme.color(span.color)
                                               : palette().color(QPalette::Disabled, QPalette::WindowText));
        formats.append(range);
        whole += span.text;
        line = qMax(line, m_theme.lineHeight(span.font));
    }
    whole.replace(QLatin1Char('\n'), QChar::LineSeparator);
    QTextOption option;
    option.setAlignment(QStyle::visualAlignment(layoutDirection(), alignment()) & Qt::AlignHorizontal_Mask);
    option.setTextDirection(layoutDirection());
    option.setWrapMode(wordWrap() ? QTextOption::WrapAtWordBoundaryOrAnywhere : QTextOption::NoWrap);
    layout.setText(whole);
    layout.setFont(m_theme.font(spans.isEmpty() ? m_font : spans.first().font));
    layout.setTextOption(option);
    layout.setFormats(formats);
    qreal y = 0;
    qreal widest = 0;
    layout.beginLayout();
    for (QTextLine row = layout.createLine(); row.isValid(); row = layout.createLine()) {
        row.setLineWidth(width);
        row.setPosition(QPointF(0, y + (line - row.ascent() - row.descent()) / 2.0));
        widest = qMax(widest, row.naturalTextWidth());
        y += line;
    }
    layout.endLayout();
    return {widest, y};
}

qreal Label::naturalWidth() const
{
    QTextLayout layout;
    return layOut(layout, effectiveSpans(), 1.0e6).width();
}

QSize Label::sizeHint() const
{
    const QMargins margins = contentsMargins();
    QTextLayout layout;
    // Paragraphs ask for a readable width, not for the whole line.
    const qreal limit = wordWrap() ? 480.0 : 1.0e6;
    const QSizeF size = layOut(layout, effectiveSpans(), limit);
    return {static_cast<int>(std::ceil(size.width())) + margins.left() + margins.right() + 1,
            static_cast<int>(std::ceil(size.height())) + margins.top() + margins.bottom()};
}

QSize Label::minimumSizeHint() const
{
    const QSize whole = sizeHint();
    if (wordWrap()) {
        return {qMin(whole.width(), 80), m_theme.lineHeight(m_font)};
    }
    return {m_elide == Qt::ElideNone ? whole.width() : qMin(whole.width(), 32), whole.height()};
}

int Label::heightForWidth(int width) const
{
    if (!wordWrap()) {
        return -1;
    }
    const QMargins margins = contentsMargins();
    QTextLayout layout;
    const QSizeF size = layOut(layout, effectiveSpans(), qMax(1, width - margins.left() - margins.right()));
    return static_cast<int>(std::ceil(size.height())) + margins.top() + margins.bottom();
}

bool Label::event(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::LayoutDirectionChange) {
        update();
    }
    return QLabel::event(event);
}

void Label::paintEvent(QPaintEvent *event)
{
    if (textInteractionFlags().testFlag(Qt::TextSelectableByMouse)) {
        QPalette colors = palette();
        if (colors.color(QPalette::WindowText) != m_theme.color(m_color)) {
            colors.setColor(QPalette::WindowText, m_theme.color(m_color));
            setPalette(colors);
        }
        QLabel::paintEvent(event);
        return;
    }
    QPainter painter(this);
    const QRectF room = contentsRect();
    QVector<Span> spans = effectiveSpans();
    if (!wordWrap() && naturalWidth() > room.width() + 1.0) {
        // Shortened as one piece in its leading step; the tool tip of the page says the rest.
        const Span first = spans.value(0);
        const QFontMetricsF metrics(m_theme.font(first.font));
        if (spans.size() == 1) {
            spans = {{metrics.elidedText(first.text, m_elide, room.width()), first.font, first.color}};
        } else {
            Span last = spans.takeLast();
            QTextLayout before;
            const qreal used = spans.isEmpty() ? 0.0 : layOut(before, spans, 1.0e6).width();
            const QFontMetricsF lastMetrics(m_theme.font(last.font));
            last.text = lastMetrics.elidedText(last.text, Qt::ElideRight, qMax(0.0, room.width() - used));
            spans.append(last);
        }
    }
    QTextLayout layout;
    const QSizeF size = layOut(layout, spans, room.width());
    qreal y = room.top();
    if (alignment().testFlag(Qt::AlignBottom)) {
        y = room.bottom() - size.height();
    } else if (!alignment().testFlag(Qt::AlignTop)) {
        y += (room.height() - size.height()) / 2.0;
    }
    layout.draw(&painter, QPointF(room.left(), y));
}

Label *plainLabel(const Theme &theme, const QString &foreign, FontRole font, ColorRole color, QWidget *parent)
{
    return new Label(theme, displayable(foreign), font, color, parent);
}

IconLabel::IconLabel(const Theme &theme, Icon icon, ColorRole role, int size, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_icon(icon)
    , m_role(role)
    , m_size(size)
{
    setFixedSize(size, size);
}

void IconLabel::setIcon(Icon icon, ColorRole role)
{
    m_icon = icon;
    m_role = role;
    update();
}

void IconLabel::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    m_theme.paintIcon(painter, QRectF(0, 0, m_size, m_size), m_icon, m_role);
}

} // namespace gatehouse::widgets
