// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tables/bundlefilter.h"

#include <algorithm>

namespace gatehouse::tables {

BundleFilter::BundleFilter(BundleTable &table, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_table(table)
{
    setSourceModel(&table);
    setSortRole(SortRole);
    setDynamicSortFilter(true);
}

void BundleFilter::setShow(Show show)
{
    m_show = show;
    invalidateFilter();
}

void BundleFilter::setWords(const QString &text)
{
    m_words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateFilter();
}

bool BundleFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    Q_UNUSED(parent)
    const BundleEntry &entry = m_table.rows().at(row);
    const BundleUse use = useOf(entry);
    const bool isInUse = use == BundleUse::Live || use == BundleUse::RollingOut;
    if ((m_show == Show::InUse && !isInUse) || (m_show == Show::Unused && isInUse)) {
        return false;
    }
    const QString text =
        QStringList{entry.bundle.name, entry.bundle.comment.value_or(QString()),
                    entry.bundle.keyId.value_or(QString()), entry.stableOn.join(QLatin1Char(' ')),
                    entry.rolloutOn.join(QLatin1Char(' '))}
            .join(QLatin1Char('\n'));
    return std::all_of(m_words.begin(), m_words.end(),
                       [&text](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

} // namespace gatehouse::tables
