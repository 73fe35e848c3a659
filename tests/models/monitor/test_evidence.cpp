// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/confidence.h"
#include "monitor/evidence.h"

#include <QtTest>

#include <cmath>

using namespace gatehouse::monitor;

namespace {
bool near(double left, double right, double tolerance = 1e-6)
{
    return std::abs(left - right) < tolerance;
}
} // namespace

/// @source spec: guard-statistics, "Test vectors"
class TestEvidence : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void grid();
    void absolute_data();
    void absolute();
    void leastFailures_data();
    void leastFailures();
    void race();
    void raceSkipsEmptyBuckets();
    void means();
    void ladder();
    void devicesToAdvance_data();
    void devicesToAdvance();
    void advancesAtTheBandsEnd();
    void tolerated();
    void nonsenseIsQuiet();
};

void TestEvidence::grid()
{
    QVERIFY(near(mixtureGrid().at(0), 1.25, 1e-9));
    QVERIFY(near(mixtureGrid().at(1), 1.396527773, 1e-9));
    QVERIFY(near(mixtureGrid().at(2), 1.560231856, 1e-9));
    QVERIFY(near(mixtureGrid().at(23), 16.0, 1e-9));
}

void TestEvidence::absolute_data()
{
    QTest::addColumn<qint64>("devices");
    QTest::addColumn<qint64>("failing");
    QTest::addColumn<double>("lnE");
    QTest::addColumn<double>("p");
    QTest::newRow("12/0") << qint64{12} << qint64{0} << -1.463868 << 1.0;
    QTest::newRow("31/2") << qint64{31} << qint64{2} << -1.142797 << 1.0;
    QTest::newRow("58/5") << qint64{58} << qint64{5} << -0.525938 << 1.0;
    QTest::newRow("121/14") << qint64{121} << qint64{14} << 2.630869 << 0.072016;
    QTest::newRow("800/19") << qint64{800} << qint64{19} << -9.264931 << 1.0;
    QTest::newRow("20/6") << qint64{20} << qint64{6} << 5.356367 << std::exp(-5.356367);
    QTest::newRow("3/3") << qint64{3} << qint64{3} << 6.402041 << std::exp(-6.402041);
}

void TestEvidence::absolute()
{
    QFETCH(qint64, devices);
    QFETCH(qint64, failing);
    QFETCH(double, lnE);
    QFETCH(double, p);
    const double evidence = lnAbsoluteEvidence(devices, failing, 0.05);
    QVERIFY2(near(evidence, lnE), qPrintable(QString::number(evidence, 'g', 12)));
    QVERIFY(near(alwaysValidP(evidence), p));
}

void TestEvidence::leastFailures_data()
{
    QTest::addColumn<qint64>("devices");
    QTest::addColumn<qint64>("least");
    QTest::newRow("5") << qint64{5} << qint64{3};
    QTest::newRow("10") << qint64{10} << qint64{5};
    QTest::newRow("20") << qint64{20} << qint64{6};
    QTest::newRow("50") << qint64{50} << qint64{10};
    QTest::newRow("100") << qint64{100} << qint64{15};
}

void TestEvidence::leastFailures()
{
    QFETCH(qint64, devices);
    QFETCH(qint64, least);
    QVERIFY(guardLevel(lnAbsoluteEvidence(devices, least, 0.05)) == GuardLevel::RollBack);
    QVERIFY(guardLevel(lnAbsoluteEvidence(devices, least - 1, 0.05)) != GuardLevel::RollBack);
}

void TestEvidence::race()
{
    const QVector<RaceBucket> all{{2, 99, 100, 9900},   {3, 101, 105, 9890},  {1, 97, 98, 9905},
                                  {19, 92, 1010, 8990}, {22, 88, 1005, 9000}, {20, 90, 998, 9010}};
    const QVector<double> even{-0.374637, 0.510688, 0.012558, 2.031982, 6.429989, 9.662585};
    const QVector<double> lenient{-0.669975, -0.065178, -0.608298, 0.208663, 2.865032, 4.633883};
    for (qsizetype i = 0; i < all.size(); ++i) {
        QVERIFY(near(lnRaceEvidence(all.mid(0, i + 1), 1.0), even.at(i)));
        QVERIFY(near(lnRaceEvidence(all.mid(0, i + 1), 1.2), lenient.at(i)));
    }
    QVERIFY(guardLevel(lnRaceEvidence(all, 1.2)) == GuardLevel::RollBack);
}

void TestEvidence::raceSkipsEmptyBuckets()
{
    const QVector<RaceBucket> plain{{2, 99, 100, 9900}};
    const QVector<RaceBucket> padded{{0, 0, 100, 9900}, {2, 99, 100, 9900}, {5, 0, 100, 0}, {0, 7, 0, 100}};
    QCOMPARE(lnRaceEvidence(padded, 1.0), lnRaceEvidence(plain, 1.0));
    QVERIFY(near(lnRaceEvidence({}, 1.0), 0.0, 1e-12));
}

void TestEvidence::means()
{
    QVERIFY(near(lnMeanEvidence({}), 0.0));
    QVERIFY(near(lnMeanEvidence({std::log(3.0)}), std::log(3.0)));
    QVERIFY(near(lnMeanEvidence({std::log(3.0), std::log(5.0)}), std::log(4.0)));
    QVERIFY(near(lnMeanEvidence({800.0, 0.0}), 800.0 - std::log(2.0)));
}

void TestEvidence::ladder()
{
    QVERIFY(guardLevel(std::log(4.999)) == GuardLevel::Quiet);
    QVERIFY(guardLevel(std::log(5.0)) == GuardLevel::Notify);
    QVERIFY(guardLevel(std::log(19.99)) == GuardLevel::Notify);
    QVERIFY(guardLevel(std::log(20.0)) == GuardLevel::Pause);
    QVERIFY(guardLevel(std::log(100.0)) == GuardLevel::RollBack);
    QVERIFY(guardLevel(-50.0) == GuardLevel::Quiet);
}

void TestEvidence::devicesToAdvance_data()
{
    QTest::addColumn<double>("share");
    QTest::addColumn<qint64>("devices");
    QTest::newRow("0 %") << 0.0 << qint64{118};
    QTest::newRow("1 %") << 0.01 << qint64{228};
    QTest::newRow("2 %") << 0.02 << qint64{512};
    QTest::newRow("3 %") << 0.03 << qint64{1449};
}

void TestEvidence::devicesToAdvance()
{
    QFETCH(double, share);
    QFETCH(qint64, devices);
    const auto failing = [&](qint64 n) { return static_cast<qint64>(share * static_cast<double>(n)); };
    QVERIFY(mayAdvance(devices, failing(devices), 0.05));
    QVERIFY(!mayAdvance(devices * 9 / 10, failing(devices * 9 / 10) + 1, 0.05));
}

void TestEvidence::advancesAtTheBandsEnd()
{
    QVERIFY(!mayAdvance(115, 0, 0.05));
    QVERIFY(mayAdvance(116, 0, 0.05));
    QVERIFY(!mayAdvance(0, 0, 0.05));
}

void TestEvidence::tolerated()
{
    QCOMPARE(toleratedShare(0.05, 0, 0), 0.05);
    QCOMPARE(toleratedShare(0.05, 100'000, 100), 0.05);
    QVERIFY(near(toleratedShare(0.01, 800, 19), 1.2 * confidenceBand(800, 19).high));
}

void TestEvidence::nonsenseIsQuiet()
{
    QVERIFY(near(lnAbsoluteEvidence(0, 0, 0.05), 0.0, 1e-12));
    QVERIFY(near(lnAbsoluteEvidence(-5, 3, 0.05), 0.0, 1e-12));
    QCOMPARE(lnAbsoluteEvidence(5, 9, 0.05), lnAbsoluteEvidence(5, 5, 0.05));
    QVERIFY(std::isfinite(lnAbsoluteEvidence(1'000'000'000, 999'999'999, 0.05)));
}

QTEST_APPLESS_MAIN(TestEvidence)
#include "test_evidence.moc"
