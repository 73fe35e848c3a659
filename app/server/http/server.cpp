// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/server.h"

#include "server/http/connection.h"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>

#include <QFile>
#include <QSysInfo>

#include <thread>

namespace gatehouse::server {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

constexpr std::chrono::seconds kClosePatience{3};
constexpr std::chrono::milliseconds kAcceptPause{100};

Error listenError(const QString &address, const error_code &error)
{
    return makeError(ErrorKind::Io, "http.listen",
                     QStringLiteral("The server cannot listen on “%1”.").arg(address),
                     QString::fromStdString(error.message()));
}

} // namespace

class HttpServer::Private
{
public:
    Private(const Router &routes, ServerSettings serverSettings)
        : router(routes)
        , settings(std::move(serverSettings))
    {}

    Result<void> prepareTls();
    Result<asio::ip::tcp::endpoint> bindAcceptor();
    void accept();
    [[nodiscard]] QString ownUrl(const asio::ip::tcp::endpoint &endpoint) const;

    const Router &router;
    const ServerSettings settings;
    asio::io_context io;
    std::optional<asio::thread_pool> pool;
    std::optional<asio::ssl::context> tls;
    /// What touches the acceptor and its pause.
    asio::strand<asio::io_context::executor_type> accepting{io.get_executor()};
    std::optional<asio::ip::tcp::acceptor> acceptor;
    std::optional<asio::steady_timer> acceptPause;
    std::shared_ptr<ConnectionContext> context;
    std::vector<std::thread> threads;
    quint16 port = 0;
    QString publicUrl;
};

Result<void> HttpServer::Private::prepareTls()
{
    if (!settings.tls) {
        return {};
    }
    tls.emplace(asio::ssl::context::tls_server);
    error_code error;
    tls->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv2 |
                         asio::ssl::context::no_sslv3 | asio::ssl::context::no_tlsv1 |
                         asio::ssl::context::no_tlsv1_1,
                     error);
    if (!error) {
        tls->use_certificate_chain_file(QFile::encodeName(settings.tls->certificatePath).toStdString(),
                                        error);
    }
    if (!error) {
        tls->use_private_key_file(QFile::encodeName(settings.tls->keyPath).toStdString(),
                                  asio::ssl::context::pem, error);
    }
    if (error) {
        return makeError(
            ErrorKind::Crypto, "http.tls",
            QStringLiteral("The TLS certificate “%1” and the key “%2” cannot be used.")
                .arg(settings.tls->certificatePath, settings.tls->keyPath),
            QString::fromStdString(error.message()),
            QStringLiteral("Both must be PEM files, and the key must belong to the first certificate."));
    }
    return {};
}

Result<asio::ip::tcp::endpoint> HttpServer::Private::bindAcceptor()
{
    error_code error;
    const auto address = asio::ip::make_address(settings.address.toStdString(), error);
    if (error) {
        return makeError(ErrorKind::Invalid, "http.address",
                         QStringLiteral("“%1” is no IP address to listen on.").arg(settings.address));
    }
    const asio::ip::tcp::endpoint wanted(address, settings.port);
    acceptor.emplace(accepting);
    acceptor->open(wanted.protocol(), error);
    if (!error) {
        acceptor->set_option(asio::socket_base::reuse_address(true), error);
    }
    if (!error) {
        acceptor->bind(wanted, error);
    }
    if (!error) {
        acceptor->listen(asio::socket_base::max_listen_connections, error);
    }
    if (error) {
        return listenError(QStringLiteral("%1:%2").arg(settings.address).arg(settings.port), error);
    }
    return acceptor->local_endpoint();
}

QString HttpServer::Private::ownUrl(const asio::ip::tcp::endpoint &endpoint) const
{
    QString url = settings.publicUrl;
    while (url.endsWith(QLatin1Char('/'))) {
        url.chop(1);
    }
    if (!url.isEmpty()) {
        return url;
    }
    QString host = QString::fromStdString(endpoint.address().to_string());
    if (endpoint.address().is_unspecified()) {
        host = QSysInfo::machineHostName();
    } else if (endpoint.address().is_v6()) {
        host = QLatin1Char('[') + host + QLatin1Char(']');
    }
    return QStringLiteral("%1://%2:%3")
        .arg(settings.tls ? QStringLiteral("https") : QStringLiteral("http"), host)
        .arg(port);
}

void HttpServer::Private::accept()
{
    acceptor->async_accept(asio::make_strand(io), [this](error_code error, asio::ip::tcp::socket socket) {
        if (!acceptor->is_open()) {
            return;
        }
        if (!error) {
            serveConnection(std::move(socket), context, tls ? &*tls : nullptr);
            accept();
            return;
        }
        // Out of descriptors: wait, so that this does not spin.
        acceptPause->expires_after(kAcceptPause);
        acceptPause->async_wait([this](error_code stopped) {
            if (!stopped && acceptor->is_open()) {
                accept();
            }
        });
    });
}

HttpServer::HttpServer(const Router &router, ServerSettings settings)
    : m_private(std::make_unique<Private>(router, std::move(settings)))
{}

// NOLINTNEXTLINE(bugprone-exception-escape): only memory can be lacking here
HttpServer::~HttpServer()
{
    stop();
}

Result<void> HttpServer::bind()
{
    Private &d = *m_private;
    const ProxyPolicy proxies(d.settings.trustedProxies);
    if (!proxies.invalid().isEmpty()) {
        return makeError(
            ErrorKind::Invalid, "http.proxy",
            QStringLiteral("“%1” is no address or network of a proxy.").arg(proxies.invalid().front()));
    }
    GATEHOUSE_TRY(d.prepareTls());
    GATEHOUSE_ASSIGN(const auto endpoint, d.bindAcceptor());
    d.port = endpoint.port();
    d.pool.emplace(static_cast<std::size_t>(d.settings.handlerThreads));
    d.acceptPause.emplace(d.accepting);
    d.publicUrl = d.ownUrl(endpoint);
    const OriginPolicy origins(endpoint.address().is_loopback(), d.port, d.settings.allowedHosts);
    d.context = std::make_shared<ConnectionContext>(d.router, d.settings, origins, *d.pool, d.publicUrl);
    return {};
}

Result<void> HttpServer::start()
{
    Private &d = *m_private;
    if (!d.context) {
        GATEHOUSE_TRY(bind());
    }
    d.accept();
    for (int i = 0; i < d.settings.ioThreads; ++i) {
        d.threads.emplace_back([&d] { d.io.run(); });
    }
    return {};
}

void HttpServer::stop()
{
    Private &d = *m_private;
    if (!d.context) {
        return;
    }
    asio::post(d.accepting, [&d] {
        error_code ignored;
        d.acceptor->close(ignored);
        d.acceptPause->cancel();
    });
    d.context->closeAll(kClosePatience);
    d.pool->join();
    d.io.stop();
    for (std::thread &thread : d.threads) {
        thread.join();
    }
    d.threads.clear();
    d.context.reset();
}

QString HttpServer::publicUrl() const
{
    return m_private->publicUrl;
}

quint16 HttpServer::port() const
{
    return m_private->port;
}

} // namespace gatehouse::server
