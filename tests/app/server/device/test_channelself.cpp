// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/device/devicefixture.h"

using namespace gatehouse;
using namespace gatehouse::server;

/// /channel_self for both generations of plugins. @source spec: device-protocol, section 4
class ChannelSelfTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<DeviceFixture>();
        const auto bundle = m_fixture->makeBundle(QStringLiteral("1.1.0"));
        m_fixture->makeChannel(QStringLiteral("production"), bundle.id);
        m_fixture->makeChannel(QStringLiteral("private"), bundle.id, false);
        const auto beta = m_fixture->makeChannel(QStringLiteral("beta"), bundle.id, false);
        m_beta = beta.row.id;
        StoreFixture::must(
            m_fixture->edit(m_beta, [](ChannelRecord &channel) { channel.row.allowDeviceSelfSet = true; }));
    }

    void setByLocalClients_data()
    {
        QTest::addColumn<QString>("channel");
        QTest::addColumn<QString>("error");
        QTest::newRow("open") << QStringLiteral("beta") << QString();
        QTest::newRow("unknown") << QStringLiteral("none") << QStringLiteral("channel_not_found");
        QTest::newRow("public") << QStringLiteral("production")
                                << QStringLiteral("public_channel_self_set_not_allowed");
        QTest::newRow("private") << QStringLiteral("private")
                                 << QStringLiteral("channel_self_set_not_allowed");
        QTest::newRow("missing") << QString() << QStringLiteral("missing_channel");
    }
    void setByLocalClients()
    {
        QFETCH(QString, channel);
        QFETCH(QString, error);
        const Response response = set(channel, kNew);
        QCOMPARE(response.status, 200);
        QCOMPARE(DeviceFixture::error(response), error);
        if (error.isEmpty()) {
            QCOMPARE(DeviceFixture::json(response)[QLatin1String("allowSet")].toBool(), true);
        }
        QVERIFY(!assignment());
    }

    void setByOldClientsIsStored()
    {
        QCOMPARE(DeviceFixture::json(set(QStringLiteral("beta"), kOld))[QLatin1String("status")].toString(),
                 QStringLiteral("ok"));
        QCOMPARE(assignment(), m_beta);
        const QJsonObject current = get(kOld);
        QCOMPARE(current[QLatin1String("channel")].toString(), QStringLiteral("beta"));
        QCOMPARE(current[QLatin1String("status")].toString(), QStringLiteral("override"));
        QCOMPARE(current[QLatin1String("allowSet")].toBool(), true);
        QCOMPARE(DeviceFixture::json(unset(kOld))[QLatin1String("status")].toString(), QStringLiteral("ok"));
        QVERIFY(!assignment());
        m_fixture->clock.advance(std::chrono::seconds(2));
        QCOMPARE(DeviceFixture::error(unset(kOld)), QStringLiteral("cannot_override"));
    }

    void lockedAssignmentsCannotBeLeft()
    {
        QCOMPARE(set(QStringLiteral("beta"), kOld).status, 200);
        StoreFixture::must(
            m_fixture->edit(m_beta, [](ChannelRecord &channel) { channel.row.allowDeviceSelfSet = false; }));
        m_fixture->clock.advance(std::chrono::seconds(61));
        QCOMPARE(DeviceFixture::error(set(QStringLiteral("beta"), kOld)), QStringLiteral("cannot_override"));
        QCOMPARE(DeviceFixture::error(unset(kOld)), QStringLiteral("cannot_override"));
    }

    void getNamesTheRealChannel()
    {
        QCOMPARE(get(kNew), (QJsonObject{{QStringLiteral("channel"), QStringLiteral("production")},
                                         {QStringLiteral("status"), QStringLiteral("default")}}));
        QCOMPARE(
            get(kNew, {{QStringLiteral("defaultChannel"), QStringLiteral("beta")}})[QLatin1String("channel")]
                .toString(),
            QStringLiteral("beta"));
        QCOMPARE(
            get(kNew, {{QStringLiteral("defaultChannel"), QStringLiteral("none")}})[QLatin1String("channel")]
                .toString(),
            QString());
        m_fixture->clock.advance(std::chrono::seconds(2));
        QCOMPARE(
            get(kOld, {{QStringLiteral("defaultChannel"), QStringLiteral("none")}})[QLatin1String("error")]
                .toString(),
            QStringLiteral("channel_not_found"));
    }

    void listIsABareArray()
    {
        const Response response = m_fixture->send(
            Method::Get, "/channel_self?app_id=com.acme.app&platform=ios&is_emulator=false&is_prod=true");
        QCOMPARE(response.status, 200);
        const QJsonArray channels = QJsonDocument::fromJson(response.bytes()).array();
        QCOMPARE(channels.size(), 2);
        QVERIFY(channels.at(0)[QLatin1String("id")].isDouble());
        QCOMPARE(channels.at(0)[QLatin1String("name")].toString(), QStringLiteral("production"));
        QCOMPARE(channels.at(1)[QLatin1String("allow_self_set")].toBool(), true);
    }

    void queryProblems()
    {
        QCOMPARE(DeviceFixture::error(m_fixture->send(Method::Get, "/channel_self")),
                 QStringLiteral("invalid_query_parameters"));
        QCOMPARE(DeviceFixture::error(m_fixture->send(Method::Get, "/channel_self?platform=ios")),
                 QStringLiteral("missing_app_id"));
        QCOMPARE(DeviceFixture::error(m_fixture->send(Method::Delete, "/channel_self?platform=ios")),
                 QStringLiteral("missing_device_id"));
        QCOMPARE(DeviceFixture::error(
                     m_fixture->send(Method::Get, "/channel_self?app_id=com.acme.app&platform=x")),
                 QStringLiteral("invalid_query_parameters"));
        QCOMPARE(DeviceFixture::error(
                     m_fixture->send(Method::Get, "/channel_self?app_id=com.acme.none&platform=ios")),
                 QStringLiteral("on_premise_app"));
        QCOMPARE(DeviceFixture::error(m_fixture->send(Method::Post, "/channel_self", "x")),
                 QStringLiteral("invalid_json_parse_body"));
    }

    void sameChannelOnceAMinute()
    {
        QCOMPARE(set(QStringLiteral("beta"), kNew).status, 200);
        const Response again = set(QStringLiteral("beta"), kNew);
        QCOMPARE(again.status, 429);
        QCOMPARE(DeviceFixture::error(again), QStringLiteral("too_many_requests"));
        QCOMPARE(
            DeviceFixture::json(again)[QLatin1String("moreInfo")][QLatin1String("retryAfterSeconds")].toInt(),
            60);
        bool hasRetryAfter = false;
        for (const auto &[name, value] : again.headers) {
            hasRetryAfter = hasRetryAfter || (name == "Retry-After" && value == "60");
        }
        QVERIFY(hasRetryAfter);
        m_fixture->clock.advance(std::chrono::seconds(61));
        QCOMPARE(set(QStringLiteral("beta"), kNew).status, 200);
    }

    /// A clock that was a year ahead for a moment must not lock devices out for a year.
    void aClockSetBackForgets()
    {
        m_fixture->clock.advance(std::chrono::hours(24 * 365));
        QCOMPARE(set(QStringLiteral("beta"), kNew).status, 200);
        QCOMPARE(set(QStringLiteral("beta"), kNew).status, 429);
        m_fixture->clock.advance(-std::chrono::hours(24 * 365));
        QCOMPARE(set(QStringLiteral("beta"), kNew).status, 200);
    }

    void fiveOperationsASecond()
    {
        for (int i = 0; i < 5; ++i) {
            QVERIFY(!get(kNew).contains(QLatin1String("error")));
        }
        QCOMPARE(get(kNew)[QLatin1String("error")].toString(), QStringLiteral("too_many_requests"));
        m_fixture->clock.advance(std::chrono::seconds(1));
        QVERIFY(!get(kNew).contains(QLatin1String("error")));
    }

private:
    static constexpr const char *kNew = "8.51.14";
    static constexpr const char *kOld = "7.33.9";

    static QJsonObject body(const char *plugin, const QJsonObject &more = {})
    {
        QJsonObject object = DeviceFixture::device(more);
        object.insert(QStringLiteral("plugin_version"), QString::fromLatin1(plugin));
        return object;
    }
    Response set(const QString &channel, const char *plugin)
    {
        return m_fixture->post("/channel_self", body(plugin, {{QStringLiteral("channel"), channel}}));
    }
    QJsonObject get(const char *plugin, const QJsonObject &more = {})
    {
        return DeviceFixture::json(
            m_fixture->send(Method::Put, "/channel_self", QJsonDocument(body(plugin, more)).toJson()));
    }
    Response unset(const char *plugin)
    {
        return m_fixture->send(
            Method::Delete,
            QByteArray("/channel_self?app_id=com.acme.app&device_id=44f128a5-ac7a-4c9a-be4c-224b6bf81b20"
                       "&version_name=1.0.0&version_build=1.0.0&platform=ios&plugin_version=") +
                plugin);
    }
    std::optional<qint64> assignment()
    {
        return StoreFixture::must(m_fixture->store->selfAssignmentOf(
            QStringLiteral("com.acme.app"), QStringLiteral("44f128a5-ac7a-4c9a-be4c-224b6bf81b20")));
    }

    std::unique_ptr<DeviceFixture> m_fixture;
    qint64 m_beta = 0;
};

QTEST_GUILESS_MAIN(ChannelSelfTest)
#include "test_channelself.moc"
