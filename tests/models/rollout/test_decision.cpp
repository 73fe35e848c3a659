// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "rollout/decision.h"
#include "rollout/threshold.h"

#include <QSet>
#include <QtTest>

using namespace gatehouse;
using namespace gatehouse::rollout;

namespace {
RolloutRules running(int share)
{
    return {true, false, BasisPoints::clamp(share), QStringLiteral("1.1.0")};
}
RolloutDevice device(int threshold, bool onRollout = false, bool tester = false)
{
    return {onRollout ? QStringLiteral("1.1.0") : QStringLiteral("1.0.0"), threshold, tester};
}
} // namespace

class TestDecision : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void rows_data();
    void rows();
    void raisingOnlyAdds();
    void loweringKeepsThoseWhoHaveIt();
    void everyReasonHasAName();
    void nothingSaidIsNotSelected();
};

void TestDecision::rows_data()
{
    QTest::addColumn<RolloutRules>("rules");
    QTest::addColumn<RolloutDevice>("who");
    QTest::addColumn<bool>("gate");
    QTest::addColumn<bool>("selected");
    QTest::addColumn<QString>("reason");
    RolloutRules disabled = running(10000);
    disabled.enabled = false;
    RolloutRules paused = running(10000);
    paused.paused = true;
    const auto row = [](const char *name, const RolloutRules &rules, const RolloutDevice &who, bool gate,
                        bool selected, const char *reason) {
        QTest::newRow(name) << rules << who << gate << selected << QString::fromLatin1(reason);
    };
    row("below", running(2500), device(2499), true, true, "within_share");
    row("at", running(2500), device(2500), true, false, "outside_share");
    row("all", running(10000), device(9999), true, true, "within_share");
    row("zero", running(0), device(0), true, false, "percentage_zero");
    row("zero, on it", running(0), device(9999, true), true, true, "already_on_rollout");
    row("above, on it", running(1), device(9999, true), true, true, "already_on_rollout");
    row("paused", paused, device(0), true, false, "paused");
    row("paused, on it", paused, device(9999, true), true, true, "already_on_rollout");
    row("disabled", disabled, device(0), true, false, "disabled");
    row("take back brings all home", disabled, device(0, true), true, false, "disabled");
    row("gate shut", running(10000), device(0, true), false, false, "gate_closed");
    row("tester", running(1), device(9999, false, true), true, true, "tester");
    row("tester, paused", paused, device(9999, false, true), true, false, "paused");
    row("tester, zero", running(0), device(0, false, true), true, false, "percentage_zero");
    row("tester, disabled", disabled, device(0, false, true), true, false, "disabled");
}

void TestDecision::rows()
{
    QFETCH(RolloutRules, rules);
    QFETCH(RolloutDevice, who);
    QFETCH(bool, gate);
    QFETCH(bool, selected);
    QFETCH(QString, reason);
    const Decision decision = decide(rules, who, gate);
    QCOMPARE(decision.selected, selected);
    QCOMPARE(reasonCode(decision.reason), reason);
}

void TestDecision::raisingOnlyAdds()
{
    const QByteArray seed(kSeedBytes, 's');
    QSet<int> before;
    for (const int share : {1, 100, 1000, 2500, 9999, 10000}) {
        QSet<int> now;
        for (int i = 0; i < 500; ++i) {
            const int threshold = deviceThreshold(
                seed, QStringLiteral("00000000-0000-4000-8000-%1").arg(i, 12, 10, QLatin1Char('0')));
            if (decide(running(share), device(threshold), true).selected) {
                now.insert(i);
            }
        }
        QVERIFY(now.contains(before));
        before = now;
    }
    QCOMPARE(before.size(), 500);
}

void TestDecision::loweringKeepsThoseWhoHaveIt()
{
    QVERIFY(decide(running(5000), device(4000), true).selected);
    QVERIFY(!decide(running(1000), device(4000), true).selected);
    QVERIFY(decide(running(1000), device(4000, true), true).selected);
}

void TestDecision::everyReasonHasAName()
{
    QSet<QString> names;
    for (int reason = 0; reason <= static_cast<int>(Reason::CacheMiss); ++reason) {
        names.insert(reasonCode(static_cast<Reason>(reason)));
    }
    QCOMPARE(names.size(), static_cast<int>(Reason::CacheMiss) + 1);
}

void TestDecision::nothingSaidIsNotSelected()
{
    QVERIFY(!Decision{}.selected);
    QVERIFY(!decide(RolloutRules{}, RolloutDevice{}, true).selected);
}

QTEST_APPLESS_MAIN(TestDecision)
#include "test_decision.moc"
