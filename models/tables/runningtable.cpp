// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tables/runningtable.h"

#include "core/foreigntext.h"
#include "core/semver.h"

#include <algorithm>
#include <map>

namespace gatehouse::tables {

namespace {

QString bundleName(const QString &bundle)
{
    return bundle == QLatin1String("builtin") ? RunningTable::tr("built-in") : displayable(bundle, 32);
}

QString cellText(const QVector<std::pair<QString, qint64>> &bundles, const NumberText &countText)
{
    QStringList parts;
    for (const auto &[bundle, devices] : bundles) {
        parts.append(QStringLiteral("%1: %2").arg(bundleName(bundle), countText(devices)));
    }
    return parts.isEmpty() ? QStringLiteral("–") : parts.join(QStringLiteral("  ·  "));
}

bool isNewer(const QString &one, const QString &other)
{
    const Result<SemanticVersion> first = SemanticVersion::parse(one);
    const Result<SemanticVersion> second = SemanticVersion::parse(other);
    if (first && second) {
        return *first > *second;
    }
    return first.has_value() != second.has_value() ? first.has_value() : one > other;
}

} // namespace

RunningTable::RunningTable(NumberText countText, QObject *parent)
    : RowTable([](const RunningRow &row) { return row.nativeVersion; }, parent)
    , m_countText(std::move(countText))
{
    setChannels({});
}

void RunningTable::setChannels(const QStringList &channels)
{
    beginResetModel();
    m_channels = channels;
    const Qt::Alignment left = Qt::AlignLeft | Qt::AlignVCenter;
    const Qt::Alignment right = Qt::AlignRight | Qt::AlignVCenter;
    QVector<Column> columns{{tr("Native version"),
                             [](const RunningRow &row) { return displayable(row.nativeVersion, 32); },
                             {},
                             left}};
    for (qsizetype i = 0; i < channels.size(); ++i) {
        columns.append(
            {displayable(channels.at(i), 48),
             [this, i](const RunningRow &row) { return cellText(row.byChannel.value(i), m_countText); },
             {},
             left});
    }
    columns.append({tr("Devices"), [this](const RunningRow &row) { return m_countText(row.devices); },
                    [](const RunningRow &row) { return row.devices; }, right});
    setColumns(std::move(columns));
    endResetModel();
}

void RunningTable::setGroups(const QStringList &channels, const QVector<workspace::RunningGroup> &groups)
{
    if (channels != m_channels) {
        setRows({});
        setChannels(channels);
    }
    std::map<QString, RunningRow> byNative;
    for (const workspace::RunningGroup &group : groups) {
        const qsizetype column = channels.indexOf(group.channel);
        if (column < 0) {
            continue;
        }
        RunningRow &row = byNative[group.nativeVersion];
        row.nativeVersion = group.nativeVersion;
        row.byChannel.resize(channels.size());
        row.byChannel[column].append({group.bundle, group.devices});
        row.devices += group.devices;
    }
    QVector<RunningRow> rows;
    for (auto &[native, row] : byNative) {
        for (auto &bundles : row.byChannel) {
            std::sort(bundles.begin(), bundles.end(),
                      [](const auto &one, const auto &other) { return one.second > other.second; });
        }
        rows.append(std::move(row));
    }
    std::sort(rows.begin(), rows.end(), [](const RunningRow &one, const RunningRow &other) {
        return isNewer(one.nativeVersion, other.nativeVersion);
    });
    setRows(rows);
}

} // namespace gatehouse::tables
