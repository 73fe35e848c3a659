// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/transport.h"
#include "core/jsonreader.h"
#include "support/scriptedserver.h"

#include <QCryptographicHash>
#include <QSemaphore>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace gatehouse;
using namespace gatehouse::client;
using test::json;
using test::Reply;
using test::ScriptedServer;
using test::Seen;

namespace {

Request get(const QUrl &url)
{
    Request request;
    request.url = url;
    request.stallTimeout = std::chrono::milliseconds(3000);
    return request;
}

Reply raw(const QByteArray &bytes, Reply::Then then = Reply::Then::Close)
{
    return {bytes, then, false};
}

} // namespace

/// The transport against a server that does what it should not.
class TransportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersAreResponses();
    void keyGoesIntoItsHeaderOnly();
    void refusals_data();
    void refusals();
    void failures_data();
    void failures();
    void aChunkedBodyThatStopsIsNeverRead();
    void nobodyListens();
    void silenceTimesOut();
    void deadlineEndsIt();
    void cancelEndsItInTheMiddle();
    void plainHttpIsForThisComputerOnly_data();
    void plainHttpIsForThisComputerOnly();
    void answersAreLimitedWhileReading();
    void sinkGetsSuccessOnly();
    void sinkErrorEndsIt();
    void fileSliceIsSent();
    void missingFileIsSaid();
    void unknownCertificateIsRefused();
    void knownCertificateIsAccepted();
    void pinIsChecked();
    void busyServerIsAskedAgain();
    void longWaitIsNotWaited();
    void changesAreNotRepeatedBySend();
    void destroyingEndsExchanges();
};

void TransportTest::answersAreResponses()
{
    const ScriptedServer server(
        [](const Seen &) { return json(200, R"({"status":"ok"})", "X-Request-Id: abc\r\n"); });
    HttpTransport transport;
    Operation operation;
    const Result<Response> answer = transport.send(get(server.url(QStringLiteral("/ok"))), operation);
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().toText()));
    QCOMPARE(answer->status, 200);
    QCOMPARE(answer->body, QByteArray(R"({"status":"ok"})"));
    QCOMPARE(answer->requestId, QStringLiteral("abc"));
    QCOMPARE(server.seen().at(0).headers.value("x-request-id").size(), 36);
}

void TransportTest::keyGoesIntoItsHeaderOnly()
{
    const ScriptedServer server([](const Seen &) { return json(200, "{}"); });
    HttpTransport transport;
    Operation operation;
    Request request = get(server.url());
    request.apiKey = std::make_shared<const Secret>(Secret::copyOf("0f0f-key"));
    QVERIFY(transport.send(request, operation));
    const Seen seen = server.seen().at(0);
    QCOMPARE(seen.headers.value("capgkey"), QByteArray("0f0f-key"));
    QVERIFY(!seen.headers.contains("authorization"));
    QVERIFY(!seen.target.contains("0f0f"));
}

void TransportTest::refusals_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("id");
    const auto row = [](const char *name, int status, const char *body, ErrorKind kind, const char *id) {
        QTest::newRow(name) << status << QByteArray(body) << static_cast<int>(kind)
                            << QString::fromLatin1(id);
    };
    row("a wrong key", 401, R"({"error":"invalid_apikey","message":"no","moreInfo":{}})", ErrorKind::Denied,
        "server.invalid_apikey");
    row("a permission that comes as 400", 400, R"({"error":"cannot_access_app","message":"no"})",
        ErrorKind::Denied, "server.cannot_access_app");
    row("a conflict", 409, R"({"error":"version_already_exists","message":"is there"})", ErrorKind::Conflict,
        "server.version_already_exists");
    row("something missing that comes as 400", 400, R"({"error":"cannot_find_version"})", ErrorKind::NotFound,
        "server.cannot_find_version");
    row("PostgREST's own envelope", 403, R"({"code":"42501","message":"denied","details":null,"hint":null})",
        ErrorKind::Denied, "server.42501");
    row("a bare sentence", 403, R"({"error":"API keys cannot manage role bindings"})", ErrorKind::Denied,
        "client.http.403");
    row("a page instead of an envelope", 404, "<html>nothing here</html>", ErrorKind::NotFound,
        "client.http.404");
    row("a broken envelope", 400, R"({"error":)", ErrorKind::Invalid, "client.http.400");
    row("too many requests", 429, R"({"error":"too_many_requests"})", ErrorKind::Offline,
        "server.too_many_requests");
    row("a broken server", 500, R"({"error":"unknown_error","message":"Unknown error","moreInfo":{}})",
        ErrorKind::Protocol, "server.unknown_error");
    row("a gateway without a server", 502, "", ErrorKind::Offline, "client.http.502");
}

void TransportTest::refusals()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const int, kind);
    QFETCH(const QString, id);
    const ScriptedServer server([&](const Seen &) { return json(status, body); });
    HttpTransport transport;
    Operation operation;
    const Result<Response> answer = transport.send(get(server.url()), operation).then(requireSuccess);
    QVERIFY(!answer);
    QCOMPARE(static_cast<int>(answer.error().kind), kind);
    QCOMPARE(answer.error().id, id);
    QVERIFY(!answer.error().what.isEmpty());
}

void TransportTest::failures_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("then");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("id");
    const auto row = [](const char *name, const char *bytes, Reply::Then then, ErrorKind kind,
                        const char *id) {
        QTest::newRow(name) << QByteArray(bytes) << static_cast<int>(then) << static_cast<int>(kind)
                            << QString::fromLatin1(id);
    };
    row("closed before an answer", "", Reply::Then::Close, ErrorKind::Offline, "client.closed");
    row("reset before an answer", "", Reply::Then::Reset, ErrorKind::Offline, "client.closed");
    row("a body shorter than announced", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        Reply::Then::Close, ErrorKind::Protocol, "client.cut_short");
    row("a redirect to another server",
        "HTTP/1.1 302 Found\r\nLocation: https://elsewhere.example/\r\nContent-Length: 0\r\n\r\n",
        Reply::Then::Keep, ErrorKind::Protocol, "client.redirect");
    // Qt does not tell it from a connection closed early.
    row("not HTTP", "SSH-2.0-OpenSSH_9.2\r\n\r\n", Reply::Then::Close, ErrorKind::Offline, "client.closed");
}

void TransportTest::failures()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, then);
    QFETCH(const int, kind);
    QFETCH(const QString, id);
    const ScriptedServer server([&](const Seen &) { return raw(bytes, static_cast<Reply::Then>(then)); });
    HttpTransport transport;
    Operation operation;
    const Result<Response> answer = transport.send(get(server.url()), operation);
    QVERIFY(!answer);
    QCOMPARE(answer.error().id, id);
    QCOMPARE(static_cast<int>(answer.error().kind), kind);
}

// Qt 6.4 takes such an answer now and then for whole, when content and end of the connection come together.
// Whoever reads it finds out: JSON has an end of its own, and content its size and digest.
void TransportTest::aChunkedBodyThatStopsIsNeverRead()
{
    const QByteArray bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n{\"version\":\"1.";
    const ScriptedServer server([&](const Seen &) { return raw(bytes, Reply::Then::Close); });
    for (int i = 0; i < 30; ++i) {
        HttpTransport transport;
        Operation operation;
        const Result<Response> answer = transport.send(get(server.url()), operation);
        if (answer) {
            QVERIFY(!parseJsonObject(answer->body, QStringLiteral("answer")));
        } else {
            QCOMPARE(answer.error().id, QStringLiteral("client.cut_short"));
        }
    }
}

void TransportTest::nobodyListens()
{
    QTcpServer placeholder;
    QVERIFY(placeholder.listen(QHostAddress::LocalHost));
    const quint16 port = placeholder.serverPort();
    placeholder.close();
    HttpTransport transport;
    Operation operation;
    const Result<Response> answer =
        transport.send(get(QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(port))), operation);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Offline);
    QCOMPARE(answer.error().id, QStringLiteral("client.offline"));
}

void TransportTest::silenceTimesOut()
{
    const ScriptedServer server([](const Seen &) { return Reply{{}, Reply::Then::Keep, true}; });
    HttpTransport transport;
    Operation operation;
    Request request = get(server.url());
    request.stallTimeout = std::chrono::milliseconds(200);
    const Result<Response> answer = transport.send(request, operation);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Timeout);
    QCOMPARE(answer.error().id, QStringLiteral("client.timeout"));
}

void TransportTest::deadlineEndsIt()
{
    const ScriptedServer server([](const Seen &) { return Reply{{}, Reply::Then::Keep, true}; });
    HttpTransport transport;
    Operation operation;
    operation.setTimeout(std::chrono::milliseconds(200));
    const Result<Response> answer = transport.send(get(server.url()), operation);
    QVERIFY(!answer);
    QCOMPARE(answer.error().id, QStringLiteral("operation.timeout"));
}

void TransportTest::cancelEndsItInTheMiddle()
{
    QSemaphore arrived;
    const ScriptedServer server([&](const Seen &) {
        arrived.release();
        return Reply{"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf", Reply::Then::Keep, false};
    });
    HttpTransport transport;
    std::stop_source stop;
    Operation operation(stop.get_token());
    std::jthread canceller([&] {
        arrived.acquire();
        stop.request_stop();
    });
    const Result<Response> answer = transport.send(get(server.url()), operation);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Cancelled);
    // The transport is as good as new afterwards.
    const ScriptedServer other([](const Seen &) { return json(200, "{}"); });
    Operation next;
    QVERIFY(transport.send(get(other.url()), next));
}

void TransportTest::plainHttpIsForThisComputerOnly_data()
{
    QTest::addColumn<QUrl>("url");
    QTest::newRow("plain http elsewhere") << QUrl(QStringLiteral("http://api.example.org/"));
    QTest::newRow("a name that only begins like this computer")
        << QUrl(QStringLiteral("http://localhost.example.org/"));
    QTest::newRow("an address that only looks like loopback")
        << QUrl(QStringLiteral("http://127.0.0.1.example.org/"));
    QTest::newRow("a file") << QUrl(QStringLiteral("file:///etc/passwd"));
    QTest::newRow("a password in the address") << QUrl(QStringLiteral("https://user:secret@example.org/"));
    QTest::newRow("nothing") << QUrl();
}

void TransportTest::plainHttpIsForThisComputerOnly()
{
    QFETCH(const QUrl, url);
    HttpTransport transport;
    Operation operation;
    const Result<Response> answer = transport.send(get(url), operation);
    QVERIFY(!answer);
    QCOMPARE(answer.error().id, QStringLiteral("client.url"));
    QVERIFY(!answer.error().toText().contains(QLatin1String("secret")));
}

void TransportTest::answersAreLimitedWhileReading()
{
    const QByteArray endless(100000, 'x');
    const ScriptedServer announced([&](const Seen &) { return json(200, endless); });
    // Without a length: only counting while reading can stop it.
    const ScriptedServer unannounced([&](const Seen &) { return raw("HTTP/1.1 200 OK\r\n\r\n" + endless); });
    HttpTransport transport;
    for (const ScriptedServer *server : {&announced, &unannounced}) {
        Operation operation;
        Request request = get(server->url());
        request.maxBody = 1000;
        const Result<Response> answer = transport.send(request, operation);
        QVERIFY(!answer);
        QCOMPARE(answer.error().id, QStringLiteral("client.too_large"));
    }
}

void TransportTest::sinkGetsSuccessOnly()
{
    const ScriptedServer server([](const Seen &seen) {
        return seen.target == "/good" ? json(200, QByteArray(500000, 'a'))
                                      : json(404, R"({"error":"not_found"})");
    });
    HttpTransport transport;
    Operation operation;
    qint64 bytes = 0;
    Request request = get(server.url(QStringLiteral("/good")));
    request.sink = [&](QByteArrayView chunk) -> Result<void> {
        bytes += chunk.size();
        return {};
    };
    QVERIFY(transport.send(request, operation));
    QCOMPARE(bytes, 500000);
    request.url = server.url(QStringLiteral("/bad"));
    const Result<Response> answer = transport.send(request, operation);
    QVERIFY(answer);
    QCOMPARE(answer->status, 404);
    QCOMPARE(refusal(*answer).id, QStringLiteral("server.not_found"));
    QCOMPARE(bytes, 500000);
}

void TransportTest::sinkErrorEndsIt()
{
    const ScriptedServer server([](const Seen &) { return json(200, QByteArray(500000, 'a')); });
    HttpTransport transport;
    Operation operation;
    Request request = get(server.url());
    request.sink = [](QByteArrayView) -> Result<void> {
        return makeError(ErrorKind::Io, "test.full", QStringLiteral("The disk is full."));
    };
    const Result<Response> answer = transport.send(request, operation);
    QVERIFY(!answer);
    QCOMPARE(answer.error().id, QStringLiteral("test.full"));
}

void TransportTest::fileSliceIsSent()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("bundle"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("0123456789");
    file.close();
    const ScriptedServer server([](const Seen &) { return json(200, "{}"); });
    HttpTransport transport;
    Operation operation;
    Request request = get(server.url());
    request.method = Method::Patch;
    request.file = FileSlice{path, 3, 4};
    qint64 sent = 0;
    request.sent = [&](qint64 bytes) { sent = bytes; };
    QVERIFY(transport.send(request, operation));
    QCOMPARE(server.seen().at(0).method, QByteArray("PATCH"));
    QCOMPARE(server.seen().at(0).body, QByteArray("3456"));
    QCOMPARE(server.seen().at(0).headers.value("content-length"), QByteArray("4"));
    QCOMPARE(sent, 4);
}

void TransportTest::missingFileIsSaid()
{
    const ScriptedServer server([](const Seen &) { return json(200, "{}"); });
    HttpTransport transport;
    Operation operation;
    Request request = get(server.url());
    request.method = Method::Patch;
    request.file = FileSlice{QStringLiteral("/nowhere/at/all"), 0, 4};
    const Result<Response> answer = transport.send(request, operation);
    QVERIFY(!answer);
    QCOMPARE(answer.error().id, QStringLiteral("client.file"));
    QVERIFY(server.seen().isEmpty());
}

void TransportTest::unknownCertificateIsRefused()
{
    QTemporaryDir folder;
    const ScriptedServer server([](const Seen &) { return json(200, "{}"); }, {},
                                test::makeCertificate(QStringLiteral("localhost"), folder.path()));
    HttpTransport transport;
    Operation operation;
    Request request = get(server.url());
    request.apiKey = std::make_shared<const Secret>(Secret::copyOf("key"));
    const Result<Response> answer = transport.send(request, operation);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Crypto);
    QCOMPARE(answer.error().id, QStringLiteral("client.tls"));
    QVERIFY2(server.seen().isEmpty(), "nothing may be sent to a server that did not prove itself");
}

void TransportTest::knownCertificateIsAccepted()
{
    QTemporaryDir folder;
    const auto tls = test::makeCertificate(QStringLiteral("localhost"), folder.path());
    const ScriptedServer server([](const Seen &) { return json(200, "{}"); }, {}, tls);
    HttpTransport transport({{tls->certificate}, {}});
    Operation operation;
    const Result<Response> answer = transport.send(get(server.url()), operation);
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().toText()));

    QTemporaryDir otherFolder;
    const auto otherTls = test::makeCertificate(QStringLiteral("elsewhere.example"), otherFolder.path());
    const ScriptedServer other([](const Seen &) { return json(200, "{}"); }, {}, otherTls);
    HttpTransport trusting({{otherTls->certificate}, {}});
    const Result<Response> wrongName = trusting.send(get(other.url()), operation);
    QVERIFY2(!wrongName, "a trusted certificate for another name proves nothing");
    QCOMPARE(wrongName.error().id, QStringLiteral("client.tls"));
}

void TransportTest::pinIsChecked()
{
    QTemporaryDir folder;
    const auto tls = test::makeCertificate(QStringLiteral("localhost"), folder.path());
    const ScriptedServer server([](const Seen &) { return json(200, "{}"); }, {}, tls);
    const QByteArray pin =
        QCryptographicHash::hash(tls->certificate.publicKey().toDer(), QCryptographicHash::Sha256);
    Operation operation;
    HttpTransport right({{tls->certificate}, pin});
    QVERIFY(right.send(get(server.url()), operation));

    HttpTransport wrong({{tls->certificate}, QByteArray(32, 'x')});
    Request request = get(server.url(QStringLiteral("/pinned")));
    request.apiKey = std::make_shared<const Secret>(Secret::copyOf("key"));
    for (int attempt = 0; attempt < 2; ++attempt) {
        const Result<Response> answer = wrong.send(request, operation);
        QVERIFY(!answer);
        QCOMPARE(answer.error().id, QStringLiteral("client.tls.pin"));
    }
    const QVector<Seen> seen = server.seen();
    for (const Seen &one : seen) {
        QVERIFY2(one.target != "/pinned", "the key reached a server with another key");
    }
}

void TransportTest::busyServerIsAskedAgain()
{
    int asked = 0;
    const ScriptedServer server([&](const Seen &) {
        ++asked;
        return asked < 3 ? json(429, R"({"error":"too_many_requests"})", "Retry-After: 0\r\n")
                         : json(200, "{}");
    });
    HttpTransport transport;
    Operation operation;
    RetryPolicy policy;
    policy.first = std::chrono::milliseconds(5);
    const Result<Response> answer = sendRepeatable(transport, get(server.url()), operation, policy);
    QVERIFY(answer);
    QCOMPARE(answer->status, 200);
    QCOMPARE(server.seen().size(), 3);
}

void TransportTest::longWaitIsNotWaited()
{
    const ScriptedServer server(
        [](const Seen &) { return json(429, R"({"error":"too_many_requests"})", "Retry-After: 900\r\n"); });
    HttpTransport transport;
    Operation operation;
    const Result<Response> answer = sendRepeatable(transport, get(server.url()), operation);
    QVERIFY(answer);
    QCOMPARE(server.seen().size(), 1);
    const Error error = refusal(*answer);
    QVERIFY2(error.remedy.contains(QLatin1String("900")), qPrintable(error.remedy));
}

void TransportTest::changesAreNotRepeatedBySend()
{
    const ScriptedServer server([](const Seen &) { return json(503, "{}"); });
    HttpTransport transport;
    Operation operation;
    Request request = get(server.url());
    request.method = Method::Post;
    QVERIFY(transport.send(request, operation));
    QCOMPARE(server.seen().size(), 1);
    QCOMPARE(server.seen().at(0).headers.value("content-length"), QByteArray("0"));
}

void TransportTest::destroyingEndsExchanges()
{
    QSemaphore arrived;
    const ScriptedServer server([&](const Seen &) {
        arrived.release();
        return Reply{{}, Reply::Then::Keep, true};
    });
    auto transport = std::make_unique<HttpTransport>();
    Result<Response> answer = makeError(ErrorKind::Internal, "test.unset", {});
    std::jthread caller([&] {
        Operation operation;
        answer = transport->send(get(server.url()), operation);
    });
    arrived.acquire();
    transport.reset();
    caller.join();
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(TransportTest)
#include "transporttest.moc"
