// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tables/activitylist.h"
#include "widgets/common/card.h"
#include "widgets/theme/theme.h"

#include <QStyledItemDelegate>
#include <QTimer>

class QListView;

namespace gatehouse::widgets {

class Button;
class Label;

/// Paints one line of the feed: icon, what happened, where and when. Foreign text is painted plain.
class LiveFeedDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    LiveFeedDelegate(Theme &theme, const Clock &clock, QObject *parent);
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    Theme &m_theme;
    const Clock &m_clock;
};

/// What devices do, as it happens; can be held.
class LiveFeed final : public Card
{
    Q_OBJECT

public:
    LiveFeed(Theme &theme, workspace::ActivityFeed &feed, const Clock &clock, QWidget *parent = nullptr);
    /// Instead of the list, when the server gives no events.
    void setUnavailable(const QString &reason);

private:
    void updateEmpty();
    void keepPlace(const QModelIndex &parent, int first, int last);
    tables::ActivityList m_model;
    QListView *m_list;
    Label *m_empty;
    Button *m_hold;
    QTimer m_age;
    QString m_unavailable;
};

} // namespace gatehouse::widgets
