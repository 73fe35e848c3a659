// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The one connection of connection.cpp, for a plain stream and for TLS. Slow to compile: nobody else includes
// it.
#include "server/http/connection.h"
#include "server/http/connectionparts.h"
#include "server/http/fileanswer.h"
#include "server/http/wireformat.h"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include <algorithm>
#include <array>
#include <atomic>

namespace gatehouse::server {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;

namespace {

constexpr std::size_t kPieceBytes = 256 * 1024;
constexpr std::size_t kMaxBuffered = 256 * 1024;
constexpr std::size_t kMaxDrained = 4 * 1024 * 1024;
constexpr std::chrono::seconds kLingerTime{2};

using PlainStream = beast::tcp_stream;
using TlsStream = beast::ssl_stream<beast::tcp_stream>;

template<typename Stream>
class Connection final : public Closable, public std::enable_shared_from_this<Connection<Stream>>
{
public:
    Connection(Stream stream, std::shared_ptr<ConnectionContext> context)
        : m_stream(std::move(stream))
        , m_context(std::move(context))
        , m_buffer(kMaxBuffered)
        , m_heartbeat(m_stream.get_executor())
    {}

    ~Connection() override
    {
        if (m_isEntered) {
            m_context->leave(this);
        }
    }

    void run()
    {
        asio::dispatch(m_stream.get_executor(), [self = this->shared_from_this()] { self->begin(); });
    }

    void close() override
    {
        if (auto self = this->weak_from_this().lock()) {
            asio::post(self->m_stream.get_executor(), [self] { self->onCloseWanted(); });
        }
    }

private:
    using Self = std::shared_ptr<Connection>;

    auto &socketStream() { return beast::get_lowest_layer(m_stream); }

    void begin()
    {
        m_isEntered = m_context->enter(this->shared_from_this());
        if (!m_isEntered) {
            return;
        }
        error_code ignored;
        const auto peer = socketStream().socket().remote_endpoint(ignored);
        m_peer = QHostAddress(QString::fromStdString(peer.address().to_string()));
        socketStream().socket().set_option(asio::ip::tcp::no_delay(true), ignored);
        if constexpr (std::is_same_v<Stream, TlsStream>) {
            socketStream().expires_after(m_context->settings.headerTimeout);
            m_stream.async_handshake(asio::ssl::stream_base::server,
                                     [self = this->shared_from_this()](error_code error) {
                                         if (!error) {
                                             self->waitForRequest();
                                         }
                                     });
        } else {
            waitForRequest();
        }
    }

    void onCloseWanted()
    {
        m_isClosing = true;
        if (!m_isBusy || m_source) {
            end();
        }
    }

    /// Idle until the first byte, so that only a request that has begun is held to the short time.
    void waitForRequest()
    {
        m_isBusy = false;
        if (m_isClosing) {
            end();
            return;
        }
        if (m_buffer.size() > 0) {
            readHead();
            return;
        }
        socketStream().expires_after(m_context->settings.idleTimeout);
        m_stream.async_read_some(m_buffer.prepare(4096),
                                 [self = this->shared_from_this()](error_code error, std::size_t got) {
                                     if (!error) {
                                         self->m_buffer.commit(got);
                                         self->readHead();
                                     }
                                 });
    }

    void readHead()
    {
        m_isBusy = true;
        m_head.emplace();
        m_head->header_limit(static_cast<std::uint32_t>(m_context->settings.maxHeaderBytes));
        m_head->body_limit(boost::none);
        socketStream().expires_after(m_context->settings.headerTimeout);
        http::async_read_header(
            m_stream, m_buffer, *m_head,
            [self = this->shared_from_this()](error_code error, std::size_t) { self->onHead(error); });
    }

    void onHead(error_code error)
    {
        if (error == http::error::header_limit) {
            refuse(errorResponse(431, QStringLiteral("header_too_large"),
                                 QStringLiteral("The request's head is too large.")));
            return;
        }
        if (error.category() == http::make_error_code(http::error::bad_version).category() &&
            error != http::error::end_of_stream && error != http::error::partial_message) {
            refuse(
                errorResponse(400, QStringLiteral("invalid_request"), QStringLiteral("This is not HTTP.")));
            return;
        }
        if (error) {
            end();
            return;
        }
        readRequest();
        route();
    }

    /// Fills m_request from the parsed head.
    void readRequest()
    {
        const auto &message = m_head->get();
        m_request = Request();
        const QByteArray target = bytesOf(message.target());
        const qsizetype question = target.indexOf('?');
        m_request.rawPath = question < 0 ? target : target.left(question);
        m_request.query = QueryParameters::parse(question < 0 ? QByteArray() : target.mid(question + 1));
        for (const auto &field : message) {
            m_request.headers.emplaceBack(bytesOf(field.name_string()).toLower(), bytesOf(field.value()));
        }
        m_request.clientAddress = m_context->proxies.clientAddress(m_peer, m_request);
        m_request.fromLoopback = m_peer.isLoopback() && !m_request.hasHeader("x-forwarded-for") &&
                                 !m_request.hasHeader("forwarded") && !m_request.hasHeader("via");
        const auto announced = m_head->content_length();
        m_request.contentLength = announced ? static_cast<qint64>(*announced) : m_head->chunked() ? -1 : 0;
        m_request.publicUrl = m_context->publicUrl;
        m_isKeptAlive = m_head->keep_alive();
        m_corsOrigin = m_context->origins.corsOrigin(m_request);
    }

    void route()
    {
        if (!m_context->origins.allows(m_request)) {
            refuse(errorResponse(403, QStringLiteral("forbidden_origin"),
                                 QStringLiteral("This address answers programs of this computer only.")));
            return;
        }
        const auto method = methodOf(m_head->get().method());
        m_request.method = method.value_or(Method::Get);
        m_isHeadOnly = m_request.method == Method::Head;
        auto found = method ? m_context->router.match(*method, m_request.rawPath) : std::nullopt;
        if (!found) {
            const bool isPreflight = method == Method::Options;
            answerWithoutBody(isPreflight ? preflightResponse() : notFoundResponse());
            return;
        }
        m_route = found->route;
        m_request.parameters = std::move(found->parameters);
        if (m_request.contentLength > m_route->options.maxBody) {
            refuse(errorResponse(413, QStringLiteral("body_too_large"),
                                 QStringLiteral("The request's body is too large.")));
            return;
        }
        if (std::holds_alternative<StreamHandler>(m_route->handler)) {
            beginPieces();
        } else {
            readBody();
        }
    }

    /// For answers that are known from the head. A body that nobody reads ends the connection.
    void answerWithoutBody(Response response)
    {
        if (m_request.contentLength != 0) {
            m_isKeptAlive = false;
        }
        respond(std::move(response));
    }

    void refuse(Response response)
    {
        m_isKeptAlive = false;
        respond(std::move(response));
    }

    /// "100 Continue" for a client that waits for it, then next.
    template<typename Next>
    void welcomeBody(Next next)
    {
        if (m_request.header("expect").toLower() != "100-continue") {
            next();
            return;
        }
        static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
        asio::async_write(m_stream, asio::buffer(kContinue.data(), kContinue.size()),
                          [self = this->shared_from_this(), next](error_code error, std::size_t) {
                              if (!error) {
                                  next();
                              }
                          });
    }

    void readBody()
    {
        m_body.emplace(std::move(*m_head));
        m_body->body_limit(static_cast<std::uint64_t>(m_route->options.maxBody));
        socketStream().expires_after(m_context->settings.bodyTimeout);
        welcomeBody([self = this->shared_from_this()] {
            http::async_read(self->m_stream, self->m_buffer, *self->m_body,
                             [self](error_code error, std::size_t) { self->onBody(error); });
        });
    }

    void onBody(error_code error)
    {
        if (error == http::error::body_limit) {
            refuse(errorResponse(413, QStringLiteral("body_too_large"),
                                 QStringLiteral("The request's body is too large.")));
            return;
        }
        if (error.category() == http::make_error_code(http::error::bad_version).category() &&
            error != http::error::partial_message) {
            refuse(errorResponse(400, QStringLiteral("invalid_request"),
                                 QStringLiteral("The request's body is malformed.")));
            return;
        }
        if (error) {
            end();
            return;
        }
        const std::string &text = m_body->get().body();
        m_request.body = QByteArray(text.data(), static_cast<qsizetype>(text.size()));
        m_body.reset();
        const auto &handler = std::get<Handler>(m_route->handler);
        if (m_route->options.runOn == RunOn::Io) {
            respond(guarded([&] { return handler(m_request); }));
            return;
        }
        onPool([&handler](Connection &self) {
            Response response = guarded([&] { return handler(self.m_request); });
            self.postBack([response = std::move(response)](Connection &back) mutable {
                back.respond(std::move(response));
            });
        });
    }

    // Bodies in pieces

    void beginPieces()
    {
        m_pieces.emplace(std::move(*m_head));
        m_pieces->body_limit(static_cast<std::uint64_t>(m_route->options.maxBody));
        const auto &handler = std::get<StreamHandler>(m_route->handler);
        onPool([&handler](Connection &self) {
            std::variant<Response, std::unique_ptr<BodySink>> answer;
            const Response failed = guarded([&] {
                answer = handler(self.m_request);
                return Response();
            });
            if (failed.status >= 500) {
                answer = failed;
            }
            self.postBack(
                [answer = std::move(answer)](Connection &back) mutable { back.onPiecesDecided(answer); });
        });
    }

    void onPiecesDecided(std::variant<Response, std::unique_ptr<BodySink>> &answer)
    {
        if (auto *response = std::get_if<Response>(&answer)) {
            answerWithoutBody(std::move(*response));
            return;
        }
        m_sink = std::move(std::get<std::unique_ptr<BodySink>>(answer));
        m_piece.resize(kPieceBytes);
        welcomeBody([self = this->shared_from_this()] { self->readPiece(); });
    }

    void readPiece()
    {
        if (m_pieces->is_done()) {
            // Announced as empty: there is nothing to wait for.
            takePiece(0, true, false);
            return;
        }
        m_pieces->get().body().data = m_piece.data();
        m_pieces->get().body().size = m_piece.size();
        socketStream().expires_after(m_context->settings.pieceTimeout);
        http::async_read_some(
            m_stream, m_buffer, *m_pieces,
            [self = this->shared_from_this()](error_code error, std::size_t) { self->onPiece(error); });
    }

    void onPiece(error_code error)
    {
        if (error == http::error::need_buffer) {
            error = {};
        }
        const std::size_t got = m_piece.size() - m_pieces->get().body().size;
        const bool isCutOff = error && error != http::error::body_limit;
        if (error && !isCutOff) {
            m_sink.reset();
            refuse(errorResponse(413, QStringLiteral("body_too_large"),
                                 QStringLiteral("The request's body is too large.")));
            return;
        }
        takePiece(got, !error && m_pieces->is_done(), isCutOff);
    }

    /// Hands over what came, and the end when it is reached.
    void takePiece(std::size_t got, bool isDone, bool isCutOff)
    {
        onPool([got, isDone, isCutOff](Connection &self) {
            std::shared_ptr<Response> response;
            if (got > 0) {
                const auto written =
                    self.m_sink->write(QByteArrayView(self.m_piece.data(), static_cast<qsizetype>(got)));
                if (!written) {
                    response = std::make_shared<Response>(responseFor(written.error()));
                }
            }
            const bool isFailed = response != nullptr;
            if (isDone && !isFailed) {
                response = std::make_shared<Response>(guarded([&] { return self.m_sink->finish(); }));
            }
            if (isDone || isFailed || isCutOff) {
                self.m_sink.reset();
            }
            self.postBack([response, isFailed, isCutOff](Connection &back) {
                if (isCutOff) {
                    back.end();
                } else if (isFailed) {
                    back.refuse(std::move(*response));
                } else if (response) {
                    back.respond(std::move(*response));
                } else {
                    back.readPiece();
                }
            });
        });
    }

    // Answers

    void respond(Response response)
    {
        m_response = std::move(response);
        if (m_isClosing) {
            m_isKeptAlive = false;
        }
        if (std::holds_alternative<FileBody>(m_response.body)) {
            onPool([](Connection &self) {
                self.openFile();
                self.postBack([](Connection &back) { back.sendFileHead(); });
            });
        } else if (auto *source = std::get_if<std::shared_ptr<EventSource>>(&m_response.body)) {
            m_source = std::move(*source);
            sendStreamHead();
        } else {
            sendWhole();
        }
    }

    void sendWhole()
    {
        const QByteArray body = m_response.bytes();
        m_out = responseHead(m_response, {m_isKeptAlive, body.size(), m_corsOrigin});
        if (!m_isHeadOnly) {
            m_out += body;
        }
        writeOut([](Connection &self) { self.afterAnswer(); });
    }

    /// On the pool: opens the file and decides status and range.
    void openFile()
    {
        if (auto opened = openFileAnswer(m_request, m_response)) {
            m_range = opened->range;
            m_file.emplace(std::move(opened->reader));
        }
    }

    void sendFileHead()
    {
        if (!m_file) {
            sendWhole();
            return;
        }
        m_out = responseHead(m_response, {m_isKeptAlive, m_range.length, m_corsOrigin});
        if (m_isHeadOnly) {
            m_range.length = 0;
        }
        writeOut([](Connection &self) { self.sendFilePiece(); });
    }

    void sendFilePiece()
    {
        if (m_range.length == 0) {
            m_file.reset();
            afterAnswer();
            return;
        }
        onPool([](Connection &self) {
            const qint64 length = std::min<qint64>(self.m_range.length, kPieceBytes);
            auto bytes = self.m_file->read(self.m_range.first, length);
            const bool isRead = bytes.has_value();
            self.m_out = isRead ? std::move(*bytes) : QByteArray();
            self.m_range.first += length;
            self.m_range.length -= length;
            self.postBack([isRead](Connection &back) {
                if (isRead) {
                    back.writeOut([](Connection &next) { next.sendFilePiece(); });
                } else {
                    back.end();
                }
            });
        });
    }

    void afterAnswer()
    {
        m_response = Response();
        m_request = Request();
        m_body.reset();
        m_pieces.reset();
        if (m_isKeptAlive) {
            waitForRequest();
        } else {
            linger();
        }
    }

    /// Says that nothing more comes and drops what the client still sends, for a short time: a close with
    /// unread bytes would be a reset, and the client would not see the answer.
    void linger()
    {
        error_code ignored;
        socketStream().socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
        socketStream().expires_after(kLingerTime);
        drain();
    }

    void drain()
    {
        socketStream().async_read_some(asio::buffer(m_ignored),
                                       [self = this->shared_from_this()](error_code error, std::size_t got) {
                                           self->m_drained += got;
                                           if (error || self->m_drained > kMaxDrained || self->m_isClosing) {
                                               self->end();
                                           } else {
                                               self->drain();
                                           }
                                       });
    }

    // Event streams: connectionevents.h

    void sendStreamHead();
    void pumpEvents();
    void sendPending();
    void beat();
    void watchForEnd();

    // Machinery

    /// Writes m_out within the time for a piece, then next(*this). A failure ends the connection.
    template<typename Next>
    void writeOut(Next next)
    {
        socketStream().expires_after(m_context->settings.pieceTimeout);
        asio::async_write(m_stream, asio::buffer(m_out.constData(), static_cast<std::size_t>(m_out.size())),
                          [self = this->shared_from_this(), next](error_code error, std::size_t) {
                              if (error) {
                                  self->end();
                              } else {
                                  next(*self);
                              }
                          });
    }

    template<typename Work>
    void onPool(Work work)
    {
        asio::post(m_context->pool,
                   [self = this->shared_from_this(), work = std::move(work)] { work(*self); });
    }

    template<typename Work>
    void postBack(Work work)
    {
        asio::post(m_stream.get_executor(),
                   [self = this->shared_from_this(), work = std::move(work)]() mutable { work(*self); });
    }

    void end()
    {
        m_source.reset();
        m_heartbeat.cancel();
        m_isBusy = false;
        error_code ignored;
        socketStream().socket().shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
        socketStream().close();
    }

    Stream m_stream;
    std::shared_ptr<ConnectionContext> m_context;
    QHostAddress m_peer;
    beast::flat_buffer m_buffer;
    std::optional<http::request_parser<http::empty_body>> m_head;
    std::optional<http::request_parser<http::string_body>> m_body;
    std::optional<http::request_parser<http::buffer_body>> m_pieces;
    const Router::Route *m_route = nullptr;
    Request m_request;
    Response m_response;
    QByteArray m_corsOrigin;
    QByteArray m_out;
    std::unique_ptr<BodySink> m_sink;
    std::vector<char> m_piece;
    std::optional<FileReader> m_file;
    ByteRange m_range;
    std::shared_ptr<EventSource> m_source;
    asio::steady_timer m_heartbeat;
    std::array<char, 16 * 1024> m_ignored{};
    std::size_t m_drained = 0;
    std::atomic<bool> m_isWoken = false;
    bool m_isWriting = false;
    bool m_isEntered = false;
    bool m_isBusy = false;
    bool m_isClosing = false;
    bool m_isKeptAlive = false;
    bool m_isHeadOnly = false;
};

} // namespace

} // namespace gatehouse::server
