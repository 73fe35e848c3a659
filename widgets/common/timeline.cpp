// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/timeline.h"

#include "widgets/common/tooltip.h"

#include <QBoxLayout>

namespace gatehouse::widgets {

Timeline::Timeline(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(10);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
}

Timeline::Row Timeline::makeRow()
{
    Row row{new QWidget, new IconLabel(m_theme, Icon::Dot), new Label(m_theme),
            new Label(m_theme, {}, FontRole::Small, ColorRole::Muted)};
    auto *line = new QHBoxLayout(row.host);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(metrics::kSpace2);
    auto *mark = new QVBoxLayout;
    mark->setContentsMargins(0, 2, 0, 0);
    mark->addWidget(row.icon);
    mark->addStretch(1);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    row.sentence->setWrap(true);
    row.evidence->setWrap(true);
    words->addWidget(row.sentence);
    words->addWidget(row.evidence);
    line->addLayout(mark);
    line->addLayout(words, 1);
    m_column->addWidget(row.host);
    return row;
}

void Timeline::setEntries(const QVector<TimelineEntry> &entries)
{
    if (entries == m_entries) {
        return;
    }
    while (m_rows.size() > entries.size()) {
        delete m_rows.takeLast().host;
    }
    while (m_rows.size() < entries.size()) {
        m_rows.append(makeRow());
    }
    for (qsizetype i = 0; i < entries.size(); ++i) {
        const TimelineEntry &entry = entries.at(i);
        const Row &row = m_rows.at(i);
        row.icon->setIcon(entry.icon, entry.iconColor);
        row.sentence->setSpans(entry.sentence);
        row.evidence->setText(entry.evidence);
        row.evidence->setVisible(!entry.evidence.isEmpty());
        row.host->setToolTip(plainToolTip(entry.toolTip));
    }
    m_entries = entries;
}

} // namespace gatehouse::widgets
