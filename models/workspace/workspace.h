// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/eventstream.h"
#include "release/execute.h"
#include "workspace/activityfeed.h"
#include "workspace/appsrepository.h"
#include "workspace/bundlesrepository.h"
#include "workspace/channelfacts.h"
#include "workspace/channelnumbers.h"
#include "workspace/channelsrepository.h"
#include "workspace/monitorrepository.h"
#include "workspace/serverlist.h"
#include "workspace/uptake.h"

#include <QTimer>

#include <memory>

namespace gatehouse::workspace {

/// How the desktop stands with the server.
enum class Link {
    Closed,
    Connecting,
    Live,    ///< events arrive as they happen
    Polling, ///< the server has no stream; it is asked every few seconds
    Waiting, ///< lost; tried again by itself
    Failed,  ///< could not be opened: see error()
};

/// What all screens share: the server, the app, and one repository a resource. Lives on the GUI thread.
class Workspace final : public QObject
{
    Q_OBJECT

public:
    Workspace(Jobs &jobs, Settings &settings, const Clock &clock, QObject *parent = nullptr);
    ~Workspace() override;

    /// Connects to a server with a key. Whatever was open is closed.
    void open(const ServerEntry &entry, std::shared_ptr<client::Transport> transport,
              const client::ServerAddress &address, std::shared_ptr<const Secret> key);
    /// The server is on its way (its process starts): shown as Connecting.
    void announce(const ServerEntry &entry);
    /// Opening failed before there was anything to connect to.
    void refuse(const ServerEntry &entry, const Error &error);
    void close();

    [[nodiscard]] Link link() const { return m_link; }
    [[nodiscard]] bool isOpen() const { return m_session != nullptr; }
    [[nodiscard]] const std::optional<ServerEntry> &server() const { return m_server; }
    [[nodiscard]] const client::SessionPtr &session() const { return m_session; }
    [[nodiscard]] client::Capabilities capabilities() const;
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    /// When something last arrived from the server.
    [[nodiscard]] std::optional<UtcTime> lastContact() const { return m_lastContact; }

    /// The app worked on; nothing while the server has none.
    [[nodiscard]] const std::optional<AppId> &app() const { return m_app; }
    [[nodiscard]] QString appTitle() const;
    void setApp(const AppId &app);
    /// Loads everything anew (F5).
    void refresh();

    [[nodiscard]] AppsRepository &apps() { return m_apps; }
    [[nodiscard]] BundlesRepository &bundles() { return m_bundles; }
    [[nodiscard]] ChannelsRepository &channels() { return m_channels; }
    /// Follows channels().
    [[nodiscard]] ChannelNumbersRepository &channelNumbers() { return m_channelNumbers; }
    [[nodiscard]] ChannelFacts &channelFacts() { return m_channelFacts; }
    [[nodiscard]] MonitorRepository &monitor() { return m_monitor; }
    [[nodiscard]] ActivityFeed &activity() { return m_activity; }
    /// Who took the newest change, while it can be undone.
    [[nodiscard]] Uptake &uptake() { return m_uptake; }
    [[nodiscard]] Jobs &jobs() { return m_jobs; }
    [[nodiscard]] Settings &settings() { return m_settings; }
    [[nodiscard]] const Clock &clock() const { return m_clock; }

    /// Reads what a review needs. onDone on this thread, unless context is gone.
    using ReviewDone = std::function<void(Result<release::Review>)>;
    void review(const release::ReleaseAction &action, QObject *context, ReviewDone onDone);
    /// Carries out a reviewed action; the new state reaches channels() before onDone.
    using EffectDone = std::function<void(Result<release::Effect>)>;
    void execute(const release::Review &review, const QString &title, QObject *context, EffectDone onDone);
    /// For what makes things safer: no look before.
    void executeNow(const release::ReleaseAction &action, const QString &title, QObject *context,
                    EffectDone onDone);
    /// The inverse of what was done, unless somebody changed the channel since.
    void undo(const release::Effect &effect, const QString &title, QObject *context, EffectDone onDone);

Q_SIGNALS:
    void linkChanged();
    /// Another server or app: everything on the screens is about something else now.
    void appChanged();
    void released(const gatehouse::release::Effect &effect);

private:
    void setLink(Link link, std::optional<Error> error = std::nullopt);
    void onOpened(client::SessionPtr session);
    void chooseApp();
    void followChannels();
    void startStream();
    void onEvents(const QVector<wire::LiveEvent> &events);
    void onStreamLink(client::EventStream::Link link, const std::optional<Error> &error);
    void setSources();
    using EffectWork = std::function<Result<release::Effect>(const client::SessionPtr &, Operation &)>;
    void runEffect(const QString &title, QObject *context, EffectWork work, EffectDone onDone);

    Jobs &m_jobs;
    Settings &m_settings;
    const Clock &m_clock;
    AppsRepository m_apps;
    BundlesRepository m_bundles;
    ChannelsRepository m_channels;
    ChannelNumbersRepository m_channelNumbers;
    ChannelFacts m_channelFacts;
    MonitorRepository m_monitor;
    ActivityFeed m_activity;
    Uptake m_uptake;
    QTimer m_soonNumbers;
    QTimer m_soonChannels;
    QTimer m_soonChannelNumbers;
    QTimer m_slow;

    Link m_link = Link::Closed;
    std::optional<ServerEntry> m_server;
    client::SessionPtr m_session;
    std::optional<Error> m_error;
    std::optional<UtcTime> m_lastContact;
    std::optional<AppId> m_app;
    quint64 m_opening = 0;
    std::unique_ptr<client::EventStream> m_stream;
};

} // namespace gatehouse::workspace
