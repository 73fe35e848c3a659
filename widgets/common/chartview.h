// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/chartdata.h"
#include "widgets/common/chartscale.h"

#include <QtCharts/QChartView>

#include <QPointer>

class QLineSeries;
class QValueAxis;

namespace gatehouse::widgets {

/// The drawing of a ChartPanel: series by Qt Charts; grid, labels, reference lines, event markers and the
/// crosshair by us. Arrow keys move the crosshair, dragging zooms the time axis, Escape or a double click
/// shows all again.
class ChartView : public QChartView
{
    Q_OBJECT

public:
    explicit ChartView(const Theme &theme, QWidget *parent = nullptr);

    void setData(const ChartData &data);
    [[nodiscard]] const ChartData &data() const { return m_data; }
    /// The moment under the crosshair, if it is shown.
    [[nodiscard]] std::optional<UtcTime> crosshair() const;
    void setCrosshair(std::optional<UtcTime> at);
    [[nodiscard]] QSize sizeHint() const override { return {480, 220}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 110}; }

Q_SIGNALS:
    /// The person zoomed, or shows all again (both empty).
    void rangeChosen(std::optional<UtcTime> from, std::optional<UtcTime> to);
    void crosshairMoved();

protected:
    void drawBackground(QPainter *painter, const QRectF &rect) override;
    void drawForeground(QPainter *painter, const QRectF &rect) override;
    void resizeEvent(QResizeEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void rebuild();
    void addStack();
    [[nodiscard]] Milliseconds narrowestStep() const;
    void addLines();
    void addBand(const ChartSeries &series);
    void addLine(const ChartSeries &series);
    void addArea(const QVector<QPointF> &upper, const QVector<QPointF> &lower, const QColor &fill,
                 const QPen &edge);
    void attach(QAbstractSeries *series);
    void fitAxes();
    void placePlot();
    [[nodiscard]] double xOf(UtcTime at) const;
    [[nodiscard]] double yOf(double value) const;
    [[nodiscard]] UtcTime timeAt(double x) const;
    void moveCrosshair(int steps);
    [[nodiscard]] double stackedValue(qsizetype series, UtcTime at) const;
    void paintReferences(QPainter &painter) const;
    void paintEvents(QPainter &painter) const;
    void paintCrosshair(QPainter &painter) const;
    void paintZoomBand(QPainter &painter) const;

    const Theme &m_theme;
    QValueAxis *m_timeAxis;
    QValueAxis *m_valueAxis;
    ChartData m_data;
    QVector<UtcTime> m_moments;
    UtcTime m_from = {};
    UtcTime m_to = {};
    std::optional<UtcTime> m_zoomFrom;
    std::optional<UtcTime> m_zoomTo;
    ValueTicks m_ticks;
    qsizetype m_crosshair = -1;
    std::optional<double> m_dragStart;
    double m_dragNow = 0;
};

} // namespace gatehouse::widgets
