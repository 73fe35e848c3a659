// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/device/devicefixture.h"

#include "rollout/threshold.h"

#include <QCryptographicHash>
#include <QUrl>

using namespace gatehouse;
using namespace gatehouse::server;

/// POST /updates: the rows V1 to V8 and D1 to D29 of device-protocol, sections 1.1 and 1.3.
class UpdatesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<DeviceFixture>();
        m_bundle = m_fixture->makeBundle(QStringLiteral("1.1.0"));
        m_channel = m_fixture->makeChannel(QStringLiteral("production"), m_bundle.id);
    }

    void malformed_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("error");
        const auto body = [](const QJsonObject &more) {
            return QJsonDocument(DeviceFixture::device(more)).toJson();
        };
        const auto row = [](const char *name, const QByteArray &bytes, const char *error) {
            QTest::newRow(name) << bytes << QString::fromLatin1(error);
        };
        row("V1 empty", "", "invalid_json_parse_body");
        row("V1 text", "hello", "invalid_json_parse_body");
        row("V1 two values", "{},{}", "invalid_json_parse_body");
        row("V1 closes our bracket", "1],[2", "invalid_json_parse_body");
        row("V2 null", "null", "invalid_json_body");
        row("V2 device id is a number", body({{QStringLiteral("device_id"), 5}}), "invalid_json_body");
        row("V4 {}", "{}", "invalid_json_body");
        row("V4 []", "[]", "invalid_json_body");
        row("V4 number", "7", "invalid_json_body");
        row("V4 empty text", "\"\"", "invalid_json_body");
        row("V5 text", "\"x\"", "missing_device_id");
        row("V5 array", "[{}]", "missing_device_id");
        row("V5 empty", body({{QStringLiteral("device_id"), QString()}}), "missing_device_id");
        row("V5 false", body({{QStringLiteral("device_id"), false}}), "missing_device_id");
        row("V6 empty", body({{QStringLiteral("app_id"), QString()}}), "missing_app_id");
        row("V6a", body({{QStringLiteral("version_build"), 5}}), "invalid_json_body");
        row("V7 four numbers", body({{QStringLiteral("version_build"), QStringLiteral("1.2.3.4")}}),
            "semver_error");
        row("V7 leading zero", body({{QStringLiteral("version_build"), QStringLiteral("1.02.3")}}),
            "semver_error");
        row("V7 wins over V8",
            body({{QStringLiteral("version_build"), QStringLiteral("x.y.z")},
                  {QStringLiteral("platform"), QStringLiteral("amiga")}}),
            "semver_error");
        row("V8 app id", body({{QStringLiteral("app_id"), QStringLiteral("acme")}}), "invalid_json_body");
        row("V8 device id", body({{QStringLiteral("device_id"), QStringLiteral("not-a-uuid")}}),
            "invalid_json_body");
        row("V8 version name", body({{QStringLiteral("version_name"), QString()}}), "invalid_json_body");
        row("V8 platform", body({{QStringLiteral("platform"), QStringLiteral("windows")}}),
            "invalid_json_body");
        row("V8 plugin", body({{QStringLiteral("plugin_version"), QStringLiteral("new")}}),
            "invalid_json_body");
        row("V8 null channel", body({{QStringLiteral("defaultChannel"), QJsonValue::Null}}),
            "invalid_json_body");
        row("V8 flag", body({{QStringLiteral("is_prod"), QStringLiteral("yes")}}), "invalid_json_body");
        row("V8 key id", body({{QStringLiteral("key_id"), QString(21, QLatin1Char('k'))}}),
            "invalid_json_body");
        row("V8 source", body({{QStringLiteral("install_source"), QString(65, QLatin1Char('s'))}}),
            "invalid_json_body");
        row("V8 U+0000", body({{QStringLiteral("defaultChannel"), QString(QChar(u'\0'))}}),
            "invalid_json_body");
    }
    void malformed()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, error);
        const Response response = m_fixture->send(Method::Post, "/updates", body);
        QCOMPARE(response.status, 400);
        QCOMPARE(DeviceFixture::error(response), error);
        QVERIFY(DeviceFixture::json(response).contains(QLatin1String("moreInfo")));
    }

    void issuesNameTheirFields()
    {
        const Response response = m_fixture->post(
            "/updates", DeviceFixture::device({{QStringLiteral("platform"), QStringLiteral("x")},
                                               {QStringLiteral("is_prod"), 3}}));
        const QJsonArray issues =
            DeviceFixture::json(response)[QLatin1String("moreInfo")][QLatin1String("parseResult")]
                                         [QLatin1String("error")][QLatin1String("issues")]
                                             .toArray();
        QCOMPARE(issues.size(), 2);
        QCOMPARE(issues.at(0)[QLatin1String("path")].toArray().first().toString(), QStringLiteral("is_prod"));
        QCOMPARE(issues.at(1)[QLatin1String("path")].toArray().first().toString(),
                 QStringLiteral("platform"));
    }

    void tolerant()
    {
        const QByteArray body =
            QJsonDocument(DeviceFixture::device({{QStringLiteral("is_emulator"), QJsonValue::Null},
                                                 {QStringLiteral("something"), QStringLiteral("new")}}))
                .toJson();
        QCOMPARE(version(m_fixture->send(Method::Post, "/updates/?a=b", "\xef\xbb\xbf" + body)),
                 QStringLiteral("1.1.0"));
        QCOMPARE(version(m_fixture->send(Method::Post, "/plugin/updates", body)), QStringLiteral("1.1.0"));
        QCOMPARE(
            DeviceFixture::json(m_fixture->send(Method::Get, "/updates"))[QLatin1String("status")].toString(),
            QStringLiteral("ok"));
    }

    void offer()
    {
        const QJsonObject answer = check();
        QCOMPARE(answer.keys(), (QStringList{QStringLiteral("checksum"), QStringLiteral("session_key"),
                                             QStringLiteral("url"), QStringLiteral("version")}));
        QCOMPARE(answer[QLatin1String("version")].toString(), QStringLiteral("1.1.0"));
        QCOMPARE(answer[QLatin1String("session_key")].toString(), QString());
        QVERIFY(answer[QLatin1String("session_key")].isString());
        const QUrl url(answer[QLatin1String("url")].toString());
        QCOMPARE(url.host(), QStringLiteral("updates.example.org"));
        QCOMPARE(url.path(), QStringLiteral("/files/read/attachments/orgs/o/apps/com.acme.app/1.1.0.zip"));
    }

    void offerWithManifestAndNotes()
    {
        wire::BundleRow bundle;
        bundle.appId = app();
        bundle.name = QStringLiteral("1.2.0");
        bundle.storageProvider = QStringLiteral("r2-direct");
        bundle = StoreFixture::must(m_fixture->store->createBundle(bundle, m_fixture->actor));
        change::EditBundle ready;
        ready.bundleId = bundle.id;
        ready.manifest =
            QVector<ManifestFile>{{0, 0, QStringLiteral("index.html"),
                                   QStringLiteral("orgs/o/apps/a/delta/x y"), QStringLiteral("abc"), 42},
                                  {0, 0, QStringLiteral("img/a%20b.png"),
                                   QStringLiteral("orgs/o/apps/a/delta/a%20b.png"), QStringLiteral("d"), 1},
                                  {0, 0, QStringLiteral("img/%2e%2e%2fc"),
                                   QStringLiteral("orgs/o/apps/a/delta/c"), QStringLiteral("e"), 1},
                                  {0, 0, QStringLiteral("100%.png"), QStringLiteral("orgs/o/apps/a/delta/p"),
                                   QStringLiteral("f"), 1}};
        ready.edit = [](wire::BundleRow row) -> Result<wire::BundleRow> {
            row.storageProvider = QStringLiteral("r2");
            row.comment = QStringLiteral("Fix login");
            return row;
        };
        StoreFixture::must(m_fixture->apply(ready));
        setChannel([&](ChannelRecord &channel) { channel.row.version = bundle.id; });
        QJsonObject answer = check();
        QVERIFY(!answer.contains(QLatin1String("comment")));
        const QJsonObject file = answer[QLatin1String("manifest")].toArray().first().toObject();
        QCOMPARE(file[QLatin1String("file_name")].toString(), QStringLiteral("index.html"));
        QVERIFY(file[QLatin1String("download_url")].toString().contains(QLatin1String("/delta/x%20y?key=")));
        const QJsonArray files = answer[QLatin1String("manifest")].toArray();
        QCOMPARE(files.at(1)[QLatin1String("file_name")].toString(), QStringLiteral("img/a b.png"));
        QVERIFY(files.at(1)[QLatin1String("download_url")].toString().contains(
            QLatin1String("/delta/a%2520b.png?key=")));
        // Not where that would lead out of the folder, nor where it is no encoding.
        QCOMPARE(files.at(2)[QLatin1String("file_name")].toString(), QStringLiteral("img/%2e%2e%2fc"));
        QCOMPARE(files.at(3)[QLatin1String("file_name")].toString(), QStringLiteral("100%.png"));
        QVERIFY(QUrl(answer[QLatin1String("url")].toString(), QUrl::StrictMode).isValid());
        AppRecord record = *StoreFixture::must(m_fixture->store->app(app()));
        record.row.exposeMetadata = true;
        StoreFixture::must(m_fixture->store->updateApp(record, m_fixture->actor));
        answer = check();
        QCOMPARE(answer[QLatin1String("comment")].toString(), QStringLiteral("Fix login"));
        // Plugins that know no manifest get the address that has no file, and no manifest.
        answer = check({{QStringLiteral("plugin_version"), QStringLiteral("7.0.34")}});
        QVERIFY(!answer.contains(QLatin1String("manifest")));
        const QJsonObject sizes = DeviceFixture::json(m_fixture->post(
            "/updates/manifest_size",
            DeviceFixture::device(
                {{QStringLiteral("version"), QStringLiteral("1.2.0")},
                 {QStringLiteral("manifest"),
                  QJsonArray{file, file,
                             QJsonObject{{QStringLiteral("file_hash"), QStringLiteral("other")}}}}})));
        QCOMPARE(sizes[QLatin1String("totalSize")].toInt(), 42);
        QCOMPARE(sizes[QLatin1String("knownFiles")].toInt(), 1);
        QCOMPARE(sizes[QLatin1String("unknownFiles")].toInt(), 1);
    }

    void rows_data()
    {
        QTest::addColumn<QString>("row");
        QTest::addColumn<QJsonObject>("more");
        QTest::addColumn<QString>("error");
        QTest::addColumn<QString>("kind");
        const auto row = [](const char *name, const QJsonObject &more, const char *error, const char *kind) {
            QTest::newRow(name) << QString::fromLatin1(name) << more << QString::fromLatin1(error)
                                << QString::fromLatin1(kind);
        };
        row("D8", {{QStringLiteral("version_build"), QStringLiteral("99999999999999999.0.0")}},
            "semver_error", "failed");
        row("D9", {{QStringLiteral("plugin_version"), QStringLiteral("4.9.9")}}, "unsupported_plugin_version",
            "failed");
        row("D11", {{QStringLiteral("defaultChannel"), QStringLiteral("none")}}, "no_channel", "failed");
        row("D11 blanks", {{QStringLiteral("defaultChannel"), QStringLiteral(" production")}}, "no_channel",
            "failed");
        row("D13", {}, "no_bundle", "failed");
        row("D14", {{QStringLiteral("key_id"), QStringLiteral("MIIBCgKCAQEAother")}}, "key_id_mismatch",
            "blocked");
        row("D15", {{QStringLiteral("version_name"), QStringLiteral("1.1.0")}}, "no_new_version_available",
            "up_to_date");
        row("D15 builtin",
            {{QStringLiteral("version_name"), QStringLiteral("builtin")},
             {QStringLiteral("version_build"), QStringLiteral("1.1.0")}},
            "no_new_version_available", "up_to_date");
        row("D16", {}, "disabled_platform_ios", "blocked");
        row("D17", {{QStringLiteral("version_build"), QStringLiteral("0.9.0")}},
            "disable_auto_update_to_major", "blocked");
        row("D19", {{QStringLiteral("version_build"), QStringLiteral("1.0.0")}},
            "disable_auto_update_to_minor", "blocked");
        row("D20", {{QStringLiteral("version_build"), QStringLiteral("1.1.1")}},
            "disable_auto_update_to_patch", "blocked");
        row("D21", {}, "misconfigured_channel", "failed");
        row("D22", {}, "disable_auto_update_to_metadata", "blocked");
        row("D23", {{QStringLiteral("version_build"), QStringLiteral("1.2.0")}},
            "disable_auto_update_under_native", "blocked");
        row("D24a", {}, "disable_prod_build", "blocked");
        row("D24b", {{QStringLiteral("is_prod"), false}}, "disable_dev_build", "blocked");
        row("D24c", {}, "disable_device", "blocked");
        row("D24d", {{QStringLiteral("is_emulator"), true}}, "disable_emulator", "blocked");
        row("D25 on built-in", {{QStringLiteral("version_name"), QStringLiteral("1.0.0")}},
            "no_new_version_available", "up_to_date");
        row("D26",
            {{QStringLiteral("version_name"), QStringLiteral("1.1.0")},
             {QStringLiteral("plugin_version"), QStringLiteral("6.1.9")}},
            "revert_to_builtin_plugin_version_too_old", "failed");
        row("D27", {}, "no_bundle_url", "failed");
    }
    void rows()
    {
        QFETCH(QString, row);
        QFETCH(QJsonObject, more);
        QFETCH(QString, error);
        QFETCH(QString, kind);
        prepare(row);
        const QJsonObject answer = check(more);
        QCOMPARE(answer[QLatin1String("error")].toString(), error);
        QCOMPARE(answer[QLatin1String("kind")].toString(), kind);
        QVERIFY(!answer[QLatin1String("message")].toString().isEmpty());
        if (kind == QLatin1String("up_to_date")) {
            const QString expected = row == QLatin1String("D15 builtin")
                                         ? QStringLiteral("1.1.0")
                                         : more[QLatin1String("version_name")].toString();
            QCOMPARE(answer[QLatin1String("version")].toString(), expected);
        }
    }

    void unknownAppsAreD1()
    {
        const Response response = m_fixture->post(
            "/updates", DeviceFixture::device({{QStringLiteral("app_id"), QStringLiteral("com.acme.none")}}));
        QCOMPARE(response.status, 429);
        QCOMPARE(DeviceFixture::error(response), QStringLiteral("on_premise_app"));
        QVERIFY(!DeviceFixture::json(response).contains(QLatin1String("kind")));
    }

    void guessingAppsIsD3()
    {
        const QString address = QStringLiteral("203.0.113.9");
        for (int i = 0; i < 5; ++i) {
            const QString unknown = QStringLiteral("com.guess.app%1").arg(i);
            const QJsonObject answer = DeviceFixture::json(m_fixture->post(
                "/updates", DeviceFixture::device({{QStringLiteral("app_id"), unknown}}), address));
            QCOMPARE(answer.contains(QLatin1String("message")), i < 4);
        }
        QCOMPARE(m_fixture->post("/updates", DeviceFixture::device(), address).status, 429);
        QCOMPARE(m_fixture->post("/updates", DeviceFixture::device(), QStringLiteral("203.0.113.10")).status,
                 200);
        m_fixture->clock.advance(std::chrono::minutes(16));
        QCOMPARE(m_fixture->post("/updates", DeviceFixture::device(), address).status, 200);
    }

    void builtinTargetSendsDevicesHome()
    {
        setChannel([](ChannelRecord &channel) { channel.row.version.reset(); });
        QCOMPARE(check({{QStringLiteral("version_name"), QStringLiteral("1.1.0")}}),
                 (QJsonObject{{QStringLiteral("version"), QStringLiteral("builtin")}}));
        QCOMPARE(check({{QStringLiteral("version_name"), QStringLiteral("builtin")}})[QLatin1String("error")]
                     .toString(),
                 QStringLiteral("no_new_version_available"));
    }

    void overrideReplacesTheDefault()
    {
        const auto beta = m_fixture->makeBundle(QStringLiteral("1.2.0"));
        const ChannelRecord channel = m_fixture->makeChannel(QStringLiteral("beta"), beta.id, false);
        StoreFixture::must(m_fixture->apply(change::SetOverride{deviceId(), channel.row.id}));
        QCOMPARE(check()[QLatin1String("version")].toString(), QStringLiteral("1.2.0"));
        QCOMPARE(
            check({{QStringLiteral("device_id"), deviceId().toUpper()}})[QLatin1String("version")].toString(),
            QStringLiteral("1.2.0"));
        StoreFixture::must(m_fixture->apply(change::RemoveOverride{deviceId()}));
        QCOMPARE(check()[QLatin1String("version")].toString(), QStringLiteral("1.1.0"));
    }

    void requestedChannelMustBeOpen()
    {
        const auto beta = m_fixture->makeBundle(QStringLiteral("1.2.0"));
        const ChannelRecord channel = m_fixture->makeChannel(QStringLiteral("beta"), beta.id, false);
        const QJsonObject asks{{QStringLiteral("defaultChannel"), QStringLiteral("beta")}};
        QCOMPARE(check(asks)[QLatin1String("error")].toString(), QStringLiteral("no_channel"));
        StoreFixture::must(
            m_fixture->edit(channel.row.id, [](ChannelRecord &now) { now.row.allowDeviceSelfSet = true; }));
        QCOMPARE(check(asks)[QLatin1String("version")].toString(), QStringLiteral("1.2.0"));
    }

    void rolloutReachesTheRightDevices()
    {
        const auto next = m_fixture->makeBundle(QStringLiteral("1.2.0"));
        setChannel([&](ChannelRecord &channel) {
            channel.row.rolloutVersion = next.id;
            channel.row.rolloutEnabled = true;
            channel.row.rolloutPercentage = BasisPoints::clamp(3000);
        });
        const QByteArray seed = StoreFixture::must(m_fixture->store->channel(m_channel.row.id))->rolloutSeed;
        int selected = 0;
        for (int i = 0; i < 300; ++i) {
            const QString id = QStringLiteral("44f128a5-ac7a-4c9a-be4c-%1").arg(i, 12, 10, QLatin1Char('0'));
            const bool isIn = rollout::deviceThreshold(seed, id) < 3000;
            const QString got =
                check({{QStringLiteral("device_id"), id}})[QLatin1String("version")].toString();
            QCOMPARE(got, isIn ? QStringLiteral("1.2.0") : QStringLiteral("1.1.0"));
            selected += isIn ? 1 : 0;
        }
        QVERIFY2(selected > 50 && selected < 130, qPrintable(QString::number(selected)));
        // A device that has the bundle keeps it while paused; nobody else gets it.
        const UtcTime now = m_fixture->clock.now();
        setChannel([now](ChannelRecord &channel) { channel.row.rolloutPausedAt = now; });
        QCOMPARE(check({{QStringLiteral("version_name"), QStringLiteral("1.2.0")}})[QLatin1String("error")]
                     .toString(),
                 QStringLiteral("no_new_version_available"));
        QCOMPARE(check()[QLatin1String("version")].toString(), QStringLiteral("1.1.0"));
        // Taken back: all go to the stable bundle.
        setChannel([](ChannelRecord &channel) { channel.row.rolloutEnabled = false; });
        QCOMPARE(check({{QStringLiteral("version_name"), QStringLiteral("1.2.0")}})[QLatin1String("version")]
                     .toString(),
                 QStringLiteral("1.1.0"));
    }

    void testersComeFirst()
    {
        const auto next = m_fixture->makeBundle(QStringLiteral("1.2.0"));
        setChannel([&](ChannelRecord &channel) {
            channel.row.rolloutVersion = next.id;
            channel.row.rolloutEnabled = true;
            channel.row.rolloutPercentage = BasisPoints::clamp(1);
            channel.testers = {deviceId()};
        });
        QCOMPARE(check()[QLatin1String("version")].toString(), QStringLiteral("1.2.0"));
    }

    void failedBundlesAreNotOfferedAgain()
    {
        QJsonObject event =
            DeviceFixture::device({{QStringLiteral("version_name"), QStringLiteral("1.1.0")},
                                   {QStringLiteral("action"), QStringLiteral("update_fail")}});
        QCOMPARE(m_fixture->post("/stats", event).status, 200);
        QCOMPARE(check()[QLatin1String("error")].toString(), QStringLiteral("no_new_version_available"));
        QCOMPARE(check({{QStringLiteral("device_id"),
                         QStringLiteral("0f673663-459a-44c0-a7f5-613f2a4af3ab")}})[QLatin1String("version")]
                     .toString(),
                 QStringLiteral("1.1.0"));
        const auto fix = m_fixture->makeBundle(QStringLiteral("1.1.1"));
        setChannel([&](ChannelRecord &channel) { channel.row.version = fix.id; });
        QCOMPARE(check()[QLatin1String("version")].toString(), QStringLiteral("1.1.1"));
    }

    void checksAreLogged()
    {
        QVERIFY(check().contains(QLatin1String("url")));
        QVERIFY(check({{QStringLiteral("version_name"), QStringLiteral("1.1.0")}})
                    .contains(QLatin1String("error")));
        m_fixture->store->flush();
        EventQuery query;
        query.appId = app();
        query.byTime = SortOrder::Ascending;
        const auto log = StoreFixture::must(m_fixture->store->eventLog(query));
        QCOMPARE(log.size(), 2);
        QCOMPARE(log.at(0).action, QStringLiteral("get"));
        QCOMPARE(log.at(0).versionName, QStringLiteral("1.1.0"));
        QCOMPARE(log.at(1).action, QStringLiteral("noNew"));
        // What the device runs, not what it was offered.
        QCOMPARE(StoreFixture::must(m_fixture->store->device(app(), deviceId()))->row.versionName,
                 QStringLiteral("1.1.0"));
        QCOMPARE(
            StoreFixture::must(m_fixture->store->outcomes(app(), QStringLiteral("1.1.0"), m_channel.row.id))
                .gets,
            1);
    }

    void downloadsNeedALinkOrAKey()
    {
        const QString key = *m_bundle.r2Path;
        StoreFixture::must(m_fixture->store->putBlob(key, "zip bytes"));
        const QUrl url(check()[QLatin1String("url")].toString());
        const QByteArray target =
            url.path(QUrl::FullyEncoded).toLatin1() + '?' + url.query(QUrl::FullyEncoded).toLatin1();
        const Response found = m_fixture->send(Method::Get, target);
        QCOMPARE(found.status, 200);
        QVERIFY(std::holds_alternative<FileBody>(found.body));
        QCOMPARE(m_fixture->send(Method::Get, url.path().toLatin1()).status, 404);
        QByteArray forged = target;
        forged.replace("1.1.0.zip", "1.1.1.zip");
        QCOMPARE(m_fixture->send(Method::Get, forged).status, 404);
        QByteArray longer = target;
        longer.replace("expires=1", "expires=9");
        QCOMPARE(m_fixture->send(Method::Get, longer).status, 404);
        m_fixture->readers.insert("secret-key", QStringLiteral("com.acme.app"));
        m_fixture->readers.insert("other-key", QStringLiteral("com.acme.other"));
        QCOMPARE(
            m_fixture->send(Method::Get, url.path().toLatin1(), {}, {}, {{"capgkey", "other-key"}}).status,
            404);
        QCOMPARE(
            m_fixture->send(Method::Get, url.path().toLatin1(), {}, {}, {{"capgkey", "secret-key"}}).status,
            200);
        QCOMPARE(m_fixture->send(Method::Get, url.path().toLatin1(), {}, {}, {{"capgkey", "wrong"}}).status,
                 404);
        QCOMPARE(DeviceFixture::error(m_fixture->send(Method::Get, "/files/read/attachments/a%zz")),
                 QStringLiteral("invalid_file_path_encoding"));
        m_fixture->clock.advance(std::chrono::hours(24 * 4));
        QCOMPARE(m_fixture->send(Method::Get, target).status, 404);
    }

private:
    static QString app() { return QStringLiteral("com.acme.app"); }
    static QString deviceId() { return QStringLiteral("44f128a5-ac7a-4c9a-be4c-224b6bf81b20"); }
    QJsonObject check(const QJsonObject &more = {})
    {
        return DeviceFixture::json(m_fixture->post("/updates", DeviceFixture::device(more)));
    }
    static QString version(const Response &response)
    {
        return DeviceFixture::json(response).value(QLatin1String("version")).toString();
    }
    template<typename Function>
    void setChannel(Function function)
    {
        StoreFixture::must(m_fixture->edit(m_channel.row.id, function));
    }
    qint64 bundleLike(const std::function<void(wire::BundleRow &)> &function)
    {
        wire::BundleRow bundle;
        bundle.appId = app();
        bundle.name = QStringLiteral("1.1.5");
        bundle.storageProvider = QStringLiteral("r2");
        bundle.r2Path = QStringLiteral("orgs/o/apps/a/1.1.5.zip");
        function(bundle);
        return StoreFixture::must(m_fixture->store->createBundle(bundle, m_fixture->actor)).id;
    }

    /// Brings the channel into the state that the row is about.
    void prepare(const QString &row)
    {
        qint64 other = 0;
        if (row == QLatin1String("D13")) {
            other = bundleLike([](wire::BundleRow &bundle) { bundle.r2Path.reset(); });
        } else if (row == QLatin1String("D14")) {
            other = bundleLike(
                [](wire::BundleRow &bundle) { bundle.keyId = QStringLiteral("MIIBCgKCAQEAmine"); });
        } else if (row == QLatin1String("D22")) {
            other = bundleLike(
                [](wire::BundleRow &bundle) { bundle.minUpdateVersion = QStringLiteral("1.0.1"); });
        } else if (row == QLatin1String("D27")) {
            other = bundleLike([](wire::BundleRow &bundle) {
                bundle.externalUrl = QStringLiteral("ftp://example.org/a.zip");
            });
        } else if (row == QLatin1String("D16")) {
            StoreFixture::must(m_fixture->apply(change::SetOverride{deviceId(), m_channel.row.id}));
        }
        setChannel([&](ChannelRecord &channel) {
            wire::ChannelRow &now = channel.row;
            now.version = other != 0 ? other : now.version;
            now.ios = row != QLatin1String("D16");
            now.allowProd = row != QLatin1String("D24a");
            now.allowDev = row != QLatin1String("D24b");
            now.allowDevice = row != QLatin1String("D24c");
            now.allowEmulator = row != QLatin1String("D24d");
            if (row == QLatin1String("D19")) {
                now.disableAutoUpdate = QStringLiteral("minor");
            } else if (row == QLatin1String("D20")) {
                now.disableAutoUpdate = QStringLiteral("patch");
            } else if (row == QLatin1String("D21") || row == QLatin1String("D22")) {
                now.disableAutoUpdate = QStringLiteral("version_number");
            } else if (row.startsWith(QLatin1String("D25")) || row == QLatin1String("D26")) {
                now.version.reset();
            }
        });
    }

    std::unique_ptr<DeviceFixture> m_fixture;
    wire::BundleRow m_bundle;
    ChannelRecord m_channel;
};

QTEST_GUILESS_MAIN(UpdatesTest)
#include "test_updates.moc"
