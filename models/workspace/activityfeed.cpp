// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/activityfeed.h"

#include <QSet>

namespace gatehouse::workspace {

namespace {

constexpr qsizetype kKept = 200;

bool saysSomething(const QString &action)
{
    static const QSet<QString> quiet{QStringLiteral("get"),
                                     QStringLiteral("noNew"),
                                     QStringLiteral("uninstall"),
                                     QStringLiteral("delete"),
                                     QStringLiteral("set_next"),
                                     QStringLiteral("app_launch_start"),
                                     QStringLiteral("app_launch_ready"),
                                     QStringLiteral("app_moved_to_foreground"),
                                     QStringLiteral("app_moved_to_background"),
                                     QStringLiteral("download_zip_start"),
                                     QStringLiteral("download_zip_complete"),
                                     QStringLiteral("download_manifest_start"),
                                     QStringLiteral("download_manifest_complete"),
                                     QStringLiteral("webview_dom_content_loaded"),
                                     QStringLiteral("webview_page_loaded"),
                                     QStringLiteral("setChannel"),
                                     QStringLiteral("getChannel")};
    const bool isProgress =
        action.startsWith(QLatin1String("download_")) && action.size() <= 11 && action.back().isDigit();
    return !action.isEmpty() && !isProgress && !quiet.contains(action);
}

} // namespace

ActivityFeed::ActivityFeed(const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{}

void ActivityFeed::take(const QVector<wire::LiveEvent> &events)
{
    bool isNew = false;
    for (const wire::LiveEvent &event : events) {
        if (event.type != QLatin1String("stats")) {
            continue;
        }
        ActivityEntry entry;
        entry.action = event.data.value(QLatin1String("action")).toString();
        if (!saysSomething(entry.action)) {
            continue;
        }
        const Result<UtcTime> at = parseIso(event.data.value(QLatin1String("created_at")).toString());
        entry.id = m_nextId++;
        entry.at = at ? *at : m_clock.now();
        entry.bundle = event.data.value(QLatin1String("version_name")).toString();
        entry.platform = event.data.value(QLatin1String("platform")).toString();
        entry.nativeVersion = event.data.value(QLatin1String("version_build")).toString();
        entry.osVersion = event.data.value(QLatin1String("version_os")).toString();
        entry.deviceId = event.data.value(QLatin1String("device_id")).toString();
        m_entries.prepend(entry);
        isNew = true;
    }
    if (m_entries.size() > kKept) {
        m_entries.resize(kKept);
    }
    if (isNew) {
        Q_EMIT changed();
    }
}

void ActivityFeed::clear()
{
    m_entries.clear();
    Q_EMIT changed();
}

} // namespace gatehouse::workspace
