// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/approw.h"
#include "wire/bundlerow.h"
#include "wire/capabilities.h"
#include "wire/channelaction.h"
#include "wire/channelrow.h"
#include "wire/devicerow.h"
#include "wire/series.h"

#include <QJsonDocument>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::wire;

class RowsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenReadsBack();
    void everyFieldMustHaveItsType();
    void whatIsAbsentHasItsDefault();
    void channelsComeInBothNamingStyles();
    void aChannelsPointerIsNumberObjectOrNothing();
    void rolloutStates_data();
    void rolloutStates();
    void bundlesAreReadyAndEncrypted();
    void seriesKeepTheirGaps();
};

namespace {

const QString kPath = QStringLiteral("row");

UtcTime at(qint64 seconds)
{
    return utcFromMs(1784541600123 + seconds * 1000);
}

// No field has its default, so that a field that is forgotten in one direction is seen.
ChannelRow fullChannel()
{
    ChannelRow row;
    row.id = 7;
    row.appId = QStringLiteral("com.example.app");
    row.name = QStringLiteral("<b>production</b>");
    row.ownerOrg = QStringLiteral("0a1b2c3d-0000-1111-2222-abcdefabcdef");
    row.createdAt = at(1);
    row.updatedAt = at(2);
    row.version = 41;
    row.versionInfo = BundleReference{41, QStringLiteral("2.4.1")};
    row.isPublic = true;
    row.ios = row.android = row.electron = false;
    row.allowDeviceSelfSet = true;
    row.allowEmulator = row.allowDevice = row.allowDev = row.allowProd = false;
    row.disableAutoUpdate = QStringLiteral("version_number");
    row.disableAutoUpdateUnderNative = false;
    row.rolloutVersion = 42;
    row.rolloutVersionInfo = BundleReference{42, QStringLiteral("2.5.0-rc.1")};
    row.rolloutId = QStringLiteral("1a1b2c3d-0000-1111-2222-abcdefabcdef");
    row.rolloutPercentage = BasisPoints::clamp(1234);
    row.rolloutEnabled = true;
    row.rolloutPausedAt = at(3);
    row.rolloutPauseReason = QStringLiteral("guard");
    row.rolloutCacheTtlSeconds = 60;
    row.autoPauseEnabled = true;
    row.autoPauseWindowMinutes = 5;
    row.autoPauseFailureRateBps = 250;
    row.autoPauseConfidence = 0.99;
    row.autoPauseMinAttempts = 20;
    row.autoPauseMinFailures = 3;
    row.autoPauseAction = QStringLiteral("rollback");
    row.autoPauseCooldownMinutes = 15;
    row.autoPauseLastTriggeredAt = at(4);
    row.autoPauseLastCheckedAt = at(5);
    return row;
}

BundleRow fullBundle()
{
    BundleRow row;
    row.id = 42;
    row.appId = QStringLiteral("com.example.app");
    row.name = QStringLiteral("2.5.0-rc.1");
    row.createdAt = at(1);
    row.updatedAt = at(2);
    row.deleted = true;
    row.ownerOrg = QStringLiteral("org");
    row.userId = QStringLiteral("user");
    row.storageProvider = QStringLiteral("r2");
    row.r2Path = QStringLiteral("orgs/org/apps/com.example.app/2.5.0.zip");
    row.externalUrl = QStringLiteral("https://example.com/x.zip");
    row.checksum = QStringLiteral("abc");
    row.sessionKey = QStringLiteral("iv:key");
    row.keyId = QStringLiteral("MIIBCgKCAQEA");
    row.minUpdateVersion = QStringLiteral("1.0.0");
    row.nativePackages = {{QStringLiteral("@capacitor/core"), QStringLiteral("7.0.0")},
                          {QStringLiteral("x"), QString()}};
    row.manifestCount = 3;
    row.link = QStringLiteral("https://example.com/notes");
    row.comment = QStringLiteral("Fixes the start");
    row.cliVersion = QStringLiteral("8.68.0");
    row.size = 123456789012;
    return row;
}

DeviceRow fullDevice()
{
    DeviceRow row;
    row.deviceId = QStringLiteral("0a1b2c3d-0000-1111-2222-abcdefabcdef");
    row.appId = QStringLiteral("com.example.app");
    row.customId = QStringLiteral("=cmd()");
    row.platform = QStringLiteral("ios");
    row.pluginVersion = QStringLiteral("8.51.14");
    row.osVersion = QStringLiteral("19.1");
    row.versionBuild = QStringLiteral("1.0.0");
    row.versionName = QStringLiteral("2.4.1");
    row.isProd = false;
    row.isEmulator = true;
    row.keyId = QStringLiteral("MIIBCgKCAQEA");
    row.installSource = QStringLiteral("testflight");
    row.channel = QStringLiteral("beta");
    row.updatedAt = at(9);
    return row;
}

AppRow fullApp()
{
    AppRow row;
    row.id = QStringLiteral("id");
    row.appId = QStringLiteral("com.example.app");
    row.name = QStringLiteral("Example");
    row.iconUrl = QStringLiteral("https://example.com/i.png");
    row.ownerOrg = QStringLiteral("org");
    row.createdAt = at(1);
    row.updatedAt = at(2);
    row.lastVersion = QStringLiteral("2.4.1");
    row.defaultUploadChannel = QStringLiteral("beta");
    row.retentionSeconds = 5;
    row.exposeMetadata = true;
    row.allowDeviceCustomId = false;
    return row;
}

ServerCapabilities fullCapabilities()
{
    return {QStringLiteral("server"),
            QStringLiteral("0.1.0"),
            {QStringLiteral("events"), QStringLiteral("series")},
            {QStringLiteral("channel.promote_bundle")},
            5'000'000'000};
}

ChannelState fullState()
{
    ChannelState state;
    state.channel = fullChannel();
    state.frozen = true;
    state.etag = QStringLiteral("W/5");
    state.counter = 5;
    state.activeDevices = 10;
    state.rolloutDevices = 4;
    state.rolloutAttempts = 3;
    state.rolloutFailures = 2;
    state.history = {{at(1), QStringLiteral("promote"), QStringLiteral("2.4.1"), 10000, QStringLiteral("ada"),
                      QStringLiteral("works")},
                     {at(0), QStringLiteral("created"), QString(), std::nullopt, QString(), QString()}};
    return state;
}

/// As it goes over the wire: through text, not only through Qt's values.
QJsonObject throughText(const QJsonObject &object)
{
    return QJsonDocument::fromJson(QJsonDocument(object).toJson()).object();
}

template<typename Row>
void readsBack(const Row &row)
{
    const auto back = Row::fromJson(throughText(row.toJson()), kPath);
    QVERIFY2(back.has_value(), back.has_value() ? "" : qPrintable(back.error().toText()));
    QCOMPARE(back->toJson(), row.toJson());
    QVERIFY(*back == row);
}

/// Each field in turn gets a value of a type that it never has.
template<typename Row>
void refusesWrongTypes(const Row &row, const QStringList &unread = {})
{
    const QJsonObject good = throughText(row.toJson());
    for (const QString &key : good.keys()) {
        if (unread.contains(key)) {
            continue;
        }
        const QJsonValue value = good.value(key);
        for (const QJsonValue &wrong :
             {QJsonValue(QJsonArray{QJsonArray()}), QJsonValue(QJsonObject{{key, 1.5}}), QJsonValue(0.5),
              QJsonValue(QStringLiteral("\n")), QJsonValue(true)}) {
            const bool bothNumbers =
                value.isDouble() && wrong.isDouble() && key.endsWith(QLatin1String("confidence"));
            const bool bothTexts = value.isString() && wrong.isString() &&
                                   !key.endsWith(QLatin1String("_at")) && key != QLatin1String("from");
            if (bothNumbers || bothTexts || (value.isBool() && wrong.isBool())) {
                continue;
            }
            QJsonObject bad = good;
            bad.insert(key, wrong);
            const auto result = Row::fromJson(bad, kPath);
            QVERIFY2(!result.has_value(), qPrintable(key + QStringLiteral(" took a wrong type")));
            QCOMPARE(result.error().id, QStringLiteral("wire.json"));
            QVERIFY2(result.error().cause.contains(key),
                     qPrintable(key + QStringLiteral(": ") + result.error().cause));
        }
    }
}

} // namespace

void RowsTest::whatIsWrittenReadsBack()
{
    readsBack(fullChannel());
    readsBack(fullBundle());
    readsBack(fullDevice());
    readsBack(fullApp());
    readsBack(fullCapabilities());
    readsBack(fullState());
}

void RowsTest::everyFieldMustHaveItsType()
{
    refusesWrongTypes(fullChannel());
    refusesWrongTypes(fullBundle(), {QStringLiteral("manifest")});
    refusesWrongTypes(fullDevice());
    refusesWrongTypes(fullApp());
    refusesWrongTypes(fullCapabilities());
    refusesWrongTypes(fullState());
}

void RowsTest::whatIsAbsentHasItsDefault()
{
    const QJsonObject least{{QStringLiteral("id"), 1},
                            {QStringLiteral("app_id"), QStringLiteral("a.b")},
                            {QStringLiteral("name"), QStringLiteral("n")}};
    const auto channel = ChannelRow::fromJson(least, kPath);
    QVERIFY(channel.has_value());
    QVERIFY(!channel->version.has_value());
    QVERIFY(channel->ios && channel->allowProd && !channel->isPublic);
    QCOMPARE(channel->disableAutoUpdate, QStringLiteral("major"));
    const auto bundle = BundleRow::fromJson(least, kPath);
    QVERIFY(bundle.has_value());
    QVERIFY(!bundle->size.has_value() && !bundle->isEncrypted());
    for (const QString &key : least.keys()) {
        QJsonObject lacking = least;
        lacking.remove(key);
        QVERIFY2(!ChannelRow::fromJson(lacking, kPath).has_value(), qPrintable(key));
        QVERIFY2(!BundleRow::fromJson(lacking, kPath).has_value(), qPrintable(key));
    }
    QVERIFY(!DeviceRow::fromJson({}, kPath).has_value());
}

void RowsTest::channelsComeInBothNamingStyles()
{
    QJsonObject json = throughText(fullChannel().toJson());
    // GET /channel of the reference server mixes both styles.
    for (const auto &[snake, camel] :
         {std::pair{"rollout_percentage_bps", "rolloutPercentageBps"},
          std::pair{"rollout_enabled", "rolloutEnabled"}, std::pair{"rollout_paused_at", "rolloutPausedAt"},
          std::pair{"auto_pause_confidence", "autoPauseConfidence"},
          std::pair{"disable_auto_update_under_native", "disableAutoUpdateUnderNative"},
          std::pair{"disable_auto_update", "disableAutoUpdate"}}) {
        json.insert(QLatin1String(camel), json.take(QLatin1String(snake)));
    }
    QVERIFY(ChannelRow::fromJson(json, kPath).value() == fullChannel());
}

void RowsTest::aChannelsPointerIsNumberObjectOrNothing()
{
    QJsonObject json = throughText(fullChannel().toJson());
    json.insert(QStringLiteral("version"), 41);
    const auto byNumber = ChannelRow::fromJson(json, kPath);
    QCOMPARE(byNumber->version.value_or(0), 41);
    QVERIFY(!byNumber->versionInfo.has_value());
    json.insert(QStringLiteral("version"), QJsonValue::Null);
    QVERIFY(!ChannelRow::fromJson(json, kPath)->version.has_value());
    json.insert(QStringLiteral("version"), QJsonObject{{QStringLiteral("id"), 41}});
    QVERIFY(!ChannelRow::fromJson(json, kPath).has_value());
    json.insert(QStringLiteral("version"), 41);
    json.insert(QStringLiteral("rollout_percentage_bps"), 10001);
    QVERIFY(!ChannelRow::fromJson(json, kPath).has_value());
}

void RowsTest::rolloutStates_data()
{
    QTest::addColumn<bool>("hasBundle");
    QTest::addColumn<bool>("isEnabled");
    QTest::addColumn<bool>("isPaused");
    QTest::addColumn<int>("share");
    QTest::addColumn<int>("state");
    const auto row = [](const char *name, bool has, bool enabled, bool paused, int share,
                        RolloutState state) {
        QTest::newRow(name) << has << enabled << paused << share << static_cast<int>(state);
    };
    row("no bundle", false, true, false, 5000, RolloutState::None);
    row("not enabled", true, false, false, 5000, RolloutState::Prepared);
    row("no share", true, true, false, 0, RolloutState::Prepared);
    row("some", true, true, false, 1, RolloutState::Running);
    row("all", true, true, false, 10000, RolloutState::Complete);
    row("paused", true, true, true, 5000, RolloutState::Paused);
    row("paused at all", true, true, true, 10000, RolloutState::Paused);
}

void RowsTest::rolloutStates()
{
    QFETCH(bool, hasBundle);
    QFETCH(bool, isEnabled);
    QFETCH(bool, isPaused);
    QFETCH(int, share);
    QFETCH(int, state);
    ChannelRow row;
    row.rolloutVersion = hasBundle ? std::optional<qint64>(42) : std::nullopt;
    row.rolloutEnabled = isEnabled;
    row.rolloutPausedAt = isPaused ? std::optional<UtcTime>(at(0)) : std::nullopt;
    row.rolloutPercentage = BasisPoints::clamp(share);
    QCOMPARE(static_cast<int>(row.rolloutState()), state);
}

void RowsTest::bundlesAreReadyAndEncrypted()
{
    BundleRow row = fullBundle();
    QVERIFY(!row.isReady()); // deleted
    row.deleted = false;
    QVERIFY(row.isReady());
    row.storageProvider = QStringLiteral("r2-direct");
    QVERIFY(!row.isReady());
    QVERIFY(row.isEncrypted());
    row.sessionKey = QString();
    QVERIFY(!row.isEncrypted());
}

void RowsTest::seriesKeepTheirGaps()
{
    SeriesAnswer answer;
    answer.metric = QStringLiteral("active_devices");
    answer.by = QStringLiteral("bundle");
    answer.from = at(0);
    answer.stepMs = 30000;
    answer.lines = {{QStringLiteral("2.4.1"), {1.5, std::nullopt, 0.0}},
                    {QStringLiteral("builtin"), {{}, {}, {}}}};
    readsBack(answer);
    QCOMPARE(answer.bucketCount(), qsizetype(3));
    refusesWrongTypes(answer);
    QCOMPARE(SeriesAnswer().bucketCount(), qsizetype(0));
}

QTEST_APPLESS_MAIN(RowsTest)
#include "test_rows.moc"
