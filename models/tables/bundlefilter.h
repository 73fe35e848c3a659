// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tables/bundletable.h"

#include <QSortFilterProxyModel>

namespace gatehouse::tables {

/// The bundles that are wanted, sorted: by what they do now, and by words in version, key, channels or notes.
class BundleFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    enum class Show { All, InUse, Unused };

    explicit BundleFilter(BundleTable &table, QObject *parent = nullptr);

    void setShow(Show show);
    [[nodiscard]] Show show() const { return m_show; }
    /// Every word must be somewhere in the row, in any order; case does not count.
    void setWords(const QString &text);
    [[nodiscard]] bool isNarrowed() const { return m_show != Show::All || !m_words.isEmpty(); }

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    BundleTable &m_table;
    Show m_show = Show::All;
    QStringList m_words;
};

} // namespace gatehouse::tables
