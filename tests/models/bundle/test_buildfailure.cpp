// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bundle/buildbundle.h"
#include "models/bundle/webfolder.h"

#include <QTest>

#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>

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

BuildRequest plainAt(const QString &path)
{
    BuildRequest request;
    request.cipher = Cipher::None;
    request.artifactPath = path;
    return request;
}

void append(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::Append) || file.write(bytes) != bytes.size()) {
        qFatal("the test could not append");
    }
}

// Files may not grow beyond this for as long as it lives.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(rlim_t bytes)
    {
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        m_handler = std::signal(SIGXFSZ, SIG_IGN);
    }
    ~FileSizeLimit()
    {
        ::setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }
    FileSizeLimit(const FileSizeLimit &) = delete;
    FileSizeLimit &operator=(const FileSizeLimit &) = delete;

private:
    rlimit m_before = {};
    void (*m_handler)(int) = nullptr;
};

// A file system of its own, full after so many bytes. Needs root.
class SmallDisk
{
public:
    explicit SmallDisk(const char *size)
    {
        const QByteArray options = QByteArray("size=") + size;
        m_isMounted = ::mount("tmpfs", QFile::encodeName(m_folder.path()).constData(), "tmpfs", 0,
                              options.constData()) == 0;
    }
    ~SmallDisk()
    {
        if (m_isMounted) {
            ::umount(QFile::encodeName(m_folder.path()).constData());
        }
    }
    SmallDisk(const SmallDisk &) = delete;
    SmallDisk &operator=(const SmallDisk &) = delete;
    [[nodiscard]] bool isMounted() const { return m_isMounted; }
    [[nodiscard]] QString path() const { return m_folder.path(); }

private:
    QTemporaryDir m_folder;
    bool m_isMounted = false;
};
} // namespace

class TestBuildFailure : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFolderWithErrorsIsNotBuilt()
    {
        WebFolder folder;
        folder.with("app.js", "notifyAppReady()");
        Operation operation;
        const auto bundle = buildBundle(scanned(folder), plainAt(folder.beside("out.zip")), operation);
        QVERIFY(!bundle);
        QCOMPARE(bundle.error().id, QStringLiteral("bundle.build.findings"));
        QVERIFY(folder.leftBeside().isEmpty());
    }

    void encryptionNeedsAKey()
    {
        WebFolder folder;
        folder.withBasics();
        BuildRequest request = plainAt(folder.beside("out.zip"));
        request.cipher = Cipher::Aes128Cbc;
        Operation operation;
        const auto bundle = buildBundle(scanned(folder), request, operation);
        QVERIFY(!bundle);
        QCOMPARE(bundle.error().id, QStringLiteral("bundle.build.key"));
        QVERIFY(folder.leftBeside().isEmpty());
    }

    void aFileThatChangesBeforeItIsReadIsNoticed_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("small file") << QStringLiteral("small.js");
        QTest::newRow("large script") << QStringLiteral("large.js");
        QTest::newRow("large film") << QStringLiteral("large.mp4");
    }
    void aFileThatChangesBeforeItIsReadIsNoticed()
    {
        QFETCH(QString, path);
        WebFolder folder;
        folder.withBasics()
            .with("small.js", scriptText(5000))
            .with("large.js", scriptText(9 << 20))
            .with("large.mp4", mediaBytes(9 << 20));
        const auto scan = scanned(folder);
        append(folder.path() + QLatin1Char('/') + path, "x");
        Operation operation;
        const auto bundle = buildBundle(scan, plainAt(folder.beside("out.zip")), operation);
        QVERIFY(!bundle);
        QCOMPARE(bundle.error().id, QStringLiteral("bundle.build.changed"));
        QCOMPARE(bundle.error().kind, ErrorKind::Conflict);
        QVERIFY(bundle.error().what.contains(path));
        QVERIFY(folder.leftBeside().isEmpty());
    }

    void aFileThatChangesWhileItIsReadIsNoticed()
    {
        WebFolder folder;
        folder.withBasics().with("large.js", scriptText(30 << 20));
        const auto scan = scanned(folder);
        const QString path = folder.path() + QStringLiteral("/large.js");
        bool isDone = false;
        Operation operation({}, [&](const Progress &progress) {
            // Its first megabytes went into the archive by now, and its end was not read yet.
            if (progress.done > (4 << 20) && !isDone) {
                isDone = true;
                append(path, "more");
            }
        });
        BuildRequest request = plainAt(folder.beside("out.zip"));
        request.workers = 1;
        const auto bundle = buildBundle(scan, request, operation);
        QVERIFY(isDone);
        QVERIFY(!bundle);
        QCOMPARE(bundle.error().id, QStringLiteral("bundle.build.changed"));
        QVERIFY(folder.leftBeside().isEmpty());
    }

    void aFileThatWentAwayOrBecameALinkIsNoticed()
    {
        WebFolder folder;
        folder.withBasics().with("gone.js", "x");
        const auto scan = scanned(folder);
        const QString path = folder.path() + QStringLiteral("/gone.js");
        QVERIFY(QFile::remove(path));
        Operation operation;
        const auto gone = buildBundle(scan, plainAt(folder.beside("out.zip")), operation);
        QVERIFY(!gone);
        QCOMPARE(gone.error().id, QStringLiteral("bundle.build.changed"));
        QVERIFY(QFile::link(QStringLiteral("/etc/hostname"), path));
        const auto replaced = buildBundle(scan, plainAt(folder.beside("out.zip")), operation);
        QVERIFY(!replaced);
        QCOMPARE(replaced.error().id, QStringLiteral("bundle.build.changed"));
        QVERIFY(folder.leftBeside().isEmpty());
    }

    void anUnreadableFileIsNamed()
    {
        if (::geteuid() == 0) {
            QSKIP("everything is readable for root");
        }
        WebFolder folder;
        folder.withBasics().with("closed.js", "x");
        auto scan = scanned(folder);
        QFile::setPermissions(folder.path() + QStringLiteral("/closed.js"), {});
        Operation operation;
        const auto bundle = buildBundle(scan, plainAt(folder.beside("out.zip")), operation);
        QVERIFY(!bundle);
        QVERIFY(bundle.error().what.contains(QStringLiteral("closed.js")));
        QVERIFY(folder.leftBeside().isEmpty());
    }

    void cancellingHalfWayLeavesNothing_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<qint64>("after");
        QTest::newRow("at the start") << scriptText(1 << 20) << qint64(0);
        QTest::newRow("in the middle of a large script") << scriptText(40 << 20) << qint64(5 << 20);
        QTest::newRow("in the middle of a large film") << mediaBytes(40 << 20) << qint64(5 << 20);
    }
    void cancellingHalfWayLeavesNothing()
    {
        QFETCH(QByteArray, content);
        QFETCH(qint64, after);
        WebFolder folder;
        folder.withBasics().with("a-large.dat", content);
        const auto scan = scanned(folder);
        std::stop_source source;
        qint64 seen = 0;
        Operation operation(source.get_token(), [&](const Progress &progress) {
            seen = progress.done;
            if (progress.done >= after) {
                source.request_stop();
            }
        });
        const auto bundle = buildBundle(scan, plainAt(folder.beside("out.zip")), operation);
        QVERIFY(!bundle);
        QCOMPARE(bundle.error().kind, ErrorKind::Cancelled);
        QVERIFY(seen < scan.totalBytes);
        QVERIFY(folder.leftBeside().isEmpty());
    }

    void aDeadlineStopsIt()
    {
        WebFolder folder;
        folder.withBasics();
        Operation operation;
        operation.setDeadline(std::chrono::steady_clock::now());
        const auto bundle = buildBundle(scanned(folder), plainAt(folder.beside("out.zip")), operation);
        QVERIFY(!bundle);
        QCOMPARE(bundle.error().kind, ErrorKind::Timeout);
    }

    void anOlderArtifactStaysAsItWas()
    {
        WebFolder folder;
        folder.withBasics().with("large.js", scriptText(9 << 20));
        const QString out = folder.beside("out.zip");
        Operation operation;
        QVERIFY(buildBundle(scanned(folder), plainAt(out), operation).has_value());
        const QByteArray before = contentOf(out);
        const auto scan = scanned(folder);
        append(folder.path() + QStringLiteral("/large.js"), "x");
        QVERIFY(!buildBundle(scan, plainAt(out), operation));
        QVERIFY(contentOf(out) == before);
        QCOMPARE(folder.leftBeside(), QStringList{QStringLiteral("out.zip")});
        QVERIFY(buildBundle(scanned(folder), plainAt(out), operation).has_value());
        QVERIFY(contentOf(out) != before);
    }

    void whatTheServerDoesNotTakeIsRefused()
    {
        WebFolder folder;
        folder.withBasics().with("movie.mp4", mediaBytes(3 << 20));
        BuildRequest request = plainAt(folder.beside("out.zip"));
        request.maxUploadBytes = 2 << 20;
        Operation operation;
        const auto bundle = buildBundle(scanned(folder), request, operation);
        QVERIFY(!bundle);
        QCOMPARE(bundle.error().id, QStringLiteral("bundle.build.too_large"));
        QVERIFY(folder.leftBeside().isEmpty());
    }

    void aFileSizeLimitIsAFullDisk()
    {
        WebFolder folder;
        folder.withBasics().with("movie.mp4", mediaBytes(3 << 20));
        const auto scan = scanned(folder);
        Operation operation;
        {
            const FileSizeLimit limit(1 << 20);
            const auto bundle = buildBundle(scan, plainAt(folder.beside("out.zip")), operation);
            QVERIFY(!bundle);
            QCOMPARE(bundle.error().id, QStringLiteral("bundle.build.disk_full"));
        }
        QVERIFY(folder.leftBeside().isEmpty());
        QVERIFY(buildBundle(scan, plainAt(folder.beside("out.zip")), operation).has_value());
    }

    void aFullDiskLeavesNothing()
    {
        const SmallDisk disk("2m");
        if (!disk.isMounted()) {
            QSKIP(
                "a small file system can be mounted by root only; the limit of the process was tested above");
        }
        WebFolder folder;
        folder.withBasics().with("movie.mp4", mediaBytes(3 << 20));
        Operation operation;
        const auto bundle =
            buildBundle(scanned(folder), plainAt(disk.path() + QStringLiteral("/out.zip")), operation);
        QVERIFY(!bundle);
        QCOMPARE(bundle.error().id, QStringLiteral("bundle.build.disk_full"));
        QCOMPARE(bundle.error().kind, ErrorKind::Io);
        QVERIFY(!bundle.error().remedy.isEmpty());
        QVERIFY(QDir(disk.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
    }

    void aPlaceThatCannotBeWrittenIsNamed()
    {
        WebFolder folder;
        folder.withBasics();
        Operation operation;
        const auto bundle =
            buildBundle(scanned(folder), plainAt(folder.beside("no/such/out.zip")), operation);
        QVERIFY(!bundle);
        QCOMPARE(bundle.error().id, QStringLiteral("bundle.build.write"));
        QVERIFY(QDir().mkdir(folder.beside("taken")));
        const auto taken = buildBundle(scanned(folder), plainAt(folder.beside("taken")), operation);
        QVERIFY(!taken);
        QCOMPARE(taken.error().id, QStringLiteral("bundle.build.write"));
        QCOMPARE(folder.leftBeside(), QStringList{QStringLiteral("taken")});
    }
};

QTEST_GUILESS_MAIN(TestBuildFailure)
#include "test_buildfailure.moc"
