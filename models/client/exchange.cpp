// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/exchange.h"

#include "core/sentences.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QHostAddress>
#include <QLoggingCategory>
#include <QSslConfiguration>
#include <QSslError>
#include <QSslKey>
#include <QThread>
#include <QUuid>

namespace gatehouse::client {

Q_LOGGING_CATEGORY(logClient, "gatehouse.client", QtInfoMsg)

namespace {

constexpr qint64 kMaxRefusalBody = 1024 * 1024;

Error offline(const char *id, const QString &host, const QString &cause)
{
    return makeError(ErrorKind::Offline, id, Sentences::tr("The server %1 cannot be reached.").arg(host),
                     cause, Sentences::tr("Check the network and the address of the server."));
}

bool isHttpStatusError(int status, QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError:
    case QNetworkReply::SslHandshakeFailedError:
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::UnknownNetworkError:
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::InsecureRedirectError:
    case QNetworkReply::TooManyRedirectsError:
        return false;
    case QNetworkReply::NoError:
        return true;
    default:
        return status >= 400;
    }
}

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

} // namespace

bool isLoopbackHost(const QString &host)
{
    if (host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0) {
        return true;
    }
    const QHostAddress address(host);
    return !address.isNull() && address.isLoopback();
}

Result<void> checkUrl(const QUrl &url)
{
    const bool isHttps = url.scheme() == QLatin1String("https");
    const bool isHttp = url.scheme() == QLatin1String("http");
    if (!url.isValid() || url.host().isEmpty() || (!isHttps && !isHttp)) {
        return makeError(ErrorKind::Invalid, "client.url",
                         Sentences::tr("\"%1\" is not the address of a server.").arg(url.toDisplayString()),
                         Sentences::tr("An address looks like https://api.example.org."));
    }
    if (!url.userInfo().isEmpty()) {
        return makeError(ErrorKind::Invalid, "client.url",
                         Sentences::tr("The address of a server must not hold a name or a password."));
    }
    if (isHttp && !isLoopbackHost(url.host())) {
        return makeError(ErrorKind::Invalid, "client.url",
                         Sentences::tr("The server %1 must be asked over https.").arg(url.host()),
                         Sentences::tr("Over plain http everybody on the way could read the API key."),
                         Sentences::tr("Give the server a certificate and use https://."));
    }
    return {};
}

Result<void> checkThread()
{
    const QCoreApplication *application = QCoreApplication::instance();
    const bool isOnGuiThread = application != nullptr && application->thread() == QThread::currentThread() &&
                               application->inherits("QGuiApplication");
    return isOnGuiThread ? Result<void>(makeError(
                               ErrorKind::Internal, "client.gui_thread",
                               Sentences::tr("A request was made on the GUI thread, which must never wait.")))
                         : Result<void>();
}

void Ticket::settle(Result<Response> outcome)
{
    const std::lock_guard lock(m_mutex);
    if (!m_outcome) {
        m_outcome.emplace(std::move(outcome));
        m_changed.notify_all();
    }
}

bool Ticket::isSettled()
{
    const std::lock_guard lock(m_mutex);
    return m_outcome.has_value();
}

void Ticket::wait()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_outcome.has_value(); });
}

bool Ticket::waitUntil(std::chrono::steady_clock::time_point deadline)
{
    std::unique_lock lock(m_mutex);
    return m_changed.wait_until(lock, deadline, [this] { return m_outcome.has_value(); });
}

Result<Response> Ticket::take()
{
    const std::lock_guard lock(m_mutex);
    return std::move(*m_outcome);
}

FileRange::FileRange(const FileSlice &slice)
    : m_slice(slice)
    , m_file(slice.path)
{}

Result<void> FileRange::openForReading()
{
    const bool isOpen = m_file.open(QIODevice::ReadOnly) && m_file.seek(m_slice.offset);
    if (!isOpen || m_file.size() < m_slice.offset + m_slice.length) {
        return makeError(ErrorKind::Io, "client.file",
                         Sentences::tr("The file \"%1\" cannot be read.").arg(m_slice.path),
                         isOpen ? Sentences::tr("It is shorter than it was.") : m_file.errorString());
    }
    // Unbuffered: the file has its own buffer, and positions stay exact when Qt rewinds after a lost
    // connection.
    QIODevice::open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    return {};
}

bool FileRange::seek(qint64 position)
{
    return position >= 0 && position <= m_slice.length && QIODevice::seek(position) &&
           m_file.seek(m_slice.offset + position);
}

qint64 FileRange::readData(char *data, qint64 maxSize)
{
    const qint64 left = m_slice.length - pos();
    if (left <= 0) {
        return 0;
    }
    return m_file.read(data, std::min(left, maxSize));
}

Exchange::Exchange(const Request &request, const TlsTrust &trust, std::shared_ptr<Ticket> ticket,
                   QObject *parent)
    : QObject(parent)
    , m_request(request)
    , m_trust(trust)
    , m_ticket(std::move(ticket))
    , m_requestId(QUuid::createUuid().toString(QUuid::WithoutBraces))
{}

Exchange::~Exchange()
{
    // Before the upload device that it reads from.
    delete m_reply;
}

QNetworkRequest Exchange::networkRequest() const
{
    QNetworkRequest request(m_request.url);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    // A pin is checked once a connection; over HTTP/1 a refused connection is closed and never used again.
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, m_trust.pinnedKey.isEmpty());
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         m_request.redirects == Request::Redirects::SameOrigin
                             ? QNetworkRequest::SameOriginRedirectPolicy
                             : QNetworkRequest::ManualRedirectPolicy);
    request.setTransferTimeout(static_cast<int>(m_request.stallTimeout.count()));
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("Gatehouse/0.1"));
    QSslConfiguration tls = request.sslConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    if (!m_trust.authorities.isEmpty()) {
        tls.addCaCertificates(m_trust.authorities);
    }
    request.setSslConfiguration(tls);
    for (const Header &header : m_request.headers) {
        request.setRawHeader(header.name, header.value);
    }
    request.setRawHeader("X-Request-Id", m_requestId.toLatin1());
    if (m_request.apiKey) {
        request.setRawHeader("capgkey", m_request.apiKey->view().toByteArray());
    }
    return request;
}

QNetworkReply *Exchange::dispatch(QNetworkAccessManager &network)
{
    QNetworkRequest request = networkRequest();
    const QByteArray verb = methodName(m_request.method);
    if (m_upload) {
        return network.sendCustomRequest(request, verb, m_upload.get());
    }
    if (m_request.method == Method::Get && m_request.body.isEmpty()) {
        return network.get(request);
    }
    if (m_request.method == Method::Head) {
        return network.head(request);
    }
    if (m_request.body.isEmpty() && m_request.method != Method::Delete) {
        request.setHeader(QNetworkRequest::ContentLengthHeader, 0);
    }
    return network.sendCustomRequest(request, verb, m_request.body);
}

void Exchange::start(QNetworkAccessManager &network)
{
    if (m_request.file) {
        m_upload = std::make_unique<FileRange>(*m_request.file);
        if (Result<void> opened = m_upload->openForReading(); !opened) {
            settle(opened.error());
            return;
        }
    }
    m_reply = dispatch(network);
    m_reply->setParent(this);
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &Exchange::onMetaDataChanged);
    connect(m_reply, &QNetworkReply::readyRead, this, &Exchange::onReadyRead);
    connect(m_reply, &QNetworkReply::encrypted, this, &Exchange::onEncrypted);
    connect(m_reply, &QNetworkReply::finished, this, &Exchange::onFinished);
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        for (const QSslError &error : errors) {
            m_tlsErrors.append(error.errorString());
        }
    });
    if (m_request.sent) {
        connect(m_reply, &QNetworkReply::uploadProgress, this, [this](qint64 sent, qint64) {
            // Qt ends with a 0, which would take the progress back.
            if (sent > 0) {
                m_request.sent(sent);
            }
        });
    }
    if (m_reply->isFinished()) {
        onFinished();
    }
}

void Exchange::abort(Error reason)
{
    if (m_ticket->isSettled()) {
        return;
    }
    if (!m_reason) {
        m_reason = std::move(reason);
    }
    if (m_reply != nullptr && m_reply->isRunning()) {
        m_reply->abort();
    }
    if (!m_ticket->isSettled()) {
        settle(*m_reason);
    }
}

void Exchange::onEncrypted()
{
    if (m_trust.pinnedKey.isEmpty()) {
        return;
    }
    const QByteArray key = m_reply->sslConfiguration().peerCertificate().publicKey().toDer();
    if (QCryptographicHash::hash(key, QCryptographicHash::Sha256) != m_trust.pinnedKey) {
        abort(
            makeError(ErrorKind::Crypto, "client.tls.pin",
                      Sentences::tr("The server %1 is not the one it was.").arg(m_request.url.host()),
                      Sentences::tr("Its certificate holds another key than the one that was noted."),
                      Sentences::tr("If the certificate was renewed with a new key, note the new key in the "
                                    "settings of this server.")));
    }
}

void Exchange::onMetaDataChanged()
{
    m_status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (m_request.answered && m_status != 0) {
        m_request.answered(m_status);
    }
    const QVariant length = m_reply->header(QNetworkRequest::ContentLengthHeader);
    if (!m_request.sink && m_request.method != Method::Head && length.toLongLong() > m_request.maxBody) {
        abort(makeError(ErrorKind::Protocol, "client.too_large",
                        Sentences::tr("The answer of the server %1 is too large.").arg(m_request.url.host()),
                        Sentences::tr("It has %1 bytes; at most %2 are expected.")
                            .arg(length.toLongLong())
                            .arg(m_request.maxBody)));
    }
}

void Exchange::onReadyRead()
{
    m_status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const bool isForSink = m_request.sink && m_status >= 200 && m_status < 300;
    const qint64 limit = isForSink ? 0 : m_request.sink ? kMaxRefusalBody : m_request.maxBody;
    while (m_reply->bytesAvailable() > 0 && !m_ticket->isSettled()) {
        const QByteArray chunk = m_reply->read(256LL * 1024);
        if (isForSink) {
            if (Result<void> taken = m_request.sink(chunk); !taken) {
                abort(taken.error());
            }
            continue;
        }
        m_body.append(chunk);
        if (m_body.size() > limit) {
            abort(makeError(
                ErrorKind::Protocol, "client.too_large",
                Sentences::tr("The answer of the server %1 is too large.").arg(m_request.url.host()),
                Sentences::tr("At most %1 bytes are expected.").arg(limit)));
        }
    }
}

Error Exchange::failure() const
{
    const QString host = m_request.url.host();
    const QString text = m_reply->errorString();
    switch (m_reply->error()) {
    case QNetworkReply::SslHandshakeFailedError: {
        Error error = makeError(ErrorKind::Crypto, "client.tls",
                                Sentences::tr("The server %1 could not prove who it is.").arg(host),
                                m_tlsErrors.isEmpty() ? text : m_tlsErrors.constFirst(),
                                Sentences::tr("If it uses an authority of your organization, add that "
                                              "certificate to the settings of this server."));
        error.details = m_tlsErrors;
        return error;
    }
    case QNetworkReply::OperationCanceledError:
    case QNetworkReply::TimeoutError:
        return makeError(ErrorKind::Timeout, "client.timeout",
                         Sentences::tr("The server %1 did not answer in time.").arg(host),
                         Sentences::tr("Nothing came for %1 s.").arg(m_request.stallTimeout.count() / 1000));
    case QNetworkReply::RemoteHostClosedError:
        if (m_status == 0) {
            return offline("client.closed", host,
                           Sentences::tr("It closed the connection before it answered."));
        }
        return makeError(ErrorKind::Protocol, "client.cut_short",
                         Sentences::tr("The answer of the server %1 was cut short.").arg(host));
    case QNetworkReply::InsecureRedirectError:
    case QNetworkReply::TooManyRedirectsError:
        return makeError(ErrorKind::Protocol, "client.redirect",
                         Sentences::tr("The server %1 sends us elsewhere.").arg(host), text,
                         Sentences::tr("Enter the address it has moved to, if you trust it."));
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::UnknownContentError:
        return makeError(ErrorKind::Protocol, "client.http",
                         Sentences::tr("The server %1 answered what is not HTTP.").arg(host), text);
    default:
        return offline("client.offline", host, text);
    }
}

Response Exchange::response() const
{
    Response response;
    response.status = m_status;
    response.body = m_body;
    response.url = m_reply->url();
    const auto pairs = m_reply->rawHeaderPairs();
    for (const auto &[name, value] : pairs) {
        response.headers.append(Header{name, value});
    }
    const QByteArray theirs = response.header("X-Request-Id");
    response.requestId = theirs.isEmpty() ? m_requestId : QString::fromLatin1(theirs.left(128));
    return response;
}

void Exchange::onFinished()
{
    if (m_ticket->isSettled()) {
        return;
    }
    if (m_reason) {
        settle(*m_reason);
        return;
    }
    m_status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    onReadyRead();
    if (m_ticket->isSettled()) {
        return;
    }
    qCDebug(logClient) << methodName(m_request.method).constData() << m_request.url.path() << m_status
                       << m_requestId;
    if (m_status == 0 || !isHttpStatusError(m_status, m_reply->error())) {
        settle(failure().withDetail(QStringLiteral("request %1").arg(m_requestId)));
        return;
    }
    if (isRedirect(m_status)) {
        settle(makeError(ErrorKind::Protocol, "client.redirect",
                         Sentences::tr("The server %1 sends us elsewhere.").arg(m_request.url.host()),
                         Sentences::tr("It answered with HTTP status %1.").arg(m_status),
                         Sentences::tr("Enter the address it has moved to, if you trust it.")));
        return;
    }
    settle(response());
}

void Exchange::settle(Result<Response> outcome)
{
    m_ticket->settle(std::move(outcome));
    deleteLater();
}

} // namespace gatehouse::client
