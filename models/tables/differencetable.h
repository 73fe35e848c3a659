// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bundle/compare.h"
#include "tables/rowtable.h"

#include <QSortFilterProxyModel>

#include <optional>

namespace gatehouse::tables {

/// The files in which two bundles differ. StateRole: bundle::FileChange.
class DifferenceTable final : public RowTable<bundle::FileDifference>
{
    Q_OBJECT

public:
    enum Column { Path, Change, Before, After, Growth, ColumnCount };

    /// @param sizeText  how the screen writes bytes
    explicit DifferenceTable(const NumberText &sizeText, QObject *parent = nullptr);

protected:
    [[nodiscard]] QVariant rowData(const bundle::FileDifference &row, int column, int role) const override;
};

/// Those of one kind, or all, whose path has the words.
class DifferenceFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit DifferenceFilter(DifferenceTable &table, QObject *parent = nullptr);
    void setChange(std::optional<bundle::FileChange> change);
    void setWords(const QString &text);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    DifferenceTable &m_table;
    std::optional<bundle::FileChange> m_change;
    QString m_words;
};

} // namespace gatehouse::tables
