// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/label.h"
#include "widgets/theme/theme.h"

#include <QWidget>

class QHBoxLayout;
class QVBoxLayout;

namespace gatehouse::widgets {

/// Surface with an outline, a row with the title at the left and actions at the right, and a body.
class Card : public QWidget
{
    Q_OBJECT

public:
    /// Without a title the title row is left out until something is added to it.
    explicit Card(const Theme &theme, const QString &title = {}, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    void setTitleFont(FontRole font);
    /// One line of explanation beside the title.
    void setSubtitle(const QString &subtitle);
    /// Right behind the title: a lock, a pill.
    void addBesideTitle(QWidget *widget);
    /// At the right end of the title row.
    void addAction(QWidget *widget);
    using QWidget::addAction;

    [[nodiscard]] QVBoxLayout *body() const { return m_body; }
    /// A body that reaches the outline, for tables and lists.
    void setFlush(bool flush);
    /// An accent outline.
    void setSelected(bool selected);
    /// The outline takes the tone's colour.
    void setOutline(ColorRole role);
    /// The card itself can be pressed (pointer, Enter, Space) and then emits activated().
    void setActivatable(bool activatable);

Q_SIGNALS:
    void activated();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void showTitleRow();

    const Theme &m_theme;
    QWidget *m_titleRow;
    QHBoxLayout *m_titleLayout;
    QHBoxLayout *m_besideTitle;
    QHBoxLayout *m_actions;
    QWidget *m_bodyHost;
    QVBoxLayout *m_body;
    Label *m_title;
    Label *m_subtitle;
    ColorRole m_outline = ColorRole::Border;
    bool m_selected = false;
    bool m_activatable = false;
    bool m_flush = false;
    bool m_pressed = false;
};

} // namespace gatehouse::widgets
