// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tables/differencetable.h"

#include "core/foreigntext.h"

namespace gatehouse::tables {

namespace {

constexpr qsizetype kLongestPath = 400;

/// "+1.2 kB", with a true minus; "±0 B" for other content of the same size.
QString growthText(qint64 bytes, const NumberText &sizeText)
{
    const QChar sign = bytes < 0 ? QChar(0x2212) : bytes == 0 ? QChar(0x00b1) : QChar(u'+');
    return sign + sizeText(bytes < 0 ? -bytes : bytes);
}

} // namespace

DifferenceTable::DifferenceTable(const NumberText &sizeText, QObject *parent)
    : RowTable([](const bundle::FileDifference &row) { return row.path; }, parent)
{
    const Qt::Alignment left = Qt::AlignLeft | Qt::AlignVCenter;
    const Qt::Alignment right = Qt::AlignRight | Qt::AlignVCenter;
    using Row = const bundle::FileDifference &;
    using Kind = bundle::FileChange;
    const QString none = QStringLiteral("–");
    QVector<RowTable::Column> columns;
    columns.append({tr("File"), [](Row r) { return displayable(r.path, kLongestPath); }, {}, left});
    columns.append({tr("Change"), [](Row) { return QString(); },
                    [](Row r) { return static_cast<int>(r.change); }, left});
    columns.append({tr("Before"),
                    [none, sizeText](Row r) { return r.change == Kind::Added ? none : sizeText(r.oldSize); },
                    [](Row r) { return r.oldSize; }, right});
    columns.append(
        {tr("After"),
         [none, sizeText](Row r) { return r.change == Kind::Removed ? none : sizeText(r.newSize); },
         [](Row r) { return r.newSize; }, right});
    columns.append({tr("Difference"),
                    [sizeText](Row r) { return growthText(r.newSize - r.oldSize, sizeText); },
                    [](Row r) { return r.newSize - r.oldSize; }, right});
    setColumns(std::move(columns));
}

QVariant DifferenceTable::rowData(const bundle::FileDifference &row, int column, int role) const
{
    Q_UNUSED(column)
    return role == StateRole ? QVariant(static_cast<int>(row.change)) : QVariant();
}

DifferenceFilter::DifferenceFilter(DifferenceTable &table, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_table(table)
{
    setSourceModel(&table);
    setSortRole(SortRole);
}

void DifferenceFilter::setChange(std::optional<bundle::FileChange> change)
{
    m_change = change;
    invalidateFilter();
}

void DifferenceFilter::setWords(const QString &text)
{
    m_words = text.trimmed();
    invalidateFilter();
}

bool DifferenceFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    Q_UNUSED(parent)
    const bundle::FileDifference &difference = m_table.rows().at(row);
    return (!m_change || difference.change == *m_change) &&
           difference.path.contains(m_words, Qt::CaseInsensitive);
}

} // namespace gatehouse::tables
