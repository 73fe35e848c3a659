// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/digest.h"

#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::crypto;

class TestDigest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sha256GivesPublishedValues_data()
    {
        // Source: FIPS 180-4 examples, NIST CAVP.
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QString>("digest");
        QTest::newRow("nothing") << QByteArray()
                                 << QStringLiteral(
                                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        QTest::newRow("one block") << QByteArray("abc")
                                   << QStringLiteral(
                                          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        QTest::newRow("two blocks")
            << QByteArray("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
            << QStringLiteral("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
        QTest::newRow("a million letters")
            << QByteArray(1'000'000, 'a')
            << QStringLiteral("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    }
    void sha256GivesPublishedValues()
    {
        QFETCH(QByteArray, message);
        QFETCH(QString, digest);
        QCOMPARE(sha256Hex(message), digest);
        Sha256 stream;
        for (qsizetype at = 0; at < message.size(); at += 977) {
            stream.add(QByteArrayView(message).sliced(at, std::min<qsizetype>(977, message.size() - at)));
        }
        QCOMPARE(stream.finish().toHex(), digest.toLatin1());
    }
    void aStreamStartsAnewAfterItsEnd()
    {
        Sha256 stream;
        stream.add("abc");
        const QByteArray first = stream.finish();
        stream.add("abc");
        QCOMPARE(stream.finish(), first);
    }

    void hmacGivesPublishedValues_data()
    {
        // Source: RFC 4231, test cases 1, 2 and 6.
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("case 1") << QByteArray(20, 0x0b) << QByteArray("Hi There")
                                << QByteArray(
                                       "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
        QTest::newRow("case 2") << QByteArray("Jefe") << QByteArray("what do ya want for nothing?")
                                << QByteArray(
                                       "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        QTest::newRow("key longer than a block")
            << QByteArray(131, char(0xaa))
            << QByteArray("Test Using Larger Than Block-Size Key - Hash Key First")
            << QByteArray("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
        QTest::newRow("empty key, empty message")
            << QByteArray() << QByteArray()
            << QByteArray("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
    }
    void hmacGivesPublishedValues()
    {
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, message);
        QFETCH(QByteArray, code);
        QCOMPARE(hmacSha256(key, message).toHex(), code);
    }

    void aFileIsDigestedInPieces()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("file"));
        const QByteArray content(700'001, 'x');
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
        file.close();
        Operation operation;
        const auto digest = sha256File(path, operation);
        QVERIFY(digest.has_value());
        QCOMPARE(*digest, sha256(content));

        const auto missing = sha256File(folder.filePath(QStringLiteral("none")), operation);
        QVERIFY(!missing);
        QCOMPARE(missing.error().id, QStringLiteral("crypto.digest.open"));
        const auto notAFile = sha256File(folder.path(), operation);
        QVERIFY(!notAFile);

        std::stop_source source;
        source.request_stop();
        Operation cancelled(source.get_token());
        const auto stopped = sha256File(path, cancelled);
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().kind, ErrorKind::Cancelled);
    }

    void comparisonSeesEveryByteAndTheLength()
    {
        QVERIFY(equalInConstantTime("abc", "abc"));
        QVERIFY(equalInConstantTime("", ""));
        QVERIFY(!equalInConstantTime("abc", "abd"));
        QVERIFY(!equalInConstantTime("abc", "ab"));
    }
};

QTEST_GUILESS_MAIN(TestDigest)
#include "test_digest.moc"
