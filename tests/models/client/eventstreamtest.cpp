// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/eventstream.h"
#include "support/scriptedcapgo.h"

#include <QMutex>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::client;
using test::json;
using test::Reply;
using test::ScriptedCapgo;
using test::Seen;

namespace {

constexpr const char *kHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";

SessionPtr open(const QUrl &url)
{
    Operation operation;
    Result<SessionPtr> session =
        Session::open(std::make_shared<HttpTransport>(), {url, {}},
                      std::make_shared<const Secret>(Secret::copyOf("key")), operation);
    if (!session) {
        qFatal("no session: %s", qPrintable(session.error().toText()));
    }
    return *session;
}

AppId app()
{
    return *AppId::parse(QStringLiteral("com.example.app"));
}

/// What a listener was told, seen from the test's thread.
class Heard
{
public:
    EventStream::Listener listener()
    {
        return {[this](const QVector<wire::LiveEvent> &events) {
                    const QMutexLocker lock(&m_mutex);
                    // NOLINTNEXTLINE(clang-analyzer-core.CallAndMessage): this is never null
                    m_events += events;
                },
                [this](EventStream::Link link, const std::optional<Error> &error) {
                    const QMutexLocker lock(&m_mutex);
                    // NOLINTNEXTLINE(clang-analyzer-core.CallAndMessage): as above, it cannot be null
                    m_links.append(link);
                    m_error = error;
                }};
    }
    QVector<wire::LiveEvent> events()
    {
        const QMutexLocker lock(&m_mutex);
        return m_events;
    }
    QVector<EventStream::Link> links()
    {
        const QMutexLocker lock(&m_mutex);
        return m_links;
    }

private:
    QMutex m_mutex;
    QVector<wire::LiveEvent> m_events;
    QVector<EventStream::Link> m_links;
    std::optional<Error> m_error;
};

EventStream::Settings quick()
{
    EventStream::Settings settings;
    settings.pollInterval = std::chrono::milliseconds(20);
    settings.firstWait = std::chrono::milliseconds(10);
    settings.longestWait = std::chrono::milliseconds(50);
    settings.silence = std::chrono::milliseconds(3000);
    return settings;
}

ScriptedCapgo::StepIn streaming(QByteArray first = {})
{
    return [first = std::move(first)](const Seen &seen) -> std::optional<Reply> {
        if (seen.target == "/gatehouse/v1/capabilities") {
            return json(200, R"({"server_id":"abc","version":"0.1.0","features":["events"]})");
        }
        if (seen.target == "/gatehouse/v1/apps/com.example.app/events") {
            return Reply{kHead + first, Reply::Then::Keep, false};
        }
        return std::nullopt;
    };
}

} // namespace

/// Live events over a connection that comes and goes.
class EventStreamTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eventsArriveWhateverThePieces();
    void lostConnectionIsResumed();
    void silenceIsADeadConnection();
    void refusalIsTold();
    void pollsWhereThereIsNoStream();
    void endsAtOnce();
};

void EventStreamTest::eventsArriveWhateverThePieces()
{
    ScriptedCapgo server(streaming());
    Heard heard;
    const EventStream stream(open(server.url()), app(), heard.listener(), quick());
    QTRY_VERIFY(heard.links().contains(EventStream::Link::Live));
    server.server().push("id: 1\nevent: stats\nda");
    server.server().push("ta: {\"action\":\"set\"}\n");
    server.server().push("\n: heartbeat\n\nid: 2\nevent: channel\ndata: {}\n\n");
    QTRY_COMPARE(heard.events().size(), 2);
    QCOMPARE(heard.events().at(0).type, QStringLiteral("stats"));
    QCOMPARE(heard.events().at(0).data.value(QLatin1String("action")).toString(), QStringLiteral("set"));
    QCOMPARE(heard.events().at(1).id, 2);
}

void EventStreamTest::lostConnectionIsResumed()
{
    ScriptedCapgo server(streaming("id: 41\nevent: stats\ndata: {}\n\n"));
    Heard heard;
    const EventStream stream(open(server.url()), app(), heard.listener(), quick());
    QTRY_COMPARE(heard.events().size(), 1);
    server.server().dropAll();
    QTRY_VERIFY(heard.events().size() >= 2);
    QVERIFY(heard.links().contains(EventStream::Link::Waiting));
    QTRY_COMPARE(heard.links().last(), EventStream::Link::Live);
    // By request id: Qt itself sends a request once more when its connection is closed under it, and drops
    // the answer.
    QVector<QByteArray> ids;
    QVector<QByteArray> asked;
    const QVector<Seen> all = server.server().seen();
    for (const Seen &seen : all) {
        const QByteArray id = seen.headers.value("x-request-id");
        if (seen.target.endsWith("/events") && !ids.contains(id)) {
            ids.append(id);
            asked.append(seen.headers.value("last-event-id"));
        }
    }
    QVERIFY(asked.size() >= 2);
    QCOMPARE(asked.at(0), QByteArray());
    QCOMPARE(asked.at(1), QByteArray("41"));
}

void EventStreamTest::silenceIsADeadConnection()
{
    ScriptedCapgo server(streaming());
    Heard heard;
    EventStream::Settings settings = quick();
    settings.silence = std::chrono::milliseconds(100);
    const EventStream stream(open(server.url()), app(), heard.listener(), settings);
    QTRY_VERIFY(heard.links().contains(EventStream::Link::Waiting));
    QTRY_VERIFY(heard.links().count(EventStream::Link::Live) >= 2);
}

void EventStreamTest::refusalIsTold()
{
    ScriptedCapgo server([](const Seen &seen) -> std::optional<Reply> {
        if (seen.target.endsWith("/events")) {
            return json(403, R"({"error":"cannot_access_app","message":"no"})");
        }
        return streaming()(seen);
    });
    Heard heard;
    const EventStream stream(open(server.url()), app(), heard.listener(), quick());
    QTRY_VERIFY(heard.links().contains(EventStream::Link::Waiting));
    QVERIFY(!heard.links().contains(EventStream::Link::Live));
}

void EventStreamTest::pollsWhereThereIsNoStream()
{
    ScriptedCapgo server;
    Heard heard;
    const EventStream stream(open(server.url()), app(), heard.listener(), quick());
    QTRY_VERIFY(heard.events().size() >= 3);
    QCOMPARE(heard.links(), QVector<EventStream::Link>{EventStream::Link::Polling});
    QCOMPARE(heard.events().at(0).type, QStringLiteral("poll"));
}

void EventStreamTest::endsAtOnce()
{
    ScriptedCapgo server(streaming());
    Heard heard;
    auto stream = std::make_unique<EventStream>(open(server.url()), app(), heard.listener(), quick());
    QTRY_VERIFY(heard.links().contains(EventStream::Link::Live));
    QElapsedTimer timer;
    timer.start();
    stream.reset();
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    const qsizetype told = heard.links().size();
    server.server().dropAll();
    QCOMPARE(heard.links().size(), told);
}

QTEST_GUILESS_MAIN(EventStreamTest)
#include "eventstreamtest.moc"
