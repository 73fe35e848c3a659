// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/upload.h"
#include "support/scriptedcapgo.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>

using namespace gatehouse;
using namespace gatehouse::client;
using test::json;
using test::Reply;
using test::ScriptedCapgo;
using test::Seen;

/// An upload and everything that can come between.
class UploadTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void followsTheSequence();
    void goesOnAfterACutConnection();
    void asksWhereTheServerIsAfterAConflict();
    void repeatsWhenTheServerIsBusy();
    void takesTheRowBackWhenItFails_data();
    void takesTheRowBackWhenItFails();
    void cancelledInTheMiddleLeavesNothing();
    void anotherProgramsUploadIsNotTouched();
    void resumesAfterACrash();
    void stateOfAnotherFileIsIgnored();
    void locationElsewhereIsNotFollowed();
    void tooLargeIsSaidBeforeAnyWrite();
    void shorterFileEndsIt();
    void stateIsReadStrictly_data();
    void stateIsReadStrictly();

private:
    [[nodiscard]] UploadRequest request() const;
    [[nodiscard]] static SessionPtr open(const ScriptedCapgo &capgo);
    [[nodiscard]] static UploadSettings quick();
    std::unique_ptr<QTemporaryDir> m_folder;
    QByteArray m_content;
};

void UploadTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_content.clear();
    for (int i = 0; m_content.size() < 250000; ++i) {
        m_content += QByteArray::number(i) + ' ';
    }
    QFile file(m_folder->filePath(QStringLiteral("bundle")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(m_content);
}

UploadRequest UploadTest::request() const
{
    UploadRequest request{*AppId::parse(QStringLiteral("com.example.app")),
                          *BundleName::parse(QStringLiteral("1.5.0")),
                          m_folder->filePath(QStringLiteral("bundle")),
                          QStringLiteral("abcd"),
                          QStringLiteral("iv:key"),
                          QStringLiteral("MIIBCgKCAQEAy1x8Zk3Q")};
    request.stateFile = m_folder->filePath(QStringLiteral("state/upload.json"));
    return request;
}

UploadSettings UploadTest::quick()
{
    UploadSettings settings;
    settings.chunkBytes = 64LL * 1024;
    settings.waits = QVector<std::chrono::milliseconds>(4, std::chrono::milliseconds(1));
    settings.stallTimeout = std::chrono::milliseconds(3000);
    return settings;
}

SessionPtr UploadTest::open(const ScriptedCapgo &capgo)
{
    Operation operation;
    const auto key = std::make_shared<const Secret>(Secret::copyOf("c0ffee00-0000-4000-8000-000000000003"));
    Result<SessionPtr> session =
        Session::open(std::make_shared<HttpTransport>(), ServerAddress{capgo.url(), {}}, key, operation);
    if (!session) {
        qFatal("no session: %s", qPrintable(session.error().toText()));
    }
    return *session;
}

void UploadTest::followsTheSequence()
{
    ScriptedCapgo capgo;
    const SessionPtr session = open(capgo);
    QCOMPARE(session->capabilities().kind(), ServerKind::Capgo);
    QVector<Progress> progress;
    Operation operation({}, [&](const Progress &step) { progress.append(step); });
    UploadRequest upload = request();
    upload.channels = {*ChannelName::parse(QStringLiteral("beta"))};
    const Result<UploadOutcome> outcome = uploadBundle(*session, upload, operation, quick());
    QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error().toText()));
    QCOMPARE(capgo.memory().content, m_content);
    QCOMPARE(outcome->bytes, m_content.size());
    QVERIFY(outcome->bundle.isReady());
    QVERIFY(!outcome->wasResumed);
    QCOMPARE(capgo.memory().channelVersion, QByteArray("1.5.0"));
    QCOMPARE(capgo.memory().row->value(QLatin1String("r2_path")).toString(),
             QStringLiteral("orgs/0e1b0000-0000-4000-8000-000000000001/apps/com.example.app/1.5.0.zip"));
    QCOMPARE(capgo.memory().row->value(QLatin1String("session_key")).toString(), QStringLiteral("iv:key"));
    QVERIFY(!QFile::exists(upload.stateFile));
    QCOMPARE(progress.last().done, m_content.size());
    QVERIFY(std::is_sorted(progress.begin(), progress.end(),
                           [](const Progress &a, const Progress &b) { return a.done < b.done; }));
    // The key is in its header, and in the body of the one RPC that asks for it there.
    const QVector<Seen> all = capgo.server().seen();
    for (const Seen &seen : all) {
        QVERIFY(!seen.target.contains("c0ffee"));
        QCOMPARE(seen.body.contains("c0ffee"), seen.target.endsWith("/get_user_id"));
        QVERIFY(!seen.headers.contains("authorization"));
    }
    QVERIFY2(!all.at(0).headers.contains("capgkey"), "the first question goes without the key");
}

void UploadTest::goesOnAfterACutConnection()
{
    std::atomic_int patches = 0;
    ScriptedCapgo capgo({}, [&](const Seen &head) -> qint64 {
        return head.method == "PATCH" && head.target.startsWith("/files/") && ++patches == 2 ? 1000 : -1;
    });
    const SessionPtr session = open(capgo);
    Operation operation;
    const Result<UploadOutcome> outcome = uploadBundle(*session, request(), operation, quick());
    QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error().toText()));
    // The server kept what came before the cut; the client asked and went on from there.
    QCOMPARE(capgo.memory().content, m_content);
    QVERIFY(capgo.calls().contains(QStringLiteral("HEAD /files/upload/attachments/one")));
    QCOMPARE(capgo.memory().deletions, 0);
}

void UploadTest::asksWhereTheServerIsAfterAConflict()
{
    std::atomic_int patches = 0;
    ScriptedCapgo *server = nullptr;
    ScriptedCapgo capgo([&](const Seen &seen) -> std::optional<Reply> {
        if (seen.method != "PATCH" || !seen.target.startsWith("/files/") || ++patches != 2) {
            return std::nullopt;
        }
        // The chunk was taken, but the answer says otherwise, as a doubled connection may.
        server->memory().content += seen.body;
        return json(409, R"({"error":"offset_conflict"})");
    });
    server = &capgo;
    const SessionPtr session = open(capgo);
    Operation operation;
    QVERIFY(uploadBundle(*session, request(), operation, quick()));
    QCOMPARE(capgo.memory().content, m_content);
}

void UploadTest::repeatsWhenTheServerIsBusy()
{
    std::atomic_int patches = 0;
    ScriptedCapgo capgo([&](const Seen &seen) -> std::optional<Reply> {
        const bool isBusy = seen.method == "PATCH" && seen.target.startsWith("/files/") && ++patches <= 3;
        return isBusy ? std::optional(json(503, R"({"error":"upload_retryable"})", "Retry-After: 1\r\n"))
                      : std::nullopt;
    });
    const SessionPtr session = open(capgo);
    Operation operation;
    QVERIFY(uploadBundle(*session, request(), operation, quick()));
    QCOMPARE(capgo.memory().content, m_content);
}

void UploadTest::takesTheRowBackWhenItFails_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<int>("status");
    QTest::newRow("creation refused") << QByteArray("POST") << QByteArray("/files/upload/attachments") << 403;
    QTest::newRow("content refused") << QByteArray("PATCH") << QByteArray("/files/upload/attachments/one")
                                     << 413;
    QTest::newRow("content never gets through")
        << QByteArray("PATCH") << QByteArray("/files/upload/attachments/one") << 503;
    QTest::newRow("path not set") << QByteArray("PATCH") << QByteArray("/rest/v1/app_versions") << 400;
    QTest::newRow("channel refused") << QByteArray("POST") << QByteArray("/channel") << 400;
}

void UploadTest::takesTheRowBackWhenItFails()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, target);
    QFETCH(const int, status);
    ScriptedCapgo capgo([&](const Seen &seen) -> std::optional<Reply> {
        const bool isIt = seen.method == method && seen.target.split('?').first() == target;
        return isIt ? std::optional(json(status, R"({"error":"cannot_access_app","message":"no"})"))
                    : std::nullopt;
    });
    const SessionPtr session = open(capgo);
    Operation operation;
    UploadRequest upload = request();
    upload.channels = {*ChannelName::parse(QStringLiteral("beta"))};
    const Result<UploadOutcome> outcome = uploadBundle(*session, upload, operation, quick());
    QVERIFY(!outcome);
    QCOMPARE(capgo.memory().deletions, 1);
    QVERIFY(!capgo.memory().row);
    QVERIFY(!QFile::exists(upload.stateFile));
}

void UploadTest::cancelledInTheMiddleLeavesNothing()
{
    std::stop_source stop;
    std::atomic_int patches = 0;
    ScriptedCapgo capgo([&](const Seen &seen) -> std::optional<Reply> {
        if (seen.method == "PATCH" && seen.target.startsWith("/files/") && ++patches == 2) {
            stop.request_stop();
            return Reply{{}, Reply::Then::Keep, true};
        }
        return std::nullopt;
    });
    const SessionPtr session = open(capgo);
    Operation operation(stop.get_token());
    const Result<UploadOutcome> outcome = uploadBundle(*session, request(), operation, quick());
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::Cancelled);
    QCOMPARE(capgo.memory().deletions, 1);
    QVERIFY(!capgo.memory().row);
    QVERIFY(!QFile::exists(request().stateFile));
}

void UploadTest::anotherProgramsUploadIsNotTouched()
{
    ScriptedCapgo capgo;
    capgo.memory().row =
        QJsonObject{{QStringLiteral("id"), 1}, {QStringLiteral("name"), QStringLiteral("1.5.0")}};
    const SessionPtr session = open(capgo);
    Operation operation;
    const Result<UploadOutcome> outcome = uploadBundle(*session, request(), operation, quick());
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().id, QStringLiteral("client.bundle_exists"));
    QCOMPARE(outcome.error().kind, ErrorKind::Conflict);
    QCOMPARE(capgo.memory().deletions, 0);
    QVERIFY(capgo.memory().row);
}

void UploadTest::resumesAfterACrash()
{
    ScriptedCapgo capgo;
    const SessionPtr session = open(capgo);
    UploadRequest upload = request();
    // As a crash leaves it: a row, a part of the content, and the notes.
    capgo.memory().row = QJsonObject{{QStringLiteral("id"), 4711},
                                     {QStringLiteral("app_id"), QStringLiteral("com.example.app")},
                                     {QStringLiteral("name"), QStringLiteral("1.5.0")},
                                     {QStringLiteral("created_at"), QStringLiteral("2026-07-20T10:00:00Z")},
                                     {QStringLiteral("updated_at"), QStringLiteral("2026-07-20T10:00:00Z")},
                                     {QStringLiteral("deleted"), false},
                                     {QStringLiteral("owner_org"), QStringLiteral("o")},
                                     {QStringLiteral("storage_provider"), QStringLiteral("r2-direct")}};
    capgo.memory().length = m_content.size();
    capgo.memory().content = m_content.left(100000);
    const UploadState state{
        session->identity(),     QStringLiteral("com.example.app"),
        QStringLiteral("1.5.0"), m_content.size(),
        QStringLiteral("abcd"),  capgo.server().url(QStringLiteral("/files/upload/attachments/one"))};
    QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("state")));
    QFile file(upload.stateFile);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(state.toJson());
    file.close();

    Operation operation;
    const Result<UploadOutcome> outcome = uploadBundle(*session, upload, operation, quick());
    QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error().toText()));
    QVERIFY(outcome->wasResumed);
    QCOMPARE(capgo.memory().content, m_content);
    QVERIFY(!capgo.calls().contains(QStringLiteral("POST /files/upload/attachments")));
    QVERIFY(!QFile::exists(upload.stateFile));
}

void UploadTest::stateOfAnotherFileIsIgnored()
{
    ScriptedCapgo capgo;
    const SessionPtr session = open(capgo);
    capgo.memory().row =
        QJsonObject{{QStringLiteral("id"), 1}, {QStringLiteral("name"), QStringLiteral("1.5.0")}};
    UploadRequest upload = request();
    const UploadState state{session->identity(),     QStringLiteral("com.example.app"),
                            QStringLiteral("1.5.0"), 17,
                            QStringLiteral("other"), capgo.url()};
    QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("state")));
    QFile file(upload.stateFile);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(state.toJson());
    file.close();
    Operation operation;
    const Result<UploadOutcome> outcome = uploadBundle(*session, upload, operation, quick());
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().id, QStringLiteral("client.bundle_exists"));
}

void UploadTest::locationElsewhereIsNotFollowed()
{
    ScriptedCapgo capgo([](const Seen &seen) -> std::optional<Reply> {
        if (seen.method != "POST" || seen.target != "/files/upload/attachments") {
            return std::nullopt;
        }
        return Reply{
            "HTTP/1.1 201 Created\r\nLocation: http://127.0.0.2:9/steal\r\nContent-Length: 0\r\n\r\n",
            Reply::Then::Keep, false};
    });
    const SessionPtr session = open(capgo);
    Operation operation;
    const Result<UploadOutcome> outcome = uploadBundle(*session, request(), operation, quick());
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().id, QStringLiteral("client.foreign_url"));
    QCOMPARE(capgo.memory().deletions, 1);
}

void UploadTest::tooLargeIsSaidBeforeAnyWrite()
{
    ScriptedCapgo capgo;
    const SessionPtr session = open(capgo);
    QFile file(m_folder->filePath(QStringLiteral("bundle")));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.resize(1000001));
    file.close();
    Operation operation;
    const Result<UploadOutcome> outcome = uploadBundle(*session, request(), operation, quick());
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().id, QStringLiteral("client.upload_too_large"));
    QVERIFY(!capgo.memory().row);
}

void UploadTest::shorterFileEndsIt()
{
    std::atomic_int patches = 0;
    const QString path = m_folder->filePath(QStringLiteral("bundle"));
    ScriptedCapgo capgo([&](const Seen &seen) -> std::optional<Reply> {
        if (seen.method == "PATCH" && seen.target.startsWith("/files/") && ++patches == 1) {
            QFile::resize(path, 70000);
        }
        return std::nullopt;
    });
    const SessionPtr session = open(capgo);
    Operation operation;
    const Result<UploadOutcome> outcome = uploadBundle(*session, request(), operation, quick());
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().id, QStringLiteral("client.file"));
    QCOMPARE(capgo.memory().deletions, 1);
}

void UploadTest::stateIsReadStrictly_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("not JSON") << QByteArray("{");
    QTest::newRow("another version") << QByteArray(
        R"({"v":2,"server":"s","app":"a","name":"n","size":1,"checksum":"c","location":"http://x/"})");
    QTest::newRow("no size") << QByteArray(
        R"({"v":1,"server":"s","app":"a","name":"n","checksum":"c","location":"http://x/"})");
    QTest::newRow("a size that is text") << QByteArray(
        R"({"v":1,"server":"s","app":"a","name":"n","size":"1","checksum":"c","location":"http://x/"})");
}

void UploadTest::stateIsReadStrictly()
{
    QFETCH(const QByteArray, body);
    const Result<UploadState> state = UploadState::fromJson(body);
    QVERIFY(!state);
    QCOMPARE(state.error().id, QStringLiteral("client.upload_state"));
}

QTEST_GUILESS_MAIN(UploadTest)
#include "uploadtest.moc"
