// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QSet>
#include <QVariant>
#include <QVector>

#include <functional>

namespace gatehouse::tables {

/// How the screen writes a number: a count of devices, or bytes.
using NumberText = std::function<QString(qint64)>;

/// Roles that every table of ours answers beside Qt's.
enum TableRole {
    SortRole = Qt::UserRole + 1, ///< the raw value of the cell: number, time in ms, text
    KeyRole,                     ///< the row's identity: survives a refresh
    StateRole,    ///< an enum of the table as int; icon, colour and words belong to the delegate
    FirstOwnRole, ///< where a table's own roles begin
};

/// A table over values. setRows() applies the smallest change, so that selection and scroll survive a
/// refresh. Row: equality-comparable.
template<typename Row>
class RowTable : public QAbstractTableModel
{
public:
    struct Column
    {
        QString title;
        std::function<QVariant(const Row &)> text;
        std::function<QVariant(const Row &)> sort;
        Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter;
    };
    using Key = std::function<QString(const Row &)>;

    RowTable(Key key, QObject *parent)
        : QAbstractTableModel(parent)
        , m_key(std::move(key))
    {}

    [[nodiscard]] const QVector<Row> &rows() const { return m_rows; }
    [[nodiscard]] const Row *rowAt(const QModelIndex &index) const
    {
        return index.isValid() && index.row() < m_rows.size() ? &m_rows.at(index.row()) : nullptr;
    }

    void setRows(const QVector<Row> &next)
    {
        removeGone(next);
        for (qsizetype i = 0; i < next.size(); ++i) {
            place(next.at(i), static_cast<int>(i));
        }
    }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
    }
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation != Qt::Horizontal || section < 0 || section >= m_columns.size()) {
            return {};
        }
        if (role == Qt::DisplayRole) {
            return m_columns.at(section).title;
        }
        return role == Qt::TextAlignmentRole ? QVariant(m_columns.at(section).alignment) : QVariant();
    }
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
            return {};
        }
        const Row &row = m_rows.at(index.row());
        const Column &column = m_columns.at(index.column());
        switch (role) {
        case Qt::DisplayRole:
            return column.text(row);
        case Qt::TextAlignmentRole:
            return QVariant(column.alignment);
        case SortRole:
            return column.sort ? column.sort(row) : column.text(row);
        case KeyRole:
            return m_key(row);
        default:
            return rowData(row, index.column(), role);
        }
    }

protected:
    void setColumns(QVector<Column> columns) { m_columns = std::move(columns); }
    /// A table's own roles.
    [[nodiscard]] virtual QVariant rowData(const Row &row, int column, int role) const
    {
        Q_UNUSED(row)
        Q_UNUSED(column)
        Q_UNUSED(role)
        return {};
    }

private:
    void removeGone(const QVector<Row> &next)
    {
        QSet<QString> kept;
        kept.reserve(next.size());
        for (const Row &row : next) {
            kept.insert(m_key(row));
        }
        for (int i = static_cast<int>(m_rows.size()) - 1; i >= 0; --i) {
            if (!kept.contains(m_key(m_rows.at(i)))) {
                beginRemoveRows({}, i, i);
                m_rows.removeAt(i);
                endRemoveRows();
            }
        }
    }

    void place(const Row &row, int at)
    {
        const QString key = m_key(row);
        int found = -1;
        for (int i = at; i < m_rows.size(); ++i) {
            if (m_key(m_rows.at(i)) == key) {
                found = i;
                break;
            }
        }
        if (found < 0) {
            beginInsertRows({}, at, at);
            m_rows.insert(at, row);
            endInsertRows();
            return;
        }
        if (found != at) {
            beginMoveRows({}, found, found, {}, at);
            m_rows.move(found, at);
            endMoveRows();
        }
        if (!(m_rows.at(at) == row)) {
            m_rows[at] = row;
            Q_EMIT dataChanged(index(at, 0), index(at, columnCount() - 1));
        }
    }

    Key m_key;
    QVector<Column> m_columns;
    QVector<Row> m_rows;
};

} // namespace gatehouse::tables
