// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/charttable.h"

#include "core/foreigntext.h"
#include "widgets/common/format.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace gatehouse::widgets {

void ChartTable::setChart(const ChartData &data)
{
    QVector<UtcTime> moments = momentsOf(data);
    std::reverse(moments.begin(), moments.end());
    const bool sameShape = moments.size() == m_moments.size() && data.series.size() == m_data.series.size();
    if (!sameShape) {
        beginResetModel();
    }
    m_data = data;
    m_moments = moments;
    if (!sameShape) {
        endResetModel();
    } else if (!m_moments.isEmpty()) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    }
}

int ChartTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_moments.size());
}

int ChartTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_data.series.size()) + 1;
}

QVariant ChartTable::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_moments.size() || index.column() > m_data.series.size()) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return static_cast<int>(index.column() == 0 ? Qt::AlignLeft | Qt::AlignVCenter
                                                    : Qt::AlignRight | Qt::AlignVCenter);
    }
    const UtcTime at = m_moments.at(index.row());
    if (role == Qt::ToolTipRole && index.column() == 0) {
        return formatFullMoment(at);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    if (index.column() == 0) {
        return formatRowMoment(toQDateTime(at).toLocalTime());
    }
    const ChartPoint point = pointAt(m_data.series.at(index.column() - 1), at);
    QString text = formatValue(point.value, m_data.unit);
    if (std::isfinite(point.low) && std::isfinite(point.high)) {
        text += QStringLiteral("  (") +
                formatInterval(formatValue(point.low, m_data.unit), formatValue(point.high, m_data.unit)) +
                QLatin1Char(')');
    }
    return text;
}

QVariant ChartTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section > m_data.series.size()) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return data(index(0, section), role);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    return section == 0 ? tr("Time") : displayable(m_data.series.at(section - 1).name, 40);
}

} // namespace gatehouse::widgets
