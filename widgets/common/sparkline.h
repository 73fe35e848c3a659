// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"

#include <QVector>
#include <QWidget>

namespace gatehouse::widgets {

/// A trend without axes. Values that are not numbers are gaps. Says its course in words to assistive tools.
class Sparkline : public QWidget
{
    Q_OBJECT

public:
    explicit Sparkline(const Theme &theme, const QString &name, QWidget *parent = nullptr);

    void setValues(const QVector<double> &values);
    void setColorRole(ColorRole role);
    [[nodiscard]] QSize sizeHint() const override { return {100, 30}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QVector<double> m_values;
    ColorRole m_role = ColorRole::Accent;
};

} // namespace gatehouse::widgets
