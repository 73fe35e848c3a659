// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tables/activitylist.h"

#include "core/foreigntext.h"
#include "wire/deviceprotocol.h"

namespace gatehouse::tables {

namespace {

QString platformName(const QString &platform)
{
    if (platform == QLatin1String("ios")) {
        return QStringLiteral("iOS");
    }
    if (platform == QLatin1String("android")) {
        return QStringLiteral("Android");
    }
    return platform == QLatin1String("electron") ? QStringLiteral("Electron") : platform.left(24);
}

QString whereOf(const workspace::ActivityEntry &entry)
{
    QStringList parts{displayable(
        QString(platformName(entry.platform) + QLatin1Char(' ') + entry.osVersion.left(16)).trimmed(), 48)};
    if (!entry.nativeVersion.isEmpty()) {
        parts.append(displayable(entry.nativeVersion, 32));
    }
    return parts.join(QStringLiteral(" · "));
}

/// The usual steps in words; what is rare or went wrong by its name on the wire, as one searches for it.
QString sentenceOf(const workspace::ActivityEntry &entry)
{
    const QString bundle = displayable(entry.bundle, 64);
    if (entry.action == QLatin1String("set")) {
        return ActivityList::tr("%1 installed").arg(bundle);
    }
    if (entry.action == QLatin1String("get")) {
        return ActivityList::tr("%1 offered").arg(bundle);
    }
    if (entry.action == QLatin1String("download_complete")) {
        return ActivityList::tr("%1 downloaded").arg(bundle);
    }
    return QString(displayable(entry.action, 48) + QLatin1Char(' ') + bundle);
}

} // namespace

ActivityList::ActivityList(workspace::ActivityFeed &feed, QObject *parent)
    : QAbstractListModel(parent)
    , m_feed(feed)
{
    connect(&feed, &workspace::ActivityFeed::changed, this, &ActivityList::reload);
    reload();
}

void ActivityList::setPaused(bool paused)
{
    m_paused = paused;
    reload();
}

void ActivityList::reload()
{
    if (m_paused && !m_feed.entries().isEmpty()) {
        return;
    }
    const QVector<workspace::ActivityEntry> &next = m_feed.entries();
    const qint64 newestShown = m_entries.isEmpty() ? 0 : m_entries.constFirst().id;
    const auto firstOld = std::find_if(next.begin(), next.end(),
                                       [newestShown](const auto &entry) { return entry.id <= newestShown; });
    const int added = static_cast<int>(std::distance(next.begin(), firstOld));
    if (next.isEmpty() || m_entries.isEmpty() || added >= next.size()) {
        beginResetModel();
        m_entries = next;
        endResetModel();
        return;
    }
    if (added > 0) {
        beginInsertRows({}, 0, added - 1);
        m_entries = next.first(added) + m_entries;
        endInsertRows();
    }
    if (m_entries.size() > next.size()) {
        beginRemoveRows({}, static_cast<int>(next.size()), static_cast<int>(m_entries.size()) - 1);
        m_entries.resize(next.size());
        endRemoveRows();
    }
}

int ActivityList::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant ActivityList::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const workspace::ActivityEntry &entry = m_entries.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return sentenceOf(entry);
    case ActionRole:
        return entry.action;
    case BundleRole:
        return entry.bundle;
    case WhereRole:
        return whereOf(entry);
    case TimeRole:
        return toMs(entry.at);
    case IsFailureRole:
        return wire::failureClassOf(entry.action) == wire::FailureClass::BundleFault;
    case IsTransportRole:
        return wire::failureClassOf(entry.action) == wire::FailureClass::Transport;
    default:
        return {};
    }
}

} // namespace gatehouse::tables
