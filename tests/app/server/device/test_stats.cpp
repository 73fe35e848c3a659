// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/device/devicefixture.h"

using namespace gatehouse;
using namespace gatehouse::server;

/// POST /stats: the rows S1 to S12 and the counters of device-protocol, section 3.
class StatsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<DeviceFixture>();
        m_old = m_fixture->makeBundle(QStringLiteral("1.0.5"));
        m_bundle = m_fixture->makeBundle(QStringLiteral("1.1.0"));
        m_channel = m_fixture->makeChannel(QStringLiteral("production"), m_bundle.id).row.id;
    }

    void refusals_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("error");
        const auto bytes = [](const QJsonObject &object) { return QJsonDocument(object).toJson(); };
        const auto list = [](const QJsonArray &array) { return QJsonDocument(array).toJson(); };
        const auto row = [](const char *name, const QByteArray &body, int status, const char *error) {
            QTest::newRow(name) << body << status << QString::fromLatin1(error);
        };
        const QJsonObject good = stat("set");
        row("S1", "nonsense", 400, "invalid_json_parse_body");
        row("S3 null", "null", 400, "invalid_app_id");
        row("S3 number", "5", 400, "invalid_app_id");
        row("S3 bad id", bytes(stat("set", {{QStringLiteral("app_id"), QStringLiteral("x")}})), 400,
            "invalid_app_id");
        row("S3 batch", list({QJsonValue::Null, good}), 400, "invalid_app_id");
        row("S4", list({good, QJsonObject()}), 200, "invalid_app_id");
        row("S5", list({good, stat("set", {{QStringLiteral("app_id"), QStringLiteral("com.acme.b")}})}), 200,
            "mixed_app_ids");
        row("S8 no device", bytes(DeviceFixture::without(good, QStringLiteral("device_id"))), 400,
            "missing_device_id");
        row("S8 device is a number", bytes(stat("set", {{QStringLiteral("device_id"), 7}})), 400,
            "invalid_json_body");
        row("S8 action", bytes(stat("dance")), 400, "invalid_json_body");
        row("S8 no action", bytes(DeviceFixture::without(good, QStringLiteral("action"))), 400,
            "invalid_json_body");
        row("S8 no os", bytes(DeviceFixture::without(good, QStringLiteral("version_os"))), 400,
            "invalid_json_body");
        row("S8 null text", bytes(stat("set", {{QStringLiteral("old_version_name"), QJsonValue::Null}})), 400,
            "invalid_json_body");
        row("S8 metadata",
            bytes(stat("set", {{QStringLiteral("metadata"), QJsonObject{{QStringLiteral("n"), 5}}}})), 400,
            "invalid_json_body");
        row("S8 custom id",
            bytes(stat("set", {{QStringLiteral("custom_id"), QString(37, QLatin1Char('x'))}})), 400,
            "invalid_json_body");
        row("S8 semver", bytes(stat("set", {{QStringLiteral("version_build"), QStringLiteral("1.2.3.4")}})),
            400, "semver_error");
        row("S9", bytes(stat("set", {{QStringLiteral("app_id"), QStringLiteral("com.acme.none")}})), 429,
            "on_premise_app");
    }
    void refusals()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        QFETCH(QString, error);
        const Response response = m_fixture->send(Method::Post, "/stats", body);
        QCOMPARE(response.status, status);
        QCOMPARE(DeviceFixture::error(response), error);
        QVERIFY(log().isEmpty());
    }

    void emptyBatch()
    {
        QCOMPARE(m_fixture->send(Method::Post, "/stats", "[]").bytes(),
                 QByteArray("{\"results\":[],\"status\":\"ok\"}"));
    }

    void badItemsDoNotSpoilABatch()
    {
        const QJsonArray batch{stat("set"), stat("dance"), stat("app_launch_ready")};
        const Response response = m_fixture->send(Method::Post, "/stats", QJsonDocument(batch).toJson());
        QCOMPARE(response.status, 200);
        const QJsonArray results = DeviceFixture::json(response).value(QLatin1String("results")).toArray();
        QCOMPARE(results.size(), 3);
        QCOMPARE(results.at(0)[QLatin1String("status")].toString(), QStringLiteral("ok"));
        QCOMPARE(results.at(1)[QLatin1String("error")].toString(), QStringLiteral("invalid_json_body"));
        QCOMPARE(results.at(1)[QLatin1String("index")].toInt(), 1);
        QCOMPARE(results.at(2)[QLatin1String("status")].toString(), QStringLiteral("ok"));
        QCOMPARE(log().size(), 2);
    }

    void unknownAppInABatchIs200()
    {
        const QJsonArray batch{stat("set", {{QStringLiteral("app_id"), QStringLiteral("com.acme.none")}})};
        const Response response = m_fixture->send(Method::Post, "/stats", QJsonDocument(batch).toJson());
        QCOMPARE(response.status, 200);
        QCOMPARE(
            DeviceFixture::json(response)[QLatin1String("results")][0][QLatin1String("error")].toString(),
            QStringLiteral("on_premise_app"));
    }

    void installCountsAndNamesTheOld()
    {
        send(stat("set", {{QStringLiteral("old_version_name"), QStringLiteral("1.0.5")}}));
        const auto entries = log();
        QCOMPARE(entries.size(), 2);
        QCOMPARE(entries.at(0).action, QStringLiteral("set"));
        QCOMPARE(entries.at(1).action, QStringLiteral("uninstall"));
        QCOMPARE(entries.at(1).versionName, QStringLiteral("1.0.5"));
        const auto days = daily();
        QCOMPARE(days.value(QStringLiteral("1.1.0")).install, 1);
        QCOMPARE(days.value(QStringLiteral("1.0.5")).uninstall, 1);
        QCOMPARE(StoreFixture::must(m_fixture->store->outcomes(app(), QStringLiteral("1.1.0"), m_channel))
                     .installs,
                 1);
    }

    void onlyProductionDevicesAreCounted()
    {
        send(stat("set", {{QStringLiteral("is_prod"), false}}));
        send(stat("set", {{QStringLiteral("is_emulator"), true}}));
        QVERIFY(daily().isEmpty());
        QCOMPARE(log().size(), 2);
    }

    void failuresByTheirClass()
    {
        send(stat("set"));
        send(stat("update_fail"));
        send(stat("update_fail"));
        send(stat("download_manifest_file_fail",
                  {{QStringLiteral("version_name"), QStringLiteral("1.1.0:img/a.png")}}));
        const auto counts =
            StoreFixture::must(m_fixture->store->outcomes(app(), QStringLiteral("1.1.0"), m_channel));
        QCOMPARE(counts.attempts, 1);
        QCOMPARE(counts.failures, 1);
        QCOMPARE(counts.transportFailures, 1);
        QCOMPARE(daily().value(QStringLiteral("1.1.0")).fail, 3);
        QCOMPARE(log().last().versionName, QStringLiteral("1.1.0:img/a.png"));
    }

    void clientsCannotCountOffers()
    {
        send(stat("get"));
        send(stat("uninstall"));
        QVERIFY(daily().isEmpty());
    }

    void oldPluginsDownloadFailIsNotBelieved_data()
    {
        QTest::addColumn<QString>("plugin");
        QTest::addColumn<bool>("isBelieved");
        QTest::newRow("7.16") << QStringLiteral("7.16.9") << false;
        QTest::newRow("7.17") << QStringLiteral("7.17.0") << true;
        QTest::newRow("6.14.24") << QStringLiteral("6.14.24") << false;
        QTest::newRow("6.14.25") << QStringLiteral("6.14.25") << true;
        QTest::newRow("5") << QStringLiteral("5.99.0") << false;
        QTest::newRow("unreadable") << QStringLiteral("new") << false;
    }
    void oldPluginsDownloadFailIsNotBelieved()
    {
        QFETCH(QString, plugin);
        QFETCH(bool, isBelieved);
        send(stat("download_fail", {{QStringLiteral("plugin_version"), plugin}}));
        QCOMPARE(log().size(), isBelieved ? 1 : 0);
    }

    void unknownVersionsAreRecorded()
    {
        send(stat("app_launch_ready", {{QStringLiteral("version_name"), QStringLiteral("builtin")}}));
        send(stat("app_crash", {{QStringLiteral("version_name"), QStringLiteral("9.9.9")}}));
        send(stat("app_anr", {{QStringLiteral("version_name"), QString()}}));
        const auto entries = log();
        QCOMPARE(entries.size(), 3);
        QCOMPARE(entries.at(0).versionName, QStringLiteral("1.0.0"));
        QCOMPARE(entries.at(2).versionName, QStringLiteral("unknown"));
        QCOMPARE(device().bundle, QStringLiteral("builtin"));
    }

    void runningBundleComesFromTellingEvents()
    {
        send(stat("set"));
        QCOMPARE(device().row.versionName, QStringLiteral("1.1.0"));
        send(stat("delete", {{QStringLiteral("version_name"), QStringLiteral("1.0.5")}}));
        send(stat("set_next", {{QStringLiteral("version_name"), QStringLiteral("1.0.5")}}));
        QCOMPARE(device().row.versionName, QStringLiteral("1.1.0"));
        send(stat("app_moved_to_foreground", {{QStringLiteral("version_name"), QStringLiteral("1.0.5")}}));
        QCOMPARE(device().row.versionName, QStringLiteral("1.0.5"));
    }

    void customIds()
    {
        send(stat("set", {{QStringLiteral("custom_id"), QStringLiteral(" <b>=cmd()\u202e ")}}));
        QCOMPARE(device().row.customId, QStringLiteral("<b>=cmd()\u202e"));
        send(stat("set"));
        QCOMPARE(device().row.customId, QStringLiteral("<b>=cmd()\u202e"));
        AppRecord record = *StoreFixture::must(m_fixture->store->app(app()));
        record.row.allowDeviceCustomId = false;
        StoreFixture::must(m_fixture->store->updateApp(record, m_fixture->actor));
        send(stat("set", {{QStringLiteral("custom_id"), QStringLiteral("other")}}));
        QCOMPARE(device().row.customId, QStringLiteral("<b>=cmd()\u202e"));
        QCOMPARE(log().last().action, QStringLiteral("customIdBlocked"));
    }

    void attributionFollowsTheChannelAskedFor()
    {
        const ChannelRecord beta = m_fixture->makeChannel(QStringLiteral("beta"), m_bundle.id, false);
        StoreFixture::must(m_fixture->edit(
            beta.row.id, [](ChannelRecord &channel) { channel.row.allowDeviceSelfSet = true; }));
        send(stat("set", {{QStringLiteral("defaultChannel"), QStringLiteral(" beta ")}}));
        QCOMPARE(StoreFixture::must(m_fixture->store->outcomes(app(), QStringLiteral("1.1.0"), beta.row.id))
                     .installs,
                 1);
        send(stat("set", {{QStringLiteral("defaultChannel"), QStringLiteral("none")}}));
        QCOMPARE(StoreFixture::must(m_fixture->store->outcomes(app(), QStringLiteral("1.1.0"), m_channel))
                     .installs,
                 1);
    }

    /// Made-up devices come no faster by this route than by the update check.
    void newDevicesAreLimited()
    {
        QJsonArray batch;
        for (int i = 0; i <= 10'000; ++i) {
            batch.append(
                stat("app_moved_to_foreground",
                     {{QStringLiteral("device_id"),
                       QStringLiteral("44f128a5-ac7a-4c9a-be4c-%1").arg(i, 12, 10, QLatin1Char('0'))}}));
        }
        const QByteArray body = QJsonDocument(batch).toJson();
        const QString address = QStringLiteral("192.0.2.1");
        const Response refused = m_fixture->send(Method::Post, "/stats", body, address);
        QCOMPARE(refused.status, 429);
        QCOMPARE(DeviceFixture::error(refused), QStringLiteral("too_many_requests"));
        QVERIFY(log().isEmpty());
        const QJsonObject single = stat("app_moved_to_foreground");
        QCOMPARE(m_fixture->post("/stats", single, address).status, 429);
        QCOMPARE(m_fixture->post("/stats", single, QStringLiteral("192.0.2.2")).status, 200);
        // Now it is known, from wherever it comes.
        QCOMPARE(m_fixture->post("/stats", single, address).status, 200);
    }

    void textsOfDevicesAreShort()
    {
        const QString longText(100'000, QLatin1Char('9'));
        send(stat("set", {{QStringLiteral("version_os"), longText}}));
        QCOMPARE(device().row.osVersion.size(), 64);
    }

private:
    static QString app() { return QStringLiteral("com.acme.app"); }
    static QJsonObject stat(const char *action, const QJsonObject &more = {})
    {
        QJsonObject object = DeviceFixture::device({{QStringLiteral("version_name"), QStringLiteral("1.1.0")},
                                                    {QStringLiteral("action"), QString::fromLatin1(action)}});
        for (auto field = more.begin(); field != more.end(); ++field) {
            object.insert(field.key(), field.value());
        }
        return object;
    }
    void send(const QJsonObject &event)
    {
        const Response response = m_fixture->post("/stats", event);
        QCOMPARE(response.status, 200);
        QCOMPARE(DeviceFixture::error(response), QString());
    }
    QVector<EventRecord> log()
    {
        EventQuery query;
        query.appId = app();
        query.byTime = SortOrder::Ascending;
        return StoreFixture::must(m_fixture->store->eventLog(query));
    }
    QHash<QString, DailyVersionRow> daily()
    {
        QHash<QString, DailyVersionRow> byName;
        const auto days = StoreFixture::must(m_fixture->store->dailyVersions(
            app(), QStringLiteral("2000-01-01"), QStringLiteral("2100-01-01")));
        for (const DailyVersionRow &row : days) {
            byName.insert(row.versionName, row);
        }
        return byName;
    }
    DeviceRecord device()
    {
        return *StoreFixture::must(
            m_fixture->store->device(app(), QStringLiteral("44f128a5-ac7a-4c9a-be4c-224b6bf81b20")));
    }

    std::unique_ptr<DeviceFixture> m_fixture;
    wire::BundleRow m_old;
    wire::BundleRow m_bundle;
    qint64 m_channel = 0;
};

QTEST_GUILESS_MAIN(StatsTest)
#include "test_stats.moc"
