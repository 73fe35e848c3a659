// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/slideover.h"

#include "widgets/common/accessibility.h"

#include <QApplication>
#include <QBoxLayout>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollArea>
#include <QStyle>

namespace gatehouse::widgets {

namespace {

constexpr int kPanelWidth = 500;
constexpr int kShadowWidth = 24;
constexpr int kSlideMs = 140;

} // namespace

SlideOver::SlideOver(const Theme &theme, QWidget *host)
    : QWidget(withAccessibility(host))
    , m_theme(theme)
    , m_panel(new QWidget(this))
    , m_column(new QVBoxLayout(m_panel))
{
    setFocusPolicy(Qt::StrongFocus);
    m_panel->setObjectName(QStringLiteral("reviewPanel"));
    m_column->setContentsMargins(22, 18, 22, 18);
    m_column->setSpacing(14);
    m_animation.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_animation, &QVariantAnimation::valueChanged, this, [this](const QVariant &value) {
        m_shown = value.toDouble();
        layPanel();
        update();
    });
    connect(&m_animation, &QVariantAnimation::finished, this, [this] {
        if (m_closing) {
            hide();
            deleteLater();
        }
    });
    host->installEventFilter(this);
    hide();
}

void SlideOver::openSheet()
{
    m_focusBefore = QApplication::focusWidget();
    m_closing = false;
    setGeometry(parentWidget()->rect());
    m_shown = 0.0;
    layPanel();
    show();
    raise();
    slide(0.0, 1.0);
    if (QWidget *first = firstFocus()) {
        first->setFocus();
    }
}

void SlideOver::closeSheet()
{
    if (m_closing) {
        return;
    }
    m_closing = true;
    if (m_focusBefore && m_focusBefore->isVisible()) {
        m_focusBefore->setFocus();
    }
    slide(m_shown, 0.0);
}

void SlideOver::dismiss()
{
    if (m_closing || !mayLeave()) {
        return;
    }
    Q_EMIT dismissed();
    closeSheet();
}

void SlideOver::slide(double from, double to)
{
    m_animation.stop();
    m_animation.setStartValue(from);
    m_animation.setEndValue(to);
    m_animation.setDuration(m_theme.motionMs(kSlideMs));
    m_animation.start();
}

void SlideOver::layPanel()
{
    const int panelWidth = qMin(kPanelWidth, width() - 40);
    const int hidden = static_cast<int>((1.0 - m_shown) * panelWidth);
    const QRect place(width() - panelWidth + hidden, 0, panelWidth, height());
    m_panel->setGeometry(QStyle::visualRect(layoutDirection(), rect(), place));
}

void SlideOver::resizeEvent(QResizeEvent *event)
{
    layPanel();
    QWidget::resizeEvent(event);
}

bool SlideOver::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && !isHidden()) {
        setGeometry(parentWidget()->rect());
    }
    return QWidget::eventFilter(watched, event);
}

void SlideOver::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape) {
        dismiss();
    } else if (enter && event->modifiers().testFlag(Qt::ControlModifier)) {
        confirm();
    } else {
        // Swallowed: the page below must not act on keys while it is covered.
        event->accept();
    }
}

void SlideOver::mousePressEvent(QMouseEvent *event)
{
    if (!m_panel->geometry().contains(event->position().toPoint())) {
        dismiss();
    }
    event->accept();
}

bool SlideOver::focusNextPrevChild(bool next)
{
    QList<QWidget *> stops;
    QWidget *first = m_panel->nextInFocusChain();
    for (QWidget *widget = first; widget; widget = widget->nextInFocusChain()) {
        const bool canFocus = widget->focusPolicy() & Qt::TabFocus;
        if (m_panel->isAncestorOf(widget) && canFocus && widget->isEnabled() && widget->isVisibleTo(this) &&
            !widget->focusProxy()) {
            stops.append(widget);
        }
        if (widget->nextInFocusChain() == first) {
            break;
        }
    }
    if (stops.isEmpty()) {
        return true;
    }
    const auto at = stops.indexOf(QApplication::focusWidget());
    const auto count = stops.size();
    const auto to = at < 0 ? 0 : (at + (next ? 1 : count - 1)) % count;
    QWidget *stop = stops.at(to);
    stop->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    for (QWidget *above = stop->parentWidget(); above != nullptr; above = above->parentWidget()) {
        if (auto *scroll = qobject_cast<QScrollArea *>(above)) {
            scroll->ensureWidgetVisible(stop);
            break;
        }
    }
    return true;
}

void SlideOver::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    QColor scrim = m_theme.color(ColorRole::Window);
    scrim.setAlphaF(static_cast<float>(0.62 * m_shown));
    painter.fillRect(rect(), scrim);
    const QRect panel = m_panel->geometry();
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const int edge = mirrored ? panel.right() + 1 : panel.left();
    QLinearGradient shadow(edge, 0, mirrored ? edge + kShadowWidth : edge - kShadowWidth, 0);
    shadow.setColorAt(0, QColor(0, 0, 0, m_theme.isDark() ? 110 : 38));
    shadow.setColorAt(1, QColor(0, 0, 0, 0));
    painter.fillRect(QRect(mirrored ? edge : edge - kShadowWidth, 0, kShadowWidth, height()), shadow);
    painter.fillRect(panel, m_theme.color(ColorRole::Surface));
    painter.fillRect(QRect(mirrored ? edge - 1 : edge, 0, 1, height()), m_theme.color(ColorRole::Border));
}

} // namespace gatehouse::widgets
