// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/rawclient.h"

#include "server/http/server.h"

#include <QFile>
#include <QProcess>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stdexcept>

using namespace gatehouse;
using namespace gatehouse::server;

namespace {

Response text(const QByteArray &body)
{
    Response response;
    response.setHeader("Content-Type", "text/plain");
    response.body = body;
    return response;
}

/// Counts what it was given; shared with the test, which outlives it.
struct SinkLog
{
    std::mutex mutex;
    std::condition_variable changed;
    qint64 bytes = 0;
    int pieces = 0;
    bool isFinished = false;
    bool isDropped = false;
};

class CountingSink final : public BodySink
{
public:
    explicit CountingSink(SinkLog &log)
        : m_log(log)
    {}
    ~CountingSink() override
    {
        const std::lock_guard lock(m_log.mutex);
        m_log.isDropped = true;
        m_log.changed.notify_all();
    }
    Result<void> write(QByteArrayView piece) override
    {
        const std::lock_guard lock(m_log.mutex);
        m_log.bytes += piece.size();
        ++m_log.pieces;
        if (piece.contains('!')) {
            return makeError(ErrorKind::Conflict, "test.sink", QStringLiteral("No exclamation marks."));
        }
        return {};
    }
    Response finish() override
    {
        const std::lock_guard lock(m_log.mutex);
        m_log.isFinished = true;
        return emptyResponse(204);
    }

private:
    SinkLog &m_log;
};

/// A source that the test feeds.
class FedSource final : public EventSource
{
public:
    ~FedSource() override { *m_isGone = true; }
    explicit FedSource(std::shared_ptr<std::atomic<bool>> isGone)
        : m_isGone(std::move(isGone))
    {}
    void start(std::function<void()> wake) override
    {
        const std::lock_guard lock(m_mutex);
        m_wake = std::move(wake);
    }
    QVector<StreamEvent> take() override
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_events, {});
    }
    void feed(const StreamEvent &event)
    {
        const std::lock_guard lock(m_mutex);
        m_events.append(event);
        if (m_wake) {
            m_wake();
        }
    }

private:
    std::mutex m_mutex;
    QVector<StreamEvent> m_events;
    std::function<void()> m_wake;
    std::shared_ptr<std::atomic<bool>> m_isGone;
};

} // namespace

class ServerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        QFile file(filePath());
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (int i = 0; i < 100'000; ++i) {
            file.write(QByteArray::number(i % 10));
        }
        file.close();
        addRoutes();
    }

    void init() { start({}); }
    void cleanup() { m_server.reset(); }

    void answersAndKeepsTheConnection()
    {
        RawClient client(port());
        const RawAnswer first = client.exchange(rawRequest("GET", "/hello?x=1", port()));
        QCOMPARE(first.status, 200);
        QCOMPARE(first.body, QByteArray("hello"));
        QCOMPARE(first.headers.value("connection"), QByteArray("keep-alive"));
        const RawAnswer second = client.exchange(rawRequest("POST", "/echo", port(), "body"));
        QCOMPARE(second.body, QByteArray("body"));
    }

    void pipelinedRequestsAreAnsweredInOrder()
    {
        RawClient client(port());
        client.send(rawRequest("POST", "/echo", port(), "one") + rawRequest("POST", "/echo", port(), "two"));
        QCOMPARE(client.answer().body, QByteArray("one"));
        QCOMPARE(client.answer().body, QByteArray("two"));
    }

    void headHasNoBody()
    {
        RawClient client(port());
        const RawAnswer head = client.exchange(rawRequest("HEAD", "/hello", port()));
        QCOMPARE(head.status, 200);
        QCOMPARE(head.headers.value("content-length"), QByteArray("5"));
        QCOMPARE(client.exchange(rawRequest("GET", "/hello", port())).body, QByteArray("hello"));
    }

    void unknownPathAndMethodAreNotFound()
    {
        RawClient client(port());
        QCOMPARE(client.exchange(rawRequest("GET", "/nothing", port())).error(), QStringLiteral("not_found"));
        QCOMPARE(client.exchange(rawRequest("DELETE", "/hello", port())).status, 404);
        QCOMPARE(client.exchange(rawRequest("BREW", "/hello", port())).status, 404);
        const RawAnswer options = client.exchange(rawRequest("OPTIONS", "/hello", port()));
        QCOMPARE(options.status, 204);
        QVERIFY(options.headers.value("access-control-allow-methods").contains("PATCH"));
    }

    void chunkedBodyIsRead()
    {
        RawClient client(port());
        const QByteArray host = "Host: 127.0.0.1:" + QByteArray::number(port()) + "\r\n";
        const RawAnswer answer =
            client.exchange("POST /echo HTTP/1.1\r\n" + host +
                            "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n");
        QCOMPARE(answer.body, QByteArray("abcdefg"));
    }

    void continueIsSaidBeforeTheBody()
    {
        RawClient client(port());
        QByteArray request = rawRequest("POST", "/echo", port(), "body", "Expect: 100-continue\r\n");
        request.chop(4);
        client.send(request);
        QVERIFY(client.waitFor("100 Continue\r\n\r\n"));
        client.clear();
        client.send("body");
        QCOMPARE(client.answer().body, QByteArray("body"));
    }

    void malformed_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        const QByteArray good = "Host: 127.0.0.1:PORT\r\n";
        QTest::newRow("no HTTP") << QByteArray("hello server\r\n\r\n") << 400;
        QTest::newRow("other version") << QByteArray("GET /hello HTTP/9.1\r\n" + good + "\r\n") << 400;
        QTest::newRow("negative length")
            << QByteArray("POST /echo HTTP/1.1\r\n" + good + "Content-Length: -5\r\n\r\n") << 400;
        QTest::newRow("two lengths") << QByteArray("POST /echo HTTP/1.1\r\n" + good +
                                                   "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd")
                                     << 400;
        QTest::newRow("bad chunk") << QByteArray("POST /echo HTTP/1.1\r\n" + good +
                                                 "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n")
                                   << 400;
        QTest::newRow("control in header") << QByteArray("GET /hello HTTP/1.1\r\n" + good +
                                                         "X: a\x01"
                                                         "b\r\n\r\n")
                                           << 400;
        QTest::newRow("head too large")
            << QByteArray("GET /hello HTTP/1.1\r\n" + good + "X: " + QByteArray(20'000, 'a') + "\r\n\r\n")
            << 431;
        QTest::newRow("line too long")
            << QByteArray("GET /" + QByteArray(20'000, 'a') + " HTTP/1.1\r\n\r\n") << 431;
        QTest::newRow("body announced too large")
            << QByteArray("POST /echo HTTP/1.1\r\n" + good + "Content-Length: 9999999\r\n\r\n") << 413;
        QTest::newRow("chunks too large")
            << QByteArray("POST /echo HTTP/1.1\r\n" + good + "Transfer-Encoding: chunked\r\n\r\n200000\r\n")
            << 413;
        QTest::newRow("no host") << QByteArray("GET /hello HTTP/1.1\r\n\r\n") << 403;
        QTest::newRow("rebound host")
            << QByteArray("GET /hello HTTP/1.1\r\nHost: evil.example\r\n\r\n") << 403;
        QTest::newRow("web page") << QByteArray("POST /echo HTTP/1.1\r\n" + good +
                                                "Origin: https://evil.example\r\nContent-Length: 0\r\n\r\n")
                                  << 403;
    }
    void malformed()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        bytes.replace("PORT", QByteArray::number(port()));
        RawClient client(port());
        const RawAnswer answer = client.exchange(bytes);
        QCOMPARE(answer.status, status);
        QVERIFY(!answer.error().isEmpty());
        QVERIFY(client.waitForEnd());
        RawClient other(port());
        QCOMPARE(other.exchange(rawRequest("GET", "/hello", port())).status, 200);
    }

    void slowClientsAreDropped()
    {
        ServerSettings settings;
        settings.headerTimeout = std::chrono::milliseconds(100);
        settings.bodyTimeout = std::chrono::milliseconds(100);
        settings.idleTimeout = std::chrono::milliseconds(300);
        start(settings);
        RawClient slowHead(port());
        slowHead.send("GET /hello HT");
        QVERIFY(slowHead.waitForEnd());
        RawClient slowBody(port());
        slowBody.send("POST /echo HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port()) +
                      "\r\nContent-Length: 10\r\n\r\nabc");
        QVERIFY(slowBody.waitForEnd());
        RawClient silent(port());
        QVERIFY(silent.waitForEnd());
    }

    void tooManyConnectionsAreClosed()
    {
        ServerSettings settings;
        settings.maxConnections = 2;
        start(settings);
        RawClient first(port());
        RawClient second(port());
        QCOMPARE(first.exchange(rawRequest("GET", "/hello", port())).status, 200);
        QCOMPARE(second.exchange(rawRequest("GET", "/hello", port())).status, 200);
        RawClient third(port());
        QVERIFY(third.waitForEnd());
        first.disconnect();
        // Asked again until it worked once: each attempt takes a place itself.
        int status = 0;
        const auto attempt = [&] {
            status = status == 200 ? status
                                   : RawClient(port()).exchange(rawRequest("GET", "/hello", port())).status;
            return status;
        };
        QTRY_COMPARE(attempt(), 200);
    }

    void handlersThatThrowAnswer500()
    {
        RawClient client(port());
        QCOMPARE(client.exchange(rawRequest("GET", "/throw", port())).error(),
                 QStringLiteral("unknown_error"));
        QCOMPARE(client.exchange(rawRequest("GET", "/hello", port())).status, 200);
    }

    void filesComeWhole()
    {
        RawClient client(port());
        const RawAnswer answer = client.exchange(rawRequest("GET", "/file", port()));
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body.size(), 100'000);
        QCOMPARE(answer.headers.value("etag"), QByteArray("\"tag\""));
        QVERIFY(!answer.headers.contains("content-encoding"));
        const RawAnswer head = client.exchange(rawRequest("HEAD", "/file", port()));
        QCOMPARE(head.headers.value("content-length"), QByteArray("100000"));
        const RawAnswer same =
            client.exchange(rawRequest("GET", "/file", port(), {}, "If-None-Match: \"tag\"\r\n"));
        QCOMPARE(same.status, 304);
    }

    void filesComeInParts()
    {
        RawClient client(port());
        const RawAnswer part =
            client.exchange(rawRequest("GET", "/file", port(), {}, "Range: bytes=99995-\r\n"));
        QCOMPARE(part.status, 206);
        QCOMPARE(part.body, QByteArray("56789"));
        QCOMPARE(part.headers.value("content-range"), QByteArray("bytes 99995-99999/100000"));
        const RawAnswer beyond =
            client.exchange(rawRequest("GET", "/file", port(), {}, "Range: bytes=100000-\r\n"));
        QCOMPARE(beyond.status, 416);
        QCOMPARE(beyond.headers.value("content-range"), QByteArray("bytes */100000"));
        QCOMPARE(client.exchange(rawRequest("GET", "/missing", port())).status, 404);
    }

    void bodiesInPieces()
    {
        RawClient client(port());
        QCOMPARE(client.exchange(rawRequest("PATCH", "/sink", port(), QByteArray(3'000'000, 'x'))).status,
                 204);
        QCOMPARE(m_sink.bytes, 3'000'000);
        QVERIFY(m_sink.pieces > 1);
        QVERIFY(m_sink.isFinished);
        QCOMPARE(client.exchange(rawRequest("GET", "/hello", port())).status, 200);
    }

    void cutOffBodiesKeepWhatCame()
    {
        {
            RawClient client(port());
            QByteArray request = rawRequest("PATCH", "/sink", port(), QByteArray(500'000, 'x'));
            request.chop(100'000);
            client.send(request);
            client.socket().disconnectFromHost();
            std::unique_lock lock(m_sink.mutex);
            QVERIFY(
                m_sink.changed.wait_for(lock, std::chrono::seconds(10), [this] { return m_sink.isDropped; }));
        }
        QCOMPARE(m_sink.bytes, 400'000);
        QVERIFY(!m_sink.isFinished);
    }

    void sinksMayRefuse()
    {
        RawClient client(port());
        const RawAnswer answer =
            client.exchange(rawRequest("PATCH", "/sink", port(), QByteArray(600'000, '!')));
        QCOMPARE(answer.status, 409);
        QCOMPARE(answer.error(), QStringLiteral("test_sink"));
        RawClient large(port());
        large.send("PATCH /sink HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port()) +
                   "\r\nContent-Length: 4000001\r\n\r\n");
        QCOMPARE(large.answer().status, 413);
    }

    void eventsStream()
    {
        ServerSettings settings;
        settings.heartbeat = std::chrono::milliseconds(50);
        start(settings);
        RawClient client(port());
        client.send(rawRequest("GET", "/events", port()));
        QVERIFY(client.waitFor("text/event-stream"));
        QVERIFY(client.waitFor(": heartbeat\n\n"));
        m_source->feed({"7", "device", "{\"a\":1}"});
        QVERIFY(client.waitFor("id: 7\nevent: device\ndata: {\"a\":1}\n\n"));
        client.disconnect();
        QTRY_VERIFY(*m_isSourceGone);
    }

    void stopEndsStreams()
    {
        RawClient client(port());
        client.send(rawRequest("GET", "/events", port()));
        QVERIFY(client.waitFor("\r\n\r\n"));
        m_server->stop();
        QVERIFY(client.waitForEnd());
        QVERIFY(*m_isSourceGone);
        RawClient late(port());
        QVERIFY(late.socket().state() != QAbstractSocket::ConnectedState);
    }

    void portInUseIsAnError()
    {
        ServerSettings settings;
        settings.port = port();
        HttpServer other(m_router, settings);
        const auto started = other.start();
        QVERIFY(!started);
        QCOMPARE(started.error().id, QStringLiteral("http.listen"));
    }

    void badSettings()
    {
        ServerSettings address;
        address.address = QStringLiteral("example.org");
        QCOMPARE(HttpServer(m_router, address).start().error().id, QStringLiteral("http.address"));
        ServerSettings proxy;
        proxy.trustedProxies = {QStringLiteral("nonsense")};
        QCOMPARE(HttpServer(m_router, proxy).start().error().id, QStringLiteral("http.proxy"));
        ServerSettings tls;
        tls.tls = TlsFiles{QStringLiteral("/nonexistent"), QStringLiteral("/nonexistent")};
        QCOMPARE(HttpServer(m_router, tls).start().error().id, QStringLiteral("http.tls"));
    }

    void tls()
    {
        const QString certificate = m_folder.filePath(QStringLiteral("cert.pem"));
        const QString key = m_folder.filePath(QStringLiteral("key.pem"));
        QCOMPARE(QProcess::execute(QStringLiteral("openssl"),
                                   {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
                                    QStringLiteral("ec"), QStringLiteral("-pkeyopt"),
                                    QStringLiteral("ec_paramgen_curve:P-256"), QStringLiteral("-nodes"),
                                    QStringLiteral("-days"), QStringLiteral("2"), QStringLiteral("-subj"),
                                    QStringLiteral("/CN=localhost"), QStringLiteral("-keyout"), key,
                                    QStringLiteral("-out"), certificate}),
                 0);
        ServerSettings settings;
        settings.tls = TlsFiles{certificate, key};
        start(settings);
        QVERIFY(m_server->publicUrl().startsWith(QLatin1String("https://")));
        QCOMPARE(statusOverTls(QSsl::TlsV1_2OrLater), 200);
        QCOMPARE(statusOverTls(QSsl::TlsV1_2), 200);
        // Something that is not TLS gets nothing, and hurts nobody.
        RawClient plain(port());
        plain.send("GET /hello HTTP/1.1\r\n\r\n");
        plain.waitForEnd();
        QVERIFY(!plain.received().contains("200 OK"));
        QCOMPARE(statusOverTls(QSsl::TlsV1_2OrLater), 200);
    }

private:
    QString filePath() const { return m_folder.filePath(QStringLiteral("file.bin")); }
    quint16 port() const { return m_server->port(); }

    void start(ServerSettings settings)
    {
        m_server.reset();
        {
            const std::lock_guard lock(m_sink.mutex);
            m_sink.bytes = 0;
            m_sink.pieces = 0;
            m_sink.isFinished = false;
            m_sink.isDropped = false;
        }
        settings.handlerThreads = 4;
        m_server = std::make_unique<HttpServer>(m_router, settings);
        QVERIFY(m_server->start().has_value());
    }

    int statusOverTls(QSsl::SslProtocol protocol)
    {
        auto socket = std::make_unique<QSslSocket>();
        socket->setProtocol(protocol);
        socket->setPeerVerifyMode(QSslSocket::VerifyNone);
        QSslSocket *tls = socket.get();
        RawClient client(port(), std::move(socket));
        tls->startClientEncryption();
        if (!tls->waitForEncrypted(10'000)) {
            return 0;
        }
        return client.exchange(rawRequest("GET", "/hello", port())).status;
    }

    void addRoutes()
    {
        m_router.add(Method::Get, QStringLiteral("/hello"), [](const Request &) { return text("hello"); },
                     {kMaxJsonBody, RunOn::Io});
        m_router.add(Method::Post, QStringLiteral("/echo"),
                     [](const Request &request) { return text(request.body); });
        m_router.add(Method::Get, QStringLiteral("/throw"),
                     [](const Request &) -> Response { throw std::runtime_error("broken"); });
        const auto file = [](const QString &path) {
            Response response;
            response.body = FileBody{path, "tag"};
            return response;
        };
        m_router.add(Method::Get, QStringLiteral("/file"),
                     [this, file](const Request &) { return file(filePath()); });
        m_router.add(Method::Get, QStringLiteral("/missing"),
                     [file](const Request &) { return file(QStringLiteral("/nonexistent")); });
        m_router.addStream(Method::Patch, QStringLiteral("/sink"),
                           [this](const Request &) -> std::variant<Response, std::unique_ptr<BodySink>> {
                               return std::make_unique<CountingSink>(m_sink);
                           },
                           {4'000'000, RunOn::Pool});
        m_router.add(Method::Get, QStringLiteral("/events"), [this](const Request &) {
            m_isSourceGone = std::make_shared<std::atomic<bool>>(false);
            auto source = std::make_shared<FedSource>(m_isSourceGone);
            m_source = source.get();
            Response response;
            response.body = std::shared_ptr<EventSource>(source);
            return response;
        });
    }

    QTemporaryDir m_folder;
    Router m_router;
    SinkLog m_sink;
    FedSource *m_source = nullptr;
    std::shared_ptr<std::atomic<bool>> m_isSourceGone;
    std::unique_ptr<HttpServer> m_server;
};

QTEST_GUILESS_MAIN(ServerTest)
#include "test_server.moc"
