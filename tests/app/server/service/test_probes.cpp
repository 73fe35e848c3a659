// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/rawclient.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace {

constexpr int kPatienceMs = 30'000;

/// The real program, alone on loopback.
class Alone
{
public:
    explicit Alone(const QStringList &more)
    {
        const QString program = QStringLiteral(GATEHOUSE_BIN_DIR "/gatehouse-server");
        const QString data = m_folder.filePath(QStringLiteral("data"));
        QProcess maker;
        maker.start(program,
                    {QStringLiteral("create-key"), QStringLiteral("CI"), QStringLiteral("--data"), data});
        maker.waitForFinished(kPatienceMs);
        key = maker.readAllStandardOutput().trimmed();
        m_process.start(program, QStringList{QStringLiteral("--data"), data, QStringLiteral("--listen"),
                                             QStringLiteral("127.0.0.1:0")} +
                                     more);
        QByteArray said;
        while (!said.contains('\n') && m_process.waitForReadyRead(kPatienceMs)) {
            said += m_process.readAllStandardOutput();
        }
        port = said.trimmed().mid(said.trimmed().lastIndexOf(':') + 1).toUShort();
    }
    ~Alone()
    {
        m_process.terminate();
        m_process.waitForFinished(kPatienceMs);
    }

    [[nodiscard]] RawAnswer ask(const QByteArray &method, const QByteArray &target,
                                const QByteArray &body = {}, const QByteArray &headers = {}) const
    {
        RawClient client(port);
        client.send(rawRequest(method, target, port, body, headers));
        return client.answer(method == "HEAD");
    }

    QByteArray key;
    quint16 port = 0;

private:
    QTemporaryDir m_folder;
    QProcess m_process;
};

/// An error in one of the forms that clients know, or no error.
bool isSaid(const QByteArray &method, const RawAnswer &answer)
{
    if (answer.status < 400 || method == "HEAD") {
        return answer.status > 0;
    }
    const QJsonObject object = answer.json();
    const bool isEnvelope = object[QLatin1String("error")].isString();
    const bool isPostgrest = object[QLatin1String("code")].isString() &&
                             object[QLatin1String("message")].isString() &&
                             object.contains(QLatin1String("details"));
    return (isEnvelope || isPostgrest) && answer.headers.value("content-type").startsWith("application/json");
}

} // namespace

/// Whatever is asked, it is answered with the envelope, never with silence, a page or a stop.
class ProbesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingIsAnswered_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::newRow("with the extensions") << QStringList();
        QTest::newRow("strict") << QStringList(QStringLiteral("--strict-capgo"));
    }
    void everythingIsAnswered()
    {
        QFETCH(const QStringList, options);
        const Alone server(options);
        QVERIFY(server.port != 0);
        const QByteArray rightKey = "capgkey: " + server.key + "\r\n";
        const QByteArray longPath = "/updates/" + QByteArray(4000, 'a');
        const QList<QByteArray> paths{"/",
                                      "//",
                                      "/..",
                                      "/%zz",
                                      "/nothing",
                                      "/updates",
                                      "/updates/",
                                      "/UPDATES",
                                      "/updates/x",
                                      "/updates/manifest_size",
                                      "/stats",
                                      "/channel_self",
                                      "/plugin/updates",
                                      "/ok",
                                      "/ko",
                                      "/latency",
                                      "/healthz",
                                      "/app",
                                      "/app/com.acme.none",
                                      "/app/a/b/c",
                                      "/bundle",
                                      "/channel",
                                      "/device",
                                      "/organization",
                                      "/organization/audit",
                                      "/statistics",
                                      "/statistics/app/com.acme.none",
                                      "/apikey",
                                      "/apikey/1",
                                      "/webhooks",
                                      "/build/x",
                                      "/notifications",
                                      "/private/config",
                                      "/private/role_bindings",
                                      "/private/plans",
                                      "/private/devices",
                                      "/files/config",
                                      "/files/upload/attachments",
                                      "/files/upload/attachments/none",
                                      "/files/upload_link",
                                      "/files/read/attachments/none",
                                      "/files/read/attachments/a%zz",
                                      "/rest/v1/apps",
                                      "/rest/v1/nothing",
                                      "/rest/v1/apps?select=(",
                                      "/rest/v1/rpc/nothing",
                                      "/rest/v1/rpc/get_user_id",
                                      "/auth/v1/token",
                                      "/storage/v1/object",
                                      "/functions/v1/nothing",
                                      "/functions/v1/app",
                                      "/functions/v1/functions/v1/app",
                                      "/gatehouse/v1/hello",
                                      "/gatehouse/v1/capabilities",
                                      "/gatehouse/v1/nothing",
                                      "/gatehouse/v1/apps/com.acme.none/channels/x/actions",
                                      "/gatehouse/v1/openapi.json",
                                      longPath};
        const QList<QByteArray> bodies{
            "", "{", "[1", "null", "[]", "\"a\"", "\xff\xfe", R"({"app_id":1})", QByteArray(2000, '[')};
        for (const QByteArray &path : paths) {
            for (const char *method : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}) {
                for (const QByteArray &body : bodies) {
                    if (QByteArray(method) == "HEAD" && !body.isEmpty()) {
                        continue;
                    }
                    const RawAnswer answer = server.ask(method, path, body, rightKey);
                    const QByteArray what = QByteArray(method) + ' ' + path.left(80) + ' ' + body.left(20) +
                                            " -> " + QByteArray::number(answer.status) + ' ' +
                                            answer.body.left(200);
                    QVERIFY2(isSaid(method, answer), what.constData());
                    QVERIFY2(answer.status < 500, what.constData());
                    QVERIFY2(answer.status != 405, what.constData());
                }
                const RawAnswer keyless = server.ask(method, path);
                QVERIFY2(isSaid(method, keyless), path.constData());
                QVERIFY2(keyless.status < 500, path.constData());
            }
        }
        QCOMPARE(server.ask("GET", "/ok").json()[QLatin1String("status")].toString(), QStringLiteral("ok"));
    }

    void strictHidesTheExtensions()
    {
        const Alone server({QStringLiteral("--strict-capgo")});
        const QByteArray rightKey = "capgkey: " + server.key + "\r\n";
        for (const char *path :
             {"/gatehouse/v1/capabilities", "/gatehouse/v1/apps/com.acme.app/events",
              "/gatehouse/v1/apps/com.acme.app/series", "/gatehouse/v1/apps/com.acme.app/channels/x/state"}) {
            const RawAnswer answer = server.ask("GET", path, {}, rightKey);
            QCOMPARE(answer.status, 404);
            QCOMPARE(answer.error(), QStringLiteral("not_found"));
        }
    }

    void tooMuchIsRefused()
    {
        const Alone server({});
        const QByteArray tooLong(1024 * 1024 + 1, ' ');
        for (const char *path : {"/updates", "/stats", "/app", "/bundle", "/functions/v1/app"}) {
            const RawAnswer answer = server.ask("POST", path, tooLong, "capgkey: " + server.key + "\r\n");
            QCOMPARE(answer.status, 413);
            QCOMPARE(answer.error(), QStringLiteral("body_too_large"));
        }
        const RawAnswer head = server.ask("GET", "/ok", {}, "X-Long: " + QByteArray(20'000, 'a') + "\r\n");
        QCOMPARE(head.status, 431);
        QCOMPARE(head.error(), QStringLiteral("header_too_large"));
    }

    void wrongKeysAreSaidAndCounted()
    {
        const Alone server({});
        RawAnswer answer = server.ask("GET", "/app", {}, "capgkey: wrong\r\n");
        QCOMPARE(answer.status, 401);
        QCOMPARE(answer.error(), QStringLiteral("invalid_apikey"));
        QVERIFY(answer.json()[QLatin1String("moreInfo")].isObject());
        for (int i = 0; i < 40 && answer.status == 401; ++i) {
            answer = server.ask("GET", "/app", {}, "capgkey: wrong\r\n");
        }
        QCOMPARE(answer.status, 429);
        QVERIFY(answer.headers.value("retry-after").toInt() > 0);
        QCOMPARE(server.ask("GET", "/app", {}, "capgkey: " + server.key + "\r\n").status, 200);
    }
};

QTEST_GUILESS_MAIN(ProbesTest)
#include "test_probes.moc"
