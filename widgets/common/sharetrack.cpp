// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/sharetrack.h"

#include "widgets/common/accessibility.h"
#include "widgets/common/button.h"
#include "widgets/common/format.h"
#include "widgets/common/sharescale.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

namespace gatehouse::widgets {

namespace {

constexpr int kTrackTop = 16;
constexpr int kTrackHeight = 8;
constexpr int kSideRoom = 30;
constexpr double kSnapPixels = 5.0;

double trackCentre()
{
    return kTrackTop + kTrackHeight / 2.0;
}

} // namespace

ShareTrack::ShareTrack(const Theme &theme, QWidget *parent)
    : QWidget(withAccessibility(parent))
    , m_theme(theme)
    , m_takeBack(linkButton(theme, tr("Take back"), QStringLiteral("takeBackButton"), this))
{
    setObjectName(QStringLiteral("shareTrack"));
    setAccessibleName(tr("Rollout share in percent"));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_takeBack->setToolTip(tr("Devices that have the bundle go back to the stable one at their next check."));
    connect(m_takeBack, &QPushButton::clicked, this, &ShareTrack::takeBackRequested);
    announce();
}

void ShareTrack::setShare(int basisPoints)
{
    const int share = qBound(sharescale::kMinimum, basisPoints, sharescale::kMaximum);
    if (share == m_share) {
        return;
    }
    m_share = share;
    announce();
    update();
    QAccessibleValueChangeEvent change(this, m_share / 100.0);
    QAccessible::updateAccessibility(&change);
    Q_EMIT shareChanged(m_share);
}

void ShareTrack::setServerShare(int basisPoints)
{
    m_server = qBound(0, basisPoints, sharescale::kMaximum);
    announce();
    update();
}

void ShareTrack::setStages(const QVector<int> &basisPoints)
{
    m_stages = basisPoints;
    update();
}

void ShareTrack::setTakeBackVisible(bool visible)
{
    m_takeBack->setVisible(visible);
    update();
}

void ShareTrack::announce()
{
    setAccessibleDescription(
        tr("%1 wished, %2 on the server now").arg(formatShare(m_share), formatShare(m_server)));
}

double ShareTrack::xOf(int basisPoints) const
{
    const double length = width() - 2.0 * kSideRoom;
    const double x = kSideRoom + length * sharescale::position(basisPoints);
    return layoutDirection() == Qt::RightToLeft ? width() - x : x;
}

void ShareTrack::moveTo(double x)
{
    const double from = layoutDirection() == Qt::RightToLeft ? width() - x : x;
    int share = sharescale::shareAt((from - kSideRoom) / (width() - 2.0 * kSideRoom));
    for (const int mark : sharescale::stops() + m_stages) {
        if (qAbs(xOf(mark) - x) < kSnapPixels) {
            share = mark;
        }
    }
    setShare(share);
}

bool ShareTrack::handleStepKey(int key, Qt::KeyboardModifiers modifiers)
{
    const int step = modifiers.testFlag(Qt::ControlModifier) ? 10
                     : modifiers.testFlag(Qt::ShiftModifier) ? 1000
                                                             : 100;
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    switch (key) {
    case Qt::Key_Up:
        setShare(m_share + step);
        return true;
    case Qt::Key_Down:
        setShare(m_share - step);
        return true;
    case Qt::Key_Right:
        setShare(mirrored ? m_share - step : m_share + step);
        return true;
    case Qt::Key_Left:
        setShare(mirrored ? m_share + step : m_share - step);
        return true;
    default:
        return false;
    }
}

void ShareTrack::keyPressEvent(QKeyEvent *event)
{
    if (handleStepKey(event->key(), event->modifiers())) {
        return;
    }
    const QVector<int> marks = sharescale::stops();
    if (event->key() == Qt::Key_Home) {
        setShare(sharescale::kMinimum);
    } else if (event->key() == Qt::Key_End) {
        setShare(sharescale::kMaximum);
    } else if (event->key() == Qt::Key_PageUp) {
        setShare(*std::upper_bound(marks.begin(), marks.end() - 1, m_share));
    } else if (event->key() == Qt::Key_PageDown) {
        const auto at = std::lower_bound(marks.begin(), marks.end(), m_share);
        setShare(at == marks.begin() ? marks.first() : *(at - 1));
    } else if (!event->text().isEmpty() && event->text().at(0).isDigit()) {
        Q_EMIT digitTyped(event->text());
    } else {
        QWidget::keyPressEvent(event);
    }
}

void ShareTrack::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && event->position().y() < kTrackTop + kTrackHeight + 14) {
        m_dragging = true;
        moveTo(event->position().x());
    }
}

void ShareTrack::mouseMoveEvent(QMouseEvent *event)
{
    if (m_dragging) {
        moveTo(event->position().x());
    }
}

void ShareTrack::mouseReleaseEvent(QMouseEvent * /*event*/)
{
    m_dragging = false;
}

void ShareTrack::resizeEvent(QResizeEvent *event)
{
    placeTakeBack();
    QWidget::resizeEvent(event);
}

void ShareTrack::placeTakeBack()
{
    const QSize size = m_takeBack->sizeHint();
    const int left = qMax(0, kSideRoom - size.width() / 2);
    m_takeBack->setGeometry(QStyle::visualRect(layoutDirection(), rect(),
                                               QRect(QPoint(left, kTrackTop + kTrackHeight + 12), size)));
}

void ShareTrack::paintTrack(QPainter &painter) const
{
    const double start = xOf(sharescale::kMinimum);
    const auto bar = [&](int from, int to) {
        const double one = from <= 0 ? start : xOf(from);
        const double other = xOf(to);
        return QRectF(QPointF(qMin(one, other), kTrackTop),
                      QPointF(qMax(one, other), kTrackTop + kTrackHeight));
    };
    const QColor accent = m_theme.color(isEnabled() ? ColorRole::Accent : ColorRole::Control);
    const QColor track = m_theme.color(ColorRole::Raised);
    painter.setPen(m_theme.highContrast() ? QPen(m_theme.color(ColorRole::Control)) : QPen(Qt::NoPen));
    painter.setBrush(track);
    painter.drawRoundedRect(bar(0, sharescale::kMaximum), 4, 4);
    painter.setPen(Qt::NoPen);
    const int solid = qMin(m_share, m_server);
    const int light = qMax(m_share, m_server);
    if (light > solid) {
        painter.setBrush(blend(accent, m_theme.color(ColorRole::Surface), 0.42));
        painter.drawRoundedRect(bar(0, light), 4, 4);
    }
    if (solid > 0) {
        painter.setBrush(accent);
        painter.drawRoundedRect(bar(0, solid), 4, 4);
    }
}

void ShareTrack::paintMarks(QPainter &painter) const
{
    painter.setFont(m_theme.font(FontRole::Small));
    const double top = kTrackTop + kTrackHeight + 6;
    const QVector<int> marks = sharescale::stops();
    for (const int mark : marks) {
        const double x = xOf(mark);
        painter.setPen(QPen(m_theme.color(ColorRole::Control), 1));
        painter.drawLine(QPointF(x, top), QPointF(x, top + 5));
        if (mark == sharescale::kMinimum && !m_takeBack->isHidden()) {
            continue;
        }
        painter.setPen(m_theme.color(ColorRole::Muted));
        painter.drawText(QRectF(x - 30, top + 8, 60, 16), Qt::AlignCenter, formatShare(mark));
    }
    for (const int stage : m_stages) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(ColorRole::Text));
        const double x = xOf(stage);
        painter.drawPolygon(QPolygonF({{x - 4, 0}, {x + 4, 0}, {x, 5}}));
    }
}

void ShareTrack::paintHandles(QPainter &painter) const
{
    const QColor accent = m_theme.color(isEnabled() ? ColorRole::Accent : ColorRole::Control);
    if (m_server > 0 && m_server != m_share) {
        QPen dashed(m_theme.color(ColorRole::Muted), 1.8);
        dashed.setDashPattern({2.2, 1.6});
        painter.setPen(dashed);
        painter.setBrush(m_theme.color(ColorRole::Surface));
        painter.drawEllipse(QPointF(xOf(m_server), trackCentre()), 8.0, 8.0);
    }
    const QPointF handle(xOf(m_share), trackCentre());
    if (hasFocus()) {
        QColor halo = accent;
        halo.setAlphaF(0.28F);
        painter.setPen(Qt::NoPen);
        painter.setBrush(halo);
        painter.drawEllipse(handle, 15.0, 15.0);
    }
    painter.setPen(QPen(accent, 3));
    painter.setBrush(m_theme.color(ColorRole::Surface));
    painter.drawEllipse(handle, 9.5, 9.5);
}

void ShareTrack::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintTrack(painter);
    paintMarks(painter);
    paintHandles(painter);
}

} // namespace gatehouse::widgets
