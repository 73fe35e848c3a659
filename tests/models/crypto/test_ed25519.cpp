// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/ed25519.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::crypto;

namespace {
Ed25519PrivateKey keyOf(const QByteArray &seedHex)
{
    return Ed25519PrivateKey::fromSeed(Secret::copyOf(QByteArray::fromHex(seedHex))).value();
}

QJsonObject vectors()
{
    QFile file(QStringLiteral(GATEHOUSE_FIXTURES "/gatehouse-v1/vectors.json"));
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    return QJsonDocument::fromJson(file.readAll()).object();
}
} // namespace

class Ed25519Test : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rfc8032Vectors_data()
    {
        QTest::addColumn<QByteArray>("seed");
        QTest::addColumn<QByteArray>("publicKey");
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QByteArray>("signature");
        // RFC 8032, section 7.1, tests 1 to 3.
        QTest::newRow("test 1, empty message")
            << QByteArray("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
            << QByteArray("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a") << QByteArray()
            << QByteArray("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc6"
                          "1e39701cf9"
                          "b46bd25bf5f0595bbe24655141438e7a100b");
        QTest::newRow("test 2, one byte")
            << QByteArray("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
            << QByteArray("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
            << QByteArray("72")
            << QByteArray("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e45"
                          "8f3613d0f1"
                          "1d8c387b2eaeb4302aeeb00d291612bb0c00");
        QTest::newRow("test 3, two bytes")
            << QByteArray("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7")
            << QByteArray("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025")
            << QByteArray("af82")
            << QByteArray("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae"
                          "67f760984d"
                          "c6594a7c15e9716ed28dc027beceea1ec40a");
    }

    void rfc8032Vectors()
    {
        QFETCH(QByteArray, seed);
        QFETCH(QByteArray, publicKey);
        QFETCH(QByteArray, message);
        QFETCH(QByteArray, signature);
        const Ed25519PrivateKey key = keyOf(seed);
        QCOMPARE(key.publicKey().raw().toHex(), publicKey);
        QCOMPARE(key.sign(QByteArray::fromHex(message)).toHex(), signature);
        QVERIFY(key.publicKey().verify(QByteArray::fromHex(message), QByteArray::fromHex(signature)));
        QCOMPARE(key.seed().view().toByteArray().toHex(), seed);
    }

    void keyIdIsOfTheRawKey()
    {
        const QJsonObject expected = vectors();
        const Ed25519PrivateKey key = keyOf(expected.value(QLatin1String("seed")).toString().toLatin1());
        QCOMPARE(key.publicKey().toBase64(), expected.value(QLatin1String("publicKey")).toString());
        QCOMPARE(key.publicKey().keyId(), expected.value(QLatin1String("keyId")).toString());
        QCOMPARE(Ed25519PublicKey::fromBase64(key.publicKey().toBase64()).value(), key.publicKey());
    }

    void everyFlippedBitBreaksTheSignature()
    {
        const Ed25519PrivateKey key = Ed25519PrivateKey::generate();
        const QByteArray message("release 2.4.1");
        const QByteArray signature = key.sign(message);
        for (qsizetype bit = 0; bit < signature.size() * 8; ++bit) {
            QByteArray broken = signature;
            broken[bit / 8] = static_cast<char>(broken.at(bit / 8) ^ (1 << (bit % 8)));
            const auto verified = key.publicKey().verify(message, broken);
            QVERIFY2(!verified, qPrintable(QStringLiteral("bit %1").arg(bit)));
            QCOMPARE(verified.error().id, QStringLiteral("crypto.ed25519.signature"));
        }
        for (qsizetype bit = 0; bit < message.size() * 8; ++bit) {
            QByteArray broken = message;
            broken[bit / 8] = static_cast<char>(broken.at(bit / 8) ^ (1 << (bit % 8)));
            QVERIFY(!key.publicKey().verify(broken, signature));
        }
    }

    void shortOrLongSignaturesAreRefused()
    {
        const Ed25519PrivateKey key = Ed25519PrivateKey::generate();
        const QByteArray signature = key.sign("x");
        for (qsizetype length = 0; length < signature.size(); ++length) {
            QVERIFY(!key.publicKey().verify("x", signature.first(length)));
        }
        QVERIFY(!key.publicKey().verify("x", QByteArray(signature + QByteArray(1, '\0'))));
    }

    void anotherKeyDoesNotVerify()
    {
        const QByteArray signature = Ed25519PrivateKey::generate().sign("x");
        QVERIFY(!Ed25519PrivateKey::generate().publicKey().verify("x", signature));
    }

    void badPublicKeysAreRefused_data()
    {
        QTest::addColumn<QByteArray>("raw");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("31 bytes") << QByteArray(31, 'a');
        QTest::newRow("33 bytes") << QByteArray(33, 'a');
        // Signatures under points of small order verify for messages that nobody signed.
        QTest::newRow("the neutral point")
            << QByteArray::fromHex(QByteArray("01") + QByteArray("00").repeated(31));
        QTest::newRow("a point of order two")
            << QByteArray::fromHex("ec" + QByteArray("ff").repeated(30) + QByteArray("7f"));
        QTest::newRow("a point of order four") << QByteArray(32, '\0');
        QTest::newRow("not on the curve") << QByteArray::fromHex("02" + QByteArray("00").repeated(31));
    }

    void badPublicKeysAreRefused()
    {
        QFETCH(QByteArray, raw);
        const auto key = Ed25519PublicKey::fromRaw(raw);
        QVERIFY(!key);
        QCOMPARE(key.error().id, QStringLiteral("crypto.ed25519.public"));
    }

    void sloppyBase64IsRefused_data()
    {
        QTest::addColumn<QString>("text");
        const QString good = Ed25519PrivateKey::generate().publicKey().toBase64();
        QTest::newRow("empty") << QString();
        QTest::newRow("without padding") << good.chopped(1);
        QTest::newRow("with a space") << good + QLatin1Char(' ');
        QTest::newRow("not base64") << QStringLiteral("!") + good.mid(1);
        QTest::newRow("a letter that is no Latin") << QString(QChar(0x0416)) + good.mid(1);
    }

    void sloppyBase64IsRefused()
    {
        QFETCH(QString, text);
        QVERIFY(!Ed25519PublicKey::fromBase64(text));
    }

    void readsTheFileOfOpenSsl()
    {
        // RFC 8410, section 10.3: the example private key, and the public key of section 10.1 that belongs to
        // it.
        const Secret pem = Secret::copyOf("-----BEGIN PRIVATE KEY-----\n"
                                          "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n"
                                          "-----END PRIVATE KEY-----\n");
        const auto key = Ed25519PrivateKey::fromPkcs8Pem(pem);
        QVERIFY(key);
        QCOMPARE(key->publicKey().toPem(),
                 QByteArray("-----BEGIN PUBLIC KEY-----\n"
                            "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n"
                            "-----END PUBLIC KEY-----\n"));
    }

    void otherFilesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("pem");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("RSA") << QByteArray(
            "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n");
        QTest::newRow("cut") << QByteArray("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTu\n");
        QTest::newRow("short") << QByteArray("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTu\n"
                                             "-----END PRIVATE KEY-----\n");
        QTest::newRow("X25519") << QByteArray(
            "-----BEGIN PRIVATE KEY-----\n"
            "MC4CAQAwBQYDK2VuBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n"
            "-----END PRIVATE KEY-----\n");
        QTest::newRow("encrypted") << QByteArray("-----BEGIN ENCRYPTED PRIVATE KEY-----\nMC4C\n"
                                                 "-----END ENCRYPTED PRIVATE KEY-----\n");
    }

    void otherFilesAreRefused()
    {
        QFETCH(QByteArray, pem);
        const auto key = Ed25519PrivateKey::fromPkcs8Pem(Secret::copyOf(pem));
        QVERIFY(!key);
        QCOMPARE(key.error().id, QStringLiteral("crypto.ed25519.pem"));
    }

    void aSeedHas32Bytes()
    {
        for (const std::size_t size : {0U, 31U, 33U, 64U}) {
            const auto key = Ed25519PrivateKey::fromSeed(Secret::random(size));
            QVERIFY(!key);
            QCOMPARE(key.error().id, QStringLiteral("crypto.ed25519.seed"));
        }
    }
};

QTEST_GUILESS_MAIN(Ed25519Test)
#include "test_ed25519.moc"
