// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/entryindex.h"
#include "keys/keyentry.h"
#include "keys/vaultformat.h"
#include "keytest.h"

#include <QJsonDocument>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::keys;
using namespace gatehouse::keys::test;

class KeyEntryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesReadBack_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("bundle key") << QStringLiteral("bundle-key/com.example.app/21fe31");
        QTest::newRow("identity") << QStringLiteral("identity/21fe31");
        QTest::newRow("server key") << QStringLiteral("server-key/0e1b-x");
        QTest::newRow("journal head") << QStringLiteral("journal-head/7");
    }

    void namesReadBack()
    {
        QFETCH(QString, text);
        QCOMPARE(EntryName::parse(text)->text(), text);
    }

    void badNamesAreRefused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << QString();
        QTest::newRow("only a kind") << QStringLiteral("identity");
        QTest::newRow("unknown kind") << QStringLiteral("password/x");
        QTest::newRow("no scope") << QStringLiteral("bundle-key/21fe31");
        QTest::newRow("a scope too many") << QStringLiteral("identity/app/21fe31");
        QTest::newRow("four parts") << QStringLiteral("bundle-key/a/b/c");
        QTest::newRow("empty id") << QStringLiteral("identity/");
        QTest::newRow("empty scope") << QStringLiteral("bundle-key//x");
        QTest::newRow("a space") << QStringLiteral("identity/a b");
        QTest::newRow("a control character") << QStringLiteral("identity/a\nb");
        QTest::newRow("very long") << QStringLiteral("identity/") + QString(201, QLatin1Char('a'));
    }

    void badNamesAreRefused()
    {
        QFETCH(QString, text);
        const auto name = EntryName::parse(text);
        QVERIFY(!name);
        QCOMPARE(name.error().id, QStringLiteral("keys.entry.name"));
    }

    void theValueIsWhatTheSpecSays()
    {
        const Secret json = entryToJson(serverEntry("s", QByteArray("\0\xff", 2)));
        const QJsonObject object = QJsonDocument::fromJson(bytesOf(json)).object();
        QCOMPARE(object, QJsonObject({{QStringLiteral("v"), 1},
                                      {QStringLiteral("kind"), QStringLiteral("server-key")},
                                      {QStringLiteral("created"), QStringLiteral("2026-07-20T10:00:00Z")},
                                      {QStringLiteral("public"), QString()},
                                      {QStringLiteral("private"), QStringLiteral("AP8=")}}));
    }

    void valuesReadBack()
    {
        for (const std::size_t size : {0U, 1U, 32U, 2000U}) {
            KeyEntry entry = serverEntry("s", {}, QStringLiteral("\",\"private\":\"AAAA\" ä"));
            entry.info.isSealed = true;
            entry.privatePart = Secret::random(size);
            const auto again = entryFromJson(entry.info.name, entryToJson(entry));
            QVERIFY2(again, again ? "" : qPrintable(again.error().toText()));
            QCOMPARE(again->info, entry.info);
            QVERIFY(again->privatePart.equals(entry.privatePart));
        }
    }

    void badValuesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("hello");
        QTest::newRow("cut") << bytesOf(entryToJson(serverEntry("s", "key"))).chopped(6);
        QTest::newRow("no private part")
            << QByteArray(R"({"v":1,"kind":"server-key","created":"2026-07-20T10:00:00Z","public":""})");
        QTest::newRow("private part no base64") << QByteArray(
            R"({"v":1,"kind":"server-key","created":"2026-07-20T10:00:00Z","public":"","private":"?"})");
        QTest::newRow("another version") << QByteArray(
            R"({"v":2,"kind":"server-key","created":"2026-07-20T10:00:00Z","public":"","private":"AA=="})");
        QTest::newRow("another kind") << QByteArray(
            R"({"v":1,"kind":"identity","created":"2026-07-20T10:00:00Z","public":"","private":"AA=="})");
        QTest::newRow("no time") << QByteArray(
            R"({"v":1,"kind":"server-key","created":"","public":"","private":"AA=="})");
        QTest::newRow("no public part")
            << QByteArray(R"({"v":1,"kind":"server-key","created":"2026-07-20T10:00:00Z","private":"AA=="})");
        QTest::newRow("two private parts") << QByteArray(
            R"({"v":1,"kind":"server-key","created":"2026-07-20T10:00:00Z","public":"","private":"AA==","private":"AA=="})");
    }

    void badValuesAreRefused()
    {
        QFETCH(QByteArray, json);
        const auto entry = entryFromJson(entryName(KeyKind::ServerKey, "", "s"), Secret::copyOf(json));
        QVERIFY(!entry);
        QCOMPARE(entry.error().id, QStringLiteral("keys.entry.format"));
    }

    void theIndexIsSortedAndReadsBack()
    {
        EntryIndex index;
        for (const char *id : {"b", "c", "a", "b"}) {
            index.put(serverEntry(id, "secret", QLatin1String(id)).info);
        }
        index.put(EntryInfo{entryName(KeyKind::Identity, "", "me"), utcFromMs(0), "pub", {}, true});
        const auto again = EntryIndex::fromJson(index.toJson());
        QVERIFY(again);
        QStringList ids;
        const QVector<EntryInfo> servers = again->ofKind(KeyKind::ServerKey);
        for (const EntryInfo &info : servers) {
            ids.append(info.name.id());
        }
        QCOMPARE(ids, QStringList({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
        QVERIFY(again->ofKind(KeyKind::Identity).constFirst().isSealed);
        QVERIFY(!index.toJson().contains("secret"));
        QVERIFY(index.drop(entryName(KeyKind::ServerKey, "", "a")));
        QVERIFY(!index.drop(entryName(KeyKind::ServerKey, "", "a")));
    }

    void badIndexesAreRefused()
    {
        for (const char *json : {"", "[]", "{\"v\":1}", "{\"v\":2,\"entries\":[]}",
                                 "{\"v\":1,\"entries\":[1]}", "{\"v\":1,\"entries\":[{\"name\":\"x\"}]}"}) {
            const auto index = EntryIndex::fromJson(json);
            QVERIFY2(!index, json);
            QCOMPARE(index.error().id, QStringLiteral("keys.index.format"));
        }
    }

    void theContentOfAVaultReadsBack()
    {
        std::map<QString, KeyEntry> entries;
        for (const std::size_t size : {0U, 1U, 1700U}) {
            KeyEntry entry = serverEntry(qPrintable(QString::number(size)), {}, QStringLiteral("a\nb"));
            entry.privatePart = Secret::random(size);
            entries.insert_or_assign(entry.info.name.text(), std::move(entry));
        }
        const Secret content = vaultContent(entries);
        const auto again = parseVaultContent(content.view());
        QVERIFY2(again, again ? "" : qPrintable(again.error().toText()));
        QCOMPARE(again->size(), entries.size());
        for (const auto &[name, entry] : entries) {
            QCOMPARE(again->at(name).info, entry.info);
            QVERIFY(again->at(name).privatePart.equals(entry.privatePart));
        }
    }

    void everyCutOfAVaultsContentIsNoticedOrWhole()
    {
        std::map<QString, KeyEntry> entries;
        entries.insert_or_assign(QStringLiteral("x"), serverEntry("x", "some key"));
        const Secret content = vaultContent(entries);
        for (qsizetype length = 0; length < content.view().size(); ++length) {
            const auto parsed = parseVaultContent(content.view().first(length));
            // Cut right behind the first line it is an empty vault: that is why the seal tells cut files
            // apart.
            QVERIFY2(!parsed || (length == 9 && parsed->empty()), qPrintable(QString::number(length)));
        }
    }
};

QTEST_GUILESS_MAIN(KeyEntryTest)
#include "test_keyentry.moc"
