// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/originpolicy.h"
#include "server/http/server.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/thread_pool.hpp>

#include <condition_variable>
#include <mutex>
#include <unordered_map>

namespace gatehouse::server {

/// Something that can be told to end.
class Closable
{
public:
    virtual ~Closable() = default;
    /// Ends after the answer that is being written, at once when idle. @thread any
    virtual void close() = 0;
};

/// What all connections of a server share.
struct ConnectionContext
{
    ConnectionContext(const Router &routes, const ServerSettings &serverSettings, OriginPolicy originPolicy,
                      boost::asio::thread_pool &handlerPool, QString reachedAt)
        : router(routes)
        , settings(serverSettings)
        , origins(std::move(originPolicy))
        , proxies(serverSettings.trustedProxies)
        , pool(handlerPool)
        , publicUrl(std::move(reachedAt))
    {}

    const Router &router;
    const ServerSettings &settings;
    const OriginPolicy origins;
    const ProxyPolicy proxies;
    boost::asio::thread_pool &pool;
    const QString publicUrl;

    /// False when there are too many, or the server ends.
    bool enter(const std::shared_ptr<Closable> &connection);
    void leave(Closable *connection);
    /// Tells all to end. False when some are left after the time.
    bool closeAll(std::chrono::milliseconds patience);

private:
    std::mutex m_mutex;
    std::condition_variable m_left;
    std::unordered_map<Closable *, std::weak_ptr<Closable>> m_connections;
    bool m_isClosing = false;
};

/// Serves one accepted socket until it ends. It keeps itself alive.
void serveConnection(boost::asio::ip::tcp::socket &&socket, const std::shared_ptr<ConnectionContext> &context,
                     boost::asio::ssl::context *tls);

} // namespace gatehouse::server
