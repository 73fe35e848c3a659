// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bundle/manifest.h"
#include "crypto/digest.h"
#include "models/bundle/webfolder.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::bundle;

namespace {
FolderScan scanned(const WebFolder &folder)
{
    Operation operation;
    auto scan = scanFolder(folder.path(), {}, operation);
    if (!scan) {
        qFatal("%s", qPrintable(scan.error().toText()));
    }
    return std::move(*scan);
}

crypto::RsaPrivateKey fixtureKey()
{
    auto key = crypto::RsaPrivateKey::fromPem(fixturePrivatePem());
    if (!key) {
        qFatal("no fixture");
    }
    return std::move(*key);
}

const ManifestFile *find(const DeltaManifest &manifest, const char *path)
{
    for (const ManifestFile &file : manifest.files) {
        if (file.path == QString::fromUtf8(path)) {
            return &file;
        }
    }
    return nullptr;
}

constexpr qint64 kCap = 1 << 24;
} // namespace

class TestManifest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plainPayloadsOpenAgain()
    {
        WebFolder folder;
        folder.withBasics()
            .with("big.js", scriptText(300'000))
            .with("edge.js", scriptText(8192))
            .with("below.js", scriptText(8191))
            .with("photo.png", mediaBytes(100'000))
            .with("empty.txt", {})
            .with("ü/a+b.js", "x");
        Operation operation;
        const auto manifest =
            buildManifest(scanned(folder), {folder.beside("delta"), {}, nullptr, 2}, operation);
        QVERIFY2(manifest.has_value(), manifest ? "" : qPrintable(manifest.error().toText()));
        QCOMPARE(manifest->files.size(), 7);
        QVERIFY(find(*manifest, "empty.txt") == nullptr);
        QCOMPARE(find(*manifest, "big.js")->fileName, QStringLiteral("big.js.br"));
        QCOMPARE(find(*manifest, "edge.js")->fileName, QStringLiteral("edge.js.br"));
        QCOMPARE(find(*manifest, "below.js")->fileName, QStringLiteral("below.js"));
        QCOMPARE(find(*manifest, "photo.png")->fileName, QStringLiteral("photo.png"));
        const ManifestFile *odd = find(*manifest, "ü/a+b.js");
        QCOMPARE(odd->storageName,
                 QString(crypto::sha256Hex(odd->fileHash.toLatin1()) + QStringLiteral("_%C3%BC/a%2Bb.js")));
        for (const ManifestFile &file : manifest->files) {
            const QByteArray payload = contentOf(file.payloadPath);
            QCOMPARE(payload.size(), file.payloadBytes);
            const QByteArray original = contentOf(folder.path() + QLatin1Char('/') + file.path);
            QCOMPARE(file.fileHash, crypto::sha256Hex(original));
            const auto opened =
                openManifestPayload(payload, file.fileName, file.fileHash, nullptr, nullptr, kCap);
            QVERIFY2(opened.has_value(), opened ? "" : qPrintable(opened.error().toText()));
            QCOMPARE(*opened, original);
        }
    }

    void theDigestIsOverSortedLines()
    {
        WebFolder folder;
        folder.withBasics();
        Operation operation;
        const auto manifest =
            buildManifest(scanned(folder), {folder.beside("delta"), {}, nullptr, 1}, operation);
        QVERIFY(manifest.has_value());
        const QByteArray lines =
            crypto::sha256(contentOf(folder.path() + QStringLiteral("/app.js"))).toHex() + "  app.js\n" +
            crypto::sha256(contentOf(folder.path() + QStringLiteral("/index.html"))).toHex() +
            "  index.html\n";
        QCOMPARE(manifest->digest, crypto::sha256Hex(lines));
        QCOMPARE(manifestDigest({{manifest->files.at(1).fileHash, manifest->files.at(1).path},
                                 {manifest->files.at(0).fileHash, manifest->files.at(0).path}}),
                 manifest->digest);
    }

    void encryptedPayloadsOpenWithThePublicHalf()
    {
        WebFolder folder;
        folder.withBasics().with("big.js", scriptText(300'000)).with("photo.png", mediaBytes(100'000));
        const auto key = fixtureKey();
        const auto session = SessionKey::generate(Cipher::Aes128Cbc);
        const auto wrapped = session.wrap(key);
        QVERIFY(wrapped.has_value());
        Operation operation;
        const auto manifest =
            buildManifest(scanned(folder), {folder.beside("delta"), *wrapped, &key, 2}, operation);
        QVERIFY2(manifest.has_value(), manifest ? "" : qPrintable(manifest.error().toText()));
        const auto publicHalf = key.publicKey();
        for (const ManifestFile &file : manifest->files) {
            QCOMPARE(file.fileHash.size(), 512);
            QCOMPARE(file.payloadBytes % 16, 0);
            const QByteArray payload = contentOf(file.payloadPath);
            const auto opened =
                openManifestPayload(payload, file.fileName, file.fileHash, &session, &publicHalf, kCap);
            QVERIFY2(opened.has_value(), opened ? "" : qPrintable(opened.error().toText()));
            QCOMPARE(*opened, contentOf(folder.path() + QLatin1Char('/') + file.path));
            QByteArray bent = payload;
            bent[bent.size() / 2] = static_cast<char>(bent.at(bent.size() / 2) ^ 1);
            QVERIFY(!openManifestPayload(bent, file.fileName, file.fileHash, &session, &publicHalf, kCap));
        }
        // The same input, key and IV give the same payloads and hashes.
        const auto again =
            buildManifest(scanned(folder), {folder.beside("delta2"), *wrapped, &key, 1}, operation);
        QVERIFY(again.has_value());
        QCOMPARE(again->digest, manifest->digest);
        QCOMPARE(contentOf(again->files.at(1).payloadPath), contentOf(manifest->files.at(1).payloadPath));
    }

    void namesThatDevicesMisreadAreRefused()
    {
        Operation operation;
        WebFolder spaced;
        spaced.withBasics().with("my file.js", "x");
        QCOMPARE(
            buildManifest(scanned(spaced), {spaced.beside("delta"), {}, nullptr, 1}, operation).error().id,
            QStringLiteral("bundle.manifest.space"));
        WebFolder packed;
        packed.withBasics().with("app.js.br", "x");
        QCOMPARE(
            buildManifest(scanned(packed), {packed.beside("delta"), {}, nullptr, 1}, operation).error().id,
            QStringLiteral("bundle.manifest.brotli_name"));
    }

    void failureLeavesNoPayload()
    {
        WebFolder folder;
        folder.withBasics().with("z.js", scriptText(20'000));
        const auto scan = scanned(folder);
        folder.with("z.js", scriptText(20'001));
        Operation operation;
        const auto manifest = buildManifest(scan, {folder.beside("delta"), {}, nullptr, 1}, operation);
        QVERIFY(!manifest);
        QCOMPARE(manifest.error().id, QStringLiteral("bundle.build.changed"));
        QVERIFY(QDir(folder.beside("delta")).isEmpty());

        std::stop_source source;
        source.request_stop();
        Operation cancelled(source.get_token());
        QCOMPARE(
            buildManifest(scanned(folder), {folder.beside("delta"), {}, nullptr, 1}, cancelled).error().kind,
            ErrorKind::Cancelled);
        QVERIFY(QDir(folder.beside("delta")).isEmpty());
    }

    void specialBrotliInputsAreTaken_data()
    {
        // Source: spec device-protocol, section 5.3, "special Brotli inputs tolerated".
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("no byte") << QByteArray() << QByteArray();
        QTest::newRow("three bytes") << QByteArray("\x1b\x00\x06", 3) << QByteArray();
        QTest::newRow("stored, first head")
            << QByteArray("\x1b\x00\x06stored\x03", 10) << QByteArray("stored");
        QTest::newRow("stored, second head")
            << QByteArray("\x0b\x02\x80stored\x03", 10) << QByteArray("stored");
    }
    void specialBrotliInputsAreTaken()
    {
        QFETCH(QByteArray, payload);
        QFETCH(QByteArray, content);
        const auto opened = openManifestPayload(payload, QStringLiteral("a.br"), crypto::sha256Hex(content),
                                                nullptr, nullptr, kCap);
        QVERIFY2(opened.has_value(), opened ? "" : qPrintable(opened.error().toText()));
        QCOMPARE(*opened, content);
    }

    void badPayloadsAreRefused()
    {
        WebFolder folder;
        folder.withBasics().with("big.js", scriptText(300'000));
        Operation operation;
        const auto manifest =
            buildManifest(scanned(folder), {folder.beside("delta"), {}, nullptr, 1}, operation);
        QVERIFY(manifest.has_value());
        const ManifestFile &big = *find(*manifest, "big.js");
        const QByteArray payload = contentOf(big.payloadPath);
        const auto id = [&](const QByteArray &bytes, const QString &hash, qint64 cap) {
            const auto opened = openManifestPayload(bytes, big.fileName, hash, nullptr, nullptr, cap);
            return opened ? QString() : opened.error().id;
        };
        QCOMPARE(id(payload, big.fileHash, 300'000), QString());
        QCOMPARE(id(payload, big.fileHash, 299'999), QStringLiteral("bundle.manifest.brotli"));
        QCOMPARE(id(payload.chopped(1), big.fileHash, kCap), QStringLiteral("bundle.manifest.brotli"));
        QCOMPARE(id(QByteArray(payload + 'x'), big.fileHash, kCap), QStringLiteral("bundle.manifest.brotli"));
        QCOMPARE(id(payload, QString(64, QLatin1Char('0')), kCap),
                 QStringLiteral("bundle.checksum.mismatch"));
        QCOMPARE(id(payload, QStringLiteral("12"), kCap), QStringLiteral("bundle.checksum.format"));
    }
};

QTEST_GUILESS_MAIN(TestManifest)
#include "test_manifest.moc"
