// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/autopause.h"

#include <QtTest>

#include <cmath>

using namespace gatehouse;
using namespace gatehouse::monitor;
using namespace std::chrono_literals;

namespace {
const UtcTime kNow = utcFromMs(1'785'542'400'000);

AutoPauseRules usual()
{
    AutoPauseRules rules;
    rules.enabled = true;
    rules.failureRateBps = 500;
    return rules;
}
} // namespace

/// @source spec: device-protocol, section 2.6
class TestAutoPause : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void wilson_data();
    void wilson();
    void wilsonOfNonsense();
    void normalQuantiles();
    void order();
    void cooldownEnds();
    void thresholdIsInclusive();
    void eventThresholds();
};

void TestAutoPause::wilson_data()
{
    QTest::addColumn<qint64>("failures");
    QTest::addColumn<qint64>("attempts");
    QTest::addColumn<double>("confidence");
    QTest::addColumn<int>("bound");
    QTest::newRow("1/10") << qint64{1} << qint64{10} << 0.95 << 178;
    QTest::newRow("5/10") << qint64{5} << qint64{10} << 0.95 << 2365;
    QTest::newRow("10/100") << qint64{10} << qint64{100} << 0.95 << 552;
    QTest::newRow("3/100") << qint64{3} << qint64{100} << 0.95 << 102;
    QTest::newRow("50/1000") << qint64{50} << qint64{1000} << 0.95 << 381;
    QTest::newRow("95/100") << qint64{95} << qint64{100} << 0.8 << 9140;
    QTest::newRow("100/100") << qint64{100} << qint64{100} << 0.95 << 9630;
    QTest::newRow("1/1") << qint64{1} << qint64{1} << 0.95 << 2065;
    QTest::newRow("2/20") << qint64{2} << qint64{20} << 0.99 << 197;
    QTest::newRow("1/1 at half") << qint64{1} << qint64{1} << 0.5 << 6873;
    QTest::newRow("none") << qint64{0} << qint64{0} << 0.95 << 0;
    QTest::newRow("no failure") << qint64{0} << qint64{50} << 0.95 << 0;
}

void TestAutoPause::wilson()
{
    QFETCH(qint64, failures);
    QFETCH(qint64, attempts);
    QFETCH(double, confidence);
    QFETCH(int, bound);
    QCOMPARE(wilsonLowerBoundBps(failures, attempts, confidence), bound);
}

void TestAutoPause::wilsonOfNonsense()
{
    QCOMPARE(wilsonLowerBoundBps(3, -1, 0.95), 0);
    QCOMPARE(wilsonLowerBoundBps(20, 10, 0.95), wilsonLowerBoundBps(10, 10, 0.95));
    QCOMPARE(wilsonLowerBoundBps(5, 10, 1.0), wilsonLowerBoundBps(5, 10, 0.9999));
    QCOMPARE(wilsonLowerBoundBps(5, 10, 0.0), wilsonLowerBoundBps(5, 10, 0.0001));
}

void TestAutoPause::normalQuantiles()
{
    QVERIFY(std::abs(inverseNormal(0.975) - 1.959963985) < 1e-7);
    QVERIFY(std::abs(inverseNormal(0.995) - 2.575829304) < 1e-7);
    QVERIFY(std::abs(inverseNormal(0.5)) < 1e-12);
    QVERIFY(std::abs(inverseNormal(0.01) + inverseNormal(0.99)) < 1e-9);
    QVERIFY(std::abs(inverseNormal(0.99995) - 3.890591886) < 1e-6);
}

void TestAutoPause::order()
{
    AutoPauseRules rules;
    QCOMPARE(evaluateAutoPause(rules, 10, 90, kNow).outcome, AutoPauseOutcome::Disabled);
    rules.enabled = true;
    QCOMPARE(evaluateAutoPause(rules, 10, 90, kNow).outcome, AutoPauseOutcome::MissingThreshold);
    rules.failureRateBps = 500;
    rules.lastTriggeredAt = kNow - 10min;
    rules.minAttempts = 200;
    QCOMPARE(evaluateAutoPause(rules, 10, 90, kNow).outcome, AutoPauseOutcome::Cooldown);
    rules.cooldown = 0min;
    QCOMPARE(evaluateAutoPause(rules, 10, 90, kNow).outcome, AutoPauseOutcome::InsufficientAttempts);
    rules.minAttempts = 100;
    rules.minFailures = 91;
    QCOMPARE(evaluateAutoPause(rules, 10, 90, kNow).outcome, AutoPauseOutcome::InsufficientFailures);
    rules.minFailures = 90;
    const AutoPauseVerdict verdict = evaluateAutoPause(rules, 10, 90, kNow);
    QCOMPARE(verdict.outcome, AutoPauseOutcome::Triggered);
    QCOMPARE(verdict.lowerBoundBps, wilsonLowerBoundBps(90, 100, 0.95));
    rules.failureRateBps = 0;
    rules.minFailures = std::nullopt;
    QCOMPARE(evaluateAutoPause(rules, 100, 0, kNow).outcome, AutoPauseOutcome::BelowThreshold);
    QCOMPARE(autoPauseOutcomeName(AutoPauseOutcome::Triggered), QStringLiteral("triggered"));
    QCOMPARE(autoPauseOutcomeName(AutoPauseOutcome::InsufficientFailures),
             QStringLiteral("insufficient_failures"));
}

void TestAutoPause::cooldownEnds()
{
    AutoPauseRules rules = usual();
    rules.lastTriggeredAt = kNow - 60min;
    QCOMPARE(evaluateAutoPause(rules, 10, 90, kNow).outcome, AutoPauseOutcome::Triggered);
    rules.lastTriggeredAt = kNow - 60min + 1ms;
    QCOMPARE(evaluateAutoPause(rules, 10, 90, kNow).outcome, AutoPauseOutcome::Cooldown);
}

void TestAutoPause::thresholdIsInclusive()
{
    AutoPauseRules rules = usual();
    rules.failureRateBps = 552;
    QCOMPARE(evaluateAutoPause(rules, 90, 10, kNow).outcome, AutoPauseOutcome::Triggered);
    rules.failureRateBps = 553;
    QCOMPARE(evaluateAutoPause(rules, 90, 10, kNow).outcome, AutoPauseOutcome::BelowThreshold);
}

void TestAutoPause::eventThresholds()
{
    QCOMPARE(eventThresholdBps(0.0), 0);
    QCOMPARE(eventThresholdBps(1.0), 5000);
    QCOMPARE(eventThresholdBps(0.05), 476);
    QCOMPARE(eventThresholdBps(7.0), 5000);
}

QTEST_APPLESS_MAIN(TestAutoPause)
#include "test_autopause.moc"
