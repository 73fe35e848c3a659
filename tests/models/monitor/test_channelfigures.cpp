// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/channelfigures.h"

#include <QtTest>

using namespace gatehouse;
using namespace gatehouse::monitor;

namespace {
const QString kOld = QStringLiteral("1.0.0");
const QString kNew = QStringLiteral("1.1.0");

wire::SeriesAnswer series(QVector<wire::SeriesLine> lines)
{
    return {QStringLiteral("any"), QStringLiteral("bundle"), utcFromMs(0), 60'000, std::move(lines)};
}
} // namespace

class TestChannelFigures : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingIsKnownOfNobody()
    {
        const ChannelFigures figures = channelFigures({}, {}, {}, kNew);
        QVERIFY(!figures.adoption.has_value());
        QVERIFY(!figures.rate.share().has_value());
        QVERIFY(figures.trend.isEmpty());
    }

    void adoptionIsOfTheLastBucketThatIsKnown()
    {
        const wire::SeriesAnswer active =
            series({{kOld, {90.0, 60.0, std::nullopt}}, {kNew, {0.0, 20.0, std::nullopt}}});
        QCOMPARE(channelFigures(active, {}, {}, kNew).adoption.value(), 0.25);
        QCOMPARE(channelFigures(active, {}, {}, QStringLiteral("2.0.0")).adoption.value(), 0.0);
    }

    void theRateIsOfThisBundleAlone()
    {
        const wire::SeriesAnswer attempts = series({{kOld, {50.0, 50.0}}, {kNew, {std::nullopt, 8.0}}});
        const wire::SeriesAnswer failures = series({{kOld, {1.0, 0.0}}, {kNew, {0.0, 2.0}}});
        const ChannelFigures figures = channelFigures({}, attempts, failures, kNew);
        QCOMPARE(figures.rate, (FailureRate{8, 2}));
        QCOMPARE(figures.trend, (QVector<double>{0.0, 2.0}));
        QVERIFY(channelFigures({}, attempts, {}, kNew).trend.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestChannelFigures)
#include "test_channelfigures.moc"
