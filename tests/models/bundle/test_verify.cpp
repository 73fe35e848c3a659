// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bundle/verifybundle.h"
#include "crypto/aescbc.h"
#include "crypto/digest.h"
#include "models/bundle/webfolder.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::bundle;

namespace {
const QString kArtifact = QStringLiteral(GATEHOUSE_FIXTURES "/capgo-cli/tiny.encrypted.bin");
const QString kZip = QStringLiteral(GATEHOUSE_FIXTURES "/capgo-cli/tiny.zip");

ArtifactClaims peerClaims()
{
    const auto output =
        QJsonDocument::fromJson(
            contentOf(QStringLiteral(GATEHOUSE_FIXTURES "/capgo-cli/tiny.encrypt-output.json")))
            .object();
    return {output.value(QLatin1String("ivSessionKey")).toString(),
            output.value(QLatin1String("checksum")).toString()};
}

crypto::RsaPrivateKey peerKey()
{
    auto key = crypto::RsaPrivateKey::fromPem(fixturePrivatePem());
    if (!key) {
        qFatal("no fixture");
    }
    return std::move(*key);
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
        qFatal("the test could not write");
    }
}
} // namespace

class TestVerify : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_place = std::make_unique<QTemporaryDir>(); }

    void thePeersBundleIsGood()
    {
        Operation operation;
        const auto key = peerKey().publicKey();
        const auto verified = verifyBundle(kArtifact, peerClaims(), &key, operation);
        QVERIFY2(verified.has_value(), verified ? "" : qPrintable(verified.error().toText()));
        QCOMPARE(verified->archiveSha256.toHex(),
                 QByteArray("1b5ab4d09c5be942f4af9c7e2daaed29c749c5d8a695c71169db5a3747630744"));
        QCOMPARE(verified->cipher, Cipher::Aes128Cbc);
        QVERIFY(!verified->entries.isEmpty());
        QVERIFY(decryptBundle(kArtifact, peerClaims(), &key, out(), operation).has_value());
        QCOMPARE(contentOf(out()), contentOf(kZip));
    }

    void aPlainBundleNeedsNoKey()
    {
        Operation operation;
        const ArtifactClaims claims{
            {}, QStringLiteral("1b5ab4d09c5be942f4af9c7e2daaed29c749c5d8a695c71169db5a3747630744")};
        const auto verified = verifyBundle(kZip, claims, nullptr, operation);
        QVERIFY(verified.has_value());
        QCOMPARE(verified->cipher, Cipher::None);
        QCOMPARE(verified->artifactSha256, verified->archiveSha256);
    }

    void everyFlippedByteIsNoticed()
    {
        const QByteArray good = contentOf(kArtifact);
        const auto key = peerKey().publicKey();
        Operation operation;
        for (qsizetype at = 0; at < good.size(); at += 7) {
            QByteArray bent = good;
            bent[at] = static_cast<char>(bent.at(at) ^ 1);
            write(artifact(), bent);
            const auto verified = verifyBundle(artifact(), peerClaims(), &key, operation);
            QVERIFY(!verified);
            QCOMPARE(verified.error().kind, ErrorKind::Crypto);
            QVERIFY(!decryptBundle(artifact(), peerClaims(), &key, out(), operation));
            QVERIFY(!QFile::exists(out()));
        }
    }

    void cutAndEmptyFilesAreNoticed()
    {
        const QByteArray good = contentOf(kArtifact);
        const auto key = peerKey().publicKey();
        Operation operation;
        for (const qsizetype keep : {qsizetype(0), qsizetype(16), good.size() - 16, good.size() - 1}) {
            write(artifact(), good.first(keep));
            QCOMPARE(verifyBundle(artifact(), peerClaims(), &key, operation).error().kind, ErrorKind::Crypto);
        }
        QByteArray longer = good + QByteArray(16, 'x');
        write(artifact(), longer);
        QCOMPARE(verifyBundle(artifact(), peerClaims(), &key, operation).error().kind, ErrorKind::Crypto);
    }

    void wrongClaimsAreToldApart_data()
    {
        QTest::addColumn<QString>("sessionKey");
        QTest::addColumn<QString>("checksum");
        QTest::addColumn<QString>("id");
        const auto good = peerClaims();
        const auto key = peerKey();
        QTest::newRow("another bundle's checksum")
            << good.sessionKey << *sealChecksum(crypto::sha256("other"), key)
            << QStringLiteral("bundle.checksum.mismatch");
        QTest::newRow("the plain hash")
            << good.sessionKey << QString(64, QLatin1Char('a')) << QStringLiteral("bundle.checksum.format");
        QTest::newRow("a CRC-32") << good.sessionKey << QStringLiteral("1b5ab4d0")
                                  << QStringLiteral("bundle.checksum.crc32");
        QTest::newRow("no checksum") << good.sessionKey << QString()
                                     << QStringLiteral("bundle.checksum.format");
        QTest::newRow("no session key, RSA checksum")
            << QString() << good.checksum << QStringLiteral("bundle.checksum.format");
        QTest::newRow("no session key, right hash of another file")
            << QString() << QStringLiteral("1b5ab4d09c5be942f4af9c7e2daaed29c749c5d8a695c71169db5a3747630744")
            << QStringLiteral("bundle.checksum.mismatch");
        QTest::newRow("capital hex of a plain bundle")
            << QString() << QString(64, QLatin1Char('A')) << QStringLiteral("bundle.checksum.format");
        const auto other = SessionKey::generate(Cipher::Aes128Cbc).wrap(key);
        QTest::newRow("another session key") << *other << good.checksum << QString();
    }
    void wrongClaimsAreToldApart()
    {
        QFETCH(QString, sessionKey);
        QFETCH(QString, checksum);
        QFETCH(QString, id);
        Operation operation;
        const auto key = peerKey().publicKey();
        const auto verified = verifyBundle(kArtifact, {sessionKey, checksum}, &key, operation);
        QVERIFY(!verified);
        if (id.isEmpty()) {
            // A random key gives good padding once in 256 times; then the checksum notices.
            QVERIFY(verified.error().id == QStringLiteral("bundle.decrypt.content") ||
                    verified.error().id == QStringLiteral("bundle.checksum.mismatch"));
        } else {
            QCOMPARE(verified.error().id, id);
        }
    }

    void anotherAppsKeyIsSaid()
    {
        const auto other = crypto::RsaPrivateKey::generate();
        QVERIFY(other.has_value());
        const auto key = other->publicKey();
        Operation operation;
        const auto verified = verifyBundle(kArtifact, peerClaims(), &key, operation);
        QVERIFY(!verified);
        QCOMPARE(verified.error().id, QStringLiteral("bundle.session_key.wrong_key"));
        QCOMPARE(verifyBundle(kArtifact, peerClaims(), nullptr, operation).error().id,
                 QStringLiteral("bundle.verify.key"));
    }

    void anAuthenticFileThatIsNoArchiveIsRefused()
    {
        const auto key = peerKey();
        const auto session = SessionKey::generate(Cipher::Aes128Cbc);
        const QByteArray plain("this is no archive at all");
        write(artifact(), *crypto::encryptAesCbc(session.key, session.iv, plain));
        const ArtifactClaims claims{*session.wrap(key), *sealChecksum(crypto::sha256(plain), key)};
        Operation operation;
        const auto &publicHalf = key.publicKey();
        const auto verified = verifyBundle(artifact(), claims, &publicHalf, operation);
        QVERIFY(!verified);
        QCOMPARE(verified.error().id, QStringLiteral("bundle.archive.format"));
    }

    void aMissingFileIsSaid()
    {
        Operation operation;
        const auto key = peerKey().publicKey();
        QCOMPARE(verifyBundle(artifact(), peerClaims(), &key, operation).error().id,
                 QStringLiteral("bundle.artifact.open"));
    }

    void cancelStopsIt()
    {
        std::stop_source source;
        source.request_stop();
        Operation operation(source.get_token());
        const auto key = peerKey().publicKey();
        QCOMPARE(verifyBundle(kArtifact, peerClaims(), &key, operation).error().kind, ErrorKind::Cancelled);
        QCOMPARE(decryptBundle(kArtifact, peerClaims(), &key, out(), operation).error().kind,
                 ErrorKind::Cancelled);
        QVERIFY(QDir(m_place->path()).isEmpty());
    }

private:
    [[nodiscard]] QString artifact() const { return m_place->filePath(QStringLiteral("artifact")); }
    [[nodiscard]] QString out() const { return m_place->filePath(QStringLiteral("out.zip")); }
    std::unique_ptr<QTemporaryDir> m_place;
};

QTEST_GUILESS_MAIN(TestVerify)
#include "test_verify.moc"
