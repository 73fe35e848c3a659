// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/releases.h"
#include "workspace/repository.h"

namespace gatehouse::workspace {

/// The channels of the app with all that a screen says about one: pointers, rules, counts, history.
class ChannelsRepository final : public Repository
{
    Q_OBJECT

public:
    using Repository::Repository;

    /// Nothing forgets everything.
    void setSource(client::SessionPtr session, std::optional<AppId> app);
    void refresh();
    /// Takes an answer that came with an action, so that the screen shows it at once.
    void take(const wire::ChannelState &state);

    /// A new channel without a bundle, for all platforms.
    using Done = std::function<void(Result<void>)>;
    void create(const ChannelName &name, bool isDefault, QObject *context, Done onDone);

    [[nodiscard]] const QVector<wire::ChannelState> &rows() const { return m_rows; }
    [[nodiscard]] const wire::ChannelState *find(const QString &name) const;
    /// Channels that use the bundle, as stable or rollout bundle.
    [[nodiscard]] QStringList usersOf(qint64 bundleId) const;

private:
    client::SessionPtr m_session;
    std::optional<AppId> m_app;
    QVector<wire::ChannelState> m_rows;
};

} // namespace gatehouse::workspace
