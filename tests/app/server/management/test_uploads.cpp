// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "managementfixture.h"

using namespace gatehouse;
using namespace gatehouse::server;

namespace {

const QByteArray kTus = "Tus-Resumable: 1.0.0\r\n";
const QByteArray kPieces = "Content-Type: application/offset+octet-stream\r\n";

QByteArray offsetHeader(qint64 offset)
{
    return kTus + kPieces + "Upload-Offset: " + QByteArray::number(offset) + "\r\n";
}

} // namespace

/// @source spec: management-api, section 5.2; TUS 1.0.0
class TestUploads : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void wholeUpload();
    void options();
    void inPieces();
    void creationWithContent();
    void deferredLength();
    void resumesAfterACutConnection();
    void survivesARestart();
    void offsetConflict();
    void checksumIsChecked();
    void pathsAreAuthorized_data();
    void pathsAreAuthorized();
    void rowDecides();
    void deltaFilesOnce();
    void refusals();
    void expires();
    void foreignKeysSeeNothing();
    void readyAfterAllBytesWithoutTheLastStep();
    void lostBytesAreNotMadeUp();
    void wrongContentTypeMakesNothing();

private:
    [[nodiscard]] QString path(const char *name = "1.0.0.zip") const
    {
        return QStringLiteral("orgs/%1/apps/com.example.app/%2")
            .arg(m_server->organization(), QString::fromLatin1(name));
    }
    [[nodiscard]] QByteArray metadata(const QString &key) const
    {
        return "Upload-Metadata: filename " + key.toUtf8().toBase64() + ",filetype " +
               QByteArray("application/zip").toBase64() + "\r\n";
    }
    void makeRow(const char *name = "1.0.0")
    {
        const RawAnswer made = m_server->call(
            "POST", "/rest/v1/app_versions",
            QJsonObject{{text("app_id"), text("com.example.app")}, {text("name"), text(name)}});
        QCOMPARE(made.status, 201);
    }
    RawAnswer create(qint64 length, const QString &key, const QByteArray &more = {})
    {
        return m_server->call("POST", "/files/upload/attachments", QByteArray(),
                              kTus + "Upload-Length: " + QByteArray::number(length) + "\r\n" + metadata(key) +
                                  more + "capgkey: " + m_server->ownerKey + "\r\n");
    }
    /// Where a fresh upload of that length lives.
    QByteArray location(qint64 length)
    {
        const RawAnswer made = create(length, path());
        return made.status == 201 ? made.headers.value("location") : QByteArray();
    }
    qint64 offsetOf(const QByteArray &target)
    {
        const RawAnswer answer = m_server->call("HEAD", target, QByteArray(), kTus);
        return answer.status == 200 ? answer.headers.value("upload-offset").toLongLong() : -answer.status;
    }

    std::unique_ptr<ManagementFixture> m_server;
};

void TestUploads::init()
{
    m_server = std::make_unique<ManagementFixture>();
    m_server->makeApp();
    makeRow();
}

void TestUploads::cleanup()
{
    m_server.reset();
}

void TestUploads::wholeUpload()
{
    const QByteArray content(100'000, 'x');
    const RawAnswer made = create(content.size(), path());
    QCOMPARE(made.status, 201);
    QCOMPARE(made.headers.value("tus-resumable"), QByteArray("1.0.0"));
    QCOMPARE(made.headers.value("upload-offset"), QByteArray("0"));
    QVERIFY(made.headers.value("upload-expires").endsWith(" GMT"));
    const QByteArray target = made.headers.value("location");
    QVERIFY(target.startsWith("/files/upload/attachments/"));
    const RawAnswer sent = m_server->call("PATCH", target, content, offsetHeader(0));
    QCOMPARE(sent.status, 204);
    QCOMPARE(sent.headers.value("upload-offset"), QByteArray("100000"));
    const auto blob = m_server->store().blob(path());
    QVERIFY(blob->has_value());
    QCOMPARE(blob->value().size, 100'000);
    QCOMPARE(blob->value().sha256, crypto::sha256(content));
    QCOMPARE(offsetOf(target), 100'000);
}

void TestUploads::options()
{
    const RawAnswer answer =
        m_server->call("OPTIONS", "/files/upload/attachments/", QByteArray(), "X-No-Key: 1\r\n");
    QCOMPARE(answer.status, 204);
    QCOMPARE(answer.headers.value("tus-version"), QByteArray("1.0.0"));
    QCOMPARE(answer.headers.value("tus-extension"),
             QByteArray("creation,creation-with-upload,creation-defer-length,expiration"));
    QCOMPARE(answer.headers.value("tus-max-size"), QByteArray("1000000"));
}

void TestUploads::inPieces()
{
    const QByteArray target = location(9);
    QCOMPARE(
        m_server->call("PATCH", target, QByteArray("abc"), offsetHeader(0)).headers.value("upload-offset"),
        QByteArray("3"));
    QCOMPARE(offsetOf(target), 3);
    QVERIFY(!m_server->store().blob(path())->has_value());
    QCOMPARE(m_server->call("PATCH", target, QByteArray("def"), offsetHeader(3)).status, 204);
    QCOMPARE(m_server->call("PATCH", target, QByteArray("ghi"), offsetHeader(6)).status, 204);
    QCOMPARE(m_server->store().blob(path())->value().sha256, crypto::sha256("abcdefghi"));
}

void TestUploads::creationWithContent()
{
    RawClient client(m_server->port());
    const QByteArray headers = kTus + kPieces + "Upload-Length: 6\r\n" + metadata(path()) +
                               "capgkey: " + m_server->ownerKey + "\r\n";
    const RawAnswer made =
        client.exchange(rawRequest("POST", "/files/upload/attachments/", m_server->port(), "abc", headers));
    QCOMPARE(made.status, 201);
    QCOMPARE(made.headers.value("upload-offset"), QByteArray("3"));
    QCOMPARE(offsetOf(made.headers.value("location")), 3);
}

void TestUploads::deferredLength()
{
    const RawAnswer made = m_server->call("POST", "/files/upload/attachments", QByteArray(),
                                          kTus + "Upload-Defer-Length: 1\r\n" + metadata(path()) +
                                              "capgkey: " + m_server->ownerKey + "\r\n");
    QCOMPARE(made.status, 201);
    const QByteArray target = made.headers.value("location");
    const RawAnswer head = m_server->call("HEAD", target, QByteArray(), kTus);
    QCOMPARE(head.headers.value("upload-defer-length"), QByteArray("1"));
    QVERIFY(!head.headers.contains("upload-length"));
    QCOMPARE(m_server->call("PATCH", target, QByteArray("abc"), offsetHeader(0)).status, 204);
    QVERIFY(!m_server->store().blob(path())->has_value());
    QCOMPARE(
        m_server->call("PATCH", target, QByteArray("def"), offsetHeader(3) + "Upload-Length: 6\r\n").status,
        204);
    QVERIFY(m_server->store().blob(path())->has_value());
}

void TestUploads::resumesAfterACutConnection()
{
    const QByteArray content(300'000, 'q');
    const QByteArray target = location(content.size());
    {
        // Announces everything, sends a third, and is gone.
        RawClient client(m_server->port());
        const QByteArray whole = rawRequest("PATCH", target, m_server->port(), content,
                                            offsetHeader(0) + "capgkey: " + m_server->ownerKey + "\r\n");
        client.send(whole.left(whole.size() - 200'000));
        client.disconnect();
    }
    // What had arrived is there as soon as the server saw the end of the connection.
    QTRY_VERIFY_WITH_TIMEOUT(offsetOf(target) > 0, 10'000);
    const qint64 offset = offsetOf(target);
    QVERIFY(offset <= 100'000);
    const RawAnswer rest = m_server->call("PATCH", target, content.mid(offset), offsetHeader(offset));
    QCOMPARE(rest.status, 204);
    QCOMPARE(m_server->store().blob(path())->value().sha256, crypto::sha256(content));
}

void TestUploads::survivesARestart()
{
    const QByteArray target = location(6);
    QCOMPARE(m_server->call("PATCH", target, QByteArray("abc"), offsetHeader(0)).status, 204);
    m_server->stop();
    m_server->start();
    QCOMPARE(offsetOf(target), 3);
    QCOMPARE(m_server->call("PATCH", target, QByteArray("def"), offsetHeader(3)).status, 204);
    QCOMPARE(m_server->store().blob(path())->value().sha256, crypto::sha256("abcdef"));
}

void TestUploads::offsetConflict()
{
    const QByteArray target = location(6);
    const RawAnswer ahead = m_server->call("PATCH", target, QByteArray("def"), offsetHeader(3));
    QCOMPARE(ahead.status, 409);
    QCOMPARE(ahead.headers.value("upload-offset"), QByteArray("0"));
    QCOMPARE(m_server->call("PATCH", target, QByteArray("abcdef"), offsetHeader(0)).status, 204);
    QCOMPARE(m_server->call("PATCH", target, QByteArray("abcdef"), offsetHeader(0)).status, 409);
}

void TestUploads::checksumIsChecked()
{
    const QByteArray right = "X-Checksum-Sha256: " + crypto::sha256("abc").toBase64() + "\r\n";
    QCOMPARE(create(3, path(), "X-Checksum-Sha256: AAAA\r\n").error(), text("invalid_checksum"));
    RawAnswer made = create(3, path(), right);
    QCOMPARE(made.status, 201);
    const QByteArray first = made.headers.value("location");
    const RawAnswer wrong = m_server->call("PATCH", first, QByteArray("xyz"), offsetHeader(0));
    QCOMPARE(wrong.error(), text("checksum_mismatch"));
    QVERIFY(!m_server->store().blob(path())->has_value());
    QCOMPARE(offsetOf(first), -404);
    made = create(3, path(), right);
    QCOMPARE(
        m_server->call("PATCH", made.headers.value("location"), QByteArray("abc"), offsetHeader(0)).status,
        204);
    QVERIFY(m_server->store().blob(path())->has_value());
}

void TestUploads::pathsAreAuthorized_data()
{
    QTest::addColumn<QString>("pattern"); // %1 is the organization
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("error");
    const auto row = [](const char *pattern, int status, const char *error) {
        QTest::newRow(pattern) << text(pattern) << status << text(error);
    };
    row("", 400, "invalid_file_path");
    row("etc/passwd", 400, "invalid_file_path");
    row("orgs/%1/apps/com.example.app/../../x/1.0.0.zip", 400, "invalid_file_path");
    row("orgs/%1/apps/com.example.app/delta/../../x", 400, "invalid_file_path");
    row("orgs/%1/apps/com.example.app//1.0.0.zip", 400, "invalid_file_path");
    row("/orgs/%1/apps/com.example.app/1.0.0.zip", 400, "invalid_file_path");
    row("orgs/%1/apps/com.example.app/1.0.0.exe", 400, "invalid_file_path");
    row("orgs/%1/apps/com.example.none/1.0.0.zip", 404, "app_not_found");
    row("orgs/00000000-0000-4000-8000-000000000000/apps/com.example.app/1.0.0.zip", 403,
        "owner_org_mismatch");
    row("orgs/%1/apps/com.example.app/9.9.9.zip", 404, "error_version_not_found");
}

void TestUploads::pathsAreAuthorized()
{
    QFETCH(QString, pattern);
    QFETCH(int, status);
    QFETCH(QString, error);
    const RawAnswer answer =
        create(3, pattern.contains(text("%1")) ? pattern.arg(m_server->organization()) : pattern);
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.error(), error);
    QCOMPARE(answer.headers.value("tus-resumable"), QByteArray("1.0.0"));
}

void TestUploads::rowDecides()
{
    const QByteArray target = location(3);
    QCOMPARE(m_server->call("PATCH", target, QByteArray("abc"), offsetHeader(0)).status, 204);
    QCOMPARE(m_server
                 ->call("PATCH", "/rest/v1/app_versions?app_id=eq.com.example.app&name=eq.1.0.0",
                        QJsonObject{{text("storage_provider"), text("r2")}})
                 .status,
             204);
    const RawAnswer late = create(3, path());
    QCOMPARE(late.status, 409);
    QCOMPARE(late.error(), text("bundle_already_ready"));
    const auto bundle = m_server->store().bundleByName(text("com.example.app"), text("1.0.0"))->value();
    QCOMPARE(bundle.size, std::optional<qint64>(3));
}

void TestUploads::deltaFilesOnce()
{
    const QString key = path("delta/abc_js/app.js");
    const RawAnswer made = create(3, key);
    QCOMPARE(made.status, 201);
    QCOMPARE(
        m_server->call("PATCH", made.headers.value("location"), QByteArray("abc"), offsetHeader(0)).status,
        204);
    QCOMPARE(create(3, key).error(), text("duplicate_upload"));
}

void TestUploads::refusals()
{
    const QByteArray key = "capgkey: " + m_server->ownerKey + "\r\n";
    const QByteArray target = location(6);
    QCOMPARE(m_server->call("PATCH", target, QByteArray("abc"), kTus + "Upload-Offset: 0\r\n").status, 415);
    QCOMPARE(m_server->call("PATCH", target, QByteArray("abc"), kTus + kPieces).error(),
             text("invalid_upload_offset"));
    QCOMPARE(m_server->call("PATCH", target, QByteArray("abcdefghi"), offsetHeader(0)).status, 413);
    QCOMPARE(m_server->call("PATCH", target, QByteArray("abc"), kPieces + "Upload-Offset: 0\r\n").status,
             412);
    QCOMPARE(m_server->call("PATCH", "/files/upload/attachments/nothing", QByteArray("abc"), offsetHeader(0))
                 .status,
             404);
    QCOMPARE(create(1'000'001, path()).status, 413);
    QCOMPARE(create(-1, path()).error(), text("invalid_upload_length"));
    QCOMPARE(m_server->call("POST", "/files/upload/attachments", QByteArray(), kTus + metadata(path()) + key)
                 .error(),
             text("invalid_upload_length"));
    QCOMPARE(m_server
                 ->call("POST", "/files/upload/attachments", QByteArray(),
                        kTus + "X-No-Key: 1\r\nUpload-Length: 3\r\n")
                 .status,
             401);
    QCOMPARE(offsetOf(target), 0);
}

void TestUploads::expires()
{
    const QByteArray target = location(6);
    m_server->clock.advance(std::chrono::hours(24));
    QCOMPARE(offsetOf(target), -410);
    QCOMPARE(m_server->call("PATCH", target, QByteArray("abc"), offsetHeader(0)).error(),
             text("upload_expired"));
}

void TestUploads::foreignKeysSeeNothing()
{
    const QByteArray target = location(6);
    const QByteArray other = m_server->makeKey("org_super_admin", "org");
    QCOMPARE(m_server->call("HEAD", target, QByteArray(), kTus + other).status, 404);
    const QByteArray reader = m_server->makeKey("org_member", "org");
    const RawAnswer denied = m_server->call("POST", "/files/upload/attachments", QByteArray(),
                                            kTus + "Upload-Length: 3\r\n" + metadata(path()) + reader);
    QCOMPARE(denied.status, 403);
    QCOMPARE(denied.error(), text("insufficient_permissions"));
}

void TestUploads::readyAfterAllBytesWithoutTheLastStep()
{
    // The program ended after the last byte was acknowledged and before the content was moved into place.
    const QByteArray target = location(3);
    const QString id = QString::fromLatin1(target.mid(target.lastIndexOf('/') + 1));
    QFile part(m_server->store().partPath(id));
    QVERIFY(part.open(QIODevice::WriteOnly));
    part.write("abc");
    part.close();
    QVERIFY(m_server->store().advanceUpload(id, 3, 3).has_value());
    QVERIFY(!m_server->store().blob(path())->has_value());
    QCOMPARE(offsetOf(target), 3);
    QCOMPARE(m_server->store().blob(path())->value().sha256, crypto::sha256("abc"));
}

/// A file that is shorter than what was acknowledged must not be filled with zeros.
void TestUploads::lostBytesAreNotMadeUp()
{
    const QByteArray target = location(10);
    QCOMPARE(m_server->call("PATCH", target, QByteArray("01234"), offsetHeader(0)).status, 204);
    const QString id = QString::fromLatin1(target.mid(target.lastIndexOf('/') + 1));
    QFile part(m_server->store().partPath(id));
    QVERIFY(part.resize(2));
    const RawAnswer lost = m_server->call("PATCH", target, QByteArray("56789"), offsetHeader(5));
    QCOMPARE(lost.status, 410);
    QCOMPARE(lost.error(), text("upload_expired"));
    QVERIFY(part.remove());
    QCOMPARE(m_server->call("PATCH", target, QByteArray("56789"), offsetHeader(5)).status, 410);
    QVERIFY(!part.exists());
}

void TestUploads::wrongContentTypeMakesNothing()
{
    const QByteArray key = "capgkey: " + m_server->ownerKey + "\r\n";
    const RawAnswer refused =
        m_server->call("POST", "/files/upload/attachments", QByteArray("01234"),
                       kTus + "Upload-Length: 5\r\nContent-Type: text/plain\r\n" + metadata(path()) + key);
    QCOMPARE(refused.status, 415);
    QVERIFY(!refused.headers.contains("location"));
}

QTEST_GUILESS_MAIN(TestUploads)
#include "test_uploads.moc"
