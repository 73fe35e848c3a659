// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/loopbackconnection.h"

#include "client/exchange.h"

#include "core/sentences.h"

#include <QUuid>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace gatehouse::client {

namespace {

const QString kHost = QStringLiteral("127.0.0.1");
constexpr qsizetype kPiece = 256 * 1024;
constexpr qsizetype kMaxHead = 64 * 1024;
constexpr qint64 kMaxRefusalBody = 1024 * 1024;

Error closedEarly()
{
    return makeError(ErrorKind::Offline, "client.closed",
                     Sentences::tr("The server %1 cannot be reached.").arg(kHost),
                     Sentences::tr("It closed the connection before it answered."));
}

Error cutShort()
{
    return makeError(ErrorKind::Protocol, "client.cut_short",
                     Sentences::tr("The answer of the server %1 was cut short.").arg(kHost));
}

Error notHttp()
{
    return makeError(ErrorKind::Protocol, "client.http",
                     Sentences::tr("The server %1 answered what is not HTTP.").arg(kHost));
}

/// A value must not become headers of its own.
QByteArray oneLine(QByteArray text)
{
    return text.replace('\r', ' ').replace('\n', ' ').replace('\0', ' ');
}

} // namespace

/// Waits for the socket; a stop, a deadline and silence end the waiting.
class LoopbackConnection::Wait
{
public:
    Wait(Operation &operation, std::chrono::milliseconds silence)
        : m_operation(operation)
        , m_silence(silence)
        , m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
        , m_onStop(std::in_place, operation.stopToken(), [wake = m_wake] {
            const std::uint64_t one = 1;
            const auto ignored = ::write(wake, &one, sizeof one);
            Q_UNUSED(ignored)
        })
    {}
    ~Wait()
    {
        m_onStop.reset();
        ::close(m_wake);
    }
    Wait(const Wait &) = delete;
    Wait &operator=(const Wait &) = delete;

    /// @return which of the events came
    Result<short> until(int socket, short events)
    {
        const auto silentUntil = std::chrono::steady_clock::now() + m_silence;
        for (;;) {
            GATEHOUSE_TRY(m_operation.check());
            auto until = m_operation.deadline();
            if (m_silence.count() > 0) {
                if (std::chrono::steady_clock::now() >= silentUntil) {
                    return makeError(ErrorKind::Timeout, "client.timeout",
                                     Sentences::tr("The server %1 did not answer in time.").arg(kHost),
                                     Sentences::tr("Nothing came for %1 s.").arg(m_silence.count() / 1000));
                }
                until = until ? std::min(*until, silentUntil) : silentUntil;
            }
            std::array<pollfd, 2> watched{pollfd{socket, events, 0}, pollfd{m_wake, POLLIN, 0}};
            if (::poll(watched.data(), watched.size(), millisecondsTo(until)) > 0 &&
                watched[1].revents == 0) {
                return watched[0].revents;
            }
        }
    }

private:
    static int millisecondsTo(std::optional<std::chrono::steady_clock::time_point> until)
    {
        if (!until) {
            return -1;
        }
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(*until - std::chrono::steady_clock::now());
        return static_cast<int>(std::clamp<qint64>(left.count(), 0, 24LL * 3600 * 1000));
    }

    Operation &m_operation;
    std::chrono::milliseconds m_silence;
    int m_wake;
    std::optional<std::stop_callback<std::function<void()>>> m_onStop;
};

/// Where an answer goes: into a body with a limit, or to the caller's sink.
class LoopbackConnection::Receiver
{
public:
    explicit Receiver(const Request &request)
        : m_request(request)
    {}

    Result<void> take(QByteArrayView chunk)
    {
        if (m_request.sink && response.isSuccess()) {
            return m_request.sink(chunk);
        }
        const qint64 limit = m_request.sink ? kMaxRefusalBody : m_request.maxBody;
        if (response.body.size() + chunk.size() > limit) {
            return makeError(ErrorKind::Protocol, "client.too_large",
                             Sentences::tr("The answer of the server %1 is too large.").arg(kHost),
                             Sentences::tr("At most %1 bytes are expected.").arg(limit));
        }
        response.body.append(chunk.data(), chunk.size());
        return {};
    }
    [[nodiscard]] bool hasBody() const
    {
        return m_request.method != Method::Head && response.status != 204 && response.status != 304;
    }

    Response response;

private:
    const Request &m_request;
};

LoopbackConnection::LoopbackConnection(int socket)
    : m_socket(socket)
{}

LoopbackConnection::~LoopbackConnection()
{
    ::close(m_socket);
}

Result<std::unique_ptr<LoopbackConnection>> LoopbackConnection::open(quint16 port, Operation &operation)
{
    GATEHOUSE_TRY(operation.check());
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    // On this computer the answer is there at once: connected or refused.
    if (socket < 0 || ::connect(socket, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0) {
        const QString cause = QString::fromLocal8Bit(std::strerror(errno));
        if (socket >= 0) {
            ::close(socket);
        }
        return makeError(ErrorKind::Offline, "client.offline",
                         Sentences::tr("The server %1 cannot be reached.").arg(kHost), cause);
    }
    const int one = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return std::unique_ptr<LoopbackConnection>(new LoopbackConnection(socket));
}

bool LoopbackConnection::isStale() const
{
    pollfd watched{m_socket, POLLIN, 0};
    return !m_in.isEmpty() || ::poll(&watched, 1, 0) != 0;
}

Result<Response> LoopbackConnection::exchange(const Request &request, Operation &operation)
{
    m_hasHeard = false;
    m_isReusable = false;
    m_isWholeSent = true;
    const QString requestId = QUuid::createUuid().toString(QUuid::WithoutBraces);
    std::optional<FileRange> file;
    if (request.file) {
        file.emplace(*request.file);
        GATEHOUSE_TRY(file->openForReading());
    }
    Wait wait(operation, request.stallTimeout);
    GATEHOUSE_TRY(sendHead(request, requestId, wait));
    GATEHOUSE_TRY(file ? sendFile(request, *file, wait) : sendBody(request, wait));
    GATEHOUSE_ASSIGN(Response response, receive(request, wait));
    response.url = request.url;
    const QByteArray theirs = response.header("X-Request-Id");
    response.requestId = theirs.isEmpty() ? requestId : QString::fromLatin1(theirs.left(128));
    return response;
}

Result<void> LoopbackConnection::sendHead(const Request &request, const QString &requestId, Wait &wait)
{
    QByteArray target = request.url.path(QUrl::FullyEncoded).toLatin1();
    if (target.isEmpty()) {
        target = "/";
    }
    if (request.url.hasQuery()) {
        target += '?' + request.url.query(QUrl::FullyEncoded).toLatin1();
    }
    QByteArray head = methodName(request.method) + ' ' + target +
                      " HTTP/1.1\r\nHost: " + request.url.authority(QUrl::FullyEncoded).toLatin1() +
                      "\r\nUser-Agent: Gatehouse/0.1\r\nX-Request-Id: " + requestId.toLatin1() + "\r\n";
    for (const Header &header : request.headers) {
        head += oneLine(header.name) + ": " + oneLine(header.value) + "\r\n";
    }
    const qint64 length = request.file ? request.file->length : request.body.size();
    if (length > 0 || (request.method != Method::Get && request.method != Method::Head)) {
        head += "Content-Length: " + QByteArray::number(length) + "\r\n";
    }
    if (request.apiKey) {
        head.reserve(head.size() + 128); // no copy with the key in it stays behind
        head += "capgkey: ";
        head.append(request.apiKey->view().data(), request.apiKey->view().size());
        head += "\r\n";
    }
    head += "\r\n";
    const Result<bool> sent = sendAll(head, wait);
    wipe(head);
    return sent ? Result<void>() : Result<void>(sent.error());
}

Result<void> LoopbackConnection::sendBody(const Request &request, Wait &wait)
{
    GATEHOUSE_TRY(sendAll(request.body, wait));
    if (request.sent && !request.body.isEmpty()) {
        request.sent(request.body.size());
    }
    return {};
}

Result<void> LoopbackConnection::sendFile(const Request &request, QIODevice &file, Wait &wait)
{
    for (qint64 at = 0; at < request.file->length;) {
        const QByteArray piece = file.read(kPiece);
        if (piece.isEmpty()) {
            return makeError(ErrorKind::Io, "client.file",
                             Sentences::tr("The file \"%1\" cannot be read.").arg(request.file->path),
                             Sentences::tr("It is shorter than it was."));
        }
        GATEHOUSE_ASSIGN(const bool isSent, sendAll(piece, wait));
        if (!isSent) {
            return {}; // the answer says why
        }
        at += piece.size();
        if (request.sent) {
            request.sent(at);
        }
    }
    return {};
}

Result<bool> LoopbackConnection::sendAll(QByteArrayView bytes, Wait &wait)
{
    while (!bytes.isEmpty()) {
        GATEHOUSE_ASSIGN(const qsizetype sent, sendSome(bytes, wait));
        if (sent == 0) {
            m_isWholeSent = false;
            return false;
        }
        bytes = bytes.sliced(sent);
    }
    return true;
}

Result<qsizetype> LoopbackConnection::sendSome(QByteArrayView bytes, Wait &wait)
{
    for (;;) {
        const ssize_t sent = ::send(m_socket, bytes.data(), static_cast<std::size_t>(bytes.size()),
                                    MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0) {
            return static_cast<qsizetype>(sent);
        }
        if (errno == EPIPE || errno == ECONNRESET) {
            return 0;
        }
        if (errno != EAGAIN && errno != EINTR) {
            return closedEarly();
        }
        // An answer before the whole body is there is a refusal: the rest need not go.
        GATEHOUSE_ASSIGN(const short events, wait.until(m_socket, POLLIN | POLLOUT));
        if ((events & POLLOUT) == 0) {
            return 0;
        }
    }
}

Result<bool> LoopbackConnection::fill(Wait &wait)
{
    for (;;) {
        const qsizetype before = m_in.size();
        m_in.resize(before + kPiece);
        const ssize_t got = ::recv(m_socket, m_in.data() + before, kPiece, MSG_DONTWAIT);
        const int problem = errno;
        m_in.resize(before + std::max<ssize_t>(got, 0));
        if (got > 0) {
            m_hasHeard = true;
            return true;
        }
        if (got == 0 || problem == ECONNRESET) {
            return false;
        }
        if (problem != EAGAIN && problem != EINTR) {
            return cutShort();
        }
        GATEHOUSE_TRY(wait.until(m_socket, POLLIN));
    }
}

Result<QByteArray> LoopbackConnection::line(Wait &wait)
{
    for (;;) {
        const qsizetype end = m_in.indexOf('\n');
        if (end >= 0) {
            QByteArray found = m_in.left(end);
            m_in.remove(0, end + 1);
            if (found.endsWith('\r')) {
                found.chop(1);
            }
            return found;
        }
        if (m_in.size() > kMaxHead) {
            return notHttp();
        }
        GATEHOUSE_ASSIGN(const bool hasMore, fill(wait));
        if (!hasMore) {
            return m_hasHeard ? cutShort() : closedEarly();
        }
    }
}

Result<Response> LoopbackConnection::receive(const Request &request, Wait &wait)
{
    Receiver receiver(request);
    Response &response = receiver.response;
    do {
        response = Response();
        GATEHOUSE_ASSIGN(const QByteArray status, line(wait));
        if (!status.startsWith("HTTP/1.1 ") || status.size() < 12) {
            return notHttp();
        }
        response.status = status.mid(9, 3).toInt();
        for (qsizetype size = 0;;) {
            GATEHOUSE_ASSIGN(const QByteArray text, line(wait));
            if (text.isEmpty()) {
                break;
            }
            const qsizetype colon = text.indexOf(':');
            size += text.size();
            if (colon <= 0 || size > kMaxHead) {
                return notHttp();
            }
            response.headers.append(Header{text.left(colon), text.mid(colon + 1).trimmed()});
        }
    } while (response.status >= 100 && response.status < 200);
    if (response.status < 200) {
        return notHttp();
    }
    if (request.answered) {
        request.answered(response.status);
    }
    GATEHOUSE_TRY(receiveBody(receiver, wait));
    if (response.status >= 300 && response.status < 400 && response.status != 304) {
        return makeError(ErrorKind::Protocol, "client.redirect",
                         Sentences::tr("The server %1 sends us elsewhere.").arg(kHost),
                         Sentences::tr("It answered with HTTP status %1.").arg(response.status));
    }
    return std::move(response);
}

Result<void> LoopbackConnection::receiveBody(Receiver &receiver, Wait &wait)
{
    const Response &response = receiver.response;
    m_isReusable = m_isWholeSent && response.header("Connection").compare("close", Qt::CaseInsensitive) != 0;
    if (!receiver.hasBody()) {
        return {};
    }
    if (response.header("Transfer-Encoding").compare("chunked", Qt::CaseInsensitive) == 0) {
        return receiveChunks(receiver, wait);
    }
    const QByteArray length = response.header("Content-Length");
    if (!length.isEmpty()) {
        bool isNumber = false;
        const qint64 bytes = length.toLongLong(&isNumber);
        return isNumber && bytes >= 0 ? receiveLength(receiver, bytes, wait) : Result<void>(notHttp());
    }
    m_isReusable = false;
    for (bool hasMore = true; hasMore;) {
        GATEHOUSE_TRY(receiver.take(m_in));
        m_in.clear();
        GATEHOUSE_ASSIGN(hasMore, fill(wait));
    }
    return {};
}

Result<void> LoopbackConnection::receiveLength(Receiver &receiver, qint64 length, Wait &wait)
{
    while (length > 0) {
        if (m_in.isEmpty()) {
            GATEHOUSE_ASSIGN(const bool hasMore, fill(wait));
            if (!hasMore) {
                return cutShort();
            }
        }
        const qsizetype piece = std::min<qint64>(length, m_in.size());
        GATEHOUSE_TRY(receiver.take(QByteArrayView(m_in).first(piece)));
        m_in.remove(0, piece);
        length -= piece;
    }
    return {};
}

Result<void> LoopbackConnection::receiveChunks(Receiver &receiver, Wait &wait)
{
    for (;;) {
        GATEHOUSE_ASSIGN(const QByteArray size, line(wait));
        bool isNumber = false;
        const qint64 length = size.split(';').first().trimmed().toLongLong(&isNumber, 16);
        if (!isNumber || length < 0) {
            return notHttp();
        }
        if (length == 0) {
            break;
        }
        GATEHOUSE_TRY(receiveLength(receiver, length, wait));
        GATEHOUSE_ASSIGN(const QByteArray end, line(wait));
        if (!end.isEmpty()) {
            return notHttp();
        }
    }
    for (;;) {
        GATEHOUSE_ASSIGN(const QByteArray trailer, line(wait));
        if (trailer.isEmpty()) {
            return {};
        }
    }
}

} // namespace gatehouse::client
