// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/sandboxdesk.h"
#include "widgets/channels/channelsscreen.h"
#include "widgets/channels/rulesform.h"
#include "widgets/channels/rulewords.h"
#include "widgets/common/support.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::widgets;

namespace {

constexpr int kLongMs = 30000;

template<typename Widget>
Widget *find(QWidget &in, const char *name)
{
    auto *found = in.findChild<Widget *>(QLatin1String(name));
    if (found == nullptr) {
        qFatal("there is no %s", name);
    }
    return found;
}

wire::ChannelRow channel()
{
    wire::ChannelRow row;
    row.id = 1;
    row.appId = QStringLiteral("com.example.app");
    row.name = QStringLiteral("production");
    return row;
}

QString textsOf(const QWidget &widget)
{
    QStringList texts;
    const QList<QLabel *> labels = widget.findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        if (label->isVisibleTo(&widget)) {
            texts.append(label->text());
        }
    }
    return texts.join(QLatin1Char('\n'));
}

} // namespace

class RulesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRuleHasWords();
    void theFormKeepsWhatItDoesNotShow();
    void everyFieldComesBackAsItWasSet();
    void anObstacleStandsInItsGroup();
    void settingRulesIsNoChange();
    void rulesAreChangedOnTheServer();
    void aChangeByAnotherPersonIsShownAndKept();
};

void RulesTest::everyRuleHasWords()
{
    for (const QString &column : release::ruleColumns()) {
        QVERIFY2(ruleName(column) != column, qPrintable(column));
        QVERIFY2(!ruleValue(column, channel().toJson().value(column)).isEmpty(), qPrintable(column));
    }
    QCOMPARE(ruleSentence({QStringLiteral("allow_emulator"), true, false}),
             QStringLiteral("Emulators: served → left out"));
}

void RulesTest::theFormKeepsWhatItDoesNotShow()
{
    ThemeFixture look;
    RulesForm form(look.theme, QStringLiteral("not here"));
    wire::ChannelRow row = channel();
    row.autoPauseEnabled = true;
    row.autoPauseFailureRateBps = 250;
    row.rolloutCacheTtlSeconds = 3601;
    form.setRules(row);
    QCOMPARE(form.rules(), row);
    RulesForm whole(look.theme, {});
    // An hour and a second is no whole number of days, and stays nevertheless.
    whole.setRules(row);
    QCOMPARE(whole.rules().autoPauseFailureRateBps, row.autoPauseFailureRateBps);
}

void RulesTest::everyFieldComesBackAsItWasSet()
{
    ThemeFixture look;
    RulesForm form(look.theme, {});
    wire::ChannelRow row = channel();
    row.isPublic = true;
    row.ios = false;
    row.allowDev = false;
    row.allowDevice = false;
    row.allowDeviceSelfSet = true;
    row.disableAutoUpdate = QStringLiteral("version_number");
    row.disableAutoUpdateUnderNative = false;
    row.rolloutCacheTtlSeconds = 7 * 86400;
    row.autoPauseEnabled = true;
    row.autoPauseFailureRateBps = 125;
    row.autoPauseWindowMinutes = 90;
    row.autoPauseMinAttempts = 50;
    row.autoPauseMinFailures = 5;
    row.autoPauseAction = QStringLiteral("rollback");
    row.autoPauseCooldownMinutes = 0;
    form.setRules(row);
    QCOMPARE(form.rules(), row);
    form.setRules(channel());
    QCOMPARE(form.rules(), channel());
}

void RulesTest::anObstacleStandsInItsGroup()
{
    ThemeFixture look;
    RulesForm form(look.theme, {});
    form.setRules(channel());
    form.show();
    form.setObstacles(
        {{release::Obstacle::Weight::Blocker,
          {QStringLiteral("obstacle.rules_range"),
           {QStringLiteral("auto_pause_window_minutes"), QStringLiteral("1"), QStringLiteral("10080")}}},
         {release::Obstacle::Weight::Blocker, {QStringLiteral("obstacle.rules_no_platform"), {}}},
         {release::Obstacle::Weight::Warning,
          {QStringLiteral("obstacle.permission"), {QStringLiteral("channel.update_settings")}}}});
    QCoreApplication::processEvents();
    QVERIFY(textsOf(form).contains(QStringLiteral("Counted over must be between 1 and 10080.")));
    auto *platform = find<QLabel>(form, "obstacle.rules_no_platform");
    auto *android = find<QCheckBox>(form, "rule-android");
    auto *builds = find<QCheckBox>(form, "rule-allow_prod");
    const auto top = [&form](QWidget *widget) { return widget->mapTo(&form, QPoint()).y(); };
    QVERIFY(top(android) < top(platform) && top(platform) < top(builds));
    QVERIFY(top(find<QLabel>(form, "obstacle.permission")) > top(builds));
    form.setObstacles({});
    QVERIFY(form.findChild<QLabel *>(QStringLiteral("obstacle.rules_no_platform")) == nullptr);
}

void RulesTest::settingRulesIsNoChange()
{
    ThemeFixture look;
    RulesForm form(look.theme, {});
    QSignalSpy changes(&form, &RulesForm::changed);
    wire::ChannelRow row = channel();
    row.android = false;
    form.setRules(row);
    QCOMPARE(changes.count(), 0);
    find<QCheckBox>(form, "rule-android")->click();
    QCOMPARE(changes.count(), 1);
    QVERIFY(form.rules().android);
}

void RulesTest::rulesAreChangedOnTheServer()
{
    ThemeFixture look;
    test::SandboxDesk desk;
    desk.open();
    ChannelsScreen screen(look.theme, desk.workspace);
    screen.resize(1080, 760);
    screen.show();
    QTRY_VERIFY_WITH_TIMEOUT(desk.production() != nullptr, kLongMs);
    find<QAbstractButton>(screen, "editRulesButton")->click();
    auto *sheet = find<QWidget>(screen, "rulesSheet");
    auto *verb = find<QAbstractButton>(*sheet, "reviewVerbButton");
    QVERIFY(!verb->isEnabled());
    // A channel for nobody is refused where it is made.
    for (const char *platform : {"rule-ios", "rule-android", "rule-electron"}) {
        find<QCheckBox>(*sheet, platform)->click();
    }
    QVERIFY(!verb->isEnabled());
    QVERIFY(sheet->findChild<QLabel *>(QStringLiteral("obstacle.rules_no_platform")) != nullptr);
    find<QCheckBox>(*sheet, "rule-android")->click();
    QVERIFY(verb->isEnabled());
    QCOMPARE(verb->text(), QStringLiteral("Change 2 rules"));
    verb->click();
    QTRY_VERIFY_WITH_TIMEOUT(!desk.production()->channel.ios, kLongMs);
    QVERIFY(desk.production()->channel.android);
    QTRY_VERIFY_WITH_TIMEOUT(screen.findChild<QWidget *>(QStringLiteral("rulesSheet")) == nullptr, kLongMs);
    QVERIFY(textsOf(*find<QWidget>(screen, "rulesCard")).startsWith(QStringLiteral("Rules\nAndroid")));
}

void RulesTest::aChangeByAnotherPersonIsShownAndKept()
{
    ThemeFixture look;
    test::SandboxDesk desk;
    desk.open();
    ChannelsScreen screen(look.theme, desk.workspace);
    screen.resize(1080, 760);
    screen.show();
    QTRY_VERIFY_WITH_TIMEOUT(desk.production() != nullptr, kLongMs);
    find<QAbstractButton>(screen, "editRulesButton")->click();
    auto *sheet = find<QWidget>(screen, "rulesSheet");
    find<QCheckBox>(*sheet, "rule-allow_emulator")->click();
    desk.changeBehind({{QStringLiteral("allow_dev"), false}});
    QTRY_VERIFY_WITH_TIMEOUT(
        textsOf(*sheet).contains(QStringLiteral("Development builds: served → left out")), kLongMs);
    QVERIFY(!find<QCheckBox>(*sheet, "rule-allow_dev")->isChecked());
    QVERIFY(!find<QCheckBox>(*sheet, "rule-allow_emulator")->isChecked());
    auto *verb = find<QAbstractButton>(*sheet, "reviewVerbButton");
    QTRY_VERIFY_WITH_TIMEOUT(verb->isEnabled(), kLongMs);
    QVERIFY(verb->text().contains(QLatin1Char('1')));
    verb->click();
    QTRY_VERIFY_WITH_TIMEOUT(!desk.production()->channel.allowEmulator, kLongMs);
    QVERIFY(!desk.production()->channel.allowDev);
}

QTEST_MAIN(RulesTest)
#include "rules_test.moc"
