// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/label.h"

#include <QVector>
#include <QWidget>

class QVBoxLayout;

namespace gatehouse::widgets {

/// One thing that happened.
struct TimelineEntry
{
    Icon icon = Icon::ArrowRight;
    ColorRole iconColor = ColorRole::Text;
    QVector<Span> sentence = {};
    /// "19:58 · evidence 41 devices"
    QString evidence = {};
    /// The full time with zone.
    QString toolTip = {};

    bool operator==(const TimelineEntry &) const = default;
};

/// Icon, sentence, time and evidence in small, one below the other. Entries that stay keep their place.
class Timeline : public QWidget
{
    Q_OBJECT

public:
    explicit Timeline(const Theme &theme, QWidget *parent = nullptr);

    void setEntries(const QVector<TimelineEntry> &entries);

private:
    struct Row
    {
        QWidget *host;
        IconLabel *icon;
        Label *sentence;
        Label *evidence;
    };
    Row makeRow();

    const Theme &m_theme;
    QVBoxLayout *m_column;
    QVector<Row> m_rows;
    QVector<TimelineEntry> m_entries;
};

} // namespace gatehouse::widgets
