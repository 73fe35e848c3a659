// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "managementfixture.h"

#include <QUrl>

using namespace gatehouse;
using namespace gatehouse::server;

namespace {

const QByteArray kTus = "Tus-Resumable: 1.0.0\r\n";

QByteArray offsetHeader(qint64 offset)
{
    return kTus +
           "Content-Type: application/offset+octet-stream\r\nUpload-Offset: " + QByteArray::number(offset) +
           "\r\n";
}

} // namespace

/// What happens around an upload: restarts, rights that go, second tries, links.
/// @source spec: management-api, sections 5.1 to 5.3
class TestUploadRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<ManagementFixture>();
        m_app = m_server->makeApp().value(QLatin1String("id")).toString();
        makeRow();
    }
    void cleanup() { m_server.reset(); }

    void checksumCountsAfterARestart();
    void twoWritersAreNotMixed();
    void lostRightsEndAnUpload();
    void readyBundlesEndAnUpload();
    void lengthBelowWhatCame();
    void nothingIsContentToo();
    void contentCanBeSentAgainUntilReady();
    void discardedUploadLeavesNothing();
    void linkTakesTheContentOnce();
    void linkNeedsNoKeyAndOnlyLinksDo();
    void linkCanBeTriedAgain();
    void linkRefusals();
    void linkEnds();

private:
    [[nodiscard]] QString path(const char *name = "1.0.0.zip") const
    {
        return QStringLiteral("orgs/%1/apps/com.example.app/%2").arg(m_server->organization(), text(name));
    }
    void makeRow(const char *name = "1.0.0")
    {
        QCOMPARE(
            m_server
                ->call("POST", "/rest/v1/app_versions",
                       QJsonObject{{text("app_id"), text("com.example.app")}, {text("name"), text(name)}})
                .status,
            201);
    }
    /// Where a fresh upload lives. length: "Upload-Length: 3"
    QByteArray create(const QByteArray &length, const QByteArray &more = {})
    {
        const bool hasKey = more.contains("capgkey:");
        return m_server
            ->call("POST", "/files/upload/attachments", QByteArray(),
                   kTus + length + "\r\nUpload-Metadata: filename " + path().toUtf8().toBase64() + "\r\n" +
                       more + (hasKey ? QByteArray() : QByteArray("capgkey: " + m_server->ownerKey + "\r\n")))
            .headers.value("location");
    }
    int patch(const QByteArray &target, const QByteArray &bytes, qint64 offset, const QByteArray &more = {})
    {
        return m_server->call("PATCH", target, bytes, offsetHeader(offset) + more).status;
    }
    RawAnswer makeReady()
    {
        return m_server->call("PATCH", "/rest/v1/app_versions?app_id=eq.com.example.app&name=eq.1.0.0",
                              QJsonObject{{text("storage_provider"), text("r2")}});
    }
    RawAnswer askForLink(const QByteArray &headers = {}, const QByteArray &route = "/files/upload_link")
    {
        return m_server->call(
            "POST", route,
            QJsonObject{{text("app_id"), text("com.example.app")}, {text("name"), text("1.0.0")}}, headers);
    }
    QByteArray link()
    {
        return QUrl(askForLink().json().value(QLatin1String("url")).toString()).path().toLatin1();
    }
    RawAnswer put(const QByteArray &target, const QByteArray &bytes)
    {
        return m_server->call("PUT", target, bytes, "X-No-Key: 1\r\nContent-Type: application/zip\r\n");
    }
    QByteArray stored()
    {
        const auto blob = m_server->store().blob(path());
        QFile file(*blob ? blob->value().path : QString());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<ManagementFixture> m_server;
    QString m_app;
};

/// All bytes came and the program ended: what is made up for then is checked as well.
void TestUploadRules::checksumCountsAfterARestart()
{
    const QByteArray checksum = "X-Checksum-Sha256: " + crypto::sha256("abc").toBase64() + "\r\n";
    for (const bool isRight : {false, true}) {
        const QByteArray target = create("Upload-Length: 3", checksum);
        const QString id = QString::fromLatin1(target.mid(target.lastIndexOf('/') + 1));
        QFile part(m_server->store().partPath(id));
        QVERIFY(part.open(QIODevice::WriteOnly));
        part.write(isRight ? "abc" : "xyz");
        part.close();
        QVERIFY(m_server->store().advanceUpload(id, 3, 3).has_value());
        m_server->stop();
        m_server->start();
        const RawAnswer head = m_server->call("HEAD", target, QByteArray(), kTus);
        QCOMPARE(head.status, isRight ? 200 : 400);
        QCOMPARE(m_server->store().blob(path())->has_value(), isRight);
        QCOMPARE(m_server->call("HEAD", target, QByteArray(), kTus).status, isRight ? 200 : 404);
    }
}

void TestUploadRules::twoWritersAreNotMixed()
{
    const QByteArray content(300'000, 'q');
    const QByteArray target = create("Upload-Length: 300000");
    RawClient slow(m_server->port());
    const QByteArray whole =
        rawRequest("PATCH", target, m_server->port(), content,
                   offsetHeader(0) + "Expect: 100-continue\r\ncapgkey: " + m_server->ownerKey + "\r\n");
    slow.send(whole.left(whole.size() - content.size()));
    // From here on it holds the upload.
    QVERIFY(slow.waitFor("HTTP/1.1 100 Continue\r\n\r\n"));
    slow.clear();
    slow.send(content.left(200'000));
    QCOMPARE(patch(target, QByteArray(), 0), 409);
    QCOMPARE(patch(target, QByteArray(300'000, 'z'), 0), 409);
    slow.send(content.mid(200'000));
    QCOMPARE(slow.answer().status, 204);
    QCOMPARE(stored(), content);
}

void TestUploadRules::lostRightsEndAnUpload()
{
    const QByteArray key = m_server->makeKey("app_uploader", "app", m_app);
    const QByteArray target = create("Upload-Length: 6", key);
    QCOMPARE(patch(target, "abc", 0, key), 204);
    const QJsonObject reader{{text("role_name"), text("app_reader")},
                             {text("scope_type"), text("app")},
                             {text("org_id"), m_server->organization()},
                             {text("app_id"), m_app}};
    QCOMPARE(m_server->call("PUT", "/apikey/1", QJsonObject{{text("bindings"), QJsonArray{reader}}}).status,
             200);
    QCOMPARE(patch(target, "def", 3, key), 403);
    QVERIFY(!m_server->store().blob(path())->has_value());
}

void TestUploadRules::readyBundlesEndAnUpload()
{
    const QByteArray late = create("Upload-Length: 3");
    QCOMPARE(patch(create("Upload-Length: 3"), "abc", 0), 204);
    QCOMPARE(makeReady().status, 204);
    const RawAnswer refused = m_server->call("PATCH", late, QByteArray("xyz"), offsetHeader(0));
    QCOMPARE(refused.status, 409);
    QCOMPARE(refused.error(), text("bundle_already_ready"));
    QCOMPARE(stored(), QByteArray("abc"));
}

void TestUploadRules::lengthBelowWhatCame()
{
    const QByteArray target = create("Upload-Defer-Length: 1");
    QCOMPARE(patch(target, "abcdef", 0), 204);
    const RawAnswer refused =
        m_server->call("PATCH", target, QByteArray(), offsetHeader(6) + "Upload-Length: 3\r\n");
    QCOMPARE(refused.status, 400);
    QCOMPARE(refused.error(), text("invalid_upload_length"));
    QCOMPARE(patch(target, {}, 6, "Upload-Length: 6\r\n"), 204);
    QCOMPARE(stored(), QByteArray("abcdef"));
}

/// Requests without a body are answered, not waited for.
void TestUploadRules::nothingIsContentToo()
{
    const QByteArray target = create("Upload-Length: 0");
    QVERIFY(!target.isEmpty());
    QCOMPARE(m_server->store().blob(path())->value().size, 0);
    QCOMPARE(patch(create("Upload-Length: 3"), QByteArray(), 0), 204);
    QCOMPARE(put(link(), QByteArray()).status, 200);
}

/// Each encryption draws a new key: a second try never has the bytes of the first.
void TestUploadRules::contentCanBeSentAgainUntilReady()
{
    QCOMPARE(patch(create("Upload-Length: 3"), "abc", 0), 204);
    QCOMPARE(patch(create("Upload-Length: 5"), "other", 0), 204);
    QCOMPARE(stored(), QByteArray("other"));
    QCOMPARE(m_server->store().blob(path())->value().sha256, crypto::sha256("other"));
    QCOMPARE(makeReady().status, 204);
    QCOMPARE(m_server->store().bundleByName(text("com.example.app"), text("1.0.0"))->value().size,
             std::optional<qint64>(5));
    UploadRecord wish;
    wish.blobKey = path();
    wish.length = 3;
    wish.expiresAt = m_server->clock.now() + std::chrono::hours(1);
    const auto upload = m_server->store().createUpload(wish);
    QFile part(m_server->store().partPath(upload->id));
    QVERIFY(part.open(QIODevice::WriteOnly));
    part.write("new");
    part.close();
    QCOMPARE(m_server->store().finishUpload(upload->id, ExistingBlob::Replace).error().id,
             text("store.bundle.ready"));
    QCOMPARE(stored(), QByteArray("other"));
}

void TestUploadRules::discardedUploadLeavesNothing()
{
    const QByteArray open = create("Upload-Length: 9");
    QCOMPARE(patch(create("Upload-Length: 3"), "abc", 0), 204);
    QCOMPARE(m_server
                 ->call("DELETE", "/private/delete_failed_version",
                        QJsonObject{{text("app_id"), text("com.example.app")}, {text("name"), text("1.0.0")}})
                 .status,
             200);
    QVERIFY(!m_server->store().blob(path())->has_value());
    QCOMPARE(m_server->call("HEAD", open, QByteArray(), kTus).status, 404);
    makeRow();
    QCOMPARE(makeReady().json().value(QLatin1String("message")).toString(), text("bundle_content_missing"));
    QCOMPARE(patch(create("Upload-Length: 5"), "other", 0), 204);
    QCOMPARE(stored(), QByteArray("other"));
}

void TestUploadRules::linkTakesTheContentOnce()
{
    for (const char *route : {"/private/upload_link", "/functions/v1/files/upload_link"}) {
        QCOMPARE(askForLink({}, route).status, 200);
    }
    const RawAnswer made = askForLink();
    QCOMPARE(made.headers.value("cache-control"), QByteArray("no-store"));
    QVERIFY(made.json().value(QLatin1String("url")).toString().startsWith(m_server->url()));
    const auto bundle = m_server->store().bundleByName(text("com.example.app"), text("1.0.0"))->value();
    QCOMPARE(bundle.r2Path, std::optional(path()));
    const QByteArray target = QUrl(made.json().value(QLatin1String("url")).toString()).path().toLatin1();
    const QByteArray content(200'000, 'x');
    QCOMPARE(put(target, content).status, 200);
    QCOMPARE(stored(), content);
    QCOMPARE(put(target, "again").status, 409);
    QCOMPARE(makeReady().status, 204);
    QCOMPARE(stored(), content);
}

void TestUploadRules::linkNeedsNoKeyAndOnlyLinksDo()
{
    const QByteArray upload = create("Upload-Length: 3");
    const QByteArray id = upload.mid(upload.lastIndexOf('/') + 1);
    QCOMPARE(put("/files/upload_link/" + id, "abc").status, 401);
    QCOMPARE(put("/files/upload_link/nothing", "abc").status, 401);
    QVERIFY(!m_server->store().blob(path())->has_value());
}

void TestUploadRules::linkCanBeTriedAgain()
{
    const QByteArray target = link();
    const QByteArray content(300'000, 'q');
    {
        RawClient client(m_server->port());
        const QByteArray whole = rawRequest("PUT", target, m_server->port(), content, "X-No-Key: 1\r\n");
        client.send(whole.left(whole.size() - 100'000));
        client.disconnect();
    }
    // As soon as the server saw the end of the connection.
    int status = 409;
    const auto isTaken = [&] {
        status = status == 409 ? put(target, "short").status : status;
        return status != 409;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isTaken(), 10'000);
    QCOMPARE(status, 200);
    QCOMPARE(stored(), QByteArray("short"));
}

void TestUploadRules::linkRefusals()
{
    const auto ask = [&](const char *app, const char *name, const QByteArray &headers = {}) {
        return m_server->call("POST", "/files/upload_link",
                              QJsonObject{{text("app_id"), text(app)}, {text("name"), text(name)}}, headers);
    };
    QCOMPARE(ask("com.example.none", "1.0.0").status, 404);
    QCOMPARE(ask("com.example.none", "1.0.0").error(), text("error_app_not_found"));
    QCOMPARE(ask("com.example.app", "9.9.9").status, 404);
    QCOMPARE(ask("com.example.app", "9.9.9").error(), text("error_version_not_found"));
    QCOMPARE(ask("com.example.app", "1.0.0", m_server->makeKey("app_reader", "app", m_app)).error(),
             text("app_access_denied"));
    m_server->makeBundle("2.0.0");
    QCOMPARE(ask("com.example.app", "2.0.0").error(), text("error_already_exist"));
    QCOMPARE(m_server->call("POST", "/files/upload_link", QJsonObject(), "X-No-Key: 1\r\n").status, 401);
    QCOMPARE(put(link(), QByteArray(1'000'001, 'x')).status, 413);
}

void TestUploadRules::linkEnds()
{
    const QByteArray late = link();
    m_server->clock.advance(std::chrono::seconds(1200));
    QCOMPARE(put(late, "abc").error(), text("link_expired"));
    // With its key.
    const QByteArray key = m_server->makeKey("app_uploader", "app", m_app);
    const QByteArray ofKey =
        QUrl(askForLink(key).json().value(QLatin1String("url")).toString()).path().toLatin1();
    QCOMPARE(m_server->call("DELETE", "/apikey/1").status, 200);
    QCOMPARE(put(ofKey, "abc").error(), text("link_expired"));
    // With its bundle becoming ready.
    const QByteArray ofReady = link();
    QCOMPARE(put(link(), "abc").status, 200);
    QCOMPARE(makeReady().status, 204);
    QCOMPARE(put(ofReady, "xyz").error(), text("bundle_already_ready"));
    QCOMPARE(stored(), QByteArray("abc"));
}

QTEST_GUILESS_MAIN(TestUploadRules)
#include "test_uploadrules.moc"
