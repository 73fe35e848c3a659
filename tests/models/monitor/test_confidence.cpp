// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/confidence.h"

#include <QtTest>

#include <cmath>

using namespace gatehouse::monitor;

/// @source spec: guard-statistics, "Test vectors"
class TestConfidence : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void bands_data();
    void bands();
    void bandsEndWhereTheMixtureSaysSo();
    void noDataSaysNothing();
    void nonsenseIsClamped();
    void narrowsWithData();
    void isMirrored();
    void hugeNumbers();
};

void TestConfidence::bands_data()
{
    QTest::addColumn<qint64>("tries");
    QTest::addColumn<qint64>("hits");
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::newRow("12/0") << qint64{12} << qint64{0} << 0.000000 << 0.330850;
    QTest::newRow("31/2") << qint64{31} << qint64{2} << 0.002115 << 0.289144;
    QTest::newRow("58/5") << qint64{58} << qint64{5} << 0.013344 << 0.252294;
    QTest::newRow("121/14") << qint64{121} << qint64{14} << 0.041989 << 0.235462;
    QTest::newRow("800/19") << qint64{800} << qint64{19} << 0.009121 << 0.048678;
    QTest::newRow("20/0") << qint64{20} << qint64{0} << 0.0 << 0.224006;
    QTest::newRow("5/5") << qint64{5} << qint64{5} << 0.414968 << 1.0;
}

void TestConfidence::bands()
{
    QFETCH(qint64, tries);
    QFETCH(qint64, hits);
    QFETCH(double, low);
    QFETCH(double, high);
    const Band band = confidenceBand(tries, hits);
    QVERIFY2(std::abs(band.low - low) < 1e-6, qPrintable(QString::number(band.low, 'g', 12)));
    QVERIFY2(std::abs(band.high - high) < 1e-6, qPrintable(QString::number(band.high, 'g', 12)));
}

void TestConfidence::bandsEndWhereTheMixtureSaysSo()
{
    const Band band = confidenceBand(121, 14, 0.01);
    QVERIFY(std::abs(lnMixture(121, 14, band.low) - std::log(100.0)) < 1e-8);
    QVERIFY(std::abs(lnMixture(121, 14, band.high) - std::log(100.0)) < 1e-8);
    QVERIFY(band.low < 14.0 / 121.0 && band.high > 14.0 / 121.0);
    const Band usual = confidenceBand(121, 14);
    QVERIFY(band.low < usual.low && band.high > usual.high);
}

void TestConfidence::noDataSaysNothing()
{
    QCOMPARE(confidenceBand(0, 0), (Band{0.0, 1.0}));
    QCOMPARE(confidenceBand(-3, 0), (Band{0.0, 1.0}));
}

void TestConfidence::nonsenseIsClamped()
{
    QCOMPARE(confidenceBand(5, 9), confidenceBand(5, 5));
    QCOMPARE(confidenceBand(5, -1), confidenceBand(5, 0));
}

void TestConfidence::narrowsWithData()
{
    double before = 1.0;
    for (qint64 n = 10; n <= 1'000'000; n *= 10) {
        const Band band = confidenceBand(n, n / 10);
        QVERIFY(band.high - band.low < before);
        QVERIFY(band.low < 0.1 && band.high > 0.1);
        before = band.high - band.low;
    }
}

void TestConfidence::isMirrored()
{
    const Band some = confidenceBand(50, 4);
    const Band others = confidenceBand(50, 46);
    QVERIFY(std::abs(some.low - (1.0 - others.high)) < 1e-10);
    QVERIFY(std::abs(some.high - (1.0 - others.low)) < 1e-10);
}

void TestConfidence::hugeNumbers()
{
    const Band band = confidenceBand(10'000'000'000, 500'000'000);
    QVERIFY(std::isfinite(band.low) && std::isfinite(band.high));
    QVERIFY(band.low > 0.0499 && band.high < 0.0501);
}

QTEST_APPLESS_MAIN(TestConfidence)
#include "test_confidence.moc"
