// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/tone.h"

#include <QVector>
#include <QWidget>

namespace gatehouse::widgets {

/// One step of an assistant.
struct Step
{
    enum class State { Waiting, Current, Done, Failed };

    QString title;
    QString note = {};
    State state = State::Waiting;

    bool operator==(const Step &) const = default;
};

/// Numbered steps with their state: down a column for assistants, along a row with a line below for the
/// emergency. Steps that are done can be pressed, where going back is allowed.
class Stepper : public QWidget
{
    Q_OBJECT

public:
    Stepper(const Theme &theme, Qt::Orientation orientation, QWidget *parent = nullptr);

    void setSteps(const QVector<Step> &steps);
    [[nodiscard]] const QVector<Step> &steps() const { return m_steps; }
    /// The tone of the current step: danger in the emergency.
    void setCurrentTone(Tone tone);
    /// Steps that are done emit stepActivated() when pressed or chosen by keyboard.
    void setNavigable(bool navigable);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void stepActivated(int index);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    [[nodiscard]] QRect stepRect(int index) const;
    void paintStep(QPainter &painter, int index) const;
    void paintMark(QPainter &painter, const QRect &mark, int index) const;
    void moveTo(int step);
    void announce();

    const Theme &m_theme;
    Qt::Orientation m_orientation;
    QVector<Step> m_steps;
    Tone m_tone = Tone::Accent;
    bool m_navigable = false;
    int m_focused = 0;
};

} // namespace gatehouse::widgets
