// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/appsrepository.h"

namespace gatehouse::workspace {

void AppsRepository::setSession(client::SessionPtr session)
{
    m_session = std::move(session);
    m_rows.clear();
    m_organizations.clear();
    reset();
    Q_EMIT changed();
}

void AppsRepository::refresh()
{
    if (!m_session) {
        return;
    }
    using Content = std::pair<QVector<wire::AppRow>, QVector<client::Organization>>;
    load(
        QStringLiteral("apps"),
        [apps = client::Apps(m_session)](Operation &operation) -> Result<Content> {
            GATEHOUSE_ASSIGN(QVector<wire::AppRow> rows, apps.list(operation));
            GATEHOUSE_ASSIGN(QVector<client::Organization> organizations, apps.organizations(operation));
            return Content(std::move(rows), std::move(organizations));
        },
        [this](Content content) {
            const bool isNew = content.first != m_rows || content.second != m_organizations;
            m_rows = std::move(content.first);
            m_organizations = std::move(content.second);
            return isNew;
        });
}

const wire::AppRow *AppsRepository::find(const QString &appId) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(),
                                    [&appId](const wire::AppRow &row) { return row.appId == appId; });
    return found == m_rows.end() ? nullptr : &*found;
}

void AppsRepository::create(const AppId &app, const QString &name, const QString &organization,
                            const ChannelName &channel, QObject *context, Done onDone)
{
    jobs().run(
        tr("Create the app %1").arg(app.text()), JobVisibility::Shown, this,
        [session = m_session, app, name, organization, channel](Operation &operation) {
            return createApp(session, app, name, organization, channel, operation);
        },
        [this, guard = QPointer<QObject>(context), onDone = std::move(onDone)](Result<void> done) {
            refresh();
            if (guard) {
                onDone(std::move(done));
            }
        });
}

Result<void> createApp(const client::SessionPtr &session, const AppId &app, const QString &name,
                       const QString &organization, const ChannelName &channel, Operation &operation)
{
    GATEHOUSE_TRY(client::Apps(session).create(app, name, organization, operation));
    return client::Channels(session).put(app, channel,
                                         {{QStringLiteral("public"), true},
                                          {QStringLiteral("ios"), true},
                                          {QStringLiteral("android"), true},
                                          {QStringLiteral("electron"), true}},
                                         operation);
}

} // namespace gatehouse::workspace
