// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/rawclient.h"

#include "server/service/hello.h"
#include "server/storage/store.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonArray>
#include <QProcess>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <csignal>
#include <sys/mount.h>
#include <thread>

using namespace gatehouse;
using namespace gatehouse::server;

namespace {

const char *const kKey = "0f0f0f0f-1111-4222-8333-444444444444";
constexpr int kPatienceMs = 30'000;

QByteArray keyDigest()
{
    return QCryptographicHash::hash(kKey, QCryptographicHash::Sha256);
}

/// The real program as a desktop starts it.
class Child
{
public:
    explicit Child(const QString &folder, quint16 wishedPort = 0, const QJsonObject &more = {})
    {
        process.start(QStringLiteral(GATEHOUSE_BIN_DIR "/gatehouse-server"), {QStringLiteral("--child")});
        QJsonObject order{{QStringLiteral("key_sha256"), QString::fromLatin1(keyDigest().toHex())},
                          {QStringLiteral("data"), folder},
                          {QStringLiteral("port"), wishedPort}};
        for (auto field = more.begin(); field != more.end(); ++field) {
            order.insert(field.key(), field.value());
        }
        process.write(QJsonDocument(order).toJson(QJsonDocument::Compact) + '\n');
        while (!line.contains('\n') && process.waitForReadyRead(kPatienceMs)) {
            line += process.readAllStandardOutput();
        }
        const QJsonObject said = QJsonDocument::fromJson(line).object();
        port = static_cast<quint16>(said[QLatin1String("port")].toInt());
        serverId = said[QLatin1String("server_id")].toString();
    }
    ~Child()
    {
        if (process.state() != QProcess::NotRunning) {
            process.kill();
            process.waitForFinished(kPatienceMs);
        }
    }
    [[nodiscard]] bool isUp() const { return port != 0; }

    QProcess process;
    QByteArray line;
    quint16 port = 0;
    QString serverId;
};

QByteArray keyHeader()
{
    return QByteArray("capgkey: ") + kKey + "\r\n";
}

QJsonObject launchEvent(int number)
{
    return {{QStringLiteral("app_id"), QStringLiteral("com.acme.app")},
            {QStringLiteral("device_id"),
             QStringLiteral("44f128a5-ac7a-4c9a-be4c-%1").arg(number, 12, 10, QLatin1Char('0'))},
            {QStringLiteral("version_name"), QStringLiteral("builtin")},
            {QStringLiteral("version_build"), QStringLiteral("1.0.0")},
            {QStringLiteral("version_os"), QStringLiteral("17")},
            {QStringLiteral("platform"), QStringLiteral("ios")},
            {QStringLiteral("plugin_version"), QStringLiteral("8.51.14")},
            {QStringLiteral("action"), QStringLiteral("app_launch_ready")}};
}

/// A file system of its own, full after so many bytes. Needs root.
class SmallDisk
{
public:
    explicit SmallDisk(const char *size)
    {
        const QByteArray options = QByteArray("size=") + size;
        m_isMounted = ::mount("tmpfs", QFile::encodeName(m_folder.path()).constData(), "tmpfs", 0,
                              options.constData()) == 0;
    }
    ~SmallDisk()
    {
        if (m_isMounted) {
            ::umount2(QFile::encodeName(m_folder.path()).constData(), MNT_DETACH);
        }
    }
    SmallDisk(const SmallDisk &) = delete;
    SmallDisk &operator=(const SmallDisk &) = delete;
    [[nodiscard]] bool isMounted() const { return m_isMounted; }
    [[nodiscard]] QString path() const { return m_folder.path(); }

private:
    QTemporaryDir m_folder;
    bool m_isMounted = false;
};

void makeApp(const QString &folder)
{
    const SystemClock clock;
    auto store = openSqliteStore(folder, clock);
    QVERIFY(store.has_value());
    AppRecord app;
    app.row.appId = QStringLiteral("com.acme.app");
    QVERIFY((*store)->createApp(app, {}).has_value());
}

} // namespace

class ProgramTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void greetsWithProof()
    {
        Child child(data());
        QVERIFY2(child.isUp(), child.process.readAllStandardError().constData());
        RawClient client(child.port);
        const RawAnswer hello =
            client.exchange(rawRequest("GET", "/gatehouse/v1/hello?nonce=bm9uY2U", child.port));
        QCOMPARE(hello.status, 200);
        QCOMPARE(hello.json()[QLatin1String("server_id")].toString(), child.serverId);
        QCOMPARE(hello.json()[QLatin1String("proof")].toString().toLatin1(),
                 helloProof(keyDigest(), "bm9uY2U", "127.0.0.1:" + QByteArray::number(child.port)));
        for (const char *nonce : {"", "?nonce=", "?nonce=a%20b", "?nonce=a:b"}) {
            const QByteArray target = QByteArray("/gatehouse/v1/hello") + nonce;
            QCOMPARE(client.exchange(rawRequest("GET", target, child.port)).error(),
                     QStringLiteral("invalid_nonce"));
        }
        const QByteArray tooLong = "/gatehouse/v1/hello?nonce=" + QByteArray(129, 'a');
        QCOMPARE(client.exchange(rawRequest("GET", tooLong, child.port)).status, 400);
    }

    void webPagesAreRefused()
    {
        Child child(data());
        QVERIFY(child.isUp());
        const QByteArray body = QJsonDocument(launchEvent(1)).toJson(QJsonDocument::Compact);
        for (const char *path :
             {"/stats", "/updates", "/ok", "/gatehouse/v1/hello?nonce=a", "/private/config"}) {
            RawClient page(child.port);
            const QByteArray method =
                QByteArray(path) == "/stats" || QByteArray(path) == "/updates" ? "POST" : "GET";
            QCOMPARE(
                page.exchange(rawRequest(method, path, child.port, body, "Origin: https://evil.example\r\n"))
                    .status,
                403);
            RawClient rebound(child.port);
            rebound.send(method + ' ' + path + " HTTP/1.1\r\nHost: evil.example:" +
                         QByteArray::number(child.port) + "\r\nContent-Length: 0\r\n\r\n");
            QCOMPARE(rebound.answer().status, 403);
        }
    }

    void keyIsNeededAndNeverSaid()
    {
        Child child(data());
        QVERIFY(child.isUp());
        RawClient client(child.port);
        QCOMPARE(client.exchange(rawRequest("GET", "/app", child.port)).status, 401);
        QCOMPARE(client.exchange(rawRequest("GET", "/app", child.port, {}, keyHeader())).status, 200);
        QCOMPARE(
            client.exchange(rawRequest("GET", QByteArray("/nothing?capgkey=") + kKey, child.port)).status,
            404);
        child.process.closeWriteChannel();
        QVERIFY(child.process.waitForFinished(kPatienceMs));
        QVERIFY(!child.process.readAllStandardError().contains(kKey));
        QVERIFY(!child.process.readAllStandardOutput().contains(kKey));
    }

    void endsWhenStandardInputCloses()
    {
        Child child(data());
        QVERIFY(child.isUp());
        child.process.closeWriteChannel();
        QVERIFY(child.process.waitForFinished(kPatienceMs));
        QCOMPARE(child.process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(child.process.exitCode(), 0);
    }

    void endsOnSigterm()
    {
        Child child(data());
        QVERIFY(child.isUp());
        child.process.terminate();
        QVERIFY(child.process.waitForFinished(kPatienceMs));
        QCOMPARE(child.process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(child.process.exitCode(), 0);
    }

    void oneServerForAFolder()
    {
        Child first(data());
        QVERIFY(first.isUp());
        Child second(data());
        QVERIFY(!second.isUp());
        // It may have ended while its line was waited for.
        QVERIFY(second.process.state() == QProcess::NotRunning ||
                second.process.waitForFinished(kPatienceMs));
        QVERIFY(second.process.exitCode() != 0);
        QVERIFY(second.process.readAllStandardError().contains("Another server"));
        RawClient client(first.port);
        QCOMPARE(client.exchange(rawRequest("GET", "/healthz", first.port)).status, 200);
    }

    void wishedPortIsTakenWhenFree()
    {
        quint16 port = 0;
        QString id;
        {
            Child child(data());
            port = child.port;
            id = child.serverId;
        }
        Child again(data(), port);
        QCOMPARE(again.port, port);
        QCOMPARE(again.serverId, id);
        const QTemporaryDir other;
        Child elsewhere(other.filePath(QStringLiteral("data")), port);
        QVERIFY(elsewhere.isUp());
        QVERIFY(elsewhere.port != port);
        QVERIFY(elsewhere.serverId != id);
    }

    void badOrders()
    {
        for (const QByteArray &order : {QByteArray("rubbish\n"), QByteArray("{}\n"), QByteArray()}) {
            QProcess process;
            process.start(QStringLiteral(GATEHOUSE_BIN_DIR "/gatehouse-server"), {QStringLiteral("--child")});
            process.write(order);
            process.closeWriteChannel();
            QVERIFY(process.waitForFinished(kPatienceMs));
            QVERIFY(process.exitCode() != 0);
            QVERIFY(!process.readAllStandardError().isEmpty());
            QVERIFY(process.readAllStandardOutput().isEmpty());
        }
    }

    /// The promise of the store: what was answered is there, whatever happens to the process.
    void killLosesNothingThatWasAcknowledged()
    {
        makeApp(data());
        int acknowledged = 0;
        for (int round = 0; round < 3; ++round) {
            Child child(data());
            QVERIFY2(child.isUp(), child.process.readAllStandardError().constData());
            std::atomic<int> answered = 0;
            std::atomic<int> next = acknowledged;
            QVector<QVector<int>> sent(4);
            std::vector<std::thread> senders;
            senders.reserve(4);
            for (int i = 0; i < 4; ++i) {
                senders.emplace_back([&, i] { sendUntilItDies(child.port, next, answered, sent[i]); });
            }
            // In the middle of the work, not after it.
            QTRY_VERIFY_WITH_TIMEOUT(answered > 40, kPatienceMs);
            ::kill(static_cast<pid_t>(child.process.processId()), SIGKILL);
            for (std::thread &sender : senders) {
                sender.join();
            }
            QVERIFY(child.process.waitForFinished(kPatienceMs));
            acknowledged = next;
            const QSet<QString> known = devicesOnDisk();
            for (const QVector<int> &mine : sent) {
                for (const int number : mine) {
                    QVERIFY2(known.contains(launchEvent(number)[QLatin1String("device_id")].toString()),
                             qPrintable(QStringLiteral("event %1 was acknowledged and lost").arg(number)));
                }
            }
        }
    }

    /// The same for what managing people were told, and for uploads: they go on where they were.
    void killLosesNoChangeAndUploadsGoOn()
    {
        Child child(data());
        QVERIFY2(child.isUp(), child.process.readAllStandardError().constData());
        const QByteArray target = beginUpload(child.port);
        QVERIFY(!target.isEmpty());
        const QByteArray content = uploadContent();
        std::atomic<qint64> acknowledged = 0;
        std::atomic<int> comments = 0;
        std::thread uploading([&, port = child.port] {
            RawClient client(port);
            while (acknowledged < content.size() / 2) {
                const RawAnswer answer =
                    client.exchange(patch(target, port, acknowledged, content.mid(acknowledged, 1000)));
                if (answer.status != 204) {
                    return;
                }
                acknowledged = answer.headers.value("upload-offset").toLongLong();
            }
        });
        std::thread changing([&, port = child.port] {
            RawClient client(port);
            for (int i = 1;; ++i) {
                const QByteArray body =
                    R"({"app_id":"com.acme.app","channel":"c)" + QByteArray::number(i) + R"("})";
                if (client.exchange(rawRequest("POST", "/channel", port, body, keyHeader())).status != 200) {
                    return;
                }
                comments = i;
            }
        });
        QTRY_VERIFY_WITH_TIMEOUT(acknowledged > 5000 && comments > 5, kPatienceMs);
        ::kill(static_cast<pid_t>(child.process.processId()), SIGKILL);
        uploading.join();
        changing.join();
        QVERIFY(child.process.waitForFinished(kPatienceMs));

        Child again(data(), child.port);
        QVERIFY2(again.isUp(), again.process.readAllStandardError().constData());
        RawClient client(again.port);
        for (int i = 1; i <= comments; ++i) {
            const QByteArray path = "/channel?app_id=com.acme.app&channel=c" + QByteArray::number(i);
            QCOMPARE(client.exchange(rawRequest("GET", path, again.port, {}, keyHeader())).status, 200);
        }
        const RawAnswer head = client.exchange(
            rawRequest("HEAD", target, again.port, {}, keyHeader() + "Tus-Resumable: 1.0.0\r\n"));
        QCOMPARE(head.status, 200);
        const qint64 offset = head.headers.value("upload-offset").toLongLong();
        QVERIFY2(offset >= acknowledged, "what was acknowledged is gone");
        QCOMPARE(client.exchange(patch(target, again.port, offset, content.mid(offset))).status, 204);
        QCOMPARE(download(again.port), content);
    }

    /// A disk of its own that is full after a few megabytes: said clearly, nothing half done, and over when
    /// there is room again.
    void aFullDiskIsSaidAndPassesBy()
    {
        const SmallDisk disk("3m");
        if (!disk.isMounted()) {
            QSKIP("only root can mount a small disk");
        }
        Child child(disk.path() + QStringLiteral("/data"));
        QVERIFY2(child.isUp(), child.process.readAllStandardError().constData());
        const QByteArray target = beginUpload(child.port);
        QVERIFY(!target.isEmpty());
        QFile filler(disk.path() + QStringLiteral("/filler"));
        QVERIFY(filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        while (filler.write(QByteArray(4096, 'x')) == 4096) {
        }
        RawClient client(child.port);
        // Blobs.
        const RawAnswer piece = client.exchange(patch(target, child.port, 0, uploadContent()));
        QVERIFY2(piece.status == 507, piece.body.constData());
        QCOMPARE(piece.error(), QStringLiteral("insufficient_storage"));
        // The database, whose log has some room of its own at first.
        RawAnswer refused;
        int taken = 0;
        for (; taken < 5000 && refused.status != 507; ++taken) {
            RawClient device(child.port);
            const QByteArray event = QJsonDocument(launchEvent(taken)).toJson(QJsonDocument::Compact);
            refused = device.exchange(rawRequest("POST", "/stats", child.port, event));
        }
        QCOMPARE(refused.status, 507);
        QCOMPARE(refused.error(), QStringLiteral("insufficient_storage"));
        QVERIFY(!refused.json()[QLatin1String("message")].toString().isEmpty());
        RawClient manager(child.port);
        const QByteArray wish = R"({"app_id":"com.acme.app","channel":"new"})";
        QCOMPARE(manager.exchange(rawRequest("POST", "/channel", child.port, wish, keyHeader())).status, 507);
        // Devices go on being served, and nothing of the wish is there.
        QCOMPARE(manager
                     .exchange(rawRequest("POST", "/updates", child.port,
                                          QJsonDocument(launchEvent(1)).toJson(QJsonDocument::Compact)))
                     .status,
                 200);
        const RawAnswer none = manager.exchange(
            rawRequest("GET", "/channel?app_id=com.acme.app&channel=new", child.port, {}, keyHeader()));
        QVERIFY(none.status == 400 || none.status == 404);
        QVERIFY(filler.remove());
        QCOMPARE(manager.exchange(rawRequest("POST", "/channel", child.port, wish, keyHeader())).status, 200);
        const RawAnswer head = manager.exchange(
            rawRequest("HEAD", target, child.port, {}, keyHeader() + "Tus-Resumable: 1.0.0\r\n"));
        QCOMPARE(head.status, 200);
        const QByteArray content = uploadContent();
        const qint64 offset = head.headers.value("upload-offset").toLongLong();
        QCOMPARE(manager.exchange(patch(target, child.port, offset, content.mid(offset))).status, 204);
        QCOMPARE(download(child.port), content);
    }

    void aloneWithTlsAndAFirstKey()
    {
        const QString certificate = m_folder->filePath(QStringLiteral("cert.pem"));
        const QString tlsKey = m_folder->filePath(QStringLiteral("key.pem"));
        QCOMPARE(QProcess::execute(QStringLiteral("openssl"),
                                   {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
                                    QStringLiteral("ec"), QStringLiteral("-pkeyopt"),
                                    QStringLiteral("ec_paramgen_curve:P-256"), QStringLiteral("-nodes"),
                                    QStringLiteral("-days"), QStringLiteral("2"), QStringLiteral("-subj"),
                                    QStringLiteral("/CN=localhost"), QStringLiteral("-keyout"), tlsKey,
                                    QStringLiteral("-out"), certificate}),
                 0);
        QProcess maker;
        maker.start(QStringLiteral(GATEHOUSE_BIN_DIR "/gatehouse-server"),
                    {QStringLiteral("create-key"), QStringLiteral("CI"), QStringLiteral("--data"), data()});
        QVERIFY(maker.waitForFinished(kPatienceMs));
        const QByteArray key = maker.readAllStandardOutput().trimmed();
        QCOMPARE(key.size(), 36);
        QProcess alone;
        alone.start(QStringLiteral(GATEHOUSE_BIN_DIR "/gatehouse-server"),
                    {QStringLiteral("--data"), data(), QStringLiteral("--listen"),
                     QStringLiteral("127.0.0.1:0"), QStringLiteral("--tls-cert"), certificate,
                     QStringLiteral("--tls-key"), tlsKey, QStringLiteral("--strict-capgo")});
        QByteArray said;
        while (!said.contains('\n') && alone.waitForReadyRead(kPatienceMs)) {
            said += alone.readAllStandardOutput();
        }
        QVERIFY2(said.contains("https://127.0.0.1:"), said.constData());
        const quint16 port = said.trimmed().mid(said.trimmed().lastIndexOf(':') + 1).toUShort();
        QCOMPARE(overTls(port, rawRequest("GET", "/app", port)).status, 401);
        QCOMPARE(overTls(port, rawRequest("GET", "/app", port, {}, "capgkey: " + key + "\r\n")).status, 200);
        // --strict-capgo leaves nothing of ours but the greeting on loopback.
        QCOMPARE(overTls(port, rawRequest("GET", "/gatehouse/v1/capabilities", port, {},
                                          "capgkey: " + key + "\r\n"))
                     .status,
                 404);
        QCOMPARE(overTls(port, rawRequest("GET", "/gatehouse/v1/hello?nonce=a", port)).status, 200);
        QCOMPARE(overTls(port, rawRequest("GET", "/gatehouse/v1/hello?nonce=a", port, {},
                                          "X-Forwarded-For: 203.0.113.9\r\n"))
                     .status,
                 404);
        alone.terminate();
        QVERIFY(alone.waitForFinished(kPatienceMs));
        QCOMPARE(alone.exitCode(), 0);
    }

    void withoutTlsOnlyLoopback()
    {
        QProcess process;
        process.start(
            QStringLiteral(GATEHOUSE_BIN_DIR "/gatehouse-server"),
            {QStringLiteral("--data"), data(), QStringLiteral("--listen"), QStringLiteral("0.0.0.0:0")});
        QVERIFY(process.waitForFinished(kPatienceMs));
        QVERIFY(process.exitCode() != 0);
        QVERIFY(process.readAllStandardError().contains("certificate"));
    }

private:
    static QByteArray uploadContent()
    {
        QByteArray content;
        for (int i = 0; content.size() < 400'000; ++i) {
            content += QByteArray::number(i) + ' ';
        }
        return content;
    }
    static QByteArray patch(const QByteArray &target, quint16 port, qint64 offset, const QByteArray &bytes)
    {
        return rawRequest("PATCH", target, port, bytes,
                          keyHeader() +
                              "Tus-Resumable: 1.0.0\r\nContent-Type: application/offset+octet-stream\r\n" +
                              "Upload-Offset: " + QByteArray::number(offset) + "\r\n");
    }
    /// App, bundle row and upload: where the upload lives, or nothing.
    QByteArray beginUpload(quint16 port)
    {
        RawClient client(port);
        const auto post = [&](const QByteArray &path, const QByteArray &body, const QByteArray &more = {}) {
            return client.exchange(rawRequest("POST", path, port, body, keyHeader() + more));
        };
        const QString organization =
            QJsonDocument::fromJson(
                client.exchange(rawRequest("GET", "/organization", port, {}, keyHeader())).body)
                .array()
                .first()[QLatin1String("id")]
                .toString();
        post("/app",
             R"({"app_id":"com.acme.app","name":"Acme","owner_org":")" + organization.toLatin1() + R"("})");
        const RawAnswer row = post("/rest/v1/app_versions", R"({"app_id":"com.acme.app","name":"1.0.0"})");
        m_blobKey = "orgs/" + organization.toLatin1() + "/apps/com.acme.app/1.0.0.zip";
        const RawAnswer made =
            post("/files/upload/attachments", {},
                 "Tus-Resumable: 1.0.0\r\nUpload-Length: " + QByteArray::number(uploadContent().size()) +
                     "\r\nUpload-Metadata: filename " + m_blobKey.toBase64() + "\r\n");
        return row.status == 201 && made.status == 201 ? made.headers.value("location") : QByteArray();
    }
    QByteArray download(quint16 port)
    {
        RawClient client(port);
        return client
            .exchange(rawRequest("GET", "/files/read/attachments/" + m_blobKey, port, {}, keyHeader()))
            .body;
    }

    QString data() const { return m_folder->filePath(QStringLiteral("data")); }

    static void sendUntilItDies(quint16 port, std::atomic<int> &next, std::atomic<int> &answered,
                                QVector<int> &acknowledged)
    {
        RawClient client(port);
        for (;;) {
            const int number = next++;
            const QByteArray body = QJsonDocument(launchEvent(number)).toJson(QJsonDocument::Compact);
            const RawAnswer answer = client.exchange(rawRequest("POST", "/stats", port, body));
            if (answer.status != 200) {
                return;
            }
            acknowledged.append(number);
            ++answered;
        }
    }

    QSet<QString> devicesOnDisk()
    {
        const SystemClock clock;
        auto store = openSqliteStore(data(), clock);
        QSet<QString> devices;
        if (store) {
            EventQuery query;
            query.appId = QStringLiteral("com.acme.app");
            query.page.limit = 50'000;
            const auto log = (*store)->eventLog(query);
            for (const EventRecord &record : log.value_or(QVector<EventRecord>())) {
                devices.insert(record.deviceId);
            }
        }
        return devices;
    }

    static RawAnswer overTls(quint16 port, const QByteArray &request)
    {
        auto socket = std::make_unique<QSslSocket>();
        socket->setPeerVerifyMode(QSslSocket::VerifyNone);
        QSslSocket *tls = socket.get();
        RawClient client(port, std::move(socket));
        tls->startClientEncryption();
        return tls->waitForEncrypted(kPatienceMs) ? client.exchange(request) : RawAnswer();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QByteArray m_blobKey;
};

QTEST_GUILESS_MAIN(ProgramTest)
#include "test_program.moc"
