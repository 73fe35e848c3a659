// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bundle/compare.h"

#include <QTest>

using namespace gatehouse::bundle;

namespace {
ArchiveEntry entry(const char *path, qint64 size, char content)
{
    return {QString::fromUtf8(path), size, size, QByteArray(32, content)};
}
} // namespace

class TestCompare : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSameIsTheSame()
    {
        const ArchiveEntries entries{entry("a", 1, 'a'), entry("b", 2, 'b')};
        const auto comparison = compareBundles(entries, entries);
        QVERIFY(comparison.isSame());
        QCOMPARE(comparison.unchanged, 2);
        QCOMPARE(comparison.oldBytes, qint64(3));
    }

    void everyKindOfChangeIsListedByPath()
    {
        const auto comparison =
            compareBundles({entry("gone", 5, 'g'), entry("kept", 1, 'k'), entry("new?", 7, '1')},
                           {entry("added", 4, 'a'), entry("kept", 1, 'k'), entry("new?", 7, '2')});
        QCOMPARE(comparison.differences,
                 (QVector<FileDifference>{{QStringLiteral("added"), FileChange::Added, 0, 4},
                                          {QStringLiteral("gone"), FileChange::Removed, 5, 0},
                                          {QStringLiteral("new?"), FileChange::Changed, 7, 7}}));
        QCOMPARE(comparison.unchanged, 1);
        QCOMPARE(comparison.oldBytes, qint64(13));
        QCOMPARE(comparison.newBytes, qint64(12));
        QVERIFY(!comparison.isSame());
    }

    void nothingAgainstSomething()
    {
        QVERIFY(compareBundles({}, {}).isSame());
        QCOMPARE(compareBundles({}, {entry("a", 1, 'a')}).differences.first().change, FileChange::Added);
        QCOMPARE(compareBundles({entry("a", 1, 'a')}, {}).differences.first().change, FileChange::Removed);
    }
};

QTEST_GUILESS_MAIN(TestCompare)
#include "test_compare.moc"
