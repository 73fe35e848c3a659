// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/transport.h"

#include "client/exchange.h"
#include "core/sentences.h"

#include <QNetworkProxyFactory>
#include <QPointer>
#include <QRandomGenerator>
#include <QThread>

namespace gatehouse::client {

namespace {

/// The system's proxy, but never for this computer.
class SystemProxy final : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        if (isLoopbackHost(query.peerHostName())) {
            return {QNetworkProxy(QNetworkProxy::NoProxy)};
        }
        return systemProxyForQuery(query);
    }
};

Error cancelled()
{
    return makeError(ErrorKind::Cancelled, "operation.cancelled", Sentences::tr("This was cancelled."));
}

} // namespace

/// The thread, the network access manager on it, and the exchanges under way.
class HttpTransport::Worker
{
public:
    explicit Worker(TlsTrust trust)
        : m_trust(std::move(trust))
        , m_context(new QObject)
    {
        m_thread.setObjectName(QStringLiteral("gatehouse-http"));
        m_context->moveToThread(&m_thread);
        m_thread.start();
        QMetaObject::invokeMethod(m_context, [this] {
            m_network = new QNetworkAccessManager(m_context);
            m_network->setProxyFactory(new SystemProxy);
            m_network->setAutoDeleteReplies(false);
        });
    }

    ~Worker()
    {
        // The context is deleted on its own thread, after everything that was posted before.
        QMetaObject::invokeMethod(m_context, [this] {
            const auto exchanges = m_context->findChildren<Exchange *>(QString(), Qt::FindDirectChildrenOnly);
            for (Exchange *exchange : exchanges) {
                exchange->abort(cancelled());
            }
            delete m_context;
            m_thread.quit();
        });
        m_thread.wait();
    }

    void start(const Request &request, const std::shared_ptr<Ticket> &ticket)
    {
        QMetaObject::invokeMethod(m_context, [this, &request, ticket] {
            auto *exchange = new Exchange(request, m_trust, ticket, m_context);
            exchange->start(*m_network);
        });
    }

    void abort(const std::shared_ptr<Ticket> &ticket, const Error &reason)
    {
        QMetaObject::invokeMethod(m_context, [this, ticket, reason] {
            const auto exchanges = m_context->findChildren<Exchange *>(QString(), Qt::FindDirectChildrenOnly);
            for (Exchange *exchange : exchanges) {
                if (exchange->ticket() == ticket) {
                    exchange->abort(reason);
                }
            }
        });
    }

private:
    TlsTrust m_trust;
    QThread m_thread;
    QObject *m_context;
    QNetworkAccessManager *m_network = nullptr;
};

HttpTransport::HttpTransport(TlsTrust trust)
    : m_worker(std::make_unique<Worker>(std::move(trust)))
{}

HttpTransport::~HttpTransport() = default;

Result<Response> HttpTransport::send(const Request &request, Operation &operation)
{
    GATEHOUSE_TRY(checkThread());
    GATEHOUSE_TRY(operation.check());
    GATEHOUSE_TRY(checkUrl(request.url));
    const auto ticket = std::make_shared<Ticket>();
    m_worker->start(request, ticket);
    const std::stop_callback onStop(operation.stopToken(), [&] { m_worker->abort(ticket, cancelled()); });
    if (const auto deadline = operation.deadline(); deadline && !ticket->waitUntil(*deadline)) {
        m_worker->abort(ticket, makeError(ErrorKind::Timeout, "operation.timeout",
                                          Sentences::tr("This took longer than allowed.")));
    }
    ticket->wait();
    return ticket->take();
}

Result<void> waitUnlessStopped(std::chrono::milliseconds time, Operation &operation)
{
    auto until = std::chrono::steady_clock::now() + time;
    if (operation.deadline() && *operation.deadline() < until) {
        until = *operation.deadline();
    }
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    stopped.wait_until(lock, operation.stopToken(), until, [] { return false; });
    return operation.check();
}

namespace {

/// Half to all of the step: clients that failed together do not come back together.
std::chrono::milliseconds withJitter(std::chrono::milliseconds step)
{
    const auto half = step.count() / 2;
    return std::chrono::milliseconds(half +
                                     QRandomGenerator::global()->bounded(static_cast<quint32>(half) + 1));
}

std::optional<std::chrono::milliseconds> waitBeforeRepeat(const Result<Response> &outcome, int attempt,
                                                          const RetryPolicy &policy)
{
    const auto step = withJitter(std::min(policy.longest, policy.first * (1 << std::min(attempt, 16))));
    if (!outcome) {
        const bool isTransient = outcome.error().kind == ErrorKind::Offline ||
                                 outcome.error().id == QLatin1String("client.timeout");
        return isTransient ? std::optional(step) : std::nullopt;
    }
    const int status = outcome->status;
    if (status != 429 && status != 502 && status != 503 && status != 504) {
        return std::nullopt;
    }
    const auto asked = retryAfter(*outcome);
    if (asked && *asked > policy.longest) {
        return std::nullopt;
    }
    return std::max(step, asked.value_or(std::chrono::milliseconds(0)));
}

} // namespace

Result<Response> sendRepeatable(Transport &transport, const Request &request, Operation &operation,
                                const RetryPolicy &policy)
{
    for (int attempt = 0;; ++attempt) {
        Result<Response> outcome = transport.send(request, operation);
        const auto wait = waitBeforeRepeat(outcome, attempt, policy);
        if (!wait || request.sink || attempt + 1 >= policy.attempts) {
            return outcome;
        }
        GATEHOUSE_TRY(waitUnlessStopped(*wait, operation));
    }
}

} // namespace gatehouse::client
