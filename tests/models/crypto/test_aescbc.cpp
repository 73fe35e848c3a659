// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/aescbc.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::crypto;

namespace {
const QByteArray kIv = QByteArray::fromHex("000102030405060708090a0b0c0d0e0f");
const QByteArray kPlain =
    QByteArray::fromHex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
                        "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");
} // namespace

class TestAesCbc : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void publishedVectorsHold_data()
    {
        // Source: NIST SP 800-38A, F.2.1 and F.2.5; the padding block behind it is ours to check by
        // decrypting.
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("cipherText");
        QTest::newRow("AES-128") << QByteArray::fromHex("2b7e151628aed2a6abf7158809cf4f3c")
                                 << QByteArray::fromHex(
                                        "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2"
                                        "73bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7");
        QTest::newRow("AES-256") << QByteArray::fromHex(
                                        "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4")
                                 << QByteArray::fromHex(
                                        "f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d"
                                        "39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b");
    }
    void publishedVectorsHold()
    {
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, cipherText);
        const auto encrypted = encryptAesCbc(Secret::copyOf(key), kIv, kPlain);
        QVERIFY(encrypted.has_value());
        QCOMPARE(encrypted->size(), aesCbcLength(kPlain.size()));
        QCOMPARE(encrypted->first(kPlain.size()), cipherText);
        const auto back = decryptAesCbc(Secret::copyOf(key), kIv, *encrypted);
        QVERIFY(back.has_value());
        QCOMPARE(*back, kPlain);
    }

    void piecesGiveWhatTheWholeGives()
    {
        const Secret key = Secret::random(16);
        const QByteArray plain = Secret::random(10'007).view().toByteArray();
        const auto whole = encryptAesCbc(key, kIv, plain);
        QVERIFY(whole.has_value());
        for (const qsizetype step : {1, 15, 16, 17, 4096}) {
            auto cipher = AesCbc::start(AesCbc::Direction::Encrypt, key, kIv);
            QVERIFY(cipher.has_value());
            QByteArray joined;
            QByteArray out(step + kAesBlockBytes, Qt::Uninitialized);
            for (qsizetype at = 0; at < plain.size(); at += step) {
                const auto piece = QByteArrayView(plain).sliced(at, std::min(step, plain.size() - at));
                const auto length = cipher->update(piece, out.data());
                QVERIFY(length.has_value());
                joined.append(out.first(*length));
            }
            const auto last = cipher->finish();
            QVERIFY(last.has_value());
            joined.append(*last);
            QCOMPARE(joined, *whole);
        }
    }

    void lengthsRoundUpToTheNextBlock()
    {
        const Secret key = Secret::random(32);
        for (const qsizetype size : {0, 1, 15, 16, 17, 32}) {
            const auto encrypted = encryptAesCbc(key, kIv, QByteArray(size, 'a'));
            QVERIFY(encrypted.has_value());
            QCOMPARE(encrypted->size(), aesCbcLength(size));
        }
    }

    void wrongSizesAreRefused()
    {
        for (const std::size_t size : {0U, 15U, 24U, 33U}) {
            const auto cipher = encryptAesCbc(Secret(size), kIv, "x");
            QVERIFY(!cipher);
            QCOMPARE(cipher.error().id, QStringLiteral("crypto.aes.key"));
        }
        const auto shortIv = encryptAesCbc(Secret::random(16), kIv.first(15), "x");
        QVERIFY(!shortIv);
        QCOMPARE(shortIv.error().id, QStringLiteral("crypto.aes.key"));
    }

    void cutOrEmptyCipherTextIsRefused()
    {
        const Secret key = Secret::random(16);
        const auto encrypted = encryptAesCbc(key, kIv, kPlain);
        QVERIFY(encrypted.has_value());
        for (const qsizetype keep : {qsizetype(0), qsizetype(1), encrypted->size() - 1}) {
            const auto back = decryptAesCbc(key, kIv, encrypted->first(keep));
            QVERIFY(!back);
            QCOMPARE(back.error().id, QStringLiteral("crypto.aes.padding"));
            QCOMPARE(back.error().kind, ErrorKind::Crypto);
        }
    }
};

QTEST_GUILESS_MAIN(TestAesCbc)
#include "test_aescbc.moc"
