// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fleet/transport/exchange.h"
#include "fleet/transport/httppool.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>

#include <memory>

namespace gatehouse::fleet {

/// One kept connection to one origin; one request at a time.
class Connection
{
public:
    virtual ~Connection() = default;
    /// done(answer, mayBeKept). Called once.
    using Done = std::function<void(Result<HttpResponse>, bool)>;
    virtual void send(const HttpRequest &request, Done done) = 0;
    /// What runs is not answered any more.
    virtual void close() = 0;
    /// True after its first complete answer: a failure may then come from the other side's closing it.
    [[nodiscard]] virtual bool wasUsed() const = 0;
};

[[nodiscard]] std::shared_ptr<Connection> makeConnection(boost::asio::io_context &context,
                                                         boost::asio::ssl::context &tls, const Origin &origin,
                                                         const PoolSettings &settings);

} // namespace gatehouse::fleet
