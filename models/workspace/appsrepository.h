// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/apps.h"
#include "client/channels.h"
#include "workspace/repository.h"

namespace gatehouse::workspace {

/// The apps of the server, and the organizations that may own a new one.
class AppsRepository final : public Repository
{
    Q_OBJECT

public:
    using Repository::Repository;

    /// nullptr forgets everything.
    void setSession(client::SessionPtr session);
    void refresh();

    /// A new app with its first channel, which is the default for all platforms.
    using Done = std::function<void(Result<void>)>;
    void create(const AppId &app, const QString &name, const QString &organization,
                const ChannelName &channel, QObject *context, Done onDone);

    [[nodiscard]] const QVector<wire::AppRow> &rows() const { return m_rows; }
    [[nodiscard]] const QVector<client::Organization> &organizations() const { return m_organizations; }
    [[nodiscard]] const wire::AppRow *find(const QString &appId) const;

private:
    client::SessionPtr m_session;
    QVector<wire::AppRow> m_rows;
    QVector<client::Organization> m_organizations;
};

/// As AppsRepository::create(), blocking.
Result<void> createApp(const client::SessionPtr &session, const AppId &app, const QString &name,
                       const QString &organization, const ChannelName &channel, Operation &operation);

} // namespace gatehouse::workspace
