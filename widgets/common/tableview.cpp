// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/tableview.h"

#include "widgets/common/pill.h"

#include <QApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace gatehouse::widgets {

namespace {

constexpr int kCellPadding = 10;
// Advances are rounded down, and a word one pixel short is cut.
constexpr int kSlack = 4;

/// Header texts in small semibold, muted, as wide apart as the cells.
class TableHeader : public QHeaderView
{
public:
    TableHeader(const Theme &theme, QWidget *parent)
        : QHeaderView(Qt::Horizontal, parent)
        , m_theme(theme)
    {
        setFont(theme.font(FontRole::SmallStrong));
        setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        setHighlightSections(false);
        setSectionsClickable(true);
        setStretchLastSection(true);
        setMinimumSectionSize(40);
        setFixedHeight(metrics::kRowHeight);
    }

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override
    {
        QStyleOption ground;
        ground.initFrom(this);
        ground.rect = rect;
        ground.state.setFlag(QStyle::State_Sunken, false);
        style()->drawControl(QStyle::CE_HeaderSection, &ground, painter, this);
        const QVariant aligned = model()->headerData(section, Qt::Horizontal, Qt::TextAlignmentRole);
        const Qt::Alignment alignment =
            aligned.isValid() ? static_cast<Qt::Alignment>(aligned.toInt()) : defaultAlignment();
        const auto *view = static_cast<const TableView *>(parent());
        const bool first = visualIndex(section) == 0;
        QRect words = rect.adjusted(first ? view->edgePadding() : kCellPadding, 0, -kCellPadding, 0);
        const QString text = model()->headerData(section, Qt::Horizontal, Qt::DisplayRole).toString();
        const bool sorted = isSortIndicatorShown() && sortIndicatorSection() == section;
        painter->save();
        painter->setFont(m_theme.font(FontRole::SmallStrong));
        if (sorted) {
            const bool up = sortIndicatorOrder() == Qt::AscendingOrder;
            const int width = painter->fontMetrics().horizontalAdvance(text);
            const bool trailing = alignment.testFlag(Qt::AlignRight);
            const int x =
                trailing ? words.right() - width - 15 : qMin(words.left() + width + 4, words.right() - 12);
            const QRect mark(x, rect.center().y() - 5, 12, 12);
            m_theme.paintIcon(*painter, QStyle::visualRect(layoutDirection(), rect, mark),
                              up ? Icon::ChevronUp : Icon::ChevronDown, ColorRole::Muted);
            if (!trailing) {
                words.setRight(words.right() - 14);
            }
        }
        painter->setPen(m_theme.color(sorted ? ColorRole::Text : ColorRole::Muted));
        const auto visual = QStyle::visualAlignment(layoutDirection(), alignment);
        painter->drawText(QStyle::visualRect(layoutDirection(), rect, words), static_cast<int>(visual),
                          painter->fontMetrics().elidedText(text, Qt::ElideRight, words.width()));
        painter->restore();
    }

    [[nodiscard]] QSize sectionSizeFromContents(int section) const override
    {
        if (!model()) {
            return {0, metrics::kRowHeight};
        }
        const QString text = model()->headerData(section, Qt::Horizontal, Qt::DisplayRole).toString();
        const QFontMetrics metrics(m_theme.font(FontRole::SmallStrong));
        const int arrow = isSortIndicatorShown() ? 16 : 0;
        return {metrics.horizontalAdvance(text) + 2 * kCellPadding + arrow + kSlack, metrics::kRowHeight};
    }

private:
    const Theme &m_theme;
};

class CellDelegate : public QStyledItemDelegate
{
public:
    CellDelegate(const Theme &theme, TableView *view)
        : QStyledItemDelegate(view)
        , m_theme(theme)
        , m_view(view)
    {}

    void paint(QPainter *painter, const QStyleOptionViewItem &given, const QModelIndex &index) const override
    {
        QStyleOptionViewItem option = given;
        initStyleOption(&option, index);
        painter->save();
        paintGround(*painter, option, index);
        const ColumnLook look = m_view->columnLook(index.column());
        const bool first = index.column() == firstVisibleColumn();
        QRect room = option.rect.adjusted(first ? m_view->edgePadding() : kCellPadding, 0, -kCellPadding, 0);
        if (option.features.testFlag(QStyleOptionViewItem::HasCheckIndicator)) {
            room = paintCheck(*painter, option, room);
        }
        if (look.icon) {
            if (const auto icon = look.icon(index)) {
                const QRect mark(room.left(), room.center().y() - 7, metrics::kIcon, metrics::kIcon);
                const QRect centred =
                    option.text.isEmpty() && option.displayAlignment.testFlag(Qt::AlignHCenter)
                        ? QRect(option.rect.center().x() - 7, mark.top(), mark.width(), mark.height())
                        : mark;
                m_theme.paintIcon(*painter, QStyle::visualRect(option.direction, option.rect, centred),
                                  icon->first, icon->second);
                room.setLeft(room.left() + metrics::kIcon + 6);
            }
        }
        const std::optional<PillLook> pill = look.pill ? look.pill(index) : std::nullopt;
        if (pill && !option.text.isEmpty()) {
            QSize size = pillSize(m_theme, option.text, pill->icon.has_value());
            size.setWidth(qMin(size.width(), room.width()));
            const QRect where(QPoint(room.left(), room.center().y() - size.height() / 2 + 1), size);
            paintPill(*painter, QStyle::visualRect(option.direction, option.rect, where), m_theme, pill->tone,
                      option.text, pill->icon, option.direction);
        } else {
            paintText(*painter, option, look, room, index);
        }
        painter->restore();
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &given, const QModelIndex &index) const override
    {
        QStyleOptionViewItem option = given;
        initStyleOption(&option, index);
        const ColumnLook look = m_view->columnLook(index.column());
        const int leading = index.column() == firstVisibleColumn() ? m_view->edgePadding() : kCellPadding;
        int width = QFontMetrics(m_theme.font(look.font)).horizontalAdvance(option.text) + kSlack;
        if (const std::optional<PillLook> pill = look.pill ? look.pill(index) : std::nullopt) {
            width = pillSize(m_theme, option.text, pill->icon.has_value()).width();
        }
        width += leading + kCellPadding;
        if (look.icon) {
            width += metrics::kIcon + 6;
        }
        if (index.column() == 0) {
            width += qMax(0, m_view->edgePadding() - kCellPadding);
        }
        // One pixel for the fraction that the metrics round away, one for the line of the grid.
        return {width + 2, m_view->verticalHeader()->defaultSectionSize()};
    }

private:
    void paintGround(QPainter &painter, QStyleOptionViewItem &option, const QModelIndex &index) const
    {
        option.state.setFlag(QStyle::State_MouseOver, m_view->hoveredRow() == index.row());
        m_view->style()->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, &painter, m_view);
        const bool closed = m_view->fitsRows() && index.row() + 1 == index.model()->rowCount(index.parent());
        if (!closed) {
            painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                             m_theme.color(ColorRole::Border));
        }
        if (option.state.testFlag(QStyle::State_Selected) && index.column() == firstVisibleColumn()) {
            const QRect bar(option.rect.left(), option.rect.top(), 3, option.rect.height());
            painter.fillRect(QStyle::visualRect(option.direction, option.rect, bar),
                             m_theme.color(ColorRole::Accent));
        }
        if (option.state.testFlag(QStyle::State_HasFocus) && !option.state.testFlag(QStyle::State_Selected)) {
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(QPen(m_theme.color(ColorRole::Accent), 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -2), 4, 4);
            painter.setRenderHint(QPainter::Antialiasing, false);
        }
    }

    QRect paintCheck(QPainter &painter, const QStyleOptionViewItem &option, const QRect &room) const
    {
        QStyleOptionViewItem mark = option;
        mark.rect = QRect(room.left(), room.center().y() - 7, 16, 16);
        mark.state.setFlag(QStyle::State_On, option.checkState == Qt::Checked);
        mark.state.setFlag(QStyle::State_NoChange, option.checkState == Qt::PartiallyChecked);
        mark.state.setFlag(QStyle::State_HasFocus, false);
        m_view->style()->drawPrimitive(QStyle::PE_IndicatorItemViewItemCheck, &mark, &painter, m_view);
        return room.adjusted(24, 0, 0, 0);
    }

    void paintText(QPainter &painter, const QStyleOptionViewItem &option, const ColumnLook &look,
                   const QRect &room, const QModelIndex &index) const
    {
        const QVariant font = index.data(Qt::FontRole);
        painter.setFont(font.isValid() ? option.font : m_theme.font(look.font));
        const bool enabled = option.state.testFlag(QStyle::State_Enabled);
        painter.setPen(enabled ? m_theme.color(look.color)
                               : option.palette.color(QPalette::Disabled, QPalette::Text));
        const QVariant foreground = index.data(Qt::ForegroundRole);
        if (foreground.isValid()) {
            painter.setPen(foreground.value<QBrush>().color());
        }
        QString text = option.text;
        text.replace(QLatin1Char('\n'), QLatin1Char(' '));
        const QString shown = painter.fontMetrics().elidedText(text, option.textElideMode, room.width());
        const Qt::Alignment alignment =
            QStyle::visualAlignment(option.direction, option.displayAlignment | Qt::AlignVCenter);
        painter.drawText(QStyle::visualRect(option.direction, option.rect, room),
                         static_cast<int>(alignment) | Qt::TextSingleLine, shown);
    }

    [[nodiscard]] int firstVisibleColumn() const
    {
        const QHeaderView *header = m_view->horizontalHeader();
        for (int visual = 0; visual < header->count(); ++visual) {
            const int logical = header->logicalIndex(visual);
            if (!header->isSectionHidden(logical)) {
                return logical;
            }
        }
        return -1;
    }

    const Theme &m_theme;
    TableView *m_view;
};

} // namespace

TableView::TableView(const Theme &theme, QWidget *parent)
    : QTableView(parent)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalHeader(new TableHeader(theme, this));
    setItemDelegate(new CellDelegate(theme, this));
    setShowGrid(false);
    setWordWrap(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setMouseTracking(true);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setCompact(false);
    connect(this, &QTableView::doubleClicked, this, &TableView::openRequested);
}

void TableView::setColumnLook(int column, const ColumnLook &look)
{
    m_looks.insert(column, look);
    viewport()->update();
}

void TableView::setCompact(bool compact)
{
    const int height = compact ? metrics::kCompactRowHeight : metrics::kRowHeight;
    verticalHeader()->setMinimumSectionSize(height);
    verticalHeader()->setDefaultSectionSize(height);
}

void TableView::setFitRows(bool fit)
{
    m_fit = fit;
    setVerticalScrollBarPolicy(fit ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    setSizePolicy(QSizePolicy::Expanding, fit ? QSizePolicy::Fixed : QSizePolicy::Expanding);
    updateGeometry();
}

void TableView::setEdgePadding(int pixels)
{
    m_edgePadding = pixels;
    viewport()->update();
}

void TableView::setCurrentRow(int row)
{
    setCurrentIndex(model()->index(row, 0, rootIndex()));
}

void TableView::setModel(QAbstractItemModel *model)
{
    QTableView::setModel(model);
    if (model) {
        const auto refit = [this] {
            if (m_fit) {
                updateGeometry();
            }
        };
        connect(model, &QAbstractItemModel::rowsInserted, this, refit);
        connect(model, &QAbstractItemModel::rowsRemoved, this, refit);
        connect(model, &QAbstractItemModel::modelReset, this, refit);
    }
    updateGeometry();
}

QSize TableView::sizeHint() const
{
    const QSize base = QTableView::sizeHint();
    if (!m_fit || !model()) {
        return base;
    }
    const int rows = model()->rowCount(rootIndex());
    return {base.width(), metrics::kRowHeight + rows * verticalHeader()->defaultSectionSize()};
}

QSize TableView::minimumSizeHint() const
{
    return m_fit ? QSize(120, sizeHint().height()) : QTableView::minimumSizeHint();
}

int TableView::sizeHintForColumn(int column) const
{
    return QTableView::sizeHintForColumn(column);
}

void TableView::keyPressEvent(QKeyEvent *event)
{
    if (event->modifiers() == Qt::NoModifier && (event->key() == Qt::Key_J || event->key() == Qt::Key_K)) {
        const int arrow = event->key() == Qt::Key_J ? Qt::Key_Down : Qt::Key_Up;
        QKeyEvent moved(QEvent::KeyPress, arrow, Qt::NoModifier);
        QTableView::keyPressEvent(&moved);
        return;
    }
    if (event->key() == Qt::Key_Space && currentIndex().isValid()) {
        Q_EMIT inspectRequested(currentIndex());
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        Q_EMIT openRequested(currentIndex());
        return;
    }
    QTableView::keyPressEvent(event);
}

void TableView::hoverRow(int row)
{
    if (row != m_hoveredRow) {
        m_hoveredRow = row;
        viewport()->update();
    }
}

void TableView::mouseMoveEvent(QMouseEvent *event)
{
    hoverRow(rowAt(event->position().toPoint().y()));
    QTableView::mouseMoveEvent(event);
}

bool TableView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave) {
        hoverRow(-1);
    }
    return QTableView::viewportEvent(event);
}

} // namespace gatehouse::widgets
