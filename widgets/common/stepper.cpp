// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/stepper.h"

#include "widgets/common/format.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

namespace gatehouse::widgets {

namespace {

constexpr int kMark = 24;
constexpr int kStepRow = 52;
constexpr int kRowWithoutNote = 40;
constexpr int kBarHeight = 44;

} // namespace

Stepper::Stepper(const Theme &theme, Qt::Orientation orientation, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_orientation(orientation)
{
    setAccessibleName(tr("Steps"));
    const bool vertical = orientation == Qt::Vertical;
    setSizePolicy(vertical ? QSizePolicy::Preferred : QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void Stepper::setSteps(const QVector<Step> &steps)
{
    m_steps = steps;
    announce();
    updateGeometry();
    update();
}

void Stepper::announce()
{
    QStringList spoken;
    int number = 0;
    for (const Step &step : m_steps) {
        const QString state = step.state == Step::State::Done      ? tr("done")
                              : step.state == Step::State::Current ? tr("current step")
                              : step.state == Step::State::Failed  ? tr("failed")
                                                                   : tr("waits");
        spoken.append(tr("%1. %2, %3").arg(formatCount(++number), step.title, state));
    }
    setAccessibleDescription(spoken.join(QStringLiteral("; ")));
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
}

void Stepper::setCurrentTone(Tone tone)
{
    m_tone = tone;
    update();
}

void Stepper::setNavigable(bool navigable)
{
    m_navigable = navigable;
    setFocusPolicy(navigable ? Qt::StrongFocus : Qt::NoFocus);
}

QSize Stepper::sizeHint() const
{
    if (m_orientation == Qt::Horizontal) {
        return {static_cast<int>(m_steps.size()) * 180, kBarHeight};
    }
    int height = 0;
    for (const Step &step : m_steps) {
        height += step.note.isEmpty() ? kRowWithoutNote : kStepRow;
    }
    return {190, height};
}

QSize Stepper::minimumSizeHint() const
{
    return {m_orientation == Qt::Horizontal ? 240 : 150, sizeHint().height()};
}

QRect Stepper::stepRect(int index) const
{
    if (m_orientation == Qt::Horizontal) {
        const int count = qMax(1, static_cast<int>(m_steps.size()));
        const int left = width() * index / count;
        return {left, 0, width() * (index + 1) / count - left, height()};
    }
    int top = 0;
    for (int i = 0; i < index; ++i) {
        top += m_steps.at(i).note.isEmpty() ? kRowWithoutNote : kStepRow;
    }
    return {0, top, width(), m_steps.at(index).note.isEmpty() ? kRowWithoutNote : kStepRow};
}

void Stepper::paintMark(QPainter &painter, const QRect &mark, int index) const
{
    const Step &step = m_steps.at(index);
    painter.setPen(Qt::NoPen);
    ColorRole ground = ColorRole::Raised;
    ColorRole ink = ColorRole::Muted;
    switch (step.state) {
    case Step::State::Done:
        ground = ColorRole::OkTint;
        ink = ColorRole::Ok;
        break;
    case Step::State::Failed:
        ground = ColorRole::DangerTint;
        ink = ColorRole::Danger;
        break;
    case Step::State::Current:
        ground = m_tone == Tone::Accent ? ColorRole::Accent : toneTint(m_tone);
        ink = m_tone == Tone::Accent ? ColorRole::OnAccent : toneColor(m_tone);
        break;
    case Step::State::Waiting:
        break;
    }
    painter.setBrush(m_theme.color(ground));
    painter.drawEllipse(mark);
    if (step.state == Step::State::Done || step.state == Step::State::Failed) {
        const QRectF icon(mark.center().x() - 6, mark.center().y() - 6, 14, 14);
        m_theme.paintIcon(painter, icon, step.state == Step::State::Done ? Icon::Check : Icon::Cross, ink);
        return;
    }
    painter.setPen(m_theme.color(ink));
    painter.setFont(m_theme.font(FontRole::BodyStrong));
    painter.drawText(mark, Qt::AlignCenter, formatCount(index + 1));
}

void Stepper::paintStep(QPainter &painter, int index) const
{
    const Step &step = m_steps.at(index);
    const QRect whole = stepRect(index);
    const bool bar = m_orientation == Qt::Horizontal;
    const int inset = bar ? 14 : 6;
    const int markTop = bar ? (kBarHeight - 3 - kMark) / 2 : whole.top() + (step.note.isEmpty() ? 8 : 11);
    const QRect mark(whole.left() + inset, markTop, kMark, kMark);
    paintMark(painter, QStyle::visualRect(layoutDirection(), rect(), mark), index);
    const bool waiting = step.state == Step::State::Waiting;
    const int side = static_cast<int>(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft));
    const int textLeft = mark.right() + 11;
    const QRect title(textLeft, bar || step.note.isEmpty() ? markTop + 2 : whole.top() + 5,
                      whole.right() - textLeft, 20);
    painter.setFont(m_theme.font(waiting ? FontRole::Body : FontRole::BodyStrong));
    painter.setPen(m_theme.color(waiting ? ColorRole::Muted : ColorRole::Text));
    painter.drawText(QStyle::visualRect(layoutDirection(), rect(), title), side | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(step.title, Qt::ElideRight, title.width()));
    if (!step.note.isEmpty() && !bar) {
        const QRect note(textLeft, whole.top() + 24, whole.right() - textLeft, 16);
        painter.setFont(m_theme.font(FontRole::Small));
        painter.setPen(
            m_theme.color(step.state == Step::State::Failed ? ColorRole::Danger : ColorRole::Muted));
        painter.drawText(QStyle::visualRect(layoutDirection(), rect(), note), side | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(step.note, Qt::ElideRight, note.width()));
    }
    if (bar) {
        const ColorRole line = step.state == Step::State::Done      ? ColorRole::Ok
                               : step.state == Step::State::Current ? toneColor(m_tone)
                               : step.state == Step::State::Failed  ? ColorRole::Danger
                                                                    : ColorRole::Border;
        painter.fillRect(QStyle::visualRect(layoutDirection(), rect(),
                                            QRect(whole.left(), height() - 3, whole.width(), 3)),
                         m_theme.color(line));
    }
    if (hasFocus() && index == m_focused) {
        painter.setPen(QPen(m_theme.color(ColorRole::Accent), 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(
            QRectF(QStyle::visualRect(layoutDirection(), rect(), whole)).adjusted(1, 1, -1, -2), 6, 6);
    }
}

void Stepper::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int index = 0; index < m_steps.size(); ++index) {
        paintStep(painter, index);
    }
}

void Stepper::mouseReleaseEvent(QMouseEvent *event)
{
    for (int index = 0; m_navigable && index < m_steps.size(); ++index) {
        const QRect where = QStyle::visualRect(layoutDirection(), rect(), stepRect(index));
        if (where.contains(event->position().toPoint()) && m_steps.at(index).state == Step::State::Done) {
            Q_EMIT stepActivated(index);
        }
    }
}

void Stepper::moveTo(int step)
{
    m_focused = qBound(0, step, qMax(0, static_cast<int>(m_steps.size()) - 1));
    update();
}

void Stepper::keyPressEvent(QKeyEvent *event)
{
    const int key = event->key();
    if (key == Qt::Key_Down || key == Qt::Key_Right) {
        moveTo(m_focused + 1);
    } else if (key == Qt::Key_Up || key == Qt::Key_Left) {
        moveTo(m_focused - 1);
    } else if ((key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space) && m_navigable &&
               m_steps.value(m_focused).state == Step::State::Done) {
        Q_EMIT stepActivated(m_focused);
    } else {
        QWidget::keyPressEvent(event);
    }
}

void Stepper::focusInEvent(QFocusEvent *event)
{
    for (int index = 0; index < m_steps.size(); ++index) {
        if (m_steps.at(index).state == Step::State::Current) {
            m_focused = index;
        }
    }
    QWidget::focusInEvent(event);
}

} // namespace gatehouse::widgets
