// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What ChartView paints itself: grid and labels below the series; references, events and the crosshair above
// them.
#include "widgets/common/chartview.h"

#include "widgets/common/format.h"

#include <QtCharts/QChart>

#include <cmath>

namespace gatehouse::widgets {

void ChartView::drawBackground(QPainter *painter, const QRectF & /*rect*/)
{
    painter->fillRect(viewport()->rect(), m_theme.color(ColorRole::Surface));
    const QRectF plot = chart()->plotArea();
    painter->setFont(m_theme.font(FontRole::Small));
    for (double value = 0; value <= m_ticks.top * 1.001; value += m_ticks.step) {
        const double y = std::round(yOf(value)) + 0.5;
        painter->setPen(QPen(m_theme.color(ColorRole::Border), 1));
        painter->drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        painter->setPen(m_theme.color(ColorRole::Muted));
        const QString text = m_data.unit == ValueUnit::Count ? formatShortCount(value)
                             : m_data.unit == ValueUnit::Ratio
                                 ? withPercentSign(QLocale().toString(value * 100.0, 'g', 3))
                                 : formatValue(value, m_data.unit);
        painter->drawText(QRectF(0, y - 9, plot.left() - 6, 18),
                          Qt::AlignRight | Qt::AlignAbsolute | Qt::AlignVCenter, text);
    }
    const int room = qMax(2, static_cast<int>(plot.width() / 90));
    for (const TimeTick &tick : timeTicks(m_from, m_to, room)) {
        const double x = xOf(tick.at);
        const QRectF place(qBound(plot.left() - 8, x - 45, plot.right() - 82), plot.bottom() + 6, 90, 16);
        painter->drawText(place, Qt::AlignCenter, tick.label);
    }
    if (hasFocus()) {
        painter->setPen(QPen(m_theme.color(ColorRole::Accent), 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(viewport()->rect()).adjusted(1, 1, -1, -1), 5, 5);
    }
}

void ChartView::drawForeground(QPainter *painter, const QRectF & /*rect*/)
{
    paintReferences(*painter);
    paintEvents(*painter);
    if (m_dragStart) {
        paintZoomBand(*painter);
    } else {
        paintCrosshair(*painter);
    }
}

void ChartView::paintReferences(QPainter &painter) const
{
    const QRectF plot = chart()->plotArea();
    painter.setFont(m_theme.font(FontRole::Small));
    for (const ReferenceLine &line : m_data.references) {
        const double y = yOf(line.value);
        if (y < plot.top() || y > plot.bottom()) {
            continue;
        }
        const QColor color =
            m_theme.color(line.tone == Tone::Neutral ? ColorRole::Text : toneColor(line.tone));
        QPen pen(color, 1.5);
        pen.setDashPattern({3.5, 2.5});
        painter.setPen(pen);
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        if (!line.label.isEmpty()) {
            const QFontMetricsF metrics(painter.font());
            const double width = metrics.horizontalAdvance(line.label);
            // Above the line, or below it where the names of events stand.
            const bool isCrowded = !m_data.events.isEmpty() && y - 17 < plot.top() + 16;
            const QRectF place(plot.right() - width - 6, isCrowded ? y + 2 : y - 17, width + 6, 16);
            if (m_data.kind == ChartKind::StackedArea) {
                QColor ground = m_theme.color(ColorRole::Surface);
                ground.setAlphaF(0.82F);
                painter.setPen(Qt::NoPen);
                painter.setBrush(ground);
                painter.drawRoundedRect(place.adjusted(-3, 0, 0, 0), 3, 3);
            }
            painter.setPen(color);
            painter.drawText(place, Qt::AlignCenter, line.label);
        }
    }
}

void ChartView::paintEvents(QPainter &painter) const
{
    const QRectF plot = chart()->plotArea();
    painter.setFont(m_theme.font(FontRole::Small));
    const QFontMetricsF metrics(painter.font());
    QColor ground = m_theme.color(ColorRole::Surface);
    ground.setAlphaF(0.8F);
    double firstRowEnd = -1.0e6;
    double secondRowEnd = -1.0e6;
    for (const EventMarker &marker : m_data.events) {
        if (marker.at < m_from || marker.at > m_to) {
            continue;
        }
        const double x = std::round(xOf(marker.at)) + 0.5;
        QPen pen(m_theme.color(ColorRole::Text), 1);
        pen.setDashPattern({2.0, 2.5});
        painter.setPen(pen);
        painter.drawLine(QPointF(x, plot.top() - 12), QPointF(x, plot.bottom()));
        if (marker.label.isEmpty()) {
            continue;
        }
        const double width = metrics.horizontalAdvance(marker.label);
        // At the right edge the label stands before its line.
        const double left = x + 4 + width > plot.right() + 10 ? x - 4 - width : x + 4;
        // Two rows; who finds room in neither keeps the line and shows its name under the crosshair.
        double top = plot.top() - 18;
        if (left < firstRowEnd + 6) {
            if (left < secondRowEnd + 6) {
                continue;
            }
            top = plot.top() + 1;
            secondRowEnd = left + width;
            painter.setPen(Qt::NoPen);
            painter.setBrush(ground);
            painter.drawRoundedRect(QRectF(left - 2, top, width + 4, 15), 3, 3);
        } else {
            firstRowEnd = left + width;
        }
        painter.setPen(m_theme.color(ColorRole::Text));
        painter.drawText(QRectF(left, top, width + 2, 15),
                         Qt::AlignLeft | Qt::AlignAbsolute | Qt::AlignVCenter, marker.label);
    }
}

void ChartView::paintCrosshair(QPainter &painter) const
{
    const std::optional<UtcTime> at = crosshair();
    if (!at || *at < m_from || *at > m_to) {
        return;
    }
    const QRectF plot = chart()->plotArea();
    const double x = xOf(*at);
    painter.setPen(QPen(m_theme.color(ColorRole::Text), 1));
    painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));

    struct Row
    {
        ColorRole color;
        QString name;
        QString value;
    };
    QVector<Row> rows;
    for (qsizetype i = 0; i < m_data.series.size(); ++i) {
        const ChartSeries &series = m_data.series.at(i);
        const ChartPoint point = pointAt(series, *at);
        QString value = formatValue(point.value, m_data.unit);
        if (std::isfinite(point.low) && std::isfinite(point.high)) {
            value +=
                QStringLiteral("  (") +
                formatInterval(formatValue(point.low, m_data.unit), formatValue(point.high, m_data.unit)) +
                QLatin1Char(')');
        }
        // Stacked charts list from the top, as the eye meets them.
        const Row row{series.color, series.name, value};
        m_data.kind == ChartKind::StackedArea ? rows.prepend(row) : rows.append(row);
        const double y = yOf(stackedValue(i, *at));
        if (std::isfinite(point.value) && y >= plot.top() - 1 && y <= plot.bottom() + 1) {
            painter.setPen(QPen(m_theme.color(ColorRole::Surface), 1.5));
            painter.setBrush(m_theme.color(series.color));
            painter.drawEllipse(QPointF(x, y), 4, 4);
        }
    }
    const QString head = formatFullMoment(*at);
    const QFontMetricsF metrics(m_theme.font(FontRole::Small));
    double names = 0;
    double values = 0;
    for (const Row &row : rows) {
        names = qMax(names, metrics.horizontalAdvance(row.name));
        values = qMax(values, metrics.horizontalAdvance(row.value));
    }
    const double width = qMax(metrics.horizontalAdvance(head), names + values + 34) + 20;
    const double height = 18.0 * static_cast<double>(rows.size() + 1) + 14;
    double left = x + 12;
    if (left + width > plot.right() + 10) {
        left = x - 12 - width;
    }
    const QRectF box(qMax(2.0, left), qMax(2.0, plot.top() + 4), width, height);
    painter.setPen(QPen(m_theme.color(ColorRole::Control), 1));
    painter.setBrush(m_theme.color(ColorRole::Surface));
    painter.drawRoundedRect(box, metrics::kControlRadius, metrics::kControlRadius);
    painter.setFont(m_theme.font(FontRole::Small));
    painter.setPen(m_theme.color(ColorRole::Muted));
    double y = box.top() + 6;
    // The chart is not mirrored, but the words of this box are.
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const auto leading =
        static_cast<int>(Qt::AlignVCenter | Qt::AlignAbsolute | (mirrored ? Qt::AlignRight : Qt::AlignLeft));
    const auto trailing =
        static_cast<int>(Qt::AlignVCenter | Qt::AlignAbsolute | (mirrored ? Qt::AlignLeft : Qt::AlignRight));
    painter.drawText(QRectF(box.left() + 10, y, width - 20, 18), leading, head);
    for (const Row &row : rows) {
        y += 18;
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(row.color));
        painter.drawRoundedRect(QRectF(mirrored ? box.right() - 19 : box.left() + 10, y + 5, 9, 9), 2, 2);
        painter.setPen(m_theme.color(ColorRole::Text));
        painter.drawText(QRectF(mirrored ? box.right() - 29 - names : box.left() + 25, y, names + 4, 18),
                         leading, row.name);
        painter.drawText(QRectF(box.left() + 10, y, width - 20, 18), trailing, row.value);
    }
}

void ChartView::paintZoomBand(QPainter &painter) const
{
    const QRectF plot = chart()->plotArea();
    QColor fill = m_theme.color(ColorRole::Accent);
    fill.setAlphaF(0.16F);
    painter.setPen(QPen(m_theme.color(ColorRole::Accent), 1));
    painter.setBrush(fill);
    painter.drawRect(QRectF(QPointF(qMin(*m_dragStart, m_dragNow), plot.top()),
                            QPointF(qMax(*m_dragStart, m_dragNow), plot.bottom())));
}

} // namespace gatehouse::widgets
