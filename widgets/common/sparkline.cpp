// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/sparkline.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace gatehouse::widgets {

Sparkline::Sparkline(const Theme &theme, const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setAccessibleName(name);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setMinimumSize(48, 24);
}

void Sparkline::setValues(const QVector<double> &values)
{
    m_values = values;
    QVector<double> known;
    std::copy_if(values.begin(), values.end(), std::back_inserter(known),
                 [](double value) { return std::isfinite(value); });
    if (known.size() < 2) {
        setAccessibleDescription(tr("Too few values for a trend."));
    } else {
        const QLocale locale;
        setAccessibleDescription(
            tr("From %1 to %2, highest %3.")
                .arg(locale.toString(known.first(), 'g', 3), locale.toString(known.last(), 'g', 3),
                     locale.toString(*std::max_element(known.begin(), known.end()), 'g', 3)));
    }
    update();
}

void Sparkline::setColorRole(ColorRole role)
{
    m_role = role;
    update();
}

void Sparkline::paintEvent(QPaintEvent * /*event*/)
{
    if (m_values.size() < 2) {
        return;
    }
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const double value : m_values) {
        if (std::isfinite(value)) {
            low = qMin(low, value);
            high = qMax(high, value);
        }
    }
    if (!std::isfinite(low)) {
        return;
    }
    const QRectF room = QRectF(rect()).adjusted(2, 3, -3, -3);
    // A flat course lies in the lower part; tiny noise is not blown up to drama.
    const double span = qMax(high - low, qMax(std::abs(high) * 0.05, 1.0e-12));
    QPainterPath path;
    bool pen = false;
    QPointF last;
    for (qsizetype i = 0; i < m_values.size(); ++i) {
        const double value = m_values.at(i);
        if (!std::isfinite(value)) {
            pen = false;
            continue;
        }
        // Time runs from left to right in every language, as on the large charts.
        const double x = room.left() + room.width() * double(i) / double(m_values.size() - 1);
        last = QPointF(x, room.bottom() - room.height() * (value - low) / span);
        pen ? path.lineTo(last) : path.moveTo(last);
        pen = true;
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPen stroke(m_theme.color(m_role), 1.6);
    stroke.setJoinStyle(Qt::RoundJoin);
    stroke.setCapStyle(Qt::RoundCap);
    painter.setPen(stroke);
    painter.drawPath(path);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color(m_role));
    painter.drawEllipse(last, 2.2, 2.2);
}

} // namespace gatehouse::widgets
