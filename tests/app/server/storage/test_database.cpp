// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/database.h"
#include "server/storage/schema.h"
#include "server/storage/writer.h"

#include "app/server/storefixture.h"

#include <thread>

using namespace gatehouse;
using namespace gatehouse::server;

class DatabaseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void migratesFromEveryEarlierVersion_data()
    {
        QTest::addColumn<int>("from");
        for (int version = 0; version <= schemaVersion(); ++version) {
            QTest::newRow(qPrintable(QStringLiteral("version %1").arg(version))) << version;
        }
    }
    void migratesFromEveryEarlierVersion()
    {
        QFETCH(int, from);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("gatehouse.sqlite"));
        {
            const auto database = StoreFixture::must(Database::open(path, Database::Mode::ReadWrite));
            StoreFixture::must(migrate(*database, from));
            QCOMPARE(versionOf(*database), from);
            if (from > 0) {
                StoreFixture::must(database->execute("INSERT INTO settings VALUES ('server_id', 'kept')"));
            }
        }
        const ManualClock clock(utcFromMs(0));
        {
            const auto store = StoreFixture::must(openSqliteStore(folder.path(), clock));
            QCOMPARE(store->serverId() == QLatin1String("kept"), from > 0);
        }
        const auto database = StoreFixture::must(Database::open(path, Database::Mode::ReadWrite));
        QCOMPARE(versionOf(*database), schemaVersion());
    }

    void laterVersionIsLeftAlone()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("gatehouse.sqlite"));
        {
            const auto database = StoreFixture::must(Database::open(path, Database::Mode::ReadWrite));
            StoreFixture::must(database->execute("PRAGMA user_version = 99"));
        }
        const ManualClock clock(utcFromMs(0));
        const auto store = openSqliteStore(folder.path(), clock);
        QVERIFY(!store);
        QCOMPARE(store.error().id, QStringLiteral("store.newer"));
    }

    void damagedFileIsAnError()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("gatehouse.sqlite")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(8192, 'x'));
        file.close();
        const ManualClock clock(utcFromMs(0));
        const auto store = openSqliteStore(folder.path(), clock);
        QVERIFY(!store);
        QCOMPARE(store.error().kind, ErrorKind::Io);
    }

    void valuesSurvive()
    {
        const auto database = memory();
        StoreFixture::must(database->execute("CREATE TABLE t (a, b, c, d, e)"));
        const QString text = QStringLiteral("Grüße 👋 \"; DROP TABLE t; --");
        const QByteArray blob("\0\1\2", 3);
        Query insert(*database, "INSERT INTO t VALUES (?, ?, ?, ?, ?)");
        insert.bind(qint64{1} << 62).bind(text).bind(blob).bind(0.25).bind(std::optional<QString>());
        StoreFixture::must(insert.finish());
        Query query(*database, "SELECT a, b, c, d, e FROM t");
        QVERIFY(query.next());
        QCOMPARE(query.integer(), qint64{1} << 62);
        QCOMPARE(query.text(), text);
        QCOMPARE(query.blob(), blob);
        QCOMPARE(query.number(), 0.25);
        QVERIFY(!query.optText());
        QVERIFY(!query.next());
    }

    void statementInsideItself()
    {
        const auto database = memory();
        StoreFixture::must(database->execute("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)"));
        const std::string sql = "SELECT a FROM t ORDER BY a";
        Query outer(*database, sql);
        QVERIFY(outer.next());
        {
            Query inner(*database, sql);
            QVERIFY(inner.next());
            QVERIFY(inner.next());
            QVERIFY(!inner.next());
        }
        QVERIFY(outer.next());
        QCOMPARE(outer.integer(), 2);
    }

    void errorsComeOutOfFinish()
    {
        const auto database = memory();
        Query broken(*database, "SELECT nothing FROM nowhere");
        QVERIFY(!broken.next());
        QCOMPARE(broken.finish().error().id, QStringLiteral("store.sql"));
        StoreFixture::must(database->execute("CREATE TABLE u (a UNIQUE); INSERT INTO u VALUES (1)"));
        Query twice(*database, "INSERT INTO u VALUES (1)");
        QCOMPARE(twice.finish().error().kind, ErrorKind::Conflict);
    }

    void failedJobLeavesNothingAndSparesTheOthers()
    {
        auto database = memory();
        StoreFixture::must(database->execute("CREATE TABLE t (a)"));
        Writer writer(std::move(database),
                      [](Database &, const std::vector<EventBatch> &) { return Result<void>(); });
        int committed = 0;
        const auto failing = writer.run([&](Database &own) -> Result<void> {
            GATEHOUSE_TRY(own.execute("INSERT INTO t VALUES (1)"));
            writer.afterCommit([&] { ++committed; });
            return makeError(ErrorKind::Invalid, "test.job", QStringLiteral("No."));
        });
        QCOMPARE(failing.error().id, QStringLiteral("test.job"));
        std::vector<std::thread> threads;
        std::atomic<int> done = 0;
        for (int i = 0; i < 16; ++i) {
            threads.emplace_back([&, i] {
                const auto written = writer.run([i](Database &own) -> Result<void> {
                    Query query(own, "INSERT INTO t VALUES (?)");
                    GATEHOUSE_TRY(query.bind(i).finish());
                    return i % 2 == 0 ? Result<void>()
                                      : Result<void>(makeError(ErrorKind::Invalid, "test.odd",
                                                               QStringLiteral("Odd.")));
                });
                done += written ? 1 : 0;
            });
        }
        for (std::thread &thread : threads) {
            thread.join();
        }
        QCOMPARE(done.load(), 8);
        QCOMPARE(committed, 0);
        qint64 rows = 0;
        StoreFixture::must(writer.run([&](Database &own) -> Result<void> {
            Query query(own, "SELECT count(*) FROM t");
            rows = query.next() ? query.integer() : -1;
            return query.finish();
        }));
        QCOMPARE(rows, 8);
    }

private:
    static std::unique_ptr<Database> memory()
    {
        return StoreFixture::must(Database::open(QStringLiteral(":memory:"), Database::Mode::ReadWrite));
    }
    static int versionOf(Database &database)
    {
        Query query(database, "PRAGMA user_version");
        return query.next() ? static_cast<int>(query.integer()) : -1;
    }
};

QTEST_GUILESS_MAIN(DatabaseTest)
#include "test_database.moc"
