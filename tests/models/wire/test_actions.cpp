// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/channelaction.h"

#include <QSet>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::wire;

class ActionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyVerbHasOneWord();
    void actionsReadBack();
    void onlyWhatIsSaidIsWritten();
    void refusesWhatIsNotAsAgreed_data();
    void refusesWhatIsNotAsAgreed();
};

namespace {

// In the order of the enum: a new verb without a word here fails.
const QVector<QPair<ActionVerb, const char *>> kWords{
    {ActionVerb::Promote, "promote"},    {ActionVerb::StartRollout, "start_rollout"},
    {ActionVerb::SetShare, "set_share"}, {ActionVerb::ReplaceBundle, "replace_bundle"},
    {ActionVerb::Pause, "pause"},        {ActionVerb::Resume, "resume"},
    {ActionVerb::Freeze, "freeze"},      {ActionVerb::Unfreeze, "unfreeze"},
    {ActionVerb::TakeBack, "take_back"}, {ActionVerb::RollBack, "roll_back"},
    {ActionVerb::SetRules, "set_rules"}};

} // namespace

void ActionsTest::everyVerbHasOneWord()
{
    QSet<QString> words;
    for (int i = 0; i < kWords.size(); ++i) {
        QCOMPARE(static_cast<int>(kWords.at(i).first), i);
        QCOMPARE(verbName(kWords.at(i).first), QString::fromLatin1(kWords.at(i).second));
        QVERIFY(verbFromName(verbName(kWords.at(i).first)) == kWords.at(i).first);
        words.insert(verbName(kWords.at(i).first));
    }
    QCOMPARE(words.size(), kWords.size());
    QVERIFY(verbName(static_cast<ActionVerb>(kWords.size())).isEmpty());
    for (const char *word : {"", "Promote", "promote ", "rollback", "delete"}) {
        QVERIFY2(!verbFromName(QString::fromLatin1(word)).has_value(), word);
    }
}

void ActionsTest::actionsReadBack()
{
    ChannelAction action;
    action.verb = ActionVerb::StartRollout;
    action.intent = QStringLiteral("0a1b2c3d-0000-1111-2222-abcdefabcdef");
    action.bundle = QStringLiteral("2.5.0");
    action.share = BasisPoints::clamp(100);
    action.reason = QStringLiteral("<b>try</b>");
    action.rules = {{QStringLiteral("ios"), false}};
    QVERIFY(ChannelAction::fromJson(action.toJson(), QStringLiteral("action")).value() == action);
    // Share zero is a share, not none.
    action.share = BasisPoints();
    QVERIFY(ChannelAction::fromJson(action.toJson(), QStringLiteral("action"))->share == BasisPoints());
}

void ActionsTest::onlyWhatIsSaidIsWritten()
{
    ChannelAction action;
    action.verb = ActionVerb::Pause;
    action.intent = QStringLiteral("i");
    QCOMPARE(action.toJson(), (QJsonObject{{QStringLiteral("action"), QStringLiteral("pause")},
                                           {QStringLiteral("intent"), QStringLiteral("i")}}));
}

void ActionsTest::refusesWhatIsNotAsAgreed_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("field");
    const auto row = [](const char *json, const char *field) {
        QTest::newRow(json) << QByteArray(json) << QString::fromLatin1(field);
    };
    row(R"({"intent":"i"})", "action");
    row(R"({"action":"delete","intent":"i"})", "action");
    row(R"({"action":5,"intent":"i"})", "action");
    row(R"({"action":"pause"})", "intent");
    row(R"({"action":"set_share","intent":"i","share_bps":10001})", "share_bps");
    row(R"({"action":"set_share","intent":"i","share_bps":-1})", "share_bps");
    row(R"({"action":"set_share","intent":"i","share_bps":12.5})", "share_bps");
    row(R"({"action":"set_share","intent":"i","share_bps":"100"})", "share_bps");
    row(R"({"action":"set_rules","intent":"i","rules":[]})", "rules");
    row(R"({"action":"promote","intent":"i","bundle":41})", "bundle");
}

void ActionsTest::refusesWhatIsNotAsAgreed()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, field);
    const auto object = parseJsonObject(json, QStringLiteral("body"));
    QVERIFY(object.has_value());
    const auto action = ChannelAction::fromJson(*object, QStringLiteral("body"));
    QVERIFY(!action.has_value());
    QVERIFY2(action.error().cause.startsWith(QStringLiteral("body.") + field + QLatin1Char(' ')),
             qPrintable(action.error().cause));
}

QTEST_APPLESS_MAIN(ActionsTest)
#include "test_actions.moc"
