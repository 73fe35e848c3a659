// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bundle/folderscan.h"
#include "models/bundle/webfolder.h"

#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace gatehouse;
using namespace gatehouse::bundle;

namespace {
QStringList rules(const FolderScan &scan, Severity severity)
{
    QStringList found;
    for (const Finding &finding : scan.findings) {
        if (finding.severity == severity) {
            found.append(finding.rule);
        }
    }
    return found;
}

QStringList paths(const FolderScan &scan)
{
    QStringList found;
    for (const FolderFile &file : scan.files) {
        found.append(file.path);
    }
    return found;
}

FolderScan scanned(const WebFolder &folder, const ScanOptions &options = {})
{
    Operation operation;
    auto scan = scanFolder(folder.path(), options, operation);
    if (!scan) {
        qFatal("%s", qPrintable(scan.error().toText()));
    }
    return std::move(*scan);
}

void link(const WebFolder &folder, const char *target, const char *name)
{
    const QByteArray at = QFile::encodeName(folder.path()) + '/' + name;
    if (::symlink(target, at.constData()) != 0) {
        qFatal("no link");
    }
}
} // namespace

class TestFolderScan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aGoodFolderHasNoFindings()
    {
        WebFolder folder;
        folder.withBasics().with("assets/style.css", "a{}");
        const auto scan = scanned(folder);
        QVERIFY(scan.findings.isEmpty());
        QVERIFY(scan.canBeBuilt());
        QCOMPARE(scan.totalBytes, qint64(44 + 35 + 3));
    }

    void filesAreSortedByTheirUtf8Bytes()
    {
        WebFolder folder;
        folder.withBasics();
        // UTF-16 would sort U+FFEE behind U+1F600, UTF-8 in front of it; and "a-b" comes before "a/b".
        for (const QString &path : {QStringLiteral("\uFFEE"), QString::fromUtf8("\xF0\x9F\x98\x80"),
                                    QStringLiteral("a/b"), QStringLiteral("a-b"), QStringLiteral("B")}) {
            folder.withNamed(path, "x");
        }
        const auto scan = scanned(folder);
        QCOMPARE(paths(scan), (QStringList{QStringLiteral("B"), QStringLiteral("a-b"), QStringLiteral("a/b"),
                                           QStringLiteral("app.js"), QStringLiteral("index.html"),
                                           QStringLiteral("\uFFEE"), QString::fromUtf8("\xF0\x9F\x98\x80")}));
    }

    void aMissingFolderIsAnError()
    {
        Operation operation;
        const auto none = scanFolder(QStringLiteral("/no/such/folder"), {}, operation);
        QVERIFY(!none);
        QCOMPARE(none.error().id, QStringLiteral("bundle.folder.missing"));
        WebFolder folder;
        folder.withBasics();
        const auto file = scanFolder(folder.path() + QStringLiteral("/index.html"), {}, operation);
        QVERIFY(!file);
        QCOMPARE(file.error().id, QStringLiteral("bundle.folder.missing"));
    }

    void aMissingIndexAndCallAreErrors()
    {
        WebFolder folder;
        folder.with("sub/index.html", "x").with("readme.txt", "notifyAppReady");
        const auto scan = scanned(folder);
        QCOMPARE(rules(scan, Severity::Error),
                 (QStringList{QStringLiteral("bundle.index.missing"), QStringLiteral("bundle.ready_call")}));
        QVERIFY(!scan.canBeBuilt());
    }

    void theMissingCallCanBeWaived()
    {
        WebFolder folder;
        folder.with("index.html", "x");
        ScanOptions options;
        options.readyCall = ReadyCall::Waived;
        const auto scan = scanned(folder, options);
        QVERIFY(scan.canBeBuilt());
        QCOMPARE(rules(scan, Severity::Warning), QStringList{QStringLiteral("bundle.ready_call")});
    }

    void theCallIsFoundWhereverItLies_data()
    {
        QTest::addColumn<int>("before");
        QTest::newRow("at the start") << 0;
        QTest::newRow("across a border of pieces") << 256 * 1024 - 5;
        QTest::newRow("just behind a border") << 256 * 1024;
        QTest::newRow("far behind") << 1'000'000;
    }
    void theCallIsFoundWhereverItLies()
    {
        QFETCH(int, before);
        WebFolder folder;
        const QByteArray script = QByteArray(before, ' ') + "notifyAppReady()" + QByteArray(100, ' ');
        folder.with("index.html", "x").with("deep/down/main.js", script);
        QVERIFY(scanned(folder).findings.isEmpty());
    }

    void sourceMapsAreDroppedUnlessKept()
    {
        WebFolder folder;
        folder.withBasics().with("app.js.map", "{}");
        const auto dropped = scanned(folder);
        QVERIFY(!paths(dropped).contains(QStringLiteral("app.js.map")));
        QCOMPARE(rules(dropped, Severity::Note), QStringList{QStringLiteral("bundle.source_maps")});
        ScanOptions options;
        options.sourceMaps = SourceMaps::Keep;
        const auto kept = scanned(folder, options);
        QVERIFY(paths(kept).contains(QStringLiteral("app.js.map")));
        QVERIFY(kept.findings.isEmpty());
    }

    void whatNoAppNeedsIsLeftOut()
    {
        WebFolder folder;
        folder.withBasics().with(".git/config", "x").with("node_modules/a/b.js", "x").with(".DS_Store", "x");
        const auto scan = scanned(folder);
        QCOMPARE(paths(scan), (QStringList{QStringLiteral("app.js"), QStringLiteral("index.html")}));
        QCOMPARE(rules(scan, Severity::Note), QStringList{QStringLiteral("bundle.left_out")});
    }

    void linksInsideAreFollowedAndLinksOutsideRefused()
    {
        WebFolder folder;
        folder.withBasics().with("real/a.txt", "x");
        link(folder, "real/a.txt", "inside.txt");
        link(folder, "real", "folder");
        QCOMPARE(paths(scanned(folder)),
                 (QStringList{QStringLiteral("app.js"), QStringLiteral("folder/a.txt"),
                              QStringLiteral("index.html"), QStringLiteral("inside.txt"),
                              QStringLiteral("real/a.txt")}));
        link(folder, "/etc/hostname", "outside");
        link(folder, "..", "up");
        link(folder, "nowhere", "broken");
        const auto scan = scanned(folder);
        QCOMPARE(rules(scan, Severity::Error), QStringList(3, QStringLiteral("bundle.link.outside")));
    }

    void aFolderThatHoldsItselfIsRefused()
    {
        WebFolder folder;
        folder.withBasics().with("sub/a", "x");
        link(folder, "..", "sub/loop");
        QCOMPARE(rules(scanned(folder), Severity::Error), QStringList{QStringLiteral("bundle.link.loop")});
    }

    void aFolderBesideWithTheSameBeginningIsOutside()
    {
        WebFolder folder;
        folder.withBasics();
        QVERIFY(QDir().mkpath(folder.path() + QStringLiteral("-private")));
        link(folder, "../web-private", "sneaky");
        QCOMPARE(rules(scanned(folder), Severity::Error), QStringList{QStringLiteral("bundle.link.outside")});
    }

    void specialFilesAreRefused()
    {
        WebFolder folder;
        folder.withBasics();
        const QByteArray pipe = QFile::encodeName(folder.path()) + "/pipe";
        QCOMPARE(::mkfifo(pipe.constData(), 0644), 0);
        QCOMPARE(rules(scanned(folder), Severity::Error), QStringList{QStringLiteral("bundle.file.special")});
    }

    void badNamesAreFound()
    {
        WebFolder folder;
        folder.withBasics().with("CON.js", "x").with("a\\b", "x").with("my file", "x").with("App.js", "x");
        const QByteArray latin = QFile::encodeName(folder.path()) + "/\xe9.txt";
        std::FILE *file = std::fopen(latin.constData(), "w");
        QVERIFY(file != nullptr);
        std::fclose(file);
        const auto scan = scanned(folder);
        auto errors = rules(scan, Severity::Error);
        errors.sort();
        QCOMPARE(
            errors,
            (QStringList{QStringLiteral("bundle.path.backslash"), QStringLiteral("bundle.path.clash"),
                         QStringLiteral("bundle.path.encoding"), QStringLiteral("bundle.path.reserved")}));
        QCOMPARE(rules(scan, Severity::Warning), QStringList{QStringLiteral("bundle.path.space")});
    }

    void unreadableFilesAreFound()
    {
        if (::geteuid() == 0) {
            QSKIP("everything is readable for root");
        }
        WebFolder folder;
        folder.withBasics().with("closed.txt", "x");
        QFile::setPermissions(folder.path() + QStringLiteral("/closed.txt"), {});
        QCOMPARE(rules(scanned(folder), Severity::Error),
                 QStringList{QStringLiteral("bundle.file.unreadable")});
    }

    void cancelStopsIt()
    {
        WebFolder folder;
        folder.withBasics();
        std::stop_source source;
        source.request_stop();
        Operation operation(source.get_token());
        const auto scan = scanFolder(folder.path(), {}, operation);
        QVERIFY(!scan);
        QCOMPARE(scan.error().kind, ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestFolderScan)
#include "test_folderscan.moc"
