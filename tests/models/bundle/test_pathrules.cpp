// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bundle/pathrules.h"

#include <QTest>

using namespace gatehouse::bundle;

class TestPathRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pathsAreJudged_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("rule");
        QTest::addColumn<bool>("isError");
        const auto row = [](const char *name, const QString &path, const char *rule, bool isError = true) {
            QTest::newRow(name) << path << QString::fromLatin1(rule) << isError;
        };
        row("ordinary", QStringLiteral("assets/app.js"), "", false);
        row("two dots inside a name", QStringLiteral("a..b/c..js"), "", false);
        row("leading dot", QStringLiteral(".well-known/x"), "", false);
        row("other script", QStringLiteral("資料/é.txt"), "", false);
        row("empty", QString(), "bundle.path.empty");
        row("absolute", QStringLiteral("/etc/passwd"), "bundle.path.absolute");
        row("drive", QStringLiteral("C:/x"), "bundle.path.absolute");
        row("drive, relative", QStringLiteral("c:x"), "bundle.path.absolute");
        row("parent at the start", QStringLiteral("../x"), "bundle.path.parent");
        row("parent in the middle", QStringLiteral("a/../x"), "bundle.path.parent");
        row("parent at the end", QStringLiteral("a/.."), "bundle.path.parent");
        row("dot part", QStringLiteral("a/./b"), "bundle.path.empty_part");
        row("double slash", QStringLiteral("a//b"), "bundle.path.empty_part");
        row("back-slash", QStringLiteral("a\\b"), "bundle.path.backslash");
        row("zero byte", QString(QStringLiteral("a") + QChar(0) + QStringLiteral("b")), "bundle.path.nul");
        row("line break", QStringLiteral("a\nb"), "bundle.path.control");
        row("reserved", QStringLiteral("assets/CON"), "bundle.path.reserved");
        row("reserved with extension", QStringLiteral("aux.js"), "bundle.path.reserved");
        row("reserved as folder", QStringLiteral("nul/x.js"), "bundle.path.reserved");
        row("reserved port", QStringLiteral("Com1.txt"), "bundle.path.reserved");
        row("only alike a reserved name", QStringLiteral("console.js"), "", false);
        row("port ten is free", QStringLiteral("com10.js"), "", false);
        row("dot at the end", QStringLiteral("a./b"), "bundle.path.trailing");
        row("space at the end", QStringLiteral("a "), "bundle.path.trailing");
        row("too long", QString(801, QLatin1Char('a')), "bundle.path.long");
        row("question mark", QStringLiteral("a?.js"), "bundle.path.windows", false);
        row("space", QStringLiteral("my file.js"), "bundle.path.space", false);
    }
    void pathsAreJudged()
    {
        QFETCH(QString, path);
        QFETCH(QString, rule);
        QFETCH(bool, isError);
        const auto finding = checkPath(path);
        QCOMPARE(finding ? finding->rule : QString(), rule);
        QCOMPARE(finding && finding->severity == Severity::Error, isError);
    }

    void whatIsLeftOut_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("isOut");
        QTest::newRow("finder file") << QStringLiteral("a/.DS_Store") << true;
        QTest::newRow("git folder") << QStringLiteral(".git/config") << true;
        QTest::newRow("git file") << QStringLiteral("x/.gitignore") << true;
        QTest::newRow("modules") << QStringLiteral("node_modules/a/b.js") << true;
        QTest::newRow("lock file") << QStringLiteral("package-lock.json") << true;
        QTest::newRow("tsconfig") << QStringLiteral("tsconfig.json") << true;
        QTest::newRow("tsconfig of a part") << QStringLiteral("tsconfig.app.json") << true;
        QTest::newRow("package.json") << QStringLiteral("package.json") << false;
        QTest::newRow("git in the middle") << QStringLiteral("a.git") << false;
        QTest::newRow("modules alike") << QStringLiteral("my_node_modules/a.js") << false;
        QTest::newRow("another configuration") << QStringLiteral("mytsconfig.json") << false;
    }
    void whatIsLeftOut()
    {
        QFETCH(QString, path);
        QFETCH(bool, isOut);
        QCOMPARE(isLeftOut(path), isOut);
    }

    void sourceMapsAreKnownByName()
    {
        QVERIFY(isSourceMap(QStringLiteral("a/main.js.map")));
        QVERIFY(isSourceMap(QStringLiteral("style.css.map")));
        QVERIFY(!isSourceMap(QStringLiteral("world.map")));
        QVERIFY(!isSourceMap(QStringLiteral("main.js.map.txt")));
    }

    void clashes_data()
    {
        QTest::addColumn<QStringList>("paths");
        QTest::addColumn<QString>("other");
        QTest::newRow("none") << QStringList{QStringLiteral("a"), QStringLiteral("b/a"),
                                             QStringLiteral("b/c")}
                              << QString();
        QTest::newRow("twice the same")
            << QStringList{QStringLiteral("a"), QStringLiteral("a")} << QStringLiteral("a");
        QTest::newRow("case") << QStringList{QStringLiteral("x/App.js"), QStringLiteral("x/app.js")}
                              << QStringLiteral("x/App.js");
        QTest::newRow("case of a folder")
            << QStringList{QStringLiteral("Img/a"), QStringLiteral("img/b")} << QStringLiteral("Img");
        QTest::newRow("normal form") << QStringList{QStringLiteral("caf\u00e9.js"),
                                                    QStringLiteral("cafe\u0301.js")}
                                     << QStringLiteral("caf\u00e9.js");
        QTest::newRow("long s and case")
            << QStringList{QStringLiteral("STRASSE"), QStringLiteral("stra\u017f\u017fe")}
            << QStringLiteral("STRASSE");
        QTest::newRow("file and folder")
            << QStringList{QStringLiteral("a"), QStringLiteral("A/b")} << QStringLiteral("a");
        QTest::newRow("folder and file")
            << QStringList{QStringLiteral("A/b"), QStringLiteral("a")} << QStringLiteral("A");
    }
    void clashes()
    {
        QFETCH(QStringList, paths);
        QFETCH(QString, other);
        NameClashes clashes;
        std::optional<QString> last;
        for (const QString &path : paths) {
            last = clashes.add(path);
        }
        QCOMPARE(last.value_or(QString()), other);
    }

    void onlyUtf8IsAPath()
    {
        QCOMPARE(pathFromUtf8("é"), QStringLiteral("é"));
        QVERIFY(!pathFromUtf8("\xff"));
        QVERIFY(!pathFromUtf8("\xc0\xae"));     // an overlong dot
        QVERIFY(!pathFromUtf8("\xed\xa0\x80")); // half a surrogate
    }
};

QTEST_GUILESS_MAIN(TestPathRules)
#include "test_pathrules.moc"
