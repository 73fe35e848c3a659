// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workspace/activityfeed.h"

#include <QAbstractListModel>

namespace gatehouse::tables {

/// The live feed as a list: the newest first; while paused it keeps what it shows.
class ActivityList final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        ActionRole = Qt::UserRole + 1,
        BundleRole,
        WhereRole,
        TimeRole,
        IsFailureRole,
        IsTransportRole
    };

    explicit ActivityList(workspace::ActivityFeed &feed, QObject *parent = nullptr);

    void setPaused(bool paused);
    [[nodiscard]] bool isPaused() const { return m_paused; }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    void reload();
    workspace::ActivityFeed &m_feed;
    QVector<workspace::ActivityEntry> m_entries;
    bool m_paused = false;
};

} // namespace gatehouse::tables
