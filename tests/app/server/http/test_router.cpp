// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/router.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::server;

namespace {

Response named(const char *name)
{
    Response response;
    response.body = QByteArray(name);
    return response;
}

class EchoSink final : public BodySink
{
public:
    Result<void> write(QByteArrayView piece) override
    {
        m_all += piece;
        return {};
    }
    Response finish() override
    {
        Response response;
        response.body = m_all;
        return response;
    }

private:
    QByteArray m_all;
};

} // namespace

class RouterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_router = std::make_unique<Router>();
        m_router->add(Method::Get, QStringLiteral("/app"), [](const Request &) { return named("list"); });
        m_router->add(Method::Get, QStringLiteral("/app/:app_id"), [](const Request &request) {
            return named(request.parameter(QStringLiteral("app_id")).toUtf8().constData());
        });
        m_router->add(Method::Get, QStringLiteral("/app/demo"),
                      [](const Request &) { return named("demo"); });
        m_router->add(Method::Get, QStringLiteral("/files/*key"), [](const Request &request) {
            return named(request.parameter(QStringLiteral("key")).toUtf8().constData());
        });
        m_router->addStream(Method::Patch, QStringLiteral("/up/:id"),
                            [](const Request &) -> std::variant<Response, std::unique_ptr<BodySink>> {
                                return std::make_unique<EchoSink>();
                            },
                            {});
    }

    void paths_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("exact") << QByteArray("/app") << 200 << QByteArray("list");
        QTest::newRow("trailing slash") << QByteArray("/app/") << 200 << QByteArray("list");
        QTest::newRow("parameter") << QByteArray("/app/com.acme.app") << 200 << QByteArray("com.acme.app");
        QTest::newRow("decoded parameter") << QByteArray("/app/a%20b%2Fc") << 200 << QByteArray("a b/c");
        QTest::newRow("exact wins") << QByteArray("/app/demo") << 200 << QByteArray("demo");
        QTest::newRow("rest") << QByteArray("/files/orgs/o/apps/a/1.zip") << 200
                              << QByteArray("orgs/o/apps/a/1.zip");
        QTest::newRow("empty rest") << QByteArray("/files/") << 404 << QByteArray();
        QTest::newRow("too long") << QByteArray("/app/a/b") << 404 << QByteArray();
        QTest::newRow("case") << QByteArray("/App") << 404 << QByteArray();
        QTest::newRow("double slash") << QByteArray("//app") << 404 << QByteArray();
        QTest::newRow("root") << QByteArray("/") << 404 << QByteArray();
        QTest::newRow("empty") << QByteArray("") << 404 << QByteArray();
    }
    void paths()
    {
        QFETCH(QByteArray, path);
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        Request request;
        request.rawPath = path;
        const Response response = m_router->dispatch(request);
        QCOMPARE(response.status, status);
        if (status == 200) {
            QCOMPARE(response.bytes(), body);
        } else {
            QVERIFY(response.bytes().contains("\"not_found\""));
        }
    }

    void headIsAnsweredByGet()
    {
        QVERIFY(m_router->match(Method::Head, "/app").has_value());
        QVERIFY(!m_router->match(Method::Head, "/up/1").has_value());
    }

    void otherMethodIsNotFound() { QVERIFY(!m_router->match(Method::Delete, "/app").has_value()); }

    void streamRouteGetsTheBody()
    {
        Request request;
        request.method = Method::Patch;
        request.rawPath = "/up/1";
        request.body = "bytes";
        QCOMPARE(m_router->dispatch(request).bytes(), QByteArray("bytes"));
    }

    void listIsSorted()
    {
        QCOMPARE(m_router->list(),
                 (QStringList{QStringLiteral("GET /app"), QStringLiteral("GET /app/:app_id"),
                              QStringLiteral("GET /app/demo"), QStringLiteral("GET /files/*key"),
                              QStringLiteral("PATCH /up/:id")}));
    }

    void queryIsDecoded()
    {
        const auto query = QueryParameters::parse("a=1&b=x%20y+z&a=2&flag&=v&c=%C3%A4");
        QCOMPARE(query.value(QStringLiteral("a")), QStringLiteral("1"));
        QCOMPARE(query.value(QStringLiteral("b")), QStringLiteral("x y z"));
        QCOMPARE(query.value(QStringLiteral("c")), QStringLiteral("ä"));
        QVERIFY(query.contains(QStringLiteral("flag")));
        QVERIFY(!query.contains(QStringLiteral("d")));
        QCOMPARE(query.items().size(), 6);
    }

private:
    std::unique_ptr<Router> m_router;
};

QTEST_GUILESS_MAIN(RouterTest)
#include "test_router.moc"
