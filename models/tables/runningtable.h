// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tables/rowtable.h"
#include "workspace/channelnumbers.h"

namespace gatehouse::tables {

/// What devices with one version from the store run, by channel.
struct RunningRow
{
    QString nativeVersion;
    /// In the order of the channels; each the bundles and their devices, most first.
    QVector<QVector<std::pair<QString, qint64>>> byChannel;
    qint64 devices = 0;

    bool operator==(const RunningRow &) const = default;
};

/// Who runs what: a row a native version, newest first; a column a channel; all devices last.
class RunningTable final : public RowTable<RunningRow>
{
    Q_OBJECT

public:
    /// @param countText  how the screen writes a number of devices
    explicit RunningTable(NumberText countText, QObject *parent = nullptr);
    void setGroups(const QStringList &channels, const QVector<workspace::RunningGroup> &groups);
    [[nodiscard]] const QStringList &channels() const { return m_channels; }

private:
    void setChannels(const QStringList &channels);
    NumberText m_countText;
    QStringList m_channels;
};

} // namespace gatehouse::tables
