// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "server/http/router.h"

#include <QHostAddress>
#include <QStringList>

#include <chrono>
#include <memory>
#include <optional>

namespace gatehouse::server {

struct TlsFiles
{
    QString certificatePath; ///< PEM, the server's own first, then the chain
    QString keyPath;         ///< PEM
};

/// What a listener is bound to and what it allows. Times and sizes are limits before anything is believed.
struct ServerSettings
{
    QString address = QStringLiteral("127.0.0.1");
    /// 0 lets the system choose.
    quint16 port = 0;
    std::optional<TlsFiles> tls;
    /// Where the listener is reached from outside; empty: scheme, address and port as bound.
    QString publicUrl;
    /// Addresses or networks ("10.0.0.0/8") whose X-Forwarded-For counts.
    QStringList trustedProxies;
    /// Further "host" or "host:port" that requests may name on a loopback listener (that of the public URL).
    QStringList allowedHosts;
    int ioThreads = 2;
    int handlerThreads = 16;
    int maxConnections = 4096;
    qint64 maxHeaderBytes = 16 * 1024;
    std::chrono::milliseconds headerTimeout{10'000};
    /// Between two pieces of a body, in either direction.
    std::chrono::milliseconds pieceTimeout{30'000};
    /// For a whole JSON body.
    std::chrono::milliseconds bodyTimeout{30'000};
    std::chrono::milliseconds idleTimeout{75'000};
    std::chrono::milliseconds heartbeat{15'000};
};

/// HTTP/1.1 over TCP or TLS 1.2 and newer. Knows routes, not what they mean. Names no key in any log: of a
/// target only the path is written. A loopback listener refuses requests whose Host is not loopback with this
/// port, or whose Origin is foreign: a web page in a browser must not reach it. @source spec: gatehouse-v1,
/// section 7
/// @thread start() and stop() from one thread
class HttpServer
{
public:
    /// router must outlive the server.
    HttpServer(const Router &router, ServerSettings settings);
    ~HttpServer(); // NOLINT(bugprone-exception-escape): as at its definition
    HttpServer(const HttpServer &) = delete;
    HttpServer &operator=(const HttpServer &) = delete;

    /// Takes the port; callers wait until start().
    /// @error Io "http.listen" when the address cannot be bound; Invalid "http.address", "http.proxy"; Crypto
    ///        "http.tls" when certificate or key do not fit
    Result<void> bind();
    /// Begins to answer; binds first where that was not done. The router must be complete. @error as bind()
    Result<void> start();
    /// Stops accepting, gives running handlers time to end, closes every connection. Returns when all threads
    /// ended.
    void stop();
    /// The port in use; 0 before bind().
    [[nodiscard]] quint16 port() const;
    /// As Request::publicUrl; empty before bind().
    [[nodiscard]] QString publicUrl() const;

private:
    class Private;
    std::unique_ptr<Private> m_private;
};

} // namespace gatehouse::server
