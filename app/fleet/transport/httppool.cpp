// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleet/transport/httppool.h"

#include "fleet/transport/connection.h"

#include <QFile>

#include <algorithm>
#include <deque>
#include <vector>

namespace gatehouse::fleet {

namespace asio = boost::asio;

namespace {

struct Waiting
{
    Origin origin;
    HttpRequest request;
    OnResponse onResponse;
    bool wasRetried = false;
};

struct Slot
{
    Origin origin;
    std::shared_ptr<Connection> connection;
    bool isBusy = false;
};

} // namespace

class HttpPool::Private
{
public:
    Private(Loop &itsLoop, PoolSettings itsSettings)
        : loop(itsLoop)
        , settings(std::move(itsSettings))
    {}

    Result<void> prepareTls();
    void dispatch();
    Slot *slotFor(const Origin &origin);
    void start(Slot &slot, Waiting waiting);
    void finish(const std::shared_ptr<Connection> &connection, Waiting waiting, Result<HttpResponse> result,
                bool isKept);

    Loop &loop;
    PoolSettings settings;
    asio::ssl::context tls{asio::ssl::context::tls_client};
    std::deque<Waiting> queue;
    std::vector<Slot> slots;
    int running = 0;
    bool isStopped = false;
};

Result<void> HttpPool::Private::prepareTls()
{
    boost::system::error_code failed;
    SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_2_VERSION);
    tls.set_verify_mode(asio::ssl::verify_peer);
    if (settings.caFile.isEmpty()) {
        tls.set_default_verify_paths(failed);
    } else {
        tls.load_verify_file(QFile::encodeName(settings.caFile).toStdString(), failed);
    }
    if (failed) {
        return makeError(ErrorKind::Crypto, "fleet.ca",
                         QStringLiteral("The certificates in \"%1\" cannot be used.").arg(settings.caFile),
                         QString::fromStdString(failed.message()),
                         QStringLiteral("Name a PEM file with the certificate of the authority."));
    }
    return {};
}

// A free connection to that origin, a new one, or the place of a free one to another origin.
Slot *HttpPool::Private::slotFor(const Origin &origin)
{
    Slot *foreign = nullptr;
    for (Slot &slot : slots) {
        if (slot.isBusy) {
            continue;
        }
        if (slot.origin == origin) {
            return &slot;
        }
        foreign = &slot;
    }
    if (static_cast<int>(slots.size()) < settings.connections) {
        slots.push_back({origin, makeConnection(loop.context(), tls, origin, settings), false});
        return &slots.back();
    }
    if (foreign != nullptr) {
        foreign->connection->close();
        *foreign = {origin, makeConnection(loop.context(), tls, origin, settings), false};
    }
    return foreign;
}

void HttpPool::Private::dispatch()
{
    while (!queue.empty() && !isStopped) {
        Slot *slot = slotFor(queue.front().origin);
        if (slot == nullptr) {
            return;
        }
        Waiting waiting = std::move(queue.front());
        queue.pop_front();
        start(*slot, std::move(waiting));
    }
}

void HttpPool::Private::start(Slot &slot, Waiting waiting)
{
    slot.isBusy = true;
    ++running;
    const std::shared_ptr<Connection> connection = slot.connection;
    const HttpRequest request = waiting.request;
    connection->send(request, [this, connection, held = std::move(waiting)](Result<HttpResponse> result,
                                                                            bool isKept) mutable {
        finish(connection, std::move(held), std::move(result), isKept);
    });
}

void HttpPool::Private::finish(const std::shared_ptr<Connection> &connection, Waiting waiting,
                               Result<HttpResponse> result, bool isKept)
{
    if (isStopped) {
        return;
    }
    --running;
    const auto slot = std::find_if(slots.begin(), slots.end(),
                                   [&connection](const Slot &each) { return each.connection == connection; });
    if (slot != slots.end()) {
        slot->isBusy = false;
        if (!isKept) {
            connection->close();
            slots.erase(slot);
        }
    }
    // A kept connection that the server closed meanwhile is no failure of the request.
    const bool wasClosed = !result && result.error().id == QLatin1String("fleet.broken");
    if (wasClosed && connection->wasUsed() && !waiting.wasRetried) {
        waiting.wasRetried = true;
        queue.push_front(std::move(waiting));
    } else {
        waiting.onResponse(std::move(result));
    }
    dispatch();
}

HttpPool::HttpPool(std::unique_ptr<Private> implementation)
    : m_private(std::move(implementation))
{}

HttpPool::~HttpPool()
{
    stop();
}

Result<std::unique_ptr<HttpPool>> HttpPool::create(Loop &loop, const PoolSettings &settings)
{
    auto implementation = std::make_unique<Private>(loop, settings);
    GATEHOUSE_TRY(implementation->prepareTls());
    return std::unique_ptr<HttpPool>(new HttpPool(std::move(implementation)));
}

void HttpPool::send(HttpRequest request, OnResponse onResponse)
{
    Result<Origin> origin = originOf(request.url);
    m_private->loop.post([this, origin = std::move(origin), held = std::move(request),
                          answer = std::move(onResponse)]() mutable {
        if (!origin) {
            answer(origin.error());
            return;
        }
        m_private->queue.push_back({*origin, std::move(held), std::move(answer), false});
        m_private->dispatch();
    });
}

int HttpPool::pending() const
{
    return m_private->running + static_cast<int>(m_private->queue.size());
}

void HttpPool::stop()
{
    m_private->isStopped = true;
    m_private->queue.clear();
    for (const Slot &slot : m_private->slots) {
        slot.connection->close();
    }
    m_private->slots.clear();
}

} // namespace gatehouse::fleet
