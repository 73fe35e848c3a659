// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/tone.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>
#include <QWidget>

namespace gatehouse::widgets {

class Button;
class IconLabel;
class Label;

/// What was done, with Undo for 8 s and a line that shrinks. Stays while hovered or focused, and while
/// assistive tools are at it. Lies at the lower edge of its host; showing another takes the place of the one
/// before.
class Toast : public QWidget
{
    Q_OBJECT

public:
    Toast(const Theme &theme, QWidget *host);

    /// @param undo  text of the button ("Undo"); empty shows none
    void showMessage(const QString &what, const QString &undo = {}, Tone tone = Tone::Ok);
    /// A second line that may change while it is shown: "3 devices have taken it".
    void setNote(const QString &note);
    /// How long it stays, in milliseconds.
    void setLifetime(int milliseconds) { m_lifetimeMs = milliseconds; }
    void dismiss();

Q_SIGNALS:
    void undoRequested();
    /// It went away without Undo: what was done stays done.
    void expired();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();
    void tick();
    [[nodiscard]] bool isHeld() const;

    const Theme &m_theme;
    IconLabel *m_icon;
    Label *m_text;
    Label *m_note;
    Button *m_undo;
    Button *m_close;
    QTimer m_ticker;
    QElapsedTimer m_sinceTick;
    int m_lifetimeMs = 8000;
    double m_leftMs = 0;
};

} // namespace gatehouse::widgets
