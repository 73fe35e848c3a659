// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/connection.h"

#include "server/http/connectionevents.h"

namespace gatehouse::server {

void serveConnection(asio::ip::tcp::socket &&socket, const std::shared_ptr<ConnectionContext> &context,
                     asio::ssl::context *tls)
{
    if (tls != nullptr) {
        std::make_shared<Connection<TlsStream>>(TlsStream(std::move(socket), *tls), context)->run();
    } else {
        std::make_shared<Connection<PlainStream>>(PlainStream(std::move(socket)), context)->run();
    }
}

} // namespace gatehouse::server
