// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleet/transport/connection.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

#include <QFile>

#include <optional>

namespace gatehouse::fleet {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;

namespace {

constexpr std::uint32_t kMaxHeader = 16 * 1024;

Error failureOf(const char *id, ErrorKind kind, const QString &what, const error_code &code)
{
    return makeError(kind, id, what, QString::fromStdString(code.message()));
}

Error broken(const error_code &code)
{
    if (code == beast::error::timeout) {
        return failureOf("fleet.timeout", ErrorKind::Timeout,
                         QStringLiteral("The server did not answer in time."), code);
    }
    if (code == http::error::body_limit) {
        return failureOf("fleet.too_large", ErrorKind::Protocol, QStringLiteral("The answer is too large."),
                         code);
    }
    if (code.category() == http::make_error_code(http::error::bad_version).category() &&
        code != http::error::end_of_stream && code != http::error::partial_message) {
        return failureOf("fleet.http", ErrorKind::Protocol, QStringLiteral("The answer is not HTTP."), code);
    }
    return failureOf("fleet.broken", ErrorKind::Offline, QStringLiteral("The connection broke."), code);
}

template<typename Stream>
class StreamConnection final : public Connection,
                               public std::enable_shared_from_this<StreamConnection<Stream>>
{
    static constexpr bool kIsTls = !std::is_same_v<Stream, beast::tcp_stream>;

public:
    template<typename... Arguments>
    StreamConnection(asio::io_context &context, Origin origin, PoolSettings settings, Arguments &&...more)
        : m_resolver(context)
        , m_stream(context, std::forward<Arguments>(more)...)
        , m_origin(std::move(origin))
        , m_settings(std::move(settings))
    {}

    void send(const HttpRequest &request, Done done) override
    {
        m_done = std::move(done);
        m_saveTo = request.saveTo;
        m_maxBody = request.maxBodyBytes;
        fill(request);
        if (m_isOpen) {
            write();
        } else {
            resolve();
        }
    }

    void close() override
    {
        m_done = {}; // it may hold this connection
        m_resolver.cancel();
        error_code ignored;
        tcp().socket().close(ignored);
    }

    [[nodiscard]] bool wasUsed() const override { return m_wasUsed; }

private:
    beast::tcp_stream &tcp() { return beast::get_lowest_layer(m_stream); }

    void fill(const HttpRequest &request)
    {
        m_request = {};
        m_request.version(11);
        m_request.method(request.method == HttpRequest::Method::Post ? http::verb::post : http::verb::get);
        m_request.target(targetOf(request.url).toStdString());
        m_request.set(http::field::host, m_origin.hostHeader().toStdString());
        m_request.set(http::field::user_agent, request.userAgent.toStdString());
        if (request.method == HttpRequest::Method::Post) {
            m_request.set(http::field::content_type, "application/json");
            m_request.body() = request.body.toStdString();
        }
        m_request.prepare_payload();
    }

    void resolve()
    {
        m_resolver.async_resolve(m_origin.host.toStdString(), std::to_string(m_origin.port),
                                 [self = this->shared_from_this()](error_code failed, auto found) {
                                     if (failed) {
                                         self->fail(self->unreachable(failed));
                                     } else {
                                         self->connect(found);
                                     }
                                 });
    }

    template<typename Found>
    void connect(const Found &found)
    {
        tcp().expires_after(m_settings.connectTimeout);
        tcp().async_connect(found, [self = this->shared_from_this()](error_code failed, const auto &) {
            if (failed) {
                self->fail(self->unreachable(failed));
                return;
            }
            error_code ignored;
            self->tcp().socket().set_option(asio::ip::tcp::no_delay(true), ignored);
            self->handshake();
        });
    }

    void handshake()
    {
        if constexpr (kIsTls) {
            const std::string host = m_origin.host.toStdString();
            SSL_set_tlsext_host_name(m_stream.native_handle(), host.c_str());
            m_stream.set_verify_callback(asio::ssl::host_name_verification(host));
            m_stream.async_handshake(
                asio::ssl::stream_base::client, [self = this->shared_from_this()](error_code failed) {
                    if (failed) {
                        self->fail(failureOf(
                            "fleet.tls", ErrorKind::Crypto,
                            QStringLiteral("No trusted connection to %1.").arg(self->m_origin.host), failed));
                    } else {
                        self->write();
                    }
                });
        } else {
            write();
        }
    }

    [[nodiscard]] Error unreachable(const error_code &code) const
    {
        return failureOf("fleet.connect", ErrorKind::Offline,
                         QStringLiteral("%1 cannot be reached.").arg(m_origin.host), code);
    }

    void write()
    {
        m_isOpen = true;
        tcp().expires_after(m_settings.pieceTimeout);
        http::async_write(m_stream, m_request,
                          [self = this->shared_from_this()](error_code failed, std::size_t) {
                              if (failed) {
                                  self->fail(broken(failed));
                              } else {
                                  self->readHeader();
                              }
                          });
    }

    void readHeader()
    {
        m_header.emplace();
        m_header->header_limit(kMaxHeader);
        m_header->body_limit(static_cast<std::uint64_t>(m_maxBody));
        http::async_read_header(m_stream, m_buffer, *m_header,
                                [self = this->shared_from_this()](error_code failed, std::size_t) {
                                    if (failed) {
                                        self->fail(broken(failed));
                                    } else {
                                        self->readBody();
                                    }
                                });
    }

    void readBody()
    {
        if (m_saveTo.isEmpty() || m_header->get().result() != http::status::ok) {
            m_text.emplace(std::move(*m_header));
            readPiece(*m_text);
            return;
        }
        m_file.emplace(std::move(*m_header));
        error_code failed;
        m_file->get().body().open(QFile::encodeName(m_saveTo).constData(), beast::file_mode::write, failed);
        if (failed) {
            fail(failureOf("fleet.save", ErrorKind::Io, QStringLiteral("A download cannot be saved."),
                           failed));
            return;
        }
        readPiece(*m_file);
    }

    // Piece by piece, so that the time limit is for silence and not for the size of a bundle.
    template<typename Parser>
    void readPiece(Parser &parser)
    {
        if (parser.is_done()) {
            succeed(parser);
            return;
        }
        tcp().expires_after(m_settings.pieceTimeout);
        http::async_read_some(m_stream, m_buffer, parser,
                              [self = this->shared_from_this(), &parser](error_code failed, std::size_t) {
                                  if (failed) {
                                      self->fail(broken(failed));
                                  } else {
                                      self->readPiece(parser);
                                  }
                              });
    }

    template<typename Parser>
    void succeed(Parser &parser)
    {
        auto &message = parser.get();
        HttpResponse response;
        response.status = static_cast<int>(message.result_int());
        const auto retryAfter = message[http::field::retry_after];
        response.retryAfter = QByteArray(retryAfter.data(), static_cast<qsizetype>(retryAfter.size()));
        const bool isKept = message.keep_alive();
        if constexpr (std::is_same_v<Parser, TextParser>) {
            response.body = QByteArray::fromStdString(message.body());
            response.bytes = response.body.size();
        } else {
            error_code failed;
            response.bytes = static_cast<qint64>(message.body().file().size(failed));
            message.body().close();
        }
        m_wasUsed = true;
        reset();
        tcp().expires_never();
        std::exchange(m_done, {})(std::move(response), isKept);
    }

    void fail(const Error &error)
    {
        reset();
        const Done done = std::exchange(m_done, {});
        close();
        if (done) {
            done(error, false);
        }
    }

    void reset()
    {
        m_header.reset();
        m_text.reset();
        m_file.reset();
    }

    using HeaderParser = http::response_parser<http::empty_body>;
    using TextParser = http::response_parser<http::string_body>;
    using FileParser = http::response_parser<http::file_body>;

    asio::ip::tcp::resolver m_resolver;
    Stream m_stream;
    Origin m_origin;
    PoolSettings m_settings;
    http::request<http::string_body> m_request;
    beast::flat_buffer m_buffer{256 * 1024};
    std::optional<HeaderParser> m_header;
    std::optional<TextParser> m_text;
    std::optional<FileParser> m_file;
    QString m_saveTo;
    qint64 m_maxBody = 0;
    Done m_done;
    bool m_isOpen = false;
    bool m_wasUsed = false;
};

} // namespace

std::shared_ptr<Connection> makeConnection(asio::io_context &context, asio::ssl::context &tls,
                                           const Origin &origin, const PoolSettings &settings)
{
    if (origin.isTls) {
        return std::make_shared<StreamConnection<beast::ssl_stream<beast::tcp_stream>>>(context, origin,
                                                                                        settings, tls);
    }
    return std::make_shared<StreamConnection<beast::tcp_stream>>(context, origin, settings);
}

} // namespace gatehouse::fleet
