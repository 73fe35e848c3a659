// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/bundles.h"
#include "workspace/repository.h"

namespace gatehouse::workspace {

/// The bundles of the app, newest first.
class BundlesRepository final : public Repository
{
    Q_OBJECT

public:
    using Repository::Repository;

    /// Nothing forgets everything.
    void setSource(client::SessionPtr session, std::optional<AppId> app);
    void refresh();

    /// Deletes a bundle that no channel serves. @error Conflict "server.cannot_delete_linked_version"
    using Done = std::function<void(Result<void>)>;
    void remove(const QString &name, QObject *context, Done onDone);

    [[nodiscard]] const QVector<wire::BundleRow> &rows() const { return m_rows; }
    [[nodiscard]] const wire::BundleRow *find(const QString &name) const;
    [[nodiscard]] const wire::BundleRow *find(qint64 id) const;

private:
    client::SessionPtr m_session;
    std::optional<AppId> m_app;
    QVector<wire::BundleRow> m_rows;
};

} // namespace gatehouse::workspace
