// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/rsakey.h"

#include "crypto/fingerprint.h"
#include "crypto/securememory.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::crypto;

namespace {
QByteArray fixture(const char *path)
{
    QFile file(QStringLiteral(GATEHOUSE_FIXTURES "/") + QLatin1String(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Secret privatePem()
{
    return Secret::copyOf(fixture("capgo-cli/throwaway_private.pem"));
}

QJsonObject vector()
{
    const auto all = QJsonDocument::fromJson(fixture("gatehouse-v1/vectors.json")).object();
    return all.value(QLatin1String("rsa")).toObject();
}

// RSA-1024, made for this test with "openssl genrsa -traditional 1024".
const char *const kSmallKey = R"(-----BEGIN RSA PRIVATE KEY-----
MIICWwIBAAKBgQDJIDSyBvo7dzUlUorp+B+aWXoBbt4JXGwcbs6oIa7QbPtjY/hc
2toQxjVT0xWx0NrrRU4U9W5y4pxIYJ7JUFAIx7dNvbv5k9wVqpV+bDa3etGaO5g3
OekEr9B3DHbsWjhh6x+4sQi7rclIgwWQZOZA4JN6xChXXR6vKbb3w2RJiQIDAQAB
AoGAeW+aoYsY92KokhpeiZoo6rbvtYHNSnWlSR2WZWnA9VN4DbDEurvhQpOKi0w+
IxjptXgpBvqRb4hnuEOuW/rD9xYPAarJ5itQuj+6iCXYgI+xEU8iBtxI7mQ/0ApR
6aM3XUehP+S9J0QzAbbKN08JDXtrnY8DHc30jqegHpI9vEkCQQD4TgQCl5gRZ7AF
TqmD+NXp626PbEkf4fK/4cxOf6200ObwJnIoyz0Ho9OzQMG84XvBcVsZT4C+LtGT
JEYGwgdDAkEAz1vih7ZGo+Is1wxfppJU+0LIO/sjBUL/5HrY5RtbpfRBKXyBxHcF
m6NUEGZnKU3Bj3ACvpMkovwM3c+IWvRhQwJACIsuqiQrMFYgAV6+iHL0cVMPf9Hb
BkTRBHcxf3X3NSSG/bZk8TBlDjE95IoS4HvltTdASjOpG2IjBewWmL7uXwJAdwbE
YqhjpiDnIk4M/b2ToGL2M0/2C0gpQQqvQ9vPYNRzLxA0IQU9J9i6IWvWnaPvjpl6
SdCGwDO0YwKEv8j1pwJAJ1YdS6bUWE2X7HPkZdvgT+ZQMbPm2U+eGLSEffHt8CGX
IHQYWlzRjeaaCjcI9hpfbClK0wSKESqT+0CBIgtPsg==
-----END RSA PRIVATE KEY-----
)";
const char *const kPkcs8Key = "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n";
} // namespace

class TestRsaKey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(prepareOpenSslForSecrets().has_value()); }

    void theFixtureHasThePublishedNames()
    {
        const auto key = RsaPublicKey::fromPem(fixture("capgo-cli/throwaway_public.pem"));
        QVERIFY(key.has_value());
        QCOMPARE(Fingerprint::of(key->spkiDer()).hex(),
                 vector().value(QLatin1String("fingerprint")).toString());
        QCOMPARE(key->keyId(), vector().value(QLatin1String("key_id")).toString());
        QCOMPARE(key->toPem(), fixture("capgo-cli/throwaway_public.pem"));
    }

    void thePrivateHalfGivesThePublicHalf()
    {
        const auto key = RsaPrivateKey::fromPem(privatePem());
        QVERIFY(key.has_value());
        QCOMPARE(key->publicKey().toPem(), fixture("capgo-cli/throwaway_public.pem"));
        const auto pem = key->toPem();
        QVERIFY(pem.has_value());
        QCOMPARE(pem->view().toByteArray(), fixture("capgo-cli/throwaway_private.pem"));
    }

    void theChecksumOfThePeerHoldsTheHashAndIsMadeAgain()
    {
        const auto output = QJsonDocument::fromJson(fixture("capgo-cli/tiny.encrypt-output.json")).object();
        const QByteArray block =
            QByteArray::fromHex(output.value(QLatin1String("checksum")).toString().toLatin1());
        const QByteArray hash =
            QByteArray::fromHex("1b5ab4d09c5be942f4af9c7e2daaed29c749c5d8a695c71169db5a3747630744");
        const auto key = RsaPrivateKey::fromPem(privatePem());
        QVERIFY(key.has_value());
        const auto inside = key->publicKey().recover(block);
        QVERIFY(inside.has_value());
        QCOMPARE(inside->view().toByteArray(), hash);
        const auto made = key->apply(hash);
        QVERIFY(made.has_value());
        QCOMPARE(*made, block);
    }

    void aNewKeySurvivesItsPem()
    {
        const auto made = RsaPrivateKey::generate();
        QVERIFY(made.has_value());
        const auto pem = made->toPem();
        QVERIFY(pem.has_value());
        QVERIFY(pem->view().startsWith(QByteArrayView("-----BEGIN RSA PRIVATE KEY-----\n")));
        QVERIFY(pem->view().endsWith(QByteArrayView("-----END RSA PRIVATE KEY-----\n")));
        const auto back = RsaPrivateKey::fromPem(*pem);
        QVERIFY(back.has_value());
        QCOMPARE(back->publicKey(), made->publicKey());
        QVERIFY(made->publicKey().keyId().startsWith(QStringLiteral("MIIBCgKCAQEA")));
        const auto block = made->apply("0123456789abcdef");
        QVERIFY(block.has_value());
        const auto inside = back->publicKey().recover(*block);
        QVERIFY(inside.has_value());
        QCOMPARE(inside->view().toByteArray(), QByteArray("0123456789abcdef"));
    }

    void theFormsThatPeoplePasteAreTaken()
    {
        const QByteArray pem = fixture("capgo-cli/throwaway_public.pem");
        QByteArray windows = pem;
        windows.replace("\n", "\r\n");
        QByteArray escaped = pem;
        escaped.replace("\n", "\\n");
        QByteArray bare = "  \n" + pem.trimmed();
        for (const QByteArray &form : {windows, escaped, bare}) {
            const auto key = RsaPublicKey::fromPem(form);
            QVERIFY2(key.has_value(), form.constData());
            QCOMPARE(key->toPem(), pem);
        }
    }

    void anotherKeyRecoversNothing()
    {
        const auto key = RsaPrivateKey::fromPem(privatePem());
        const auto other = RsaPrivateKey::generate();
        QVERIFY(key.has_value() && other.has_value());
        const auto block = key->apply("secret");
        QVERIFY(block.has_value());
        const auto inside = other->publicKey().recover(*block);
        QVERIFY(!inside);
        QCOMPARE(inside.error().id, QStringLiteral("crypto.rsa.recover"));
        QCOMPARE(inside.error().kind, ErrorKind::Crypto);
    }

    void everyFlippedBitOfABlockIsNoticed()
    {
        const auto key = RsaPrivateKey::fromPem(privatePem());
        QVERIFY(key.has_value());
        const auto block = key->apply("payload");
        QVERIFY(block.has_value());
        for (qsizetype at = 0; at < block->size(); at += 5) {
            QByteArray bent = *block;
            bent[at] = static_cast<char>(bent.at(at) ^ (1 << (at % 8)));
            const auto inside = key->publicKey().recover(bent);
            QVERIFY(!inside || inside->view().toByteArray() != QByteArray("payload"));
        }
        for (const qsizetype size : {qsizetype(0), qsizetype(255), qsizetype(257)}) {
            QVERIFY(!key->publicKey().recover(QByteArray(size, 'x')));
        }
    }

    void atMost245BytesFit()
    {
        const auto key = RsaPrivateKey::fromPem(privatePem());
        QVERIFY(key.has_value());
        QVERIFY(key->apply(QByteArray(245, 'a')).has_value());
        const auto over = key->apply(QByteArray(246, 'a'));
        QVERIFY(!over);
        QCOMPARE(over.error().id, QStringLiteral("crypto.rsa.length"));
    }

    void whatIsNoPrivateKeyIsRefusedWithItsReason_data()
    {
        QTest::addColumn<QByteArray>("pem");
        QTest::addColumn<QString>("id");
        const QByteArray good = fixture("capgo-cli/throwaway_private.pem");
        QTest::newRow("nothing") << QByteArray() << QStringLiteral("crypto.rsa.private");
        QTest::newRow("text") << QByteArray("hello") << QStringLiteral("crypto.rsa.private");
        QTest::newRow("the public half")
            << fixture("capgo-cli/throwaway_public.pem") << QStringLiteral("crypto.rsa.public_given");
        QTest::newRow("another container") << QByteArray(kPkcs8Key) << QStringLiteral("crypto.rsa.private");
        QTest::newRow("protected") << QByteArray(
                                          "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n"
                                          "-----END RSA PRIVATE KEY-----\n")
                                   << QStringLiteral("crypto.rsa.encrypted");
        QTest::newRow("1024 bits") << QByteArray(kSmallKey) << QStringLiteral("crypto.rsa.size");
        QTest::newRow("cut in the middle") << good.first(800) << QStringLiteral("crypto.rsa.private");
        QByteArray twice = good + good;
        QTest::newRow("two keys") << twice << QStringLiteral("crypto.rsa.private");
        // A prime of which one bit differs: the numbers no longer belong together.
        QByteArray body = good;
        body.replace("-----BEGIN RSA PRIVATE KEY-----", "").replace("-----END RSA PRIVATE KEY-----", "");
        QByteArray der = QByteArray::fromBase64(body);
        der[700] = static_cast<char>(der.at(700) ^ 0x10);
        QTest::newRow("one bit of a prime")
            << QByteArray("-----BEGIN RSA PRIVATE KEY-----\n" + der.toBase64() +
                          "\n-----END RSA PRIVATE KEY-----\n")
            << QStringLiteral("crypto.rsa.broken");
    }
    void whatIsNoPrivateKeyIsRefusedWithItsReason()
    {
        QFETCH(QByteArray, pem);
        QFETCH(QString, id);
        const auto key = RsaPrivateKey::fromPem(Secret::copyOf(pem));
        QVERIFY(!key);
        QCOMPARE(key.error().id, id);
        QCOMPARE(key.error().kind, ErrorKind::Invalid);
    }

    void whatIsNoPublicKeyIsRefused()
    {
        const QByteArray good = fixture("capgo-cli/throwaway_public.pem");
        for (const QByteArray &pem : {QByteArray(), QByteArray("x"), good.first(200), QByteArray(good + good),
                                      fixture("capgo-cli/throwaway_private.pem"), QByteArray(100'000, 'A')}) {
            const auto key = RsaPublicKey::fromPem(pem);
            QVERIFY(!key);
            QCOMPARE(key.error().id, QStringLiteral("crypto.rsa.public"));
        }
        const auto der = RsaPublicKey::fromPem(good)->pkcs1Der();
        QVERIFY(!RsaPublicKey::fromPkcs1Der(QByteArray(der + 'x')));
        QVERIFY(!RsaPublicKey::fromPkcs1Der(der.first(der.size() - 1)));
    }
};

QTEST_GUILESS_MAIN(TestRsaKey)
#include "test_rsakey.moc"
