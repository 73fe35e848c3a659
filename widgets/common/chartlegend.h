// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/chartdata.h"

#include <QWidget>

namespace gatehouse::widgets {

/// Swatches with names: a filled square for areas, a stroke in its dash for lines.
class ChartLegend : public QWidget
{
    Q_OBJECT

public:
    explicit ChartLegend(const Theme &theme, QWidget *parent = nullptr);

    void setData(const ChartData &data);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Entry
    {
        QString name;
        ColorRole color;
        Qt::PenStyle dash;
    };

    const Theme &m_theme;
    QVector<Entry> m_entries;
    bool m_lines = false;
};

} // namespace gatehouse::widgets
