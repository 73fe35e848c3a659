// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/chartlegend.h"

#include "core/foreigntext.h"

#include <QFontMetrics>
#include <QPainter>
#include <QStyle>

namespace gatehouse::widgets {

namespace {

constexpr int kGap = 14;
constexpr int kSwatchGap = 5;

} // namespace

ChartLegend::ChartLegend(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

void ChartLegend::setData(const ChartData &shown)
{
    m_entries.clear();
    m_lines = shown.kind == ChartKind::Line;
    for (const ChartSeries &series : shown.series) {
        QString name = displayable(series.name, 40);
        if (series.estimated) {
            name = tr("%1, estimated").arg(name);
        }
        const Entry entry{name, series.color, series.estimated ? Qt::DotLine : series.dash};
        m_lines ? m_entries.append(entry) : m_entries.prepend(entry);
    }
    updateGeometry();
    update();
}

QSize ChartLegend::sizeHint() const
{
    const QFontMetrics metrics(m_theme.font(FontRole::Body));
    int width = 0;
    for (const Entry &entry : m_entries) {
        width += (m_lines ? 18 : 10) + kSwatchGap + metrics.horizontalAdvance(entry.name) + kGap;
    }
    return {qMax(0, width - kGap), 20};
}

void ChartLegend::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(m_theme.font(FontRole::Body));
    const QFontMetrics metrics(painter.font());
    int x = 0;
    const int swatch = m_lines ? 18 : 10;
    for (const Entry &entry : m_entries) {
        const QRect mark =
            QStyle::visualRect(layoutDirection(), rect(), QRect(x, height() / 2 - 5, swatch, 10));
        if (m_lines) {
            QPen pen(m_theme.color(entry.color), 2.5, entry.dash);
            pen.setCapStyle(Qt::FlatCap);
            painter.setPen(pen);
            painter.drawLine(QPointF(mark.left(), mark.center().y() + 0.5),
                             QPointF(mark.left() + mark.width(), mark.center().y() + 0.5));
        } else {
            painter.setPen(Qt::NoPen);
            painter.setBrush(m_theme.color(entry.color));
            painter.drawRoundedRect(mark, 2, 2);
        }
        const int width = metrics.horizontalAdvance(entry.name);
        const QRect words(x + swatch + kSwatchGap, 0, width + 2, height());
        painter.setPen(m_theme.color(ColorRole::Text));
        painter.drawText(QStyle::visualRect(layoutDirection(), rect(), words),
                         Qt::AlignVCenter | Qt::AlignLeft, entry.name);
        x += swatch + kSwatchGap + width + kGap;
    }
}

} // namespace gatehouse::widgets
