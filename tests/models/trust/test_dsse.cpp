// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/canonicaljson.h"
#include "trust/dsse.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::crypto;
using namespace gatehouse::trust;

class DsseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(QStringLiteral(GATEHOUSE_FIXTURES "/gatehouse-v1/vectors.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_vectors = QJsonDocument::fromJson(file.readAll()).object();
        m_json = QJsonDocument(m_vectors.value(QLatin1String("envelope")).toObject())
                     .toJson(QJsonDocument::Compact);
    }

    void preAuthenticationEncodingCounts()
    {
        // DSSE, "protocol.md", test vectors.
        QCOMPARE(preAuthenticationEncoding("http://example.com/HelloWorld", "hello world"),
                 QByteArray("DSSEv1 29 http://example.com/HelloWorld 11 hello world"));
        QCOMPARE(preAuthenticationEncoding("", ""), QByteArray("DSSEv1 0  0 "));
        QCOMPARE(preAuthenticationEncoding("\xc3\xa4", "x"), QByteArray("DSSEv1 2 \xc3\xa4 1 x"));
    }

    void theVectorIsVerified()
    {
        const auto envelope = DsseEnvelope::parse(m_json);
        QVERIFY2(envelope, envelope ? "" : qPrintable(envelope.error().toText()));
        const auto value =
            m_vectors.value(QLatin1String("canonical")).toObject().value(QLatin1String("value"));
        QCOMPARE(envelope->payload, canonicalJson(value).value());
        const auto signers =
            verifyEnvelope(*envelope, QLatin1String(kInTotoPayloadType), {vectorKey().publicKey()});
        QVERIFY2(signers, signers ? "" : qPrintable(signers.error().toText()));
        QCOMPARE(*signers, QVector<QString>{m_vectors.value(QLatin1String("keyId")).toString()});
    }

    void theVectorIsMade()
    {
        const auto given = DsseEnvelope::parse(m_json).value();
        const DsseEnvelope made = signEnvelope(given.payloadType, given.payload, vectorKey());
        QCOMPARE(made, given);
        QCOMPARE(DsseEnvelope::parse(made.toJson()).value(), given);
    }

    void severalSignaturesAreCountedOnceEach()
    {
        const auto first = Ed25519PrivateKey::generate();
        const auto second = Ed25519PrivateKey::generate();
        DsseEnvelope envelope = signEnvelope(QStringLiteral("t"), "payload", first);
        addSignature(envelope, second);
        addSignature(envelope, first);
        QCOMPARE(envelope.signatures.size(), 2);
        envelope.signatures.append(envelope.signatures.constFirst());
        const auto signers = verifyEnvelope(envelope, QStringLiteral("t"),
                                            {first.publicKey(), second.publicKey(), first.publicKey()});
        QVERIFY(signers);
        QCOMPARE(signers->size(), 2);
    }

    void signaturesOfStrangersAreNotCounted()
    {
        const auto known = Ed25519PrivateKey::generate();
        DsseEnvelope envelope = signEnvelope(QStringLiteral("t"), "payload", Ed25519PrivateKey::generate());
        auto signers = verifyEnvelope(envelope, QStringLiteral("t"), {known.publicKey()});
        QVERIFY(!signers);
        QCOMPARE(signers.error().id, QStringLiteral("trust.envelope.signature"));
        addSignature(envelope, known);
        signers = verifyEnvelope(envelope, QStringLiteral("t"), {known.publicKey()});
        QVERIFY(signers);
        QCOMPARE(*signers, QVector<QString>{known.publicKey().keyId()});
        QVERIFY(!verifyEnvelope(envelope, QStringLiteral("t"), {}));
    }

    void aStolenKeyIdIsAnError()
    {
        const auto honest = Ed25519PrivateKey::generate();
        DsseEnvelope envelope = signEnvelope(QStringLiteral("t"), "payload", Ed25519PrivateKey::generate());
        envelope.signatures[0].keyId = honest.publicKey().keyId();
        const auto signers = verifyEnvelope(envelope, QStringLiteral("t"), {honest.publicKey()});
        QVERIFY(!signers);
        QCOMPARE(signers.error().kind, ErrorKind::Crypto);
    }

    void aChangedPayloadOrTypeIsAnError()
    {
        const auto key = Ed25519PrivateKey::generate();
        const DsseEnvelope envelope = signEnvelope(QStringLiteral("type"), "payload", key);
        DsseEnvelope changed = envelope;
        changed.payload = "paymoad";
        QVERIFY(!verifyEnvelope(changed, QStringLiteral("type"), {key.publicKey()}));
        changed = envelope;
        changed.payloadType = QStringLiteral("typf");
        const auto other = verifyEnvelope(changed, QStringLiteral("type"), {key.publicKey()});
        QVERIFY(!other);
        QCOMPARE(other.error().id, QStringLiteral("trust.envelope.type"));
        QVERIFY(!verifyEnvelope(changed, QStringLiteral("typf"), {key.publicKey()}));
        // A byte that moves from the payload to the type is noticed, because both lengths are signed.
        changed = envelope;
        changed.payloadType = QStringLiteral("type 7");
        QVERIFY(!verifyEnvelope(changed, QStringLiteral("type 7"), {key.publicKey()}));
    }

    void everyFlippedByteOfTheEnvelopeIsNoticed()
    {
        const auto envelope = DsseEnvelope::parse(m_json).value();
        for (qsizetype i = 0; i < m_json.size(); ++i) {
            QByteArray broken = m_json;
            broken[i] = static_cast<char>(broken.at(i) ^ 1);
            const auto parsed = DsseEnvelope::parse(broken);
            const bool isTrusted = parsed && verifyEnvelope(*parsed, QLatin1String(kInTotoPayloadType),
                                                            {vectorKey().publicKey()});
            QVERIFY2(!isTrusted, qPrintable(QStringLiteral("byte %1").arg(i)));
        }
    }

    void badEnvelopesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("empty") << QByteArray("{}");
        QTest::newRow("no signature")
            << QByteArray(R"({"payload":"eA==","payloadType":"t","signatures":[]})");
        QTest::newRow("no type") << QByteArray(
            R"({"payload":"eA==","payloadType":"","signatures":[{"keyid":"k","sig":"eA=="}]})");
        QTest::newRow("no key id") << QByteArray(
            R"({"payload":"eA==","payloadType":"t","signatures":[{"sig":"eA=="}]})");
        QTest::newRow("signature is a text")
            << QByteArray(R"({"payload":"eA==","payloadType":"t","signatures":["x"]})");
        QTest::newRow("unknown key") << QByteArray(
            R"({"a":1,"payload":"eA==","payloadType":"t","signatures":[{"keyid":"k","sig":"eA=="}]})");
        QTest::newRow("unknown key in a signature") << QByteArray(
            R"({"payload":"eA==","payloadType":"t","signatures":[{"keyid":"k","sig":"eA==","x":1}]})");
        QTest::newRow("doubled key") << QByteArray(
            R"({"payload":"eA==","payload":"eQ==","payloadType":"t","signatures":[{"keyid":"k","sig":"eA=="}]})");
        QTest::newRow("not base64") << QByteArray(
            R"({"payload":"e?==","payloadType":"t","signatures":[{"keyid":"k","sig":"eA=="}]})");
        QTest::newRow("another spelling of base64") << QByteArray(
            R"({"payload":"eB==","payloadType":"t","signatures":[{"keyid":"k","sig":"eA=="}]})");
        QTest::newRow("base64 with a line break") << QByteArray(
            R"({"payload":"eA=\n=","payloadType":"t","signatures":[{"keyid":"k","sig":"eA=="}]})");
        QByteArray many;
        for (int i = 0; i < 65; ++i) {
            many += QByteArray(i == 0 ? "" : ",") + R"({"keyid":"k","sig":"eA=="})";
        }
        QTest::newRow("65 signatures")
            << QByteArray(R"({"payload":"eA==","payloadType":"t","signatures":[)" + many + "]}");
        QTest::newRow("5 MiB") << QByteArray(5 << 20, ' ');
    }

    void badEnvelopesAreRefused()
    {
        QFETCH(QByteArray, json);
        const auto envelope = DsseEnvelope::parse(json);
        QVERIFY(!envelope);
        QCOMPARE(envelope.error().kind, ErrorKind::Protocol);
    }

private:
    Ed25519PrivateKey vectorKey() const
    {
        const QByteArray seed =
            QByteArray::fromHex(m_vectors.value(QLatin1String("seed")).toString().toLatin1());
        return Ed25519PrivateKey::fromSeed(Secret::copyOf(seed)).value();
    }

    QJsonObject m_vectors;
    QByteArray m_json;
};

QTEST_GUILESS_MAIN(DsseTest)
#include "test_dsse.moc"
