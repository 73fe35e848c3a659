// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session.h"
#include "core/ids.h"
#include "wire/liveevent.h"

#include <thread>

namespace gatehouse::client {

/// What an app's devices and colleagues do, as it happens. Runs in a thread of its own from construction to
/// destruction; reconnects by itself and resumes after the last event it saw.
class EventStream
{
public:
    enum class Link {
        Connecting,
        Live,    ///< events arrive as they happen
        Polling, ///< the server has no stream: an event "poll" comes every pollInterval
        Waiting, ///< the connection was lost; it is tried again after a while
    };
    struct Listener
    {
        /// A "reset" event means: what was missed is too old, load everything anew. "poll" means: look again.
        std::function<void(const QVector<wire::LiveEvent> &events)> onEvents;
        /// error is set for Waiting.
        std::function<void(Link link, const std::optional<Error> &error)> onLink;
    };
    struct Settings
    {
        std::chrono::milliseconds pollInterval{5000};
        std::chrono::milliseconds firstWait{500};
        std::chrono::milliseconds longestWait{30000};
        /// Heartbeats come each 15 s; silence for longer means a dead connection.
        std::chrono::milliseconds silence{40000};
    };

    /// The listener is called on worker threads, one call at a time, never after destruction; it must not
    /// block.
    EventStream(SessionPtr session, AppId app, Listener listener, Settings settings);
    EventStream(SessionPtr session, AppId app, Listener listener)
        : EventStream(std::move(session), std::move(app), std::move(listener), Settings{})
    {}
    /// Waits until the thread has ended; takes milliseconds.
    ~EventStream();
    EventStream(const EventStream &) = delete;
    EventStream &operator=(const EventStream &) = delete;

private:
    void run(const std::stop_token &stop);
    Result<void> listenOnce(Operation &operation);
    void poll(Operation &operation);
    void tell(Link link, const std::optional<Error> &error = std::nullopt);

    SessionPtr m_session;
    AppId m_app;
    Listener m_listener;
    Settings m_settings;
    qint64 m_lastId = 0;
    bool m_hasHeard = false;
    std::optional<Link> m_link;
    std::jthread m_thread;
};

} // namespace gatehouse::client
