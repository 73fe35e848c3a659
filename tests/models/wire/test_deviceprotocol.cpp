// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/deviceprotocol.h"

#include <QJsonArray>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::wire;

class DeviceProtocolTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void infoHasTheNamesOfThePlugin();
    void readsOffersAndRefusals();
    void refusesBrokenAnswers_data();
    void refusesBrokenAnswers();
    void eventsCarryTheirDevice();
    void actionsAreCounted_data();
    void actionsAreCounted();
};

void DeviceProtocolTest::infoHasTheNamesOfThePlugin()
{
    DeviceInfo info;
    info.platform = QStringLiteral("ios");
    info.deviceId = QStringLiteral("d");
    info.isEmulator = true;
    const QJsonObject json = info.toJson();
    QStringList keys = json.keys();
    keys.sort();
    // Source: spec device-protocol, section 0.3. defaultChannel is the one in camel case.
    QCOMPARE(keys, QStringList({QStringLiteral("app_id"), QStringLiteral("custom_id"),
                                QStringLiteral("defaultChannel"), QStringLiteral("device_id"),
                                QStringLiteral("is_emulator"), QStringLiteral("is_prod"),
                                QStringLiteral("platform"), QStringLiteral("plugin_version"),
                                QStringLiteral("version_build"), QStringLiteral("version_code"),
                                QStringLiteral("version_name"), QStringLiteral("version_os")}));
    QCOMPARE(json.value(QStringLiteral("is_emulator")), QJsonValue(true));
    info.keyId = QStringLiteral("k");
    info.installSource = QStringLiteral("store");
    QCOMPARE(info.toJson().value(QStringLiteral("key_id")), QJsonValue(QStringLiteral("k")));
    QCOMPARE(info.toJson().value(QStringLiteral("install_source")), QJsonValue(QStringLiteral("store")));
}

void DeviceProtocolTest::readsOffersAndRefusals()
{
    const auto offer = UpdateAnswer::fromJson(
        R"({"version":"2.4.1","url":"https://e/x.zip","session_key":"a:b","checksum":"c",)"
        R"("manifest":[{"file_name":"index.html","file_hash":"h","download_url":"https://e/i"}]})");
    QVERIFY(offer.has_value());
    QVERIFY(offer->isOffer());
    QCOMPARE(offer->version, QStringLiteral("2.4.1"));
    QCOMPARE(offer->manifest.size(), qsizetype(1));
    QCOMPARE(offer->manifest.front().fileName, QStringLiteral("index.html"));
    // checksum may be null, and unknown keys do no harm.
    QVERIFY(
        UpdateAnswer::fromJson(R"({"version":"1.0.0","url":"u","session_key":"","checksum":null,"new":1})")
            ->isOffer());
    const auto none =
        UpdateAnswer::fromJson(R"({"error":"no_new_version_available","kind":"up_to_date","message":"x"})");
    QVERIFY(none.has_value());
    QVERIFY(!none->isOffer());
    QCOMPARE(none->kind, QStringLiteral("up_to_date"));
}

void DeviceProtocolTest::refusesBrokenAnswers_data()
{
    QTest::addColumn<QByteArray>("body");
    for (const char *body :
         {"", "[]", "{", R"({"version":5})", R"({"version":"1.0.0","manifest":{}})",
          R"({"version":"1.0.0","manifest":[{}]})", R"({"version":"1.0.0","manifest":["x"]})"}) {
        QTest::newRow(body) << QByteArray(body);
    }
}

void DeviceProtocolTest::refusesBrokenAnswers()
{
    QFETCH(QByteArray, body);
    const auto answer = UpdateAnswer::fromJson(body);
    QVERIFY(!answer.has_value());
    QCOMPARE(answer.error().id, QStringLiteral("wire.json"));
}

void DeviceProtocolTest::eventsCarryTheirDevice()
{
    StatEvent event;
    event.device.deviceId = QStringLiteral("d");
    event.action = QStringLiteral("set");
    QVERIFY(!event.toJson().contains(QLatin1String("old_version_name")));
    QVERIFY(!event.toJson().contains(QLatin1String("metadata")));
    event.oldVersionName = QStringLiteral("1.0.0");
    event.metadata = {{QStringLiteral("k"), QStringLiteral("v")}};
    const QJsonObject json = event.toJson();
    QCOMPARE(json.value(QStringLiteral("device_id")), QJsonValue(QStringLiteral("d")));
    QCOMPARE(json.value(QStringLiteral("action")), QJsonValue(QStringLiteral("set")));
    QCOMPARE(json.value(QStringLiteral("old_version_name")), QJsonValue(QStringLiteral("1.0.0")));
    QCOMPARE(json.value(QStringLiteral("metadata")), QJsonValue(event.metadata));
}

void DeviceProtocolTest::actionsAreCounted_data()
{
    QTest::addColumn<QString>("action");
    QTest::addColumn<bool>("isKnown");
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("failure");
    const auto row = [](const char *action, bool isKnown, ActionCount count, FailureClass failure) {
        QTest::newRow(action) << QString::fromLatin1(action) << isKnown << static_cast<int>(count)
                              << static_cast<int>(failure);
    };
    row("get", true, ActionCount::Get, FailureClass::NoFailure);
    row("set", true, ActionCount::Install, FailureClass::NoFailure);
    row("uninstall", true, ActionCount::Uninstall, FailureClass::NoFailure);
    row("set_next", true, ActionCount::None, FailureClass::NoFailure);
    row("update_fail", true, ActionCount::Fail, FailureClass::BundleFault);
    row("decrypt_fail", true, ActionCount::Fail, FailureClass::BundleFault);
    row("checksum_fail", true, ActionCount::Fail, FailureClass::BundleFault);
    row("download_fail", true, ActionCount::Fail, FailureClass::Transport);
    row("download_manifest_file_fail", true, ActionCount::Fail, FailureClass::Transport);
    row("low_mem_fail", true, ActionCount::Fail, FailureClass::Transport);
    row("download_complete", true, ActionCount::None, FailureClass::NoFailure);
    row("app_crash", true, ActionCount::None, FailureClass::BundleFault);
    row("noNew", true, ActionCount::None, FailureClass::NoFailure);
    row("Get", false, ActionCount::None, FailureClass::NoFailure);
    row("", false, ActionCount::None, FailureClass::NoFailure);
    row("<b>", false, ActionCount::None, FailureClass::NoFailure);
}

void DeviceProtocolTest::actionsAreCounted()
{
    QFETCH(QString, action);
    QFETCH(bool, isKnown);
    QFETCH(int, count);
    QFETCH(int, failure);
    QCOMPARE(isKnownAction(action), isKnown);
    QCOMPARE(static_cast<int>(countOf(action)), count);
    QCOMPARE(static_cast<int>(failureClassOf(action)), failure);
}

QTEST_APPLESS_MAIN(DeviceProtocolTest)
#include "test_deviceprotocol.moc"
