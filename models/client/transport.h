// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/http.h"

#include <QSslCertificate>

namespace gatehouse::client {

/// Request in, response out; blocks the caller.
class Transport
{
public:
    Transport() = default;
    Transport(const Transport &) = delete;
    Transport &operator=(const Transport &) = delete;
    virtual ~Transport() = default;

    /// Any HTTP status is a Response: requireSuccess() turns refusals into errors.
    /// @error Invalid "client.url" for anything but https (http to loopback only), Offline "client.offline",
    ///        Timeout "client.timeout", Crypto "client.tls", Protocol "client.http" (broken or cut short),
    ///        Protocol "client.too_large", Protocol "client.redirect", Io "client.file", Cancelled, the
    ///        sink's own
    /// @thread any but the GUI thread
    virtual Result<Response> send(const Request &request, Operation &operation) = 0;
};

/// Whom an HTTPS connection trusts.
struct TlsTrust
{
    /// In addition to the system's: an organization's own authority, or a server's own certificate.
    QList<QSslCertificate> authorities;
    /// When set, the server's certificate must have this key: SHA-256 of its SubjectPublicKeyInfo (32 bytes).
    QByteArray pinnedKey;
};

/// The real one: a QNetworkAccessManager in a thread of its own, with the system's proxy and certificates,
/// HTTP/2, TLS 1.2 or newer. Exchanges still running when it is destroyed end as cancelled.
class HttpTransport final : public Transport
{
public:
    explicit HttpTransport(TlsTrust trust = {});
    ~HttpTransport() override;

    Result<Response> send(const Request &request, Operation &operation) override;

private:
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

/// When and how often a request that is safe to repeat is sent again.
struct RetryPolicy
{
    int attempts = 3;
    std::chrono::milliseconds first{400};
    std::chrono::milliseconds longest{8000};
};

/// Sends and, when there was no network, a time-out, or 429, 502, 503 or 504 came, waits (longer each time,
/// with jitter, or as the server asks, at most `longest`) and sends again. Only for requests without a sink
/// that are safe to repeat.
Result<Response> sendRepeatable(Transport &transport, const Request &request, Operation &operation,
                                const RetryPolicy &policy = {});

/// Waits unless the operation is stopped or its deadline comes first.
Result<void> waitUnlessStopped(std::chrono::milliseconds time, Operation &operation);

} // namespace gatehouse::client
