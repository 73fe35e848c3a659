// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a connection does while it sends a stream of events.
#include "server/http/connectionimpl.h"

namespace gatehouse::server {

namespace {

template<typename Stream>
void Connection<Stream>::sendStreamHead()
{
    m_isKeptAlive = false;
    m_response.setHeader("Content-Type", "text/event-stream; charset=utf-8");
    m_response.setHeader("Cache-Control", "no-store");
    m_out = responseHead(m_response, {false, -1, m_corsOrigin});
    m_isWriting = true;
    writeOut([](Connection &self) {
        self.m_isWriting = false;
        if (self.m_isHeadOnly) {
            self.end();
            return;
        }
        self.m_source->start([weak = self.weak_from_this()] {
            if (auto connection = weak.lock(); connection && !connection->m_isWoken.exchange(true)) {
                asio::post(connection->m_stream.get_executor(), [connection] { connection->pumpEvents(); });
            }
        });
        self.watchForEnd();
        self.beat();
        self.pumpEvents();
    });
}

template<typename Stream>
void Connection<Stream>::pumpEvents()
{
    if (m_isWriting || !m_source) {
        return;
    }
    m_isWoken = false;
    m_out.clear();
    for (const StreamEvent &event : m_source->take()) {
        m_out += eventText(event);
    }
    sendPending();
}

template<typename Stream>
void Connection<Stream>::sendPending()
{
    if (m_out.isEmpty()) {
        return;
    }
    m_isWriting = true;
    writeOut([](Connection &self) {
        self.m_isWriting = false;
        self.pumpEvents();
    });
}

template<typename Stream>
void Connection<Stream>::beat()
{
    m_heartbeat.expires_after(m_context->settings.heartbeat);
    m_heartbeat.async_wait([weak = this->weak_from_this()](error_code error) {
        const auto self = weak.lock();
        if (error || !self || !self->m_source) {
            return;
        }
        if (!self->m_isWriting) {
            self->m_out = ": heartbeat\n\n";
            self->sendPending();
        }
        self->beat();
    });
}

/// A stream's client says nothing more; what it sends is dropped, its end ends the stream.
template<typename Stream>
void Connection<Stream>::watchForEnd()
{
    socketStream().expires_never();
    m_stream.async_read_some(asio::buffer(m_ignored),
                             [self = this->shared_from_this()](error_code error, std::size_t) {
                                 if (error) {
                                     self->end();
                                 } else {
                                     self->watchForEnd();
                                 }
                             });
}

} // namespace

} // namespace gatehouse::server
