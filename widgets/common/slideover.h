// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"

#include <QPointer>
#include <QVariantAnimation>
#include <QWidget>

class QVBoxLayout;

namespace gatehouse::widgets {

/// A panel that slides over its host from the right, with a scrim over the rest. Escape and a press on the
/// scrim leave it, Tab stays inside, keys do not reach the page below. It deletes itself after closing.
class SlideOver : public QWidget
{
    Q_OBJECT

public:
    /// @param host  the page it covers; it follows the host's size
    SlideOver(const Theme &theme, QWidget *host);

    void openSheet();
    void closeSheet();

Q_SIGNALS:
    /// Left without a decision.
    void dismissed();

protected:
    [[nodiscard]] QVBoxLayout *column() const { return m_column; }
    /// Leaves without a decision, unless that is not allowed now.
    void dismiss();
    [[nodiscard]] virtual bool mayLeave() const { return true; }
    /// Where typing begins.
    [[nodiscard]] virtual QWidget *firstFocus() const = 0;
    /// Ctrl+Enter.
    virtual void confirm() = 0;

    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void layPanel();
    void slide(double from, double to);

    const Theme &m_theme;
    QWidget *m_panel;
    QVBoxLayout *m_column;
    QPointer<QWidget> m_focusBefore;
    QVariantAnimation m_animation;
    double m_shown = 1.0;
    bool m_closing = false;
};

} // namespace gatehouse::widgets
