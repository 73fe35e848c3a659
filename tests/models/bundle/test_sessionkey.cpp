// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bundle/sessionkey.h"
#include "crypto/aescbc.h"
#include "models/bundle/webfolder.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::bundle;

namespace {
QJsonObject peerOutput()
{
    return QJsonDocument::fromJson(
               contentOf(QStringLiteral(GATEHOUSE_FIXTURES "/capgo-cli/tiny.encrypt-output.json")))
        .object();
}

QString peerSessionKey()
{
    return peerOutput().value(QLatin1String("ivSessionKey")).toString();
}

crypto::RsaPrivateKey peerKey()
{
    auto key = crypto::RsaPrivateKey::fromPem(fixturePrivatePem());
    if (!key) {
        qFatal("no fixture");
    }
    return std::move(*key);
}
} // namespace

class TestSessionKey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thePeersKeyOpensItsContentAndMakesTheSameBytes()
    {
        const auto key = peerKey();
        const auto session = SessionKey::unwrap(peerSessionKey(), key.publicKey());
        QVERIFY(session.has_value());
        QCOMPARE(session->cipher(), Cipher::Aes128Cbc);
        const QByteArray zip = contentOf(QStringLiteral(GATEHOUSE_FIXTURES "/capgo-cli/tiny.zip"));
        const QByteArray encrypted =
            contentOf(QStringLiteral(GATEHOUSE_FIXTURES "/capgo-cli/tiny.encrypted.bin"));
        const auto plain = crypto::decryptAesCbc(session->key, session->iv, encrypted);
        QVERIFY(plain.has_value());
        QCOMPARE(*plain, zip);
        const auto again = crypto::encryptAesCbc(session->key, session->iv, zip);
        QVERIFY(again.has_value());
        QCOMPARE(*again, encrypted);
        const auto wrapped = session->wrap(key);
        QVERIFY(wrapped.has_value());
        QCOMPARE(*wrapped, peerSessionKey());
    }

    void freshKeysSurviveTheirWrapping_data()
    {
        QTest::addColumn<int>("cipher");
        QTest::addColumn<int>("bytes");
        QTest::newRow("AES-128") << int(Cipher::Aes128Cbc) << 16;
        QTest::newRow("AES-256") << int(Cipher::Aes256Cbc) << 32;
    }
    void freshKeysSurviveTheirWrapping()
    {
        QFETCH(int, cipher);
        QFETCH(int, bytes);
        const auto key = peerKey();
        const auto made = SessionKey::generate(static_cast<Cipher>(cipher));
        QCOMPARE(int(made.key.size()), bytes);
        QCOMPARE(made.iv.size(), 16);
        const auto wrapped = made.wrap(key);
        QVERIFY(wrapped.has_value());
        const auto back = SessionKey::unwrap(*wrapped, key.publicKey());
        QVERIFY(back.has_value());
        QVERIFY(back->key.equals(made.key));
        QCOMPARE(back->iv, made.iv);
        QCOMPARE(back->cipher(), static_cast<Cipher>(cipher));
    }

    void whatIsNoSessionKeyIsRefused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("id");
        const QString good = peerSessionKey();
        const QString iv = good.section(QLatin1Char(':'), 0, 0);
        const QString key = good.section(QLatin1Char(':'), 1, 1);
        const QString format = QStringLiteral("bundle.session_key.format");
        QTest::newRow("nothing") << QString() << format;
        QTest::newRow("no colon") << iv << format;
        QTest::newRow("no IV") << QString(QLatin1Char(':') + key) << format;
        QTest::newRow("short IV") << QString(QStringLiteral("AAAA:") + key) << format;
        QTest::newRow("short key") << QString(iv + QStringLiteral(":AAAA")) << format;
        QTest::newRow("not base64") << QString(iv + QStringLiteral(":") + QString(344, QLatin1Char('*')))
                                    << format;
        QTest::newRow("one more colon") << QString(good + QStringLiteral(":x")) << format;
        QString bent = key;
        bent[100] = bent.at(100) == QLatin1Char('A') ? QLatin1Char('B') : QLatin1Char('A');
        QTest::newRow("another block")
            << QString(iv + QLatin1Char(':') + bent) << QStringLiteral("bundle.session_key.wrong_key");
        const auto odd = peerKey().apply(QByteArray(24, 'k'));
        QTest::newRow("24 bytes inside")
            << QString(iv + QLatin1Char(':') + QString::fromLatin1(odd->toBase64())) << format;
    }
    void whatIsNoSessionKeyIsRefused()
    {
        QFETCH(QString, text);
        QFETCH(QString, id);
        const auto session = SessionKey::unwrap(text, peerKey().publicKey());
        QVERIFY(!session);
        QCOMPARE(session.error().id, id);
    }

    void checksumsAreTakenAsHexOrBase64()
    {
        const auto key = peerKey();
        const QByteArray hash(32, 'h');
        const auto hex = sealChecksum(hash, key);
        QVERIFY(hex.has_value());
        QCOMPARE(hex->size(), 512);
        const QString base64 = QString::fromLatin1(QByteArray::fromHex(hex->toLatin1()).toBase64());
        for (const QString &form : {*hex, hex->toUpper(), base64}) {
            const auto opened = openChecksum(form, key.publicKey());
            QVERIFY(opened.has_value());
            QCOMPARE(*opened, hash);
        }
        QCOMPARE(openChecksum(hex->left(510), key.publicKey()).error().id,
                 QStringLiteral("bundle.checksum.format"));
        QCOMPARE(openChecksum(QString(), key.publicKey()).error().id,
                 QStringLiteral("bundle.checksum.format"));
        const auto other = crypto::RsaPrivateKey::generate();
        QVERIFY(other.has_value());
        QCOMPARE(openChecksum(*hex, other->publicKey()).error().id,
                 QStringLiteral("bundle.checksum.wrong_key"));
        const auto shorter = sealChecksum(hash.first(20), key);
        QVERIFY(shorter.has_value());
        QCOMPARE(openChecksum(*shorter, key.publicKey()).error().id,
                 QStringLiteral("bundle.checksum.wrong_key"));
    }
};

QTEST_GUILESS_MAIN(TestSessionKey)
#include "test_sessionkey.moc"
