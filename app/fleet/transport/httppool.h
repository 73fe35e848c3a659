// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fleet/transport/exchange.h"
#include "fleet/transport/loop.h"

#include <memory>

namespace gatehouse::fleet {

struct PoolSettings
{
    int connections = 16; ///< at once, to all hosts together
    QString caFile;       ///< PEM; empty: the system's certificates
    std::chrono::seconds connectTimeout{10};
    std::chrono::seconds pieceTimeout{30}; ///< between two pieces of an answer
};

/// HTTP/1.1 over connections that are kept. Requests beyond the limit wait in order. Certificates and host
/// names are always checked; redirects are not followed.
/// @thread that of the loop
class HttpPool
{
public:
    /// @error Crypto "fleet.ca" when the file holds no certificate
    static Result<std::unique_ptr<HttpPool>> create(Loop &loop, const PoolSettings &settings);
    ~HttpPool();
    HttpPool(const HttpPool &) = delete;
    HttpPool &operator=(const HttpPool &) = delete;

    /// onResponse never runs before send() returned.
    void send(HttpRequest request, OnResponse onResponse);
    /// Requests that wait or run.
    [[nodiscard]] int pending() const;
    /// Closes every connection; nobody is answered any more.
    void stop();

private:
    class Private;
    explicit HttpPool(std::unique_ptr<Private> implementation);
    std::unique_ptr<Private> m_private;
};

} // namespace gatehouse::fleet
