// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/reviewsheet.h"

class QGridLayout;

namespace gatehouse::widgets {

/// The small table of a review sheet: what changes, now, then. Values that differ stand out in bold.
class ChangeList : public QWidget
{
    Q_OBJECT

public:
    explicit ChangeList(const Theme &theme, QWidget *parent = nullptr);

    void setChanges(const QVector<ReviewChange> &changes);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void addCell(int row, int column, const QString &text, FontRole font, ColorRole color);

    const Theme &m_theme;
    QGridLayout *m_grid;
    QVector<Label *> m_cells;
};

} // namespace gatehouse::widgets
