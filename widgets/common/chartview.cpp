// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/chartview.h"

#include "widgets/common/accessibility.h"
#include "widgets/common/format.h"

#include <QtCharts/QAreaSeries>
#include <QtCharts/QChart>
#include <QtCharts/QLineSeries>
#include <QtCharts/QValueAxis>

#include <QAccessible>
#include <QGraphicsLayout>
#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>

namespace gatehouse::widgets {

namespace {

constexpr double kTopRoom = 8;
constexpr double kEventRoom = 20;
constexpr double kBottomRoom = 24;
constexpr double kRightRoom = 14;
constexpr double kLabelGap = 6;

double asX(UtcTime at)
{
    return static_cast<double>(toMs(at));
}

/// Calls each unbroken run of points, so that a gap stays a gap.
template<typename Usable, typename Take>
void eachRun(const QVector<ChartPoint> &points, Usable usable, Take take)
{
    QVector<ChartPoint> run;
    for (const ChartPoint &point : points) {
        if (usable(point)) {
            run.append(point);
        } else if (!run.isEmpty()) {
            take(run);
            run.clear();
        }
    }
    if (!run.isEmpty()) {
        take(run);
    }
}

} // namespace

ChartView::ChartView(const Theme &theme, QWidget *parent)
    : QChartView(withAccessibility(parent))
    , m_theme(theme)
    , m_timeAxis(new QValueAxis(this))
    , m_valueAxis(new QValueAxis(this))
{
    setFrameShape(QFrame::NoFrame);
    setRenderHint(QPainter::Antialiasing);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setViewportUpdateMode(QGraphicsView::FullViewportUpdate);
    setBackgroundBrush(Qt::NoBrush);
    viewport()->setAutoFillBackground(false);
    chart()->setBackgroundVisible(false);
    chart()->setMargins(QMargins());
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->legend()->hide();
    chart()->addAxis(m_timeAxis, Qt::AlignBottom);
    chart()->addAxis(m_valueAxis, Qt::AlignLeft);
    m_timeAxis->setVisible(false);
    m_valueAxis->setVisible(false);
    connect(&theme, &Theme::changed, this, &ChartView::rebuild);
}

void ChartView::setData(const ChartData &data)
{
    const std::optional<UtcTime> shown = crosshair();
    m_data = data;
    m_moments = momentsOf(data);
    rebuild();
    setCrosshair(shown);
}

std::optional<UtcTime> ChartView::crosshair() const
{
    if (m_crosshair < 0 || m_crosshair >= m_moments.size()) {
        return std::nullopt;
    }
    return m_moments.at(m_crosshair);
}

void ChartView::setCrosshair(std::optional<UtcTime> at)
{
    m_crosshair = -1;
    if (at && !m_moments.isEmpty()) {
        const auto after = std::lower_bound(m_moments.begin(), m_moments.end(), *at);
        m_crosshair = after - m_moments.begin();
        if (after == m_moments.end() ||
            (after != m_moments.begin() && (*at - *(after - 1)) < (*after - *at))) {
            --m_crosshair;
        }
    }
    viewport()->update();
    Q_EMIT crosshairMoved();
}

void ChartView::attach(QAbstractSeries *series)
{
    chart()->addSeries(series);
    series->attachAxis(m_timeAxis);
    series->attachAxis(m_valueAxis);
}

void ChartView::addArea(const QVector<QPointF> &upper, const QVector<QPointF> &lower, const QColor &fill,
                        const QPen &edge)
{
    auto *top = new QLineSeries;
    auto *bottom = new QLineSeries;
    top->replace(upper);
    bottom->replace(lower);
    auto *area = new QAreaSeries(top, bottom);
    top->setParent(area);
    bottom->setParent(area);
    area->setBrush(fill);
    area->setPen(edge);
    attach(area);
}

void ChartView::addStack()
{
    const bool dark = m_theme.isDark();
    // A run of moments at which at least one series has a value; the others count as none there.
    QVector<QVector<UtcTime>> runs(1);
    for (const UtcTime at : m_moments) {
        const bool any =
            std::any_of(m_data.series.begin(), m_data.series.end(),
                        [at](const ChartSeries &series) { return std::isfinite(pointAt(series, at).value); });
        if (any) {
            runs.last().append(at);
        } else if (!runs.last().isEmpty()) {
            runs.append(QVector<UtcTime>());
        }
    }
    const Milliseconds half = std::max(narrowestStep() / 2, (m_to - m_from) / 400);
    for (const QVector<UtcTime> &run : runs) {
        if (run.isEmpty()) {
            continue;
        }
        // A lone moment between gaps would be an area without a width: it stands as a column of its step.
        const bool isLone = run.size() == 1;
        QVector<QPointF> below;
        for (const UtcTime at : run) {
            below.append({asX(isLone ? at - half : at), 0.0});
        }
        if (isLone) {
            below.append({asX(run.first() + half), 0.0});
        }
        for (const ChartSeries &series : m_data.series) {
            QVector<QPointF> above = below;
            for (qsizetype i = 0; i < above.size(); ++i) {
                const double value = pointAt(series, isLone ? run.first() : run.at(i)).value;
                above[i].ry() += std::isfinite(value) ? value : 0.0;
            }
            const QColor fill =
                blend(m_theme.color(series.color), m_theme.color(ColorRole::Surface), dark ? 0.74 : 0.72);
            addArea(above, below, fill, QPen(m_theme.color(ColorRole::Surface), 1));
            below = above;
        }
    }
}

// What separates the closest two moments; with fewer than two a twentieth of the axis.
Milliseconds ChartView::narrowestStep() const
{
    Milliseconds step = std::max((m_to - m_from) / 20, Milliseconds(2));
    for (qsizetype i = 1; i < m_moments.size(); ++i) {
        step = std::min(step, m_moments.at(i) - m_moments.at(i - 1));
    }
    return std::max(step, Milliseconds(2));
}

void ChartView::addBand(const ChartSeries &series)
{
    QColor fill = m_theme.color(series.color);
    fill.setAlphaF(m_theme.isDark() ? 0.20F : 0.15F);
    eachRun(
        series.points,
        [](const ChartPoint &point) { return std::isfinite(point.low) && std::isfinite(point.high); },
        [&](const QVector<ChartPoint> &run) {
            QVector<QPointF> upper;
            QVector<QPointF> lower;
            for (const ChartPoint &point : run) {
                upper.append({asX(point.at), qMin(point.high, m_ticks.top)});
                lower.append({asX(point.at), point.low});
            }
            addArea(upper, lower, fill, QPen(Qt::NoPen));
        });
}

void ChartView::addLine(const ChartSeries &series)
{
    QPen pen(m_theme.color(series.color), 2);
    pen.setCapStyle(Qt::RoundCap);
    pen.setJoinStyle(Qt::RoundJoin);
    pen.setStyle(series.estimated ? Qt::DotLine : series.dash);
    eachRun(
        series.points, [](const ChartPoint &point) { return std::isfinite(point.value); },
        [&](QVector<ChartPoint> run) {
            if (run.size() == 1) {
                // A lone value between two gaps would be an invisible line: a short stroke shows it.
                const ChartPoint &only = run.first();
                const Milliseconds half((m_to - m_from).count() / 400);
                run = {ChartPoint{only.at - half, only.value}, ChartPoint{only.at + half, only.value}};
            }
            QVector<QPointF> points;
            for (const ChartPoint &point : run) {
                points.append({asX(point.at), point.value});
            }
            auto *line = new QLineSeries;
            line->replace(points);
            line->setPen(pen);
            attach(line);
        });
}

void ChartView::addLines()
{
    for (const ChartSeries &series : m_data.series) {
        addBand(series);
    }
    for (const ChartSeries &series : m_data.series) {
        addLine(series);
    }
}

void ChartView::fitAxes()
{
    m_from = m_zoomFrom.value_or(m_data.from.value_or(m_moments.isEmpty() ? UtcTime{} : m_moments.first()));
    m_to = m_zoomTo.value_or(m_data.to.value_or(m_moments.isEmpty() ? UtcTime{} : m_moments.last()));
    if (m_to <= m_from) {
        m_to = m_from + Milliseconds(60000);
    }
    double highest = 0;
    for (const UtcTime at : m_moments) {
        if (at < m_from || at > m_to) {
            continue;
        }
        double sum = 0;
        for (const ChartSeries &series : m_data.series) {
            const ChartPoint point = pointAt(series, at);
            const double value = std::isfinite(point.value) ? point.value : 0.0;
            sum += value;
            highest = qMax(highest, value);
        }
        if (m_data.kind == ChartKind::StackedArea) {
            highest = qMax(highest, sum);
        }
    }
    for (const ReferenceLine &line : m_data.references) {
        // Room above a limit, so that its label fits and crossing it shows.
        highest = qMax(highest, m_data.kind == ChartKind::StackedArea ? line.value : line.value * 1.5);
    }
    if (m_data.kind == ChartKind::Line) {
        highest *= 1.1;
    }
    if (m_data.unit == ValueUnit::Ratio) {
        highest = qMin(highest, 1.0);
    }
    m_ticks = valueTicks(m_data.maximum.value_or(highest), height() < 170 ? 3 : 5);
    m_timeAxis->setRange(asX(m_from), asX(m_to));
    m_valueAxis->setRange(0.0, m_ticks.top);
}

void ChartView::rebuild()
{
    fitAxes();
    chart()->removeAllSeries();
    if (m_data.kind == ChartKind::StackedArea) {
        addStack();
    } else {
        addLines();
    }
    placePlot();
    viewport()->update();
}

void ChartView::placePlot()
{
    const QFontMetricsF metrics(m_theme.font(FontRole::Small));
    double labels = 24;
    const int steps = qFloor(m_ticks.top * 1.001 / m_ticks.step);
    for (int i = 0; i <= steps; ++i) {
        const double value = i * m_ticks.step;
        const QString text =
            m_data.unit == ValueUnit::Count ? formatShortCount(value) : formatValue(value, m_data.unit);
        labels = qMax(labels, metrics.horizontalAdvance(text));
    }
    const double left = std::ceil(labels + kLabelGap + 2);
    const double top = m_data.events.isEmpty() ? kTopRoom : kEventRoom;
    chart()->setPlotArea(
        QRectF(left, top, qMax(20.0, width() - left - kRightRoom), qMax(20.0, height() - top - kBottomRoom)));
}

void ChartView::resizeEvent(QResizeEvent *event)
{
    QChartView::resizeEvent(event);
    fitAxes();
    placePlot();
}

double ChartView::xOf(UtcTime at) const
{
    const QRectF plot = chart()->plotArea();
    return plot.left() + plot.width() * double((at - m_from).count()) / double((m_to - m_from).count());
}

double ChartView::yOf(double value) const
{
    const QRectF plot = chart()->plotArea();
    return plot.bottom() - plot.height() * value / m_ticks.top;
}

UtcTime ChartView::timeAt(double x) const
{
    const QRectF plot = chart()->plotArea();
    const double share = qBound(0.0, (x - plot.left()) / plot.width(), 1.0);
    return m_from + Milliseconds(std::llround(share * double((m_to - m_from).count())));
}

double ChartView::stackedValue(qsizetype series, UtcTime at) const
{
    double sum = 0;
    for (qsizetype i = 0; i <= series; ++i) {
        const double value = pointAt(m_data.series.at(i), at).value;
        if (m_data.kind == ChartKind::Line) {
            sum = value;
        } else if (std::isfinite(value)) {
            sum += value;
        }
    }
    return sum;
}

void ChartView::mouseMoveEvent(QMouseEvent *event)
{
    const QRectF plot = chart()->plotArea();
    const QPointF where = event->position();
    if (m_dragStart) {
        m_dragNow = qBound(plot.left(), where.x(), plot.right());
        viewport()->update();
        return;
    }
    setCrosshair(plot.contains(where) ? std::optional(timeAt(where.x())) : std::nullopt);
}

void ChartView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && chart()->plotArea().contains(event->position())) {
        m_dragStart = event->position().x();
        m_dragNow = *m_dragStart;
    }
}

void ChartView::mouseReleaseEvent(QMouseEvent * /*event*/)
{
    if (!m_dragStart) {
        return;
    }
    const double one = *m_dragStart;
    m_dragStart.reset();
    // Less than this is a press, not a choice of a range.
    if (qAbs(m_dragNow - one) > 12) {
        const UtcTime from = timeAt(qMin(one, m_dragNow));
        const UtcTime to = timeAt(qMax(one, m_dragNow));
        m_zoomFrom = from;
        m_zoomTo = to;
        rebuild();
        Q_EMIT rangeChosen(m_zoomFrom, m_zoomTo);
    }
    viewport()->update();
}

void ChartView::mouseDoubleClickEvent(QMouseEvent * /*event*/)
{
    m_dragStart.reset();
    m_zoomFrom.reset();
    m_zoomTo.reset();
    rebuild();
    Q_EMIT rangeChosen(m_zoomFrom, m_zoomTo);
}

void ChartView::leaveEvent(QEvent *event)
{
    if (!hasFocus()) {
        setCrosshair(std::nullopt);
    }
    QChartView::leaveEvent(event);
}

void ChartView::focusOutEvent(QFocusEvent *event)
{
    setCrosshair(std::nullopt);
    QChartView::focusOutEvent(event);
}

void ChartView::moveCrosshair(int steps)
{
    if (m_moments.isEmpty()) {
        return;
    }
    const qsizetype start = m_crosshair < 0 ? (steps < 0 ? m_moments.size() : -1) : m_crosshair;
    const qsizetype to = qBound<qsizetype>(0, start + steps, m_moments.size() - 1);
    setCrosshair(m_moments.at(to));
    QStringList spoken = {formatFullMoment(m_moments.at(to))};
    for (const ChartSeries &series : m_data.series) {
        spoken.append(series.name + QStringLiteral(": ") +
                      formatValue(pointAt(series, m_moments.at(to)).value, m_data.unit));
    }
    setAccessibleDescription(spoken.join(QStringLiteral("; ")));
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
}

void ChartView::keyPressEvent(QKeyEvent *event)
{
    const int step = event->modifiers().testFlag(Qt::ShiftModifier) ? 10 : 1;
    switch (event->key()) {
    case Qt::Key_Right:
        moveCrosshair(step);
        return;
    case Qt::Key_Left:
        moveCrosshair(-step);
        return;
    case Qt::Key_Home:
        m_crosshair = -1;
        moveCrosshair(1);
        return;
    case Qt::Key_End:
        m_crosshair = -1;
        moveCrosshair(-1);
        return;
    case Qt::Key_Escape:
        if (m_crosshair >= 0 || m_zoomFrom) {
            m_zoomFrom.reset();
            m_zoomTo.reset();
            m_crosshair = -1;
            rebuild();
            Q_EMIT rangeChosen(m_zoomFrom, m_zoomTo);
            return;
        }
        break;
    default:
        break;
    }
    event->ignore();
}

} // namespace gatehouse::widgets
