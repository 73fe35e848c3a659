// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"

#include <QTimer>
#include <QWidget>

namespace gatehouse::widgets {

/// Grey shapes where content will be. They come only after 150 ms, so that quick answers do not flicker.
class Skeleton : public QWidget
{
    Q_OBJECT

public:
    enum class Shape { Rows, Cards, Chart };

    Skeleton(const Theme &theme, Shape shape, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override { return {400, 240}; }
    [[nodiscard]] bool shapesVisible() const { return m_visible; }

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Shape m_shape;
    QTimer m_delay;
    bool m_visible = false;
};

} // namespace gatehouse::widgets
