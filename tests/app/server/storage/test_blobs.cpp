// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/storefixture.h"
#include "server/storage/blobfolder.h"

#include <QCryptographicHash>
#include <QDir>

using namespace gatehouse;
using namespace gatehouse::server;

class BlobsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<StoreFixture>(); }

    void uploadBecomesABlob()
    {
        UploadRecord wish;
        wish.blobKey = QStringLiteral("orgs/o/apps/a/1.0.0.zip");
        wish.length = 5;
        wish.expiresAt = m_fixture->clock.now() + std::chrono::hours(24);
        const UploadRecord upload = StoreFixture::must(store().createUpload(wish));
        QVERIFY(upload.id.size() >= 32);
        QVERIFY(QFile::exists(store().partPath(upload.id)));
        append(store().partPath(upload.id), "bytes");
        StoreFixture::must(store().advanceUpload(upload.id, 5, 5));
        QVERIFY(!StoreFixture::must(store().blob(wish.blobKey)));
        const BlobRecord blob = StoreFixture::must(store().finishUpload(upload.id));
        QCOMPARE(blob.size, 5);
        QCOMPARE(blob.sha256, QCryptographicHash::hash("bytes", QCryptographicHash::Sha256));
        QVERIFY(!QFile::exists(store().partPath(upload.id)));
        QFile file(blob.path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("bytes"));
        // A client that did not see the answer asks again.
        QCOMPARE(StoreFixture::must(store().finishUpload(upload.id)).sha256, blob.sha256);
        m_fixture->reopen();
        QVERIFY(StoreFixture::must(store().blob(wish.blobKey)).has_value());
    }

    void otherBytesUnderTheSameKeyAreRefused()
    {
        StoreFixture::must(store().putBlob(QStringLiteral("k"), "one"));
        QCOMPARE(StoreFixture::must(store().putBlob(QStringLiteral("k"), "one")).size, 3);
        const auto other = store().putBlob(QStringLiteral("k"), "two");
        QVERIFY(!other);
        QCOMPARE(other.error().id, QStringLiteral("store.blob.exists"));
        QVERIFY(QDir(m_fixture->folder.filePath(QStringLiteral("uploads"))).isEmpty());
    }

    void keysCannotReachOutside()
    {
        const BlobRecord blob = StoreFixture::must(store().putBlob(QStringLiteral("../../etc/passwd"), "x"));
        QVERIFY(blob.path.startsWith(m_fixture->folder.path() + QStringLiteral("/blobs/")));
        StoreFixture::must(store().deleteBlob(QStringLiteral("../../etc/passwd")));
        QVERIFY(!QFile::exists(blob.path));
        QVERIFY(!StoreFixture::must(store().blob(QStringLiteral("../../etc/passwd"))));
    }

    void expiredUploadsAreSwept()
    {
        UploadRecord wish;
        wish.blobKey = QStringLiteral("k");
        wish.expiresAt = m_fixture->clock.now() + std::chrono::hours(24);
        const UploadRecord upload = StoreFixture::must(store().createUpload(wish));
        StoreFixture::must(store().sweep());
        QVERIFY(StoreFixture::must(store().upload(upload.id)).has_value());
        m_fixture->clock.advance(std::chrono::hours(25));
        StoreFixture::must(store().sweep());
        QVERIFY(!StoreFixture::must(store().upload(upload.id)).has_value());
        QVERIFY(!QFile::exists(store().partPath(upload.id)));
        QCOMPARE(store().finishUpload(upload.id).error().kind, ErrorKind::NotFound);
        QCOMPARE(store().advanceUpload(upload.id, 1, 1).error().kind, ErrorKind::NotFound);
    }

    /// The program ended after the file was moved into place and before the row was there.
    void aKillBetweenFileAndRowIsMended()
    {
        UploadRecord wish;
        wish.blobKey = QStringLiteral("orgs/o/apps/a/1.0.0.zip");
        wish.length = 5;
        wish.expiresAt = m_fixture->clock.now() + std::chrono::hours(24);
        const UploadRecord upload = StoreFixture::must(store().createUpload(wish));
        append(store().partPath(upload.id), "bytes");
        StoreFixture::must(store().advanceUpload(upload.id, 5, 5));
        const QString place = m_fixture->folder.filePath(BlobFolder::fileOf(wish.blobKey));
        QVERIFY(QDir().mkpath(QFileInfo(place).path()));
        QVERIFY(QFile::rename(store().partPath(upload.id), place));
        m_fixture->reopen();
        const BlobRecord blob = StoreFixture::must(store().finishUpload(upload.id));
        QCOMPARE(blob.path, place);
        QCOMPARE(blob.size, 5);
        QCOMPARE(blob.sha256, QCryptographicHash::hash("bytes", QCryptographicHash::Sha256));
        QVERIFY(StoreFixture::must(store().upload(upload.id))->finished);
    }

    void lostPartIsAnError()
    {
        UploadRecord wish;
        wish.blobKey = QStringLiteral("k");
        const UploadRecord upload = StoreFixture::must(store().createUpload(wish));
        QVERIFY(QFile::remove(store().partPath(upload.id)));
        QCOMPARE(store().finishUpload(upload.id).error().kind, ErrorKind::Io);
        QVERIFY(!StoreFixture::must(store().blob(QStringLiteral("k"))));
    }

private:
    Store &store() { return *m_fixture->store; }
    static void append(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::Append));
        file.write(bytes);
    }
    std::unique_ptr<StoreFixture> m_fixture;
};

QTEST_GUILESS_MAIN(BlobsTest)
#include "test_blobs.moc"
