// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/database.h"
#include "server/storage/schema.h"
#include "server/storage/writer.h"

#include "app/server/storefixture.h"

#include <future>
#include <thread>

using namespace gatehouse;
using namespace gatehouse::server;

namespace {

/// What a server of an earlier schema may have left: all tables of it are in the first version.
constexpr const char *kOldRows =
    "INSERT INTO settings VALUES ('server_id', 'kept');"
    "INSERT INTO organizations VALUES ('00000000-0000-4000-8000-000000000001', 'Acme', '', 'u', 1, 1);"
    "INSERT INTO apps (key, id, app_id, name, icon_url, owner_org, created_at, updated_at, "
    "default_upload_channel, retention, expose_metadata, allow_device_custom_id, allow_preview, "
    "block_provider_infra, need_onboarding, existing_app, build_timeout) VALUES (1, 'i', 'com.acme.app', "
    "'Acme', '', '00000000-0000-4000-8000-000000000001', 1, 1, 'production', 0, 0, 1, 0, 1, 0, 0, 900);"
    "INSERT INTO app_versions (id, app_key, name, created_at, updated_at, user_id, storage_provider, "
    "r2_path, "
    "checksum) VALUES (7, 1, '1.2.0', 1, 1, 'u', 'r2', 'orgs/o/apps/com.acme.app/1.2.0.zip', 'c0ffee');";

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

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
                StoreFixture::must(database->execute(kOldRows));
            }
        }
        const ManualClock clock(utcFromMs(0));
        {
            const auto store = StoreFixture::must(openSqliteStore(folder.path(), clock));
            QCOMPARE(store->serverId() == QLatin1String("kept"), from > 0);
            const QString appId = QStringLiteral("com.acme.app");
            const auto app = StoreFixture::must(store->app(appId));
            QCOMPARE(app.has_value(), from > 0);
            if (app) {
                QCOMPARE(app->row.name, QStringLiteral("Acme"));
                QCOMPARE(app->row.lastVersion.value_or(QString()), QStringLiteral("1.2.0"));
                const auto bundle = StoreFixture::must(store->bundleByName(appId, QStringLiteral("1.2.0")));
                QVERIFY(bundle.has_value());
                QCOMPARE(bundle->checksum.value_or(QString()), QStringLiteral("c0ffee"));
            }
        }
        const auto database = StoreFixture::must(Database::open(path, Database::Mode::ReadWrite));
        QCOMPARE(versionOf(*database), schemaVersion());
    }

    /// Who is there is known after the update; how it came to that is not, and must not look as if.
    void facetsBeginWithTheirTables()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("gatehouse.sqlite"));
        {
            const auto database = StoreFixture::must(Database::open(path, Database::Mode::ReadWrite));
            StoreFixture::must(migrate(*database, 5));
            StoreFixture::must(database->execute(kOldRows));
            StoreFixture::must(
                database->execute("INSERT INTO devices SELECT value, 1, 'd' || value, '', CASE value WHEN 3 "
                                  "THEN 'android' ELSE "
                                  "'ios' END, CASE value WHEN 2 THEN '' ELSE '8.0.0' END, CASE value WHEN 3 "
                                  "THEN '' ELSE '17.4' "
                                  "END, '1.0.0', '1.2.0', 1, 0, NULL, NULL, '', 0, '1.2.0', value < 4, 1, 1 "
                                  "FROM (SELECT 1 AS value UNION SELECT 2 UNION SELECT 3 UNION SELECT 4)"));
        }
        // The tables note the time of the machine.
        const UtcTime now = SystemClock().now();
        const ManualClock clock(now + std::chrono::minutes(1));
        const auto store = StoreFixture::must(openSqliteStore(folder.path(), clock));
        SeriesQuery query;
        query.appId = QStringLiteral("com.acme.app");
        query.from = utcFromMs(toMs(now) / 3'600'000 * 3'600'000) - std::chrono::hours(2);
        query.to = query.from + std::chrono::hours(4);
        query.step = std::chrono::minutes(1);
        QHash<QString, double> last;
        for (const SeriesBy by : {SeriesBy::PluginVersion, SeriesBy::OperatingSystem}) {
            query.by = by;
            for (const SeriesRow &row : StoreFixture::must(store->series(query))) {
                QVERIFY(!row.values.first());
                for (const auto &value : row.values) {
                    last[row.label] = value.value_or(last.value(row.label));
                }
            }
        }
        QCOMPARE(last, (QHash<QString, double>{{QStringLiteral("8.0.0"), 2},
                                               {QStringLiteral("unknown"), 1},
                                               {QStringLiteral("iOS 17.4"), 2},
                                               {QStringLiteral("Android"), 1}}));
    }

    void laterVersionIsLeftAlone()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("gatehouse.sqlite"));
        {
            const auto database = StoreFixture::must(Database::open(path, Database::Mode::ReadWrite));
            StoreFixture::must(database->execute("CREATE TABLE later (a); PRAGMA user_version = 99"));
        }
        const QByteArray before = contentOf(path);
        const ManualClock clock(utcFromMs(0));
        const auto store = openSqliteStore(folder.path(), clock);
        QVERIFY(!store);
        QCOMPARE(store.error().id, QStringLiteral("store.newer"));
        QVERIFY(!store.error().remedy.isEmpty());
        QVERIFY(contentOf(path) == before);
    }

    void damagedFileIsAnErrorAndLeftAlone()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("gatehouse.sqlite"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(8192, 'x'));
        file.close();
        const ManualClock clock(utcFromMs(0));
        const auto store = openSqliteStore(folder.path(), clock);
        QVERIFY(!store);
        QCOMPARE(store.error().kind, ErrorKind::Unusable);
        QCOMPARE(store.error().id, QStringLiteral("store.damaged"));
        QVERIFY(!store.error().remedy.isEmpty());
        QCOMPARE(contentOf(path), QByteArray(8192, 'x'));
    }

    /// Header whole, content not: found when it is read, and not made worse.
    void damageInTheMiddleIsAnError()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("gatehouse.sqlite"));
        const ManualClock clock(utcFromMs(0));
        StoreFixture::must(openSqliteStore(folder.path(), clock)).reset();
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek(4096));
        file.write(QByteArray(static_cast<int>(file.size() - 4096), 'x'));
        file.close();
        const QByteArray before = contentOf(path);
        const auto store = openSqliteStore(folder.path(), clock);
        QVERIFY(!store);
        QCOMPARE(store.error().id, QStringLiteral("store.damaged"));
        QVERIFY(contentOf(path) == before);
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

    /// SQLite takes back the whole transaction when the disk is full, the work of others in it, too: nobody
    /// of the group may be told that it is written.
    void aFullDiskTellsNobodyThatItIsWritten()
    {
        const QTemporaryDir folder;
        auto database = StoreFixture::must(
            Database::open(folder.filePath(QStringLiteral("t.sqlite")), Database::Mode::ReadWrite));
        StoreFixture::must(database->execute("CREATE TABLE t (a); PRAGMA max_page_count = 12"));
        Writer writer(std::move(database),
                      [](Database &, const std::vector<EventBatch> &) { return Result<void>(); });
        std::promise<void> hasBegun;
        std::promise<void> mayEnd;
        std::thread first([&] {
            // While this one runs, the others come together in one group.
            StoreFixture::must(writer.run([&](Database &) -> Result<void> {
                hasBegun.set_value();
                mayEnd.get_future().wait();
                return {};
            }));
        });
        hasBegun.get_future().wait();
        std::atomic<int> asked = 0;
        std::atomic<int> acknowledged = 0;
        std::atomic<int> full = 0;
        std::vector<std::thread> threads;
        threads.reserve(16);
        for (int i = 0; i < 16; ++i) {
            threads.emplace_back([&, i] {
                ++asked;
                const auto written = writer.run([i](Database &own) -> Result<void> {
                    Query query(own, "INSERT INTO t VALUES (?)");
                    return query.bind(QByteArray(i % 4 == 3 ? 1'000'000 : 1, 'x')).finish();
                });
                acknowledged += written ? 1 : 0;
                full += !written && written.error().id == QLatin1String("store.full") ? 1 : 0;
            });
        }
        QTRY_COMPARE(asked.load(), 16);
        mayEnd.set_value();
        first.join();
        for (std::thread &thread : threads) {
            thread.join();
        }
        QVERIFY(full >= 4);
        QCOMPARE(full + acknowledged, 16);
        qint64 rows = -1;
        StoreFixture::must(writer.run([&](Database &own) -> Result<void> {
            Query query(own, "SELECT count(*) FROM t");
            rows = query.next() ? query.integer() : -1;
            return query.finish();
        }));
        QCOMPARE(rows, acknowledged.load());
        // And it goes on.
        StoreFixture::must(writer.run([](Database &own) { return own.execute("INSERT INTO t VALUES (1)"); }));
    }

    /// A snapshot answers from one moment, whatever is written meanwhile.
    void aSnapshotStaysWhatItWas()
    {
        StoreFixture fixture;
        fixture.makeApp();
        const auto bundle = fixture.makeBundle(QStringLiteral("1.0.0"));
        const auto channel = fixture.makeChannel(QStringLiteral("production"), bundle.id);
        const QString appId = QStringLiteral("com.acme.app");
        {
            const auto snapshot = StoreFixture::must(fixture.store->snapshot());
            QVERIFY(StoreFixture::must(snapshot->app(appId)).has_value());
            const auto newer = fixture.makeBundle(QStringLiteral("1.1.0"));
            StoreFixture::must(
                fixture.edit(channel.row.id, [&](ChannelRecord &wanted) { wanted.row.version = newer.id; }));
            QCOMPARE(StoreFixture::must(snapshot->publicChannel(appId, QStringLiteral("ios")))->row.version,
                     std::optional(bundle.id));
            QVERIFY(!StoreFixture::must(snapshot->hasBundleNamed(appId, QStringLiteral("1.1.0"))));
        }
        const auto after = StoreFixture::must(fixture.store->snapshot());
        QVERIFY(StoreFixture::must(after->hasBundleNamed(appId, QStringLiteral("1.1.0"))));
        QVERIFY(StoreFixture::must(after->channel(channel.row.id))->row.version != bundle.id);
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
