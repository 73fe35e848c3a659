// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/loopbackconnection.h"

#include <deque>
#include <mutex>

namespace gatehouse::client {

/// The way to the server that this desktop started. Each connection proves by hello that the server at its
/// other end knows the key before anything else goes over it: whoever takes the port after a crash is asked
/// for a proof it cannot give, and never sees the key.
/// @source spec: gatehouse-v1, section 7
class LoopbackTransport final : public Transport
{
public:
    /// @param api  http://127.0.0.1:PORT
    /// @param elsewhere  for addresses that are not the server's; they are asked without its key
    LoopbackTransport(const QUrl &api, std::shared_ptr<const Secret> key,
                      std::shared_ptr<Transport> elsewhere);
    ~LoopbackTransport() override;

    /// @error as Transport::send; Crypto "client.hello" when another program has the port; Protocol
    ///        "client.foreign_url" when the key is to go to another address
    Result<Response> send(const Request &request, Operation &operation) override;

private:
    using Connection = std::unique_ptr<LoopbackConnection>;
    Result<Connection> proven(Operation &operation);
    Connection takeIdle();
    void keep(Connection connection);

    QUrl m_api;
    std::shared_ptr<const Secret> m_key;
    std::shared_ptr<Transport> m_elsewhere;
    std::mutex m_mutex;
    std::deque<Connection> m_idle;
};

} // namespace gatehouse::client
