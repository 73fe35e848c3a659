// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleet/run/retryafter.h"
#include "fleet/transport/httppool.h"
#include "stubserver.h"

#include <QFile>
#include <QProcess>
#include <QSslKey>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

using namespace gatehouse;
using namespace gatehouse::fleet;

namespace {

/// A pool on a loop in a thread of its own; the test's thread keeps Qt's event loop for the server.
class Line
{
public:
    explicit Line(const PoolSettings &settings = {})
        : pool(std::move(*HttpPool::create(loop, settings)))
        , m_thread([this] { loop.run(); })
    {}
    ~Line()
    {
        loop.stop();
        m_thread.join();
        pool->stop();
    }

    /// Sends and waits, ten seconds at most.
    Result<HttpResponse> get(const QString &url, const QString &saveTo = {}, qint64 maxBytes = 1024)
    {
        HttpRequest request;
        request.url = QUrl(url);
        request.saveTo = saveTo;
        request.maxBodyBytes = maxBytes;
        return exchange(request);
    }
    Result<HttpResponse> exchange(const HttpRequest &request)
    {
        Result<HttpResponse> result =
            makeError(ErrorKind::Internal, "test.none", QStringLiteral("No answer."));
        std::atomic<bool> isThere = false;
        pool->send(request, [&result, &isThere](Result<HttpResponse> response) {
            result = std::move(response);
            isThere = true;
        });
        if (!QTest::qWaitFor([&isThere] { return isThere.load(); }, 10'000)) {
            qFatal("the pool never answered");
        }
        return result;
    }

    Loop loop;
    std::unique_ptr<HttpPool> pool;

private:
    std::thread m_thread;
};

StubServer::Reply ok(const QByteArray &body)
{
    StubServer::Reply reply;
    reply.body = body;
    return reply;
}

StubServer::Reply raw(const QByteArray &bytes, bool closes)
{
    StubServer::Reply reply;
    reply.raw = bytes;
    reply.closesAfter = closes;
    return reply;
}

} // namespace

class PoolTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsWhatItWasGiven();
    void keepsConnections();
    void limitsConnections();
    void sendsAgainWhenAKeptConnectionWasClosed();
    void aBrokenServerIsAnError_data();
    void aBrokenServerIsAnError();
    void silenceIsATimeout();
    void nobodyThereIsOffline();
    void savesToAFile();
    void doesNotSaveARefusal();
    void plainHttpIsForThisMachine_data();
    void plainHttpIsForThisMachine();
    void checksCertificates();
    void refusesAnAuthorityThatIsNone();
    void readsRetryAfter_data();
    void readsRetryAfter();
};

void PoolTest::sendsWhatItWasGiven()
{
    StubServer server;
    StubServer::Request seen;
    server.answer = [&seen](const StubServer::Request &request) {
        seen = request;
        return ok("{}");
    };
    QVERIFY(server.start());
    Line line;
    HttpRequest request;
    request.method = HttpRequest::Method::Post;
    request.url = QUrl(server.url() + QStringLiteral("/a/b?c=%20d"));
    request.userAgent = "CapacitorUpdater/8.51.14 (com.example.app) ios/18.5";
    request.body = R"({"x":1})";
    const auto response = line.exchange(request);
    QVERIFY(response);
    QCOMPARE(response->status, 200);
    QCOMPARE(response->body, QByteArray("{}"));
    QCOMPARE(seen.method, QByteArray("POST"));
    QCOMPARE(seen.target, QByteArray("/a/b?c=%20d"));
    QCOMPARE(seen.body, request.body);
    QVERIFY(seen.head.contains(request.userAgent));
    QVERIFY(seen.head.contains("Content-Type: application/json"));
    const QByteArray host = "Host: 127.0.0.1:" + QByteArray::number(server.serverPort());
    QVERIFY(seen.head.contains(host));
}

void PoolTest::keepsConnections()
{
    StubServer server;
    server.answer = [](const StubServer::Request &) { return ok("x"); };
    QVERIFY(server.start());
    Line line;
    for (int i = 0; i < 20; ++i) {
        QVERIFY(line.get(server.url()));
    }
    QCOMPARE(server.connections(), 1);
}

void PoolTest::limitsConnections()
{
    StubServer server;
    server.answer = [](const StubServer::Request &) { return ok("x"); };
    QVERIFY(server.start());
    PoolSettings settings;
    settings.connections = 3;
    Line line(settings);
    std::atomic<int> answered = 0;
    for (int i = 0; i < 100; ++i) {
        HttpRequest request;
        request.url = QUrl(server.url());
        line.pool->send(
            request, [&answered](const Result<HttpResponse> &response) { answered += response ? 1 : 1000; });
    }
    QTRY_COMPARE(answered.load(), 100);
    QVERIFY2(server.connections() <= 3, qPrintable(QString::number(server.connections())));
}

void PoolTest::sendsAgainWhenAKeptConnectionWasClosed()
{
    StubServer server;
    int count = 0;
    server.answer = [&count](const StubServer::Request &) {
        StubServer::Reply reply = ok("x");
        reply.closesAfter = ++count == 1; // though it did not say so
        return reply;
    };
    QVERIFY(server.start());
    Line line;
    QVERIFY(line.get(server.url()));
    QTRY_VERIFY(server.findChildren<QSslSocket *>().isEmpty());
    QVERIFY(line.get(server.url()));
    QCOMPARE(server.connections(), 2);
}

void PoolTest::aBrokenServerIsAnError_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("closes");
    QTest::addColumn<QString>("id");
    const auto row = [](const char *name, const QByteArray &bytes, bool closes, const char *id) {
        QTest::newRow(name) << bytes << closes << QString::fromLatin1(id);
    };
    row("closes at once", "", true, "fleet.broken");
    row("closes within the head", "HTTP/1.1 200 OK\r\nContent-Le", true, "fleet.broken");
    row("closes within the body", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc", true, "fleet.broken");
    row("no HTTP", "SSH-2.0-OpenSSH_9.2\r\n\r\n", false, "fleet.http");
    row("negative length", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", false, "fleet.http");
    row("endless head", "HTTP/1.1 200 OK\r\nX: " + QByteArray(20'000, 'x'), false, "fleet.http");
    row("body over the limit", "HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" + QByteArray(2000, 'x'),
        false, "fleet.too_large");
    row("chunks over the limit",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n" + QByteArray(2000, 'x') +
            "\r\n0\r\n\r\n",
        false, "fleet.too_large");
}

void PoolTest::aBrokenServerIsAnError()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, closes);
    QFETCH(QString, id);
    StubServer server;
    server.answer = [&](const StubServer::Request &) { return raw(bytes, closes); };
    QVERIFY(server.start());
    Line line;
    const auto response = line.get(server.url());
    QVERIFY(!response);
    QCOMPARE(response.error().id, id);
    // The line is usable afterwards.
    server.answer = [](const StubServer::Request &) { return ok("fine"); };
    QVERIFY(line.get(server.url()));
}

void PoolTest::silenceIsATimeout()
{
    StubServer server;
    server.answer = [](const StubServer::Request &) {
        StubServer::Reply reply;
        reply.isSilent = true;
        return reply;
    };
    QVERIFY(server.start());
    PoolSettings settings;
    settings.pieceTimeout = std::chrono::seconds(1);
    Line line(settings);
    const auto response = line.get(server.url());
    QVERIFY(!response);
    QCOMPARE(response.error().id, QStringLiteral("fleet.timeout"));
    QCOMPARE(response.error().kind, ErrorKind::Timeout);
}

void PoolTest::nobodyThereIsOffline()
{
    QString url;
    {
        StubServer server;
        QVERIFY(server.start());
        url = server.url();
    }
    Line line;
    const auto response = line.get(url);
    QVERIFY(!response);
    QCOMPARE(response.error().kind, ErrorKind::Offline);
}

void PoolTest::savesToAFile()
{
    const QByteArray content(3'000'000, 'b');
    StubServer server;
    server.answer = [&content](const StubServer::Request &) { return ok(content); };
    QVERIFY(server.start());
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("bundle"));
    Line line;
    const auto response = line.get(server.url(), path, 4'000'000);
    QVERIFY2(response, response ? "" : qPrintable(response.error().toText()));
    QCOMPARE(response->bytes, qint64(content.size()));
    QVERIFY(response->body.isEmpty());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), content);
}

void PoolTest::doesNotSaveARefusal()
{
    StubServer server;
    server.answer = [](const StubServer::Request &) {
        StubServer::Reply reply = ok("{\"error\":\"not_found\"}");
        reply.status = 404;
        return reply;
    };
    QVERIFY(server.start());
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("bundle"));
    Line line;
    const auto response = line.get(server.url(), path);
    QVERIFY(response);
    QCOMPARE(response->status, 404);
    QVERIFY(!QFile::exists(path));
}

void PoolTest::plainHttpIsForThisMachine_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("isAllowed");
    QTest::newRow("https") << QStringLiteral("https://updates.example.com/x") << true;
    QTest::newRow("http") << QStringLiteral("http://updates.example.com/x") << false;
    QTest::newRow("loopback") << QStringLiteral("http://127.0.0.1:80/") << true;
    QTest::newRow("other loopback") << QStringLiteral("http://127.8.8.8/") << true;
    QTest::newRow("loopback 6") << QStringLiteral("http://[::1]:8080/") << true;
    QTest::newRow("localhost") << QStringLiteral("http://localhost/") << true;
    QTest::newRow("looks like it") << QStringLiteral("http://127.0.0.1.example.com/") << false;
    QTest::newRow("begins like it") << QStringLiteral("http://127.example.com.evil/") << false;
    QTest::newRow("file") << QStringLiteral("file:///etc/passwd") << false;
    QTest::newRow("no host") << QStringLiteral("https:///x") << false;
    QTest::newRow("relative") << QStringLiteral("/x") << false;
    QTest::newRow("password") << QStringLiteral("https://a:b@example.com/") << false;
}

void PoolTest::plainHttpIsForThisMachine()
{
    QFETCH(QString, url);
    QFETCH(bool, isAllowed);
    const auto origin = originOf(QUrl(url));
    QCOMPARE(origin.has_value(), isAllowed);
    if (!isAllowed) {
        QCOMPARE(origin.error().id, QStringLiteral("fleet.url"));
    }
}

void PoolTest::checksCertificates()
{
    const QTemporaryDir folder;
    const QString key = folder.filePath(QStringLiteral("key.pem"));
    const QString certificate = folder.filePath(QStringLiteral("certificate.pem"));
    const QStringList arguments = {QStringLiteral("req"),
                                   QStringLiteral("-x509"),
                                   QStringLiteral("-newkey"),
                                   QStringLiteral("rsa:2048"),
                                   QStringLiteral("-nodes"),
                                   QStringLiteral("-keyout"),
                                   key,
                                   QStringLiteral("-out"),
                                   certificate,
                                   QStringLiteral("-days"),
                                   QStringLiteral("1"),
                                   QStringLiteral("-subj"),
                                   QStringLiteral("/CN=test"),
                                   QStringLiteral("-addext"),
                                   QStringLiteral("subjectAltName=DNS:localhost")};
    QCOMPARE(QProcess::execute(QStringLiteral("openssl"), arguments), 0);
    QFile keyFile(key);
    QFile certificateFile(certificate);
    QVERIFY(keyFile.open(QIODevice::ReadOnly) && certificateFile.open(QIODevice::ReadOnly));
    StubServer server;
    server.tls = QSslConfiguration::defaultConfiguration();
    server.tls->setPrivateKey(QSslKey(&keyFile, QSsl::Rsa));
    server.tls->setLocalCertificate(QSslCertificate(&certificateFile));
    server.answer = [](const StubServer::Request &) { return ok("secret"); };
    QVERIFY(server.start());
    const QString named = QStringLiteral("https://localhost:%1/").arg(server.serverPort());

    Line stranger;
    const auto refused = stranger.get(named);
    QVERIFY(!refused);
    QCOMPARE(refused.error().id, QStringLiteral("fleet.tls"));

    PoolSettings settings;
    settings.caFile = certificate;
    Line friendly(settings);
    const auto taken = friendly.get(named);
    QVERIFY2(taken, taken ? "" : qPrintable(taken.error().toText()));
    QCOMPARE(taken->body, QByteArray("secret"));
    // The certificate is for localhost, not for its number.
    const auto misnamed = friendly.get(server.url());
    QVERIFY(!misnamed);
    QCOMPARE(misnamed.error().id, QStringLiteral("fleet.tls"));
}

void PoolTest::refusesAnAuthorityThatIsNone()
{
    const QTemporaryDir folder;
    PoolSettings settings;
    settings.caFile = folder.filePath(QStringLiteral("none.pem"));
    Loop loop;
    const auto pool = HttpPool::create(loop, settings);
    QVERIFY(!pool);
    QCOMPARE(pool.error().id, QStringLiteral("fleet.ca"));
}

void PoolTest::readsRetryAfter_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("milliseconds");
    QTest::newRow("nothing") << QByteArray() << QByteArray() << 0;
    QTest::newRow("header") << QByteArray("2.5") << QByteArray(R"({"retryAfterSeconds":9})") << 2500;
    QTest::newRow("date is ignored") << QByteArray("Wed, 21 Oct 2026 07:28:00 GMT") << QByteArray("{}") << 0;
    QTest::newRow("more info") << QByteArray()
                               << QByteArray(R"({"moreInfo":{"retryAfterSeconds":3},"retryAfterSeconds":9})")
                               << 3000;
    QTest::newRow("top") << QByteArray() << QByteArray(R"({"retryAfterSeconds":9})") << 9000;
    QTest::newRow("until") << QByteArray() << QByteArray(R"({"moreInfo":{"rateLimitResetAt":1004000}})")
                           << 4000;
    QTest::newRow("until is over") << QByteArray() << QByteArray(R"({"rateLimitResetAt":5})") << 0;
    QTest::newRow("a day at most") << QByteArray("1e9") << QByteArray() << 86'400'000;
    QTest::newRow("negative") << QByteArray("-3") << QByteArray() << 0;
    QTest::newRow("not JSON") << QByteArray() << QByteArray("<html>") << 0;
}

void PoolTest::readsRetryAfter()
{
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, body);
    QFETCH(int, milliseconds);
    HttpResponse response;
    response.retryAfter = header;
    response.body = body;
    QCOMPARE(retryAfterOf(response, utcFromMs(1'000'000)), Milliseconds(milliseconds));
}

QTEST_GUILESS_MAIN(PoolTest)
#include "pooltest.moc"
