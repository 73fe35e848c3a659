// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/secretencoding.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::crypto;

class SecretEncodingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void base64AgreesWithQt()
    {
        for (std::size_t size = 0; size < 70; ++size) {
            const Secret bytes = Secret::random(size);
            const QByteArray plain = bytes.view().toByteArray();
            QCOMPARE(toBase64(bytes).view().toByteArray(), plain.toBase64());
            QCOMPARE(toBase64Url(bytes).view().toByteArray(),
                     plain.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
            QCOMPARE(secretFromBase64(plain.toBase64()).value().view().toByteArray(), plain);
        }
    }

    void badBase64IsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("a wrong letter") << QByteArray("AA*A");
        QTest::newRow("no padding") << QByteArray("AA");
        QTest::newRow("one letter") << QByteArray("A");
        QTest::newRow("bits left over") << QByteArray("AB==");
        QTest::newRow("something behind") << QByteArray("AAAA====");
    }

    void badBase64IsRefused()
    {
        QFETCH(QByteArray, text);
        const auto bytes = secretFromBase64(text);
        QVERIFY(!bytes);
        QCOMPARE(bytes.error().id, QStringLiteral("crypto.base64"));
    }

    void pemWantsExactlyOneBlock_data()
    {
        QTest::addColumn<QByteArray>("pem");
        QTest::newRow("none") << QByteArray("AAAA");
        QTest::newRow("another label") << QByteArray("-----BEGIN OTHER-----\nAAAA\n-----END OTHER-----\n");
        QTest::newRow("no end") << QByteArray("-----BEGIN KEY-----\nAAAA\n");
        QTest::newRow("end before begin") << QByteArray("-----END KEY-----\nAAAA\n-----BEGIN KEY-----\n");
        QTest::newRow("two") << QByteArray("-----BEGIN KEY-----\nAAAA\n-----END KEY-----\n").repeated(2);
    }

    void pemWantsExactlyOneBlock()
    {
        QFETCH(QByteArray, pem);
        QVERIFY(!secretFromPem(Secret::copyOf(pem), "KEY"));
    }

    void pemGivesItsContent()
    {
        const Secret pem =
            Secret::copyOf("note\r\n-----BEGIN KEY-----\r\naGVs\r\nbG8=\r\n-----END KEY-----\r\n");
        QCOMPARE(secretFromPem(pem, "KEY").value().view().toByteArray(), QByteArray("hello"));
    }

    void joinedIsOneAfterTheOther()
    {
        QCOMPARE(joined({QByteArrayView("ab"), QByteArrayView(), QByteArrayView("c")}).view().toByteArray(),
                 QByteArray("abc"));
        QVERIFY(joined({}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(SecretEncodingTest)
#include "test_secretencoding.moc"
