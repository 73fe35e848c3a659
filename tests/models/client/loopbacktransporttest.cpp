// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/loopbacktransport.h"
#include "client/hello.h"
#include "support/scriptedserver.h"

#include <QCryptographicHash>
#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>
#include <QUrlQuery>

#include <atomic>
#include <thread>

using namespace gatehouse;
using namespace gatehouse::client;
using test::json;
using test::Reply;
using test::ScriptedServer;
using test::Seen;

namespace {

const char *const kKey = "0f0f0f0f-1111-4222-8333-444444444444";

std::shared_ptr<const Secret> key()
{
    return std::make_shared<const Secret>(Secret::copyOf(kKey));
}

bool isHello(const Seen &seen)
{
    return seen.target.startsWith("/gatehouse/v1/hello");
}

/// What the owner of the key answers.
Reply greeting(const Seen &seen)
{
    const QUrl url(QString::fromLatin1(seen.target));
    const QString nonce = QUrlQuery(url.query()).queryItemValue(QStringLiteral("nonce"));
    const QByteArray digest = QCryptographicHash::hash(kKey, QCryptographicHash::Sha256);
    const QByteArray proof = helloProof(digest, nonce, QString::fromLatin1(seen.headers.value("host")));
    return json(200, R"({"server_id":"abc","version":"0.1.0","proof":")" + proof + R"("})");
}

ScriptedServer::Script owning(ScriptedServer::Script script)
{
    return [script = std::move(script)](const Seen &seen) {
        return isHello(seen) ? greeting(seen) : script(seen);
    };
}

Request get(const QUrl &url)
{
    Request request;
    request.url = url;
    request.apiKey = key();
    request.stallTimeout = std::chrono::milliseconds(3000);
    return request;
}

LoopbackTransport transportTo(const ScriptedServer &server)
{
    return {server.url(), key(), std::make_shared<HttpTransport>()};
}

qsizetype hellos(const ScriptedServer &server)
{
    const QVector<Seen> seen = server.seen();
    return std::count_if(seen.begin(), seen.end(), isHello);
}

} // namespace

/// The way to the server that the desktop started: nothing goes to whoever cannot prove that he is it.
class LoopbackTransportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theKeyGoesAfterTheProof();
    void aConnectionProvesItselfOnce();
    void impostorsNeverSeeTheKey_data();
    void impostorsNeverSeeTheKey();
    void nothingIsSentTwice();
    void aConnectionClosedWhileIdleIsReplaced();
    void theKeyGoesNowhereElse();
    void answersInAllForms_data();
    void answersInAllForms();
    void brokenAnswers_data();
    void brokenAnswers();
    void answersAreLimited();
    void sinkGetsSuccessOnly();
    void filesAreSentAndRefusalsEndThem();
    void silenceDeadlineAndStop();
    void nobodyListens();
    void headersAreOneLine();
};

void LoopbackTransportTest::theKeyGoesAfterTheProof()
{
    const ScriptedServer server(
        owning([](const Seen &) { return json(200, R"({"a":1})", "X-Request-Id: abc\r\n"); }));
    LoopbackTransport transport = transportTo(server);
    Operation operation;
    QUrl url = server.url(QStringLiteral("/app"));
    url.setQuery(QStringLiteral("x=a%20b"));
    const Result<Response> answer = transport.send(get(url), operation);
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().toText()));
    QCOMPARE(answer->status, 200);
    QCOMPARE(answer->body, QByteArray(R"({"a":1})"));
    QCOMPARE(answer->requestId, QStringLiteral("abc"));
    const QVector<Seen> seen = server.seen();
    QCOMPARE(seen.size(), 2);
    QVERIFY(isHello(seen.at(0)));
    QVERIFY2(!seen.at(0).headers.contains("capgkey"), "the key must not be in the question");
    QCOMPARE(seen.at(1).target, QByteArray("/app?x=a%20b"));
    QCOMPARE(seen.at(1).headers.value("capgkey"), QByteArray(kKey));
}

void LoopbackTransportTest::aConnectionProvesItselfOnce()
{
    const ScriptedServer server(owning([](const Seen &) { return json(200, "{}"); }));
    LoopbackTransport transport = transportTo(server);
    for (int i = 0; i < 5; ++i) {
        Operation operation;
        QVERIFY(transport.send(get(server.url(QStringLiteral("/app"))), operation));
    }
    QCOMPARE(server.seen().size(), 6);
    QCOMPARE(hellos(server), 1);
}

void LoopbackTransportTest::impostorsNeverSeeTheKey_data()
{
    QTest::addColumn<QByteArray>("hello");
    QTest::newRow("no proof") << QByteArray(R"({"server_id":"abc","version":"0.1.0","proof":""})");
    QTest::newRow("a wrong proof") << R"({"server_id":"abc","version":"0.1.0","proof":")" +
                                          QByteArray(64, 'a') + R"("})";
    QTest::newRow("not a greeting") << QByteArray("[]");
    QTest::newRow("nothing") << QByteArray();
}

void LoopbackTransportTest::impostorsNeverSeeTheKey()
{
    QFETCH(const QByteArray, hello);
    const ScriptedServer server([&](const Seen &seen) {
        return json(200, isHello(seen) ? hello : QByteArray(R"({"status":"ok"})"));
    });
    LoopbackTransport transport = transportTo(server);
    for (const Method method : {Method::Get, Method::Post, Method::Patch}) {
        Operation operation;
        Request request = get(server.url(QStringLiteral("/app")));
        request.method = method;
        request.body = method == Method::Get ? QByteArray() : QByteArray(kKey);
        QVERIFY(!transport.send(request, operation));
    }
    const QVector<Seen> seen = server.seen();
    QCOMPARE(seen.size(), 3);
    for (const Seen &one : seen) {
        QVERIFY(isHello(one));
        QVERIFY(!one.headers.contains("capgkey"));
    }
}

/// Qt's client repeats a request when its connection ends before an answer; to whom is not known by then.
void LoopbackTransportTest::nothingIsSentTwice()
{
    std::atomic<bool> isCrashed = false;
    const ScriptedServer server([&](const Seen &seen) {
        if (seen.target == "/crash") {
            isCrashed = true;
            return Reply{{}, Reply::Then::Reset, false};
        }
        // From then on somebody else has the port.
        return isCrashed ? json(200, "{}") : isHello(seen) ? greeting(seen) : json(200, "{}");
    });
    LoopbackTransport transport = transportTo(server);
    Operation operation;
    QVERIFY(transport.send(get(server.url(QStringLiteral("/app"))), operation));
    const Result<Response> answer = transport.send(get(server.url(QStringLiteral("/crash"))), operation);
    QVERIFY(!answer);
    const QVector<Seen> seen = server.seen();
    const auto withKey = std::count_if(seen.begin(), seen.end(),
                                       [](const Seen &one) { return one.headers.contains("capgkey"); });
    QCOMPARE(withKey, 2);
    QVERIFY(!transport.send(get(server.url(QStringLiteral("/app"))), operation));
    QVERIFY(isHello(server.seen().last()));
}

void LoopbackTransportTest::aConnectionClosedWhileIdleIsReplaced()
{
    ScriptedServer server(owning([](const Seen &) { return json(200, "{}"); }));
    LoopbackTransport transport = transportTo(server);
    Operation operation;
    Request request = get(server.url(QStringLiteral("/app")));
    request.method = Method::Post;
    QVERIFY(transport.send(request, operation));
    server.dropAll();
    QVERIFY(transport.send(request, operation));
    QCOMPARE(hellos(server), 2);
}

void LoopbackTransportTest::theKeyGoesNowhereElse()
{
    const ScriptedServer server(owning([](const Seen &) { return json(200, "{}"); }));
    const ScriptedServer other([](const Seen &) { return json(200, "{}"); });
    LoopbackTransport transport = transportTo(server);
    Operation operation;
    Request request = get(other.url(QStringLiteral("/app")));
    const Result<Response> answer = transport.send(request, operation);
    QVERIFY(!answer);
    QCOMPARE(answer.error().id, QStringLiteral("client.foreign_url"));
    QVERIFY(other.seen().isEmpty());
    request.apiKey.reset();
    QVERIFY(transport.send(request, operation));
    QVERIFY(!other.seen().constFirst().headers.contains("capgkey"));
}

void LoopbackTransportTest::answersInAllForms_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *name, const char *bytes, int status, const char *body) {
        QTest::newRow(name) << QByteArray(bytes) << status << QByteArray(body);
    };
    row("a length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, "hello");
    row("chunks",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nhel\r\n2\r\nlo\r\n0\r\nA: b\r\n\r\n",
        200, "hello");
    row("until it closes", "HTTP/1.1 200 OK\r\n\r\nhello", 200, "hello");
    row("no content", "HTTP/1.1 204 No Content\r\n\r\n", 204, "");
    row("a word before", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n",
        201, "");
    row("a refusal", "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}", 404, "{}");
}

void LoopbackTransportTest::answersInAllForms()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    const ScriptedServer server(owning([&](const Seen &) {
        return Reply{bytes, Reply::Then::Close, false};
    }));
    LoopbackTransport transport = transportTo(server);
    Operation operation;
    const Result<Response> answer = transport.send(get(server.url(QStringLiteral("/app"))), operation);
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().toText()));
    QCOMPARE(answer->status, status);
    QCOMPARE(answer->body, body);
}

void LoopbackTransportTest::brokenAnswers_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("id");
    const auto row = [](const char *name, const QByteArray &bytes, const char *id) {
        QTest::newRow(name) << bytes << QString::fromLatin1(id);
    };
    row("closed before an answer", "", "client.closed");
    row("closed in the head", "HTTP/1.1 200 OK\r\nConte", "client.cut_short");
    row("a body shorter than announced", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        "client.cut_short");
    row("chunks that stop", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "client.cut_short");
    row("chunks without a size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello\r\n",
        "client.http");
    row("a negative length", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello", "client.http");
    row("not HTTP", "SSH-2.0-OpenSSH_9.2\r\n\r\n", "client.http");
    row("a head without end", "HTTP/1.1 200 OK\r\nA: " + QByteArray(200000, 'a'), "client.http");
    row("a redirect",
        "HTTP/1.1 302 Found\r\nLocation: https://elsewhere.example/\r\nContent-Length: 0\r\n\r\n",
        "client.redirect");
}

void LoopbackTransportTest::brokenAnswers()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, id);
    const ScriptedServer server(owning([&](const Seen &) {
        return Reply{bytes, Reply::Then::Close, false};
    }));
    LoopbackTransport transport = transportTo(server);
    Operation operation;
    const Result<Response> answer = transport.send(get(server.url(QStringLiteral("/app"))), operation);
    QVERIFY(!answer);
    QCOMPARE(answer.error().id, id);
}

void LoopbackTransportTest::answersAreLimited()
{
    const ScriptedServer server(owning([](const Seen &) { return json(200, QByteArray(100000, 'x')); }));
    LoopbackTransport transport = transportTo(server);
    Operation operation;
    Request request = get(server.url(QStringLiteral("/app")));
    request.maxBody = 1000;
    const Result<Response> answer = transport.send(request, operation);
    QVERIFY(!answer);
    QCOMPARE(answer.error().id, QStringLiteral("client.too_large"));
    request.maxBody = 100000;
    QVERIFY(transport.send(request, operation));
}

void LoopbackTransportTest::sinkGetsSuccessOnly()
{
    const ScriptedServer server(owning([](const Seen &seen) {
        return seen.target == "/good" ? json(200, QByteArray(500000, 'a'))
                                      : json(404, R"({"error":"not_found"})");
    }));
    LoopbackTransport transport = transportTo(server);
    Operation operation;
    qint64 bytes = 0;
    int status = 0;
    Request request = get(server.url(QStringLiteral("/good")));
    request.maxBody = 10;
    request.answered = [&](int code) { status = code; };
    request.sink = [&](QByteArrayView chunk) -> Result<void> {
        bytes += chunk.size();
        return {};
    };
    QVERIFY(transport.send(request, operation));
    QCOMPARE(bytes, 500000);
    QCOMPARE(status, 200);
    request.url = server.url(QStringLiteral("/bad"));
    const Result<Response> refused = transport.send(request, operation);
    QVERIFY(refused);
    QCOMPARE(refusal(*refused).id, QStringLiteral("server.not_found"));
    QCOMPARE(bytes, 500000);
    request.url = server.url(QStringLiteral("/good"));
    request.sink = [](QByteArrayView) -> Result<void> {
        return makeError(ErrorKind::Io, "test.full", QStringLiteral("The disk is full."));
    };
    const Result<Response> full = transport.send(request, operation);
    QVERIFY(!full);
    QCOMPARE(full.error().id, QStringLiteral("test.full"));
}

void LoopbackTransportTest::filesAreSentAndRefusalsEndThem()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("bundle"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("0123456789");
    QVERIFY(file.resize(64LL * 1024 * 1024));
    file.close();
    const ScriptedServer server(owning([](const Seen &) { return json(200, "{}"); }));
    LoopbackTransport transport = transportTo(server);
    Operation operation;
    Request request = get(server.url(QStringLiteral("/put")));
    request.method = Method::Patch;
    request.file = FileSlice{path, 3, 4};
    qint64 sent = 0;
    request.sent = [&](qint64 bytes) { sent = bytes; };
    QVERIFY(transport.send(request, operation));
    QCOMPARE(server.seen().last().body, QByteArray("3456"));
    QCOMPARE(server.seen().last().headers.value("content-length"), QByteArray("4"));
    QCOMPARE(sent, 4);
    request.file = FileSlice{path, 0, 65LL * 1024 * 1024};
    const Result<Response> tooShort = transport.send(request, operation);
    QVERIFY(!tooShort);
    QCOMPARE(tooShort.error().id, QStringLiteral("client.file"));
    QCOMPARE(server.seen().size(), 2); // the hello and the four bytes
    // The other side closes in the middle: the end comes at once, not after the whole file.
    const ScriptedServer refusing(owning([](const Seen &) { return json(413, "{}"); }),
                                  [](const Seen &head) -> qint64 { return isHello(head) ? -1 : 1000; });
    LoopbackTransport refused = transportTo(refusing);
    request.url = refusing.url(QStringLiteral("/put"));
    request.file = FileSlice{path, 0, 64LL * 1024 * 1024};
    QVERIFY(!refused.send(request, operation));
    QVERIFY(sent < 64LL * 1024 * 1024);
}

void LoopbackTransportTest::silenceDeadlineAndStop()
{
    QSemaphore arrived;
    const ScriptedServer server(owning([&](const Seen &) {
        arrived.release();
        return Reply{{}, Reply::Then::Keep, true};
    }));
    LoopbackTransport transport = transportTo(server);
    Request request = get(server.url(QStringLiteral("/app")));
    request.stallTimeout = std::chrono::milliseconds(100);
    Operation silent;
    const Result<Response> silence = transport.send(request, silent);
    QVERIFY(!silence);
    QCOMPARE(silence.error().id, QStringLiteral("client.timeout"));
    QCOMPARE(silence.error().kind, ErrorKind::Timeout);

    request.stallTimeout = std::chrono::milliseconds(0); // for ever
    Operation late;
    late.setTimeout(std::chrono::milliseconds(100));
    const Result<Response> deadline = transport.send(request, late);
    QVERIFY(!deadline);
    QCOMPARE(deadline.error().id, QStringLiteral("operation.timeout"));

    arrived.acquire(2);
    std::stop_source stop;
    Operation stopped(stop.get_token());
    std::jthread canceller([&] {
        arrived.acquire();
        stop.request_stop();
    });
    const Result<Response> cancelled = transport.send(request, stopped);
    QVERIFY(!cancelled);
    QCOMPARE(cancelled.error().kind, ErrorKind::Cancelled);
}

void LoopbackTransportTest::nobodyListens()
{
    QUrl url;
    {
        const ScriptedServer gone(owning([](const Seen &) { return json(200, "{}"); }));
        url = gone.url(QStringLiteral("/app"));
    }
    LoopbackTransport transport(url, key(), std::make_shared<HttpTransport>());
    Operation operation;
    const Result<Response> answer = transport.send(get(url), operation);
    QVERIFY(!answer);
    QCOMPARE(answer.error().id, QStringLiteral("client.offline"));
    QCOMPARE(answer.error().kind, ErrorKind::Offline);
}

void LoopbackTransportTest::headersAreOneLine()
{
    const ScriptedServer server(owning([](const Seen &) { return json(200, "{}"); }));
    LoopbackTransport transport = transportTo(server);
    Operation operation;
    Request request = get(server.url(QStringLiteral("/app")));
    request.headers.append(Header{"X-A", "b\r\nX-Evil: c"});
    QVERIFY(transport.send(request, operation));
    QVERIFY(!server.seen().last().headers.contains("x-evil"));
    QCOMPARE(server.seen().last().headers.value("x-a"), QByteArray("b  X-Evil: c"));
}

QTEST_GUILESS_MAIN(LoopbackTransportTest)
#include "loopbacktransporttest.moc"
