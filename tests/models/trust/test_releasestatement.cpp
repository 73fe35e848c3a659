// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/canonicaljson.h"
#include "crypto/digest.h"
#include "trust/releasestatement.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::crypto;
using namespace gatehouse::trust;

namespace {
ReleaseStatement sample()
{
    return ReleaseStatement{
        AppId::parse(QStringLiteral("com.example.app")).value(),
        BundleName::parse(QStringLiteral("2.4.1")).value(),
        parseIso(QStringLiteral("2026-11-23T20:00:00Z")).value(),
        {QStringLiteral("com.example.app-2.4.1.zip"), sha256Hex("archive")},
        StatementSubject{QStringLiteral("com.example.app-2.4.1.zip.enc"), sha256Hex("artifact")},
        StatementSubject{QStringLiteral("manifest"), sha256Hex("manifest")},
        {QStringLiteral("Gatehouse"), QStringLiteral("0.1.0"), QStringLiteral("libdeflate 1.14")},
        StatementSource{QStringLiteral("https://git.example.com/app"), QStringLiteral("0123abcd"), true},
        sha256Hex("files"),
        {{QStringLiteral("@capacitor/app"), QStringLiteral("6.0.1")}},
        QStringLiteral("aes-128-cbc"),
        QStringLiteral("MIIBCgKCAQEAkYHY2/Ea"),
        {QStringLiteral("2026.1"), 0, 2, 5, {QStringLiteral("source-map")}},
        QStringLiteral("Größer & besser")};
}

QJsonObject payloadObject(const ReleaseStatement &statement)
{
    return parseStrictObject(statementPayload(statement).value()).value();
}
} // namespace

class ReleaseStatementTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenReadsBack()
    {
        ReleaseStatement statement = sample();
        QCOMPARE(parseStatementPayload(statementPayload(statement).value()).value(), statement);
        statement.artifact.reset();
        statement.manifest.reset();
        statement.source.reset();
        statement.nativePackages.clear();
        statement.cipher = QStringLiteral("none");
        statement.keyId.clear();
        statement.inspection = {};
        statement.notes.clear();
        QCOMPARE(parseStatementPayload(statementPayload(statement).value()).value(), statement);
    }

    void thePayloadIsCanonicalAndNamesItsTypes()
    {
        const QByteArray payload = statementPayload(sample()).value();
        QCOMPARE(canonicalJson(parseStrictJson(payload).value()).value(), payload);
        const QJsonObject object = payloadObject(sample());
        QCOMPARE(object.value(QLatin1String("_type")).toString(),
                 QStringLiteral("https://in-toto.io/Statement/v1"));
        QCOMPARE(object.value(QLatin1String("predicateType")).toString(),
                 QStringLiteral("urn:gatehouse:release:v1"));
        QCOMPARE(object.value(QLatin1String("subject")).toArray().size(), 3);
        QCOMPARE(object.value(QLatin1String("subject")).toArray().at(0).toObject(),
                 QJsonObject({{QStringLiteral("name"), QStringLiteral("com.example.app-2.4.1.zip")},
                              {QStringLiteral("digest"),
                               QJsonObject{{QStringLiteral("sha256"), sha256Hex("archive")}}}}));
    }

    void isVerifiedWithThePublicKeyOnly()
    {
        const auto key = Ed25519PrivateKey::generate();
        const DsseEnvelope envelope = signStatement(sample(), key).value();
        StatementExpectation expectation;
        expectation.app = sample().app;
        expectation.version = sample().version;
        expectation.archiveSha256 = sha256Hex("archive");
        expectation.artifactSha256 = sha256Hex("artifact");
        expectation.manifestSha256 = sha256Hex("manifest");
        const auto publicKey = Ed25519PublicKey::fromBase64(key.publicKey().toBase64()).value();
        const auto verified = verifyStatement(envelope.toJson(), {publicKey}, expectation);
        QVERIFY2(verified, verified ? "" : qPrintable(verified.error().toText()));
        QCOMPARE(verified->statement(), sample());
        QCOMPARE(verified->signers(), QVector<QString>{publicKey.keyId()});
        QCOMPARE(verified->digest(), sha256Hex(envelope.payload));
    }

    void whatIsExpectedMustBeThere_data()
    {
        QTest::addColumn<int>("field");
        QTest::newRow("another app") << 0;
        QTest::newRow("another version") << 1;
        QTest::newRow("another archive") << 2;
        QTest::newRow("another artifact") << 3;
        QTest::newRow("another manifest") << 4;
    }

    void whatIsExpectedMustBeThere()
    {
        QFETCH(int, field);
        const auto key = Ed25519PrivateKey::generate();
        StatementExpectation expectation;
        if (field == 0) {
            expectation.app = AppId::parse(QStringLiteral("com.example.other")).value();
        } else if (field == 1) {
            expectation.version = BundleName::parse(QStringLiteral("2.4.2")).value();
        } else if (field == 2) {
            expectation.archiveSha256 = sha256Hex("x");
        } else if (field == 3) {
            expectation.artifactSha256 = sha256Hex("x");
        } else {
            expectation.manifestSha256 = sha256Hex("x");
        }
        const auto verified =
            verifyStatement(signStatement(sample(), key)->toJson(), {key.publicKey()}, expectation);
        QVERIFY(!verified);
        QCOMPARE(verified.error().id, QStringLiteral("trust.statement.mismatch"));
    }

    void anExpectedPartThatIsNotThereIsAMismatch()
    {
        const auto key = Ed25519PrivateKey::generate();
        ReleaseStatement statement = sample();
        statement.manifest.reset();
        StatementExpectation expectation;
        expectation.manifestSha256 = sha256Hex("manifest");
        const auto verified =
            verifyStatement(signStatement(statement, key)->toJson(), {key.publicKey()}, expectation);
        QVERIFY(!verified);
        QCOMPARE(verified.error().id, QStringLiteral("trust.statement.mismatch"));
    }

    void nobodysKeyOrAnotherKeyVerifiesNothing()
    {
        const QByteArray envelope = signStatement(sample(), Ed25519PrivateKey::generate())->toJson();
        QVERIFY(!verifyStatement(envelope, {}, {}));
        QVERIFY(!verifyStatement(envelope, {Ed25519PrivateKey::generate().publicKey()}, {}));
    }

    void aSignedStatementOfAnotherKindIsNoRelease()
    {
        const auto key = Ed25519PrivateKey::generate();
        QJsonObject object = payloadObject(sample());
        object.insert(QStringLiteral("predicateType"), QStringLiteral("urn:gatehouse:approval:v1"));
        const auto envelope =
            signEnvelope(QLatin1String(kInTotoPayloadType), canonicalJson(object).value(), key);
        const auto verified = verifyStatement(envelope.toJson(), {key.publicKey()}, {});
        QVERIFY(!verified);
        QCOMPARE(verified.error().id, QStringLiteral("trust.statement"));
    }

    void whatBreaksARuleIsNotMade_data()
    {
        QTest::addColumn<int>("field");
        QTest::newRow("archive without a name") << 0;
        QTest::newRow("digest in upper case") << 1;
        QTest::newRow("short digest") << 2;
        QTest::newRow("unknown cipher") << 3;
        QTest::newRow("cipher without a key") << 4;
        QTest::newRow("key without a cipher") << 5;
        QTest::newRow("two subjects of one name") << 6;
    }

    void whatBreaksARuleIsNotMade()
    {
        QFETCH(int, field);
        ReleaseStatement statement = sample();
        switch (field) {
        case 0:
            statement.archive.name.clear();
            break;
        case 1:
            statement.archive.sha256 = statement.archive.sha256.toUpper();
            break;
        case 2:
            statement.fileListSha256.chop(1);
            break;
        case 3:
            statement.cipher = QStringLiteral("rot13");
            break;
        case 4:
            statement.keyId.clear();
            break;
        case 5:
            statement.cipher = QStringLiteral("none");
            break;
        default:
            statement.manifest->name = statement.archive.name;
            break;
        }
        const auto payload = statementPayload(statement);
        QVERIFY(!payload);
        QCOMPARE(payload.error().id, QStringLiteral("trust.statement.field"));
    }

    void readingIsStrict_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::newRow("unknown top-level key")
            << QByteArray("{\"_type\"") << QByteArray("{\"x\":1,\"_type\"");
        QTest::newRow("unknown key in the predicate")
            << QByteArray("\"cipher\":") << QByteArray("\"ciphes\":1,\"cipher\":");
        QTest::newRow("another statement type") << QByteArray("Statement/v1") << QByteArray("Statement/v2");
        QTest::newRow("time without zone") << QByteArray("20:00:00Z") << QByteArray("20:00:00");
        QTest::newRow("time with fraction") << QByteArray("20:00:00Z") << QByteArray("20:00:00.5Z");
        QTest::newRow("no app id") << QByteArray("\"app\":\"com.example.app\"")
                                   << QByteArray("\"app\":\"nothing at all\"");
        QTest::newRow("no version") << QByteArray("\"version\":\"2.4.1\"")
                                    << QByteArray("\"version\":\"two\"");
        QTest::newRow("a count below zero") << QByteArray("\"warnings\":2") << QByteArray("\"warnings\":-2");
        QTest::newRow("a count as a text")
            << QByteArray("\"warnings\":2") << QByteArray("\"warnings\":\"2\"");
        QTest::newRow("dirty as a number") << QByteArray("\"dirty\":true") << QByteArray("\"dirty\":1");
        QTest::newRow("notes missing") << QByteArray("\"notes\":\"Gr") << QByteArray("\"notez\":\"Gr");
        QTest::newRow("a role without a subject")
            << QByteArray("\"manifest\":\"manifest\"") << QByteArray("\"manifest\":\"other\"");
        QTest::newRow("a subject without a role") << QByteArray(",\"manifest\":\"manifest\"") << QByteArray();
        QTest::newRow("an unknown role")
            << QByteArray("\"manifest\":\"manifest\"") << QByteArray("\"readme\":\"manifest\"");
        QTest::newRow("another digest beside")
            << QByteArray("\"digest\":{") << QByteArray("\"digest\":{\"md5\":\"x\",");
    }

    void readingIsStrict()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QByteArray payload = statementPayload(sample()).value();
        QVERIFY2(payload.contains(from), payload.constData());
        payload.replace(from, to);
        const auto statement = parseStatementPayload(payload);
        QVERIFY(!statement);
        QCOMPARE(statement.error().id, QStringLiteral("trust.statement"));
        QCOMPARE(statement.error().kind, ErrorKind::Protocol);
    }
};

QTEST_GUILESS_MAIN(ReleaseStatementTest)
#include "test_releasestatement.moc"
