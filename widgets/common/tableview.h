// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/tone.h"

#include <QHash>
#include <QStyledItemDelegate>
#include <QTableView>

#include <functional>
#include <optional>

namespace gatehouse::widgets {

/// What a cell shows as a pill; decided by the screen, not by the model.
struct PillLook
{
    Tone tone = Tone::Neutral;
    std::optional<Icon> icon = std::nullopt;
};

/// How a column of a TableView is painted.
struct ColumnLook
{
    FontRole font = FontRole::Body;
    ColorRole color = ColorRole::Text;
    /// Cells whose answer has a value are painted as pills.
    std::function<std::optional<PillLook>(const QModelIndex &)> pill = {};
    /// An icon before the text, in a role: a check mark, a lock.
    std::function<std::optional<std::pair<Icon, ColorRole>>(const QModelIndex &)> icon = {};
};

/// Rows 34 high with a line under each, a quiet header, whole rows selected and hovered. J and K move like
/// the arrow keys, Space asks to inspect, Enter to open.
class TableView : public QTableView
{
    Q_OBJECT

public:
    explicit TableView(const Theme &theme, QWidget *parent = nullptr);

    void setColumnLook(int column, const ColumnLook &look);
    [[nodiscard]] ColumnLook columnLook(int column) const { return m_looks.value(column); }
    void setCompact(bool compact);
    /// As high as its rows, without a scroll bar of its own: for short tables within a card.
    void setFitRows(bool fit);
    [[nodiscard]] bool fitsRows() const { return m_fit; }
    /// Room before the first column: a card's padding for tables that reach its outline, which most do.
    void setEdgePadding(int pixels);
    [[nodiscard]] int edgePadding() const { return m_edgePadding; }
    [[nodiscard]] int hoveredRow() const { return m_hoveredRow; }

    /// Chooses a row. QTableView::selectRow() finds no column where the layout goes from right to left
    /// (Qt 6.4).
    void setCurrentRow(int row);

    void setModel(QAbstractItemModel *model) override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void inspectRequested(const QModelIndex &index);
    void openRequested(const QModelIndex &index);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    [[nodiscard]] int sizeHintForColumn(int column) const override;

private:
    void hoverRow(int row);

    QHash<int, ColumnLook> m_looks;
    int m_hoveredRow = -1;
    int m_edgePadding = metrics::kCardPadding;
    bool m_fit = false;
};

} // namespace gatehouse::widgets
