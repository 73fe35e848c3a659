// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workspace/monitornumbers.h"
#include "workspace/repository.h"

#include <QHash>

namespace gatehouse::workspace {

/// Active devices that are alike: the channel they are on, the version from the store, the bundle they run.
struct RunningGroup
{
    QString channel;
    QString nativeVersion;
    QString bundle; ///< "builtin" for the built-in bundle
    qint64 devices = 0;

    bool operator==(const RunningGroup &) const = default;
};

/// The last 24 hours of each channel, whatever the monitor looks at.
class ChannelNumbersRepository final : public Repository
{
    Q_OBJECT

public:
    using Repository::Repository;

    /// Nothing forgets everything.
    void setSource(client::SessionPtr session, std::optional<AppId> app);
    /// Numbers of these channels from now on; loads when there is one more.
    void setChannels(const QStringList &names);
    void refresh();

    /// Null as long as nothing is known, and where the server keeps no numbers by channel and the app has
    /// several.
    [[nodiscard]] const MonitorNumbers *find(const QString &channel) const;
    /// Who runs what now; of each channel the bundles with most devices. Empty where the server cannot tell.
    [[nodiscard]] const QVector<RunningGroup> &running() const { return m_all.running; }

private:
    struct All
    {
        QHash<QString, MonitorNumbers> byChannel;
        QVector<RunningGroup> running;
        bool operator==(const All &) const = default;
    };
    static Result<All> loadAll(const client::SessionPtr &session, const AppId &app,
                               const QStringList &channels, UtcTime now, Operation &operation);

    client::SessionPtr m_session;
    std::optional<AppId> m_app;
    QStringList m_channels;
    All m_all;
};

} // namespace gatehouse::workspace
