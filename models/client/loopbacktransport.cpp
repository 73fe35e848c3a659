// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/loopbacktransport.h"

#include "client/exchange.h"
#include "client/hello.h"

#include "core/sentences.h"

namespace gatehouse::client {

namespace {

/// What the desktop has under way at once; more would only wait for the server's own pool.
constexpr std::size_t kMaxIdle = 8;

} // namespace

LoopbackTransport::LoopbackTransport(const QUrl &api, std::shared_ptr<const Secret> key,
                                     std::shared_ptr<Transport> elsewhere)
    : m_api(api)
    , m_key(std::move(key))
    , m_elsewhere(std::move(elsewhere))
{}

LoopbackTransport::~LoopbackTransport() = default;

LoopbackTransport::Connection LoopbackTransport::takeIdle()
{
    const std::lock_guard lock(m_mutex);
    while (!m_idle.empty()) {
        Connection connection = std::move(m_idle.back());
        m_idle.pop_back();
        if (!connection->isStale()) {
            return connection;
        }
    }
    return nullptr;
}

void LoopbackTransport::keep(Connection connection)
{
    const std::lock_guard lock(m_mutex);
    if (connection->isReusable() && m_idle.size() < kMaxIdle) {
        m_idle.push_back(std::move(connection));
    }
}

Result<LoopbackTransport::Connection> LoopbackTransport::proven(Operation &operation)
{
    GATEHOUSE_ASSIGN(Connection connection,
                     LoopbackConnection::open(static_cast<quint16>(m_api.port()), operation));
    const HelloQuestion question(m_api);
    GATEHOUSE_ASSIGN(const Response answer, connection->exchange(question.request(), operation));
    GATEHOUSE_TRY(question.check(answer, *m_key));
    if (!connection->isReusable()) {
        return makeError(ErrorKind::Protocol, "client.http",
                         Sentences::tr("The server %1 answered what is not HTTP.").arg(m_api.host()));
    }
    return connection;
}

Result<Response> LoopbackTransport::send(const Request &request, Operation &operation)
{
    GATEHOUSE_TRY(checkThread());
    GATEHOUSE_TRY(operation.check());
    GATEHOUSE_TRY(checkUrl(request.url));
    if (request.url.scheme() != m_api.scheme() || request.url.authority() != m_api.authority()) {
        if (request.apiKey) {
            return makeError(ErrorKind::Protocol, "client.foreign_url",
                             Sentences::tr("The server sends us to %1, which is not its own address.")
                                 .arg(request.url.host()),
                             Sentences::tr("The API key must not go there."));
        }
        return m_elsewhere->send(request, operation);
    }
    if (Connection idle = takeIdle()) {
        Result<Response> outcome = idle->exchange(request, operation);
        const bool wasClosedMeanwhile = !outcome && !idle->hasHeard() &&
                                        outcome.error().id == QLatin1String("client.closed") &&
                                        (request.method == Method::Get || request.method == Method::Head);
        if (outcome) {
            keep(std::move(idle));
        }
        if (!wasClosedMeanwhile) {
            return outcome;
        }
    }
    GATEHOUSE_ASSIGN(Connection fresh, proven(operation));
    GATEHOUSE_ASSIGN(Response response, fresh->exchange(request, operation));
    keep(std::move(fresh));
    return response;
}

} // namespace gatehouse::client
