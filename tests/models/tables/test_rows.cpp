// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/semver.h"
#include "tables/bundletable.h"
#include "tables/historytable.h"
#include "tables/runningtable.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QTest>

#include <random>

using namespace gatehouse;
using namespace gatehouse::tables;

namespace {

struct Person
{
    QString name;
    int age = 0;
    bool operator==(const Person &) const = default;
};

class PeopleTable final : public RowTable<Person>
{
public:
    PeopleTable()
        : RowTable([](const Person &person) { return person.name; }, nullptr)
    {
        setColumns({{QStringLiteral("Name"), [](const Person &person) { return person.name; }, {}},
                    {QStringLiteral("Age"), [](const Person &person) { return QString::number(person.age); },
                     [](const Person &person) { return person.age; }, Qt::AlignRight}});
    }
};

QVector<Person> people(const QStringList &names, int age = 30)
{
    QVector<Person> rows;
    for (const QString &name : names) {
        rows.append({name, age});
    }
    return rows;
}

QStringList letters(const char *text)
{
    QStringList names;
    for (const char c : QByteArray(text)) {
        names.append(QString(QLatin1Char(c)));
    }
    return names;
}

} // namespace

class RowsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cellsHaveTextAndRawValue();
    void nothingIsToldWhenNothingChanged();
    void aChangedRowIsChangedInPlace();
    void selectionSurvivesARefresh();
    void anyListFollowsAnyOther();
    void historyIsToldInSentences_data();
    void historyIsToldInSentences();
    void foreignTextLosesItsControls();
    void bundleUse();
    void whoRunsWhatIsAMatrix();
    void whoRunsWhatFollowsTheChannels();
    void versionsSortByTheirPrecedence();
};

void RowsTest::cellsHaveTextAndRawValue()
{
    PeopleTable table;
    const QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
    table.setRows({{QStringLiteral("Ada"), 36}, {QStringLiteral("Bob"), 9}});
    QCOMPARE(table.rowCount(), 2);
    QCOMPARE(table.columnCount(), 2);
    QCOMPARE(table.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("Age"));
    QVERIFY(!table.headerData(2, Qt::Horizontal, Qt::DisplayRole).isValid());
    const QModelIndex age = table.index(1, 1);
    QCOMPARE(age.data(Qt::DisplayRole).toString(), QStringLiteral("9"));
    QCOMPARE(age.data(SortRole), QVariant(9)); // "9" would come after "36"
    QCOMPARE(age.data(KeyRole).toString(), QStringLiteral("Bob"));
    QVERIFY(!table.data(QModelIndex(), Qt::DisplayRole).isValid());
    QVERIFY(table.rowAt(QModelIndex()) == nullptr);
}

void RowsTest::nothingIsToldWhenNothingChanged()
{
    PeopleTable table;
    table.setRows(people(letters("abc")));
    QSignalSpy changed(&table, &QAbstractItemModel::dataChanged);
    QSignalSpy inserted(&table, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&table, &QAbstractItemModel::rowsRemoved);
    QSignalSpy moved(&table, &QAbstractItemModel::rowsMoved);
    QVERIFY(changed.isValid() && inserted.isValid() && removed.isValid() && moved.isValid());
    table.setRows(people(letters("abc")));
    QCOMPARE(changed.count() + inserted.count() + removed.count() + moved.count(), 0);
}

void RowsTest::aChangedRowIsChangedInPlace()
{
    PeopleTable table;
    table.setRows(people(letters("abc")));
    QSignalSpy changed(&table, &QAbstractItemModel::dataChanged);
    QSignalSpy reset(&table, &QAbstractItemModel::modelReset);
    QVector<Person> next = people(letters("abc"));
    next[1].age = 31;
    table.setRows(next);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.front().front().toModelIndex().row(), 1);
    QCOMPARE(reset.count(), 0);
}

void RowsTest::selectionSurvivesARefresh()
{
    PeopleTable table;
    table.setRows(people(letters("abcd")));
    const QPersistentModelIndex selected(table.index(2, 0));
    table.setRows(people(letters("xcbda")));
    QCOMPARE(selected.data().toString(), QStringLiteral("c"));
    QCOMPARE(selected.row(), 1);
    table.setRows(people(letters("xbda")));
    QVERIFY(!selected.isValid());
}

void RowsTest::anyListFollowsAnyOther()
{
    PeopleTable table;
    const QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
    std::mt19937 random(20261123);
    for (int round = 0; round < 300; ++round) {
        QStringList names = letters("abcdefghij");
        std::shuffle(names.begin(), names.end(), random);
        names = names.mid(static_cast<qsizetype>(random() % 10));
        const QVector<Person> next = people(names, static_cast<int>(random() % 3));
        table.setRows(next);
        QVERIFY(table.rows() == next);
    }
}

void RowsTest::whoRunsWhatIsAMatrix()
{
    RunningTable table([](qint64 count) { return QString::number(count); });
    const QAbstractItemModelTester tester(&table);
    table.setGroups({QStringLiteral("production"), QStringLiteral("beta")},
                    {{QStringLiteral("production"), QStringLiteral("3.9.0"), QStringLiteral("2.4.0"), 20},
                     {QStringLiteral("production"), QStringLiteral("3.10.0"), QStringLiteral("2.4.1"), 5},
                     {QStringLiteral("production"), QStringLiteral("3.10.0"), QStringLiteral("2.4.0"), 30},
                     {QStringLiteral("beta"), QStringLiteral("3.10.0"), QStringLiteral("builtin"), 2},
                     {QStringLiteral("gone"), QStringLiteral("1.0.0"), QStringLiteral("2.4.0"), 9}});
    QCOMPARE(table.rowCount(), 2);
    const auto cell = [&table](int row, int column) { return table.index(row, column).data().toString(); };
    QCOMPARE(cell(0, 0), QStringLiteral("3.10.0"));
    QCOMPARE(cell(0, 1), QStringLiteral("2.4.0: 30  ·  2.4.1: 5"));
    QCOMPARE(cell(0, 2), QStringLiteral("built-in: 2"));
    QCOMPARE(cell(0, 3), QStringLiteral("37"));
    QCOMPARE(cell(1, 2), QStringLiteral("–"));
    QCOMPARE(table.index(0, 3).data(SortRole).toLongLong(), 37);
}

void RowsTest::whoRunsWhatFollowsTheChannels()
{
    RunningTable table([](qint64 count) { return QString::number(count); });
    const QAbstractItemModelTester tester(&table);
    const QVector<workspace::RunningGroup> groups{
        {QStringLiteral("beta"), QStringLiteral("1.0.0"), QStringLiteral("2.4.0"), 1}};
    table.setGroups({QStringLiteral("beta")}, groups);
    QCOMPARE(table.columnCount(), 3);
    table.setGroups({QStringLiteral("alpha"), QStringLiteral("beta")}, groups);
    QCOMPARE(table.columnCount(), 4);
    QCOMPARE(table.index(0, 2).data().toString(), QStringLiteral("2.4.0: 1"));
    table.setGroups({}, {});
    QCOMPARE(table.rowCount(), 0);
}

void RowsTest::historyIsToldInSentences_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("bundle");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char *what, const char *bundle, const char *sentence) {
        QTest::newRow(
            qPrintable(QStringLiteral("%1 of \"%2\"").arg(QLatin1String(what), QLatin1String(bundle))))
            << QString::fromLatin1(what) << QString::fromLatin1(bundle) << QString::fromLatin1(sentence);
    };
    row("promote", "2.4.1", "2.4.1 became stable");
    row("start_rollout", "2.4.1", "Rollout of 2.4.1 at 12.5 %");
    row("set_share", "2.4.1", "Share of 2.4.1 set to 12.5 %");
    row("take_back", "2.4.1", "2.4.1 taken back");
    row("roll_back", "", "Rolled back to the built-in bundle");
    row("created", "", "Channel created");
    row("something new", "2.4.1", "something new");
    row("promote", "%1 <b>", "%1 <b> became stable");
}

void RowsTest::historyIsToldInSentences()
{
    QFETCH(QString, what);
    QFETCH(QString, bundle);
    QFETCH(QString, sentence);
    wire::ChannelHistoryEntry entry;
    entry.what = what;
    entry.bundle = bundle;
    entry.shareBps = 1250;
    QCOMPARE(historySentence(entry), sentence);
}

void RowsTest::foreignTextLosesItsControls()
{
    HistoryTable table;
    wire::ChannelState state;
    wire::ChannelHistoryEntry entry;
    entry.what = QStringLiteral("promote");
    entry.actor = QStringLiteral("a") + QChar(0x202E) + QStringLiteral("b");
    entry.reason = QStringLiteral("=cmd()\nline");
    state.history = {entry};
    table.setState(state);
    QCOMPARE(table.index(0, HistoryTable::Who).data().toString(), QStringLiteral("ab"));
    QCOMPARE(table.index(0, HistoryTable::Reason).data().toString(), QStringLiteral("=cmd() line"));
    QCOMPARE(table.index(0, 0).data(HistoryTable::VerbRole).toString(), QStringLiteral("promote"));
    QVERIFY(!table.index(0, 0).data(HistoryTable::ShareRole).isValid());
}

void RowsTest::bundleUse()
{
    BundleEntry entry;
    entry.bundle.storageProvider = QStringLiteral("r2-direct");
    entry.stableOn = {QStringLiteral("production")};
    QCOMPARE(useOf(entry), BundleUse::Uploading); // whatever points to it
    entry.bundle.storageProvider = QStringLiteral("r2");
    QCOMPARE(useOf(entry), BundleUse::Live);
    entry.rolloutOn = {QStringLiteral("beta")};
    QCOMPARE(useOf(entry), BundleUse::RollingOut);
    entry.stableOn.clear();
    entry.rolloutOn.clear();
    QCOMPARE(useOf(entry), BundleUse::Unused);
}

void RowsTest::versionsSortByTheirPrecedence()
{
    const QStringList rising{
        QStringLiteral("0.9.10"),        QStringLiteral("1.0.0-1"),       QStringLiteral("1.0.0-2"),
        QStringLiteral("1.0.0-10"),      QStringLiteral("1.0.0-alpha"),   QStringLiteral("1.0.0-alpha.1"),
        QStringLiteral("1.0.0-alpha.b"), QStringLiteral("1.0.0-alpha-b"), QStringLiteral("1.0.0-beta"),
        QStringLiteral("1.0.0-beta.2"),  QStringLiteral("1.0.0-beta.11"), QStringLiteral("1.0.0-beta.11.0"),
        QStringLiteral("1.0.0-rc.1"),    QStringLiteral("1.0.0"),         QStringLiteral("1.0.2"),
        QStringLiteral("1.0.11"),        QStringLiteral("1.2.0"),         QStringLiteral("1.10.0"),
        QStringLiteral("2.0.0-0"),       QStringLiteral("2.0.0+build.7")};
    for (qsizetype i = 0; i + 1 < rising.size(); ++i) {
        const QString &low = rising.at(i);
        const QString &high = rising.at(i + 1);
        QVERIFY2(*SemanticVersion::parse(low) < *SemanticVersion::parse(high), qPrintable(low));
        QVERIFY2(versionSortKey(low) < versionSortKey(high), qPrintable(low + QStringLiteral(" ") + high));
    }
    QVERIFY(versionSortKey(QStringLiteral("no version")) > versionSortKey(rising.constLast()));
}

QTEST_GUILESS_MAIN(RowsTest)
#include "test_rows.moc"
