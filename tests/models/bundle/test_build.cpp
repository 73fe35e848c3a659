// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bundle/archive.h"
#include "bundle/buildbundle.h"
#include "bundle/deflate.h"
#include "bundle/verifybundle.h"
#include "crypto/digest.h"
#include "models/bundle/webfolder.h"

#include <QProcess>
#include <QRegularExpression>
#include <QTest>

#include <zip.h>

#include <ranges>

#include <sys/stat.h>
#include <utime.h>

using namespace gatehouse;
using namespace gatehouse::bundle;

namespace {
FolderScan scanned(const QString &path)
{
    Operation operation;
    ScanOptions options;
    options.sourceMaps = SourceMaps::Keep;
    auto scan = scanFolder(path, options, operation);
    if (!scan) {
        qFatal("%s", qPrintable(scan.error().toText()));
    }
    return std::move(*scan);
}

BuiltBundle built(const WebFolder &folder, BuildRequest request)
{
    if (request.artifactPath.isEmpty()) {
        request.artifactPath = folder.beside("bundle.zip");
    }
    Operation operation;
    auto bundle = buildBundle(scanned(folder.path()), request, operation);
    if (!bundle) {
        qFatal("%s", qPrintable(bundle.error().toText()));
    }
    return std::move(*bundle);
}

BuildRequest plain(int workers = 0)
{
    BuildRequest request;
    request.cipher = Cipher::None;
    request.workers = workers;
    return request;
}

// Every kind of entry: empty, tiny, stored, deflated, non-ASCII, large deflated (three chunks and a bit over
// 8 MiB), large stored.
void fillWithEveryKind(WebFolder &folder)
{
    folder.withBasics()
        .with("empty.txt", {})
        .with("one", "1")
        .with("assets/app.css", scriptText(40'000, 2))
        .with("assets/photo.png", mediaBytes(300'000, 3))
        .with("assets/random.dat", mediaBytes(70'000, 4))
        .with("資料/é.js", scriptText(100'001, 5))
        .with("large.js", scriptText(kWholeFileBytes + 3 * kChunkBytes / 2 + 7, 6))
        .with("limit.js", scriptText(kWholeFileBytes, 7))
        .with("movie.mp4", mediaBytes(kWholeFileBytes + 1, 8));
}

int run(const QString &program, const QStringList &arguments, QString *output = nullptr)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    if (!process.waitForFinished(60'000)) {
        return -1;
    }
    if (output != nullptr) {
        *output = QString::fromUtf8(process.readAll());
    }
    return process.exitCode();
}
} // namespace

class TestBuild : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSameContentGivesTheSameBytes()
    {
        WebFolder first;
        fillWithEveryKind(first);
        const auto one = built(first, plain(1));
        const QByteArray bytes = contentOf(one.artifactPath);
        for (const int workers : {2, 8, 0}) {
            const auto again = built(first, plain(workers));
            QCOMPARE(again.archiveSha256, one.archiveSha256);
            QCOMPARE(again.fileListDigest, one.fileListDigest);
            QVERIFY(contentOf(again.artifactPath) == bytes);
        }

        // Another folder, other order of making, other times and modes.
        WebFolder second;
        const auto scan = scanned(first.path());
        for (const FolderFile &file : std::ranges::reverse_view(scan.files)) {
            second.withNamed(file.path, contentOf(QFile::decodeName(file.native)));
            const QByteArray copy = QFile::encodeName(second.path() + QLatin1Char('/') + file.path);
            const utimbuf old{1'000'000'000, 1'000'000'000};
            QCOMPARE(::utime(copy.constData(), &old), 0);
            QCOMPARE(::chmod(copy.constData(), 0755), 0);
        }
        const auto moved = built(second, plain(2));
        QVERIFY(contentOf(moved.artifactPath) == bytes);
    }

    // The bytes of this archive are a promise: a change of them is a change of the format and wants a note to
    // users.
    void theArchiveOfAKnownFolderHasAKnownDigest()
    {
        WebFolder folder;
        folder.withBasics().with("é.txt", "héllo\n").with("repeat.js", QByteArray("abcdefgh").repeated(2000));
        const auto bundle = built(folder, plain());
        QCOMPARE(QString::fromLatin1(bundle.archiveSha256.toHex()),
                 QStringLiteral("e938405018ce022bb1da64663d3207cb85d86fa03575e58de71434f91ee2b254"));
        QVERIFY(bundle.encoder.startsWith(QStringLiteral("libdeflate 1.14 level 5, zlib 1.2.13 level 6")));
    }

    void libzipReadsBackEveryByte()
    {
        WebFolder folder;
        fillWithEveryKind(folder);
        const auto bundle = built(folder, plain());
        const QString target = folder.beside("unpacked");
        Operation operation;
        const auto entries = unpackArchive(bundle.artifactPath, target, {}, operation);
        QVERIFY2(entries.has_value(), entries ? "" : qPrintable(entries.error().toText()));
        const auto scan = scanned(folder.path());
        QCOMPARE(entries->size(), scan.files.size());
        for (qsizetype i = 0; i < entries->size(); ++i) {
            QCOMPARE(entries->at(i).path, scan.files.at(i).path);
            QVERIFY(contentOf(target + QLatin1Char('/') + entries->at(i).path) ==
                    contentOf(QFile::decodeName(scan.files.at(i).native)));
        }
        QCOMPARE(fileListDigest(*entries), bundle.fileListDigest);
        QCOMPARE(bundle.fileCount, entries->size());
    }

    void theContainerKeepsToItsRules()
    {
        WebFolder folder;
        fillWithEveryKind(folder);
        const auto bundle = built(folder, plain());
        int error = 0;
        zip_t *archive =
            zip_open(QFile::encodeName(bundle.artifactPath).constData(), ZIP_RDONLY | ZIP_CHECKCONS, &error);
        QVERIFY(archive != nullptr);
        const zip_int64_t count = zip_get_num_entries(archive, 0);
        for (zip_int64_t i = 0; i < count; ++i) {
            zip_stat_t status;
            QCOMPARE(zip_stat_index(archive, zip_uint64_t(i), 0, &status), 0);
            const QString name = QString::fromUtf8(status.name);
            zip_uint8_t system = 0;
            zip_uint32_t attributes = 0;
            QCOMPARE(zip_file_get_external_attributes(archive, zip_uint64_t(i), 0, &system, &attributes), 0);
            QCOMPARE(int(system), int(ZIP_OPSYS_UNIX));
            QCOMPARE(attributes >> 16U, 0100644U);
            const bool isStored = name.endsWith(QLatin1String(".png")) ||
                                  name.endsWith(QLatin1String(".mp4")) ||
                                  name.endsWith(QLatin1String(".dat")) || status.size < 64;
            QCOMPARE(status.comp_method == ZIP_CM_STORE, isStored);
            QVERIFY(isStored ? status.comp_size == status.size : status.comp_size <= status.size * 97 / 100);
        }
        zip_discard(archive);
    }

    void onlyLargeDeflatedFilesHaveADescriptorAndOnlyNonAsciiNamesTheFlag()
    {
        WebFolder folder;
        fillWithEveryKind(folder);
        const auto bundle = built(folder, plain());
        const QString script = QStringLiteral(
            "import sys, zipfile\n"
            "z = zipfile.ZipFile(sys.argv[1])\n"
            "assert z.testzip() is None\n"
            "assert z.comment == b''\n"
            "for i in z.infolist():\n"
            "    assert i.date_time == (1980, 1, 1, 0, 0, 0), i\n"
            "    assert i.extra == b'' and i.comment == b'', i\n"
            "    assert bool(i.flag_bits & 0x8) == (i.filename == 'large.js'), i\n"
            "    assert bool(i.flag_bits & 0x800) == any(ord(c) > 127 for c in i.filename), i\n"
            "    assert i.extract_version == 20 and i.flag_bits & ~0x808 == 0, i\n"
            "print('good')\n");
        QString output;
        QCOMPARE(run(QStringLiteral("python3"), {QStringLiteral("-c"), script, bundle.artifactPath}, &output),
                 0);
        QCOMPARE(output.trimmed(), QStringLiteral("good"));
    }

    void unzipAcceptsIt()
    {
        WebFolder folder;
        fillWithEveryKind(folder);
        const auto bundle = built(folder, plain());
        QString output;
        QCOMPARE(run(QStringLiteral("unzip"), {QStringLiteral("-tqq"), bundle.artifactPath}, &output), 0);
    }

    void manyFilesNeedTheWideDirectory()
    {
        WebFolder folder;
        folder.withBasics();
        constexpr int kFiles = 65'600;
        for (int i = 0; i < kFiles; ++i) {
            folder.withNamed(QStringLiteral("f/%1/%2").arg(i / 1000).arg(i), QByteArray::number(i));
        }
        const auto bundle = built(folder, plain());
        Operation operation;
        const auto entries = walkArchive(bundle.artifactPath, {}, operation);
        QVERIFY2(entries.has_value(), entries ? "" : qPrintable(entries.error().toText()));
        QCOMPARE(entries->size(), qsizetype(kFiles + 2));
        QString output;
        QCOMPARE(
            run(QStringLiteral("python3"),
                {QStringLiteral("-c"),
                 QStringLiteral("import sys, zipfile; print(len(zipfile.ZipFile(sys.argv[1]).namelist()))"),
                 bundle.artifactPath},
                &output),
            0);
        QCOMPARE(output.trimmed().toInt(), kFiles + 2);
    }

    void encryptedBundlesVerifyWithThePublicHalfAlone_data()
    {
        QTest::addColumn<int>("cipher");
        QTest::newRow("AES-128") << int(Cipher::Aes128Cbc);
        QTest::newRow("AES-256") << int(Cipher::Aes256Cbc);
    }
    void encryptedBundlesVerifyWithThePublicHalfAlone()
    {
        QFETCH(int, cipher);
        WebFolder folder;
        fillWithEveryKind(folder);
        const auto key = crypto::RsaPrivateKey::fromPem(fixturePrivatePem());
        QVERIFY(key.has_value());
        const auto plainBundle = built(folder, plain());
        BuildRequest request;
        request.cipher = static_cast<Cipher>(cipher);
        request.privateKey = &*key;
        request.artifactPath = folder.beside("bundle.bin");
        const auto bundle = built(folder, request);
        QCOMPARE(bundle.archiveSha256, plainBundle.archiveSha256);
        QCOMPARE(bundle.checksum.size(), 512);
        QCOMPARE(bundle.keyId, QStringLiteral("MIIBCgKCAQEAkYHY2/Ea"));
        QCOMPARE(bundle.artifactBytes, (bundle.archiveBytes / 16 + 1) * 16);
        QCOMPARE(QFileInfo(bundle.artifactPath).size(), bundle.artifactBytes);
        QCOMPARE(crypto::sha256(contentOf(bundle.artifactPath)), bundle.artifactSha256);
        QCOMPARE(hasErrors(bundle.findings), false);

        Operation operation;
        const auto publicHalf = key->publicKey();
        const auto verified =
            verifyBundle(bundle.artifactPath, {bundle.sessionKey, bundle.checksum}, &publicHalf, operation);
        QVERIFY2(verified.has_value(), verified ? "" : qPrintable(verified.error().toText()));
        QCOMPARE(verified->cipher, static_cast<Cipher>(cipher));
        QCOMPARE(verified->archiveSha256, bundle.archiveSha256);
        QCOMPARE(verified->artifactSha256, bundle.artifactSha256);
        QCOMPARE(verified->fileListDigest, bundle.fileListDigest);

        const QString zip = folder.beside("again.zip");
        QVERIFY(decryptBundle(bundle.artifactPath, {bundle.sessionKey, bundle.checksum}, &publicHalf, zip,
                              operation)
                    .has_value());
        QVERIFY(contentOf(zip) == contentOf(plainBundle.artifactPath));
    }

    void everyBundleHasAFreshSessionKey()
    {
        WebFolder folder;
        folder.withBasics();
        const auto key = crypto::RsaPrivateKey::fromPem(fixturePrivatePem());
        QVERIFY(key.has_value());
        BuildRequest request;
        request.privateKey = &*key;
        const auto one = built(folder, request);
        const QByteArray first = contentOf(one.artifactPath);
        const auto two = built(folder, request);
        QVERIFY(one.sessionKey != two.sessionKey);
        QVERIFY(one.sessionKey.section(QLatin1Char(':'), 0, 0) !=
                two.sessionKey.section(QLatin1Char(':'), 0, 0));
        QCOMPARE(one.checksum, two.checksum);
        QVERIFY(contentOf(two.artifactPath) != first);
    }

    void largeBundlesAndAes256AreSaid()
    {
        WebFolder folder;
        folder.withBasics().with("movie.mp4", mediaBytes(21 << 20));
        const auto bundle = built(folder, plain());
        QCOMPARE(bundle.findings.size(), 1);
        QCOMPARE(bundle.findings.first().rule, QStringLiteral("bundle.size.large"));
        QCOMPARE(bundle.findings.first().severity, Severity::Warning);
    }

    void progressGoesThroughItsStepsAndNeverBack()
    {
        WebFolder folder;
        fillWithEveryKind(folder);
        const auto key = crypto::RsaPrivateKey::fromPem(fixturePrivatePem());
        QVERIFY(key.has_value());
        QStringList steps;
        qint64 last = 0;
        bool isMonotonic = true;
        Operation operation({}, [&](const Progress &progress) {
            if (steps.isEmpty() || steps.last() != progress.step) {
                steps.append(progress.step);
                last = 0;
            }
            isMonotonic = isMonotonic && progress.done >= last && progress.done <= progress.total;
            last = progress.done;
        });
        BuildRequest request;
        request.privateKey = &*key;
        request.artifactPath = folder.beside("bundle.bin");
        QVERIFY(buildBundle(scanned(folder.path()), request, operation).has_value());
        QCOMPARE(steps, (QStringList{QStringLiteral("Archive"), QStringLiteral("Checksum"),
                                     QStringLiteral("Encrypt")}));
        QVERIFY(isMonotonic);
    }
};

QTEST_GUILESS_MAIN(TestBuild)
#include "test_build.moc"
