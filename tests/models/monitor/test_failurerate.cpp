// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/failurerate.h"

#include <QtTest>

using namespace gatehouse;
using namespace gatehouse::monitor;

namespace {
QString text(const char *value)
{
    return QString::fromLatin1(value);
}

wire::SeriesAnswer series(const char *metric, QVector<wire::SeriesLine> lines)
{
    return {text(metric), text("bundle"), utcFromMs(60'000), 60'000, std::move(lines)};
}
} // namespace

class TestFailureRate : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void noOutcomeNoShare();
    void countsDevicesNotEvents();
    void setBeforeFailureIsAFailure();
    void otherActionsDoNotCount();
    void linesRunUp();
    void linesMustFit();
};

void TestFailureRate::noOutcomeNoShare()
{
    QVERIFY(!FailureRate{}.share().has_value());
    QCOMPARE(FailureRate{}.band(), (Band{0.0, 1.0}));
    QCOMPARE((FailureRate{4, 1}).share().value(), 0.25);
    QCOMPARE((FailureRate{4, 9}).share().value(), 1.0);
}

void TestFailureRate::countsDevicesNotEvents()
{
    const FailureRate rate = countFirstOutcomes({{text("A"), text("update_fail")},
                                                 {text("a"), text("update_fail")},
                                                 {text("a"), text("app_crash")},
                                                 {text("b"), text("set")},
                                                 {text("b"), text("set")}});
    QCOMPARE(rate, (FailureRate{2, 1}));
}

void TestFailureRate::setBeforeFailureIsAFailure()
{
    QCOMPARE(countFirstOutcomes({{text("a"), text("set")}, {text("a"), text("update_fail")}}),
             (FailureRate{1, 1}));
}

void TestFailureRate::otherActionsDoNotCount()
{
    // Transport failures and refusals are not the bundle's fault, and no outcome.
    QCOMPARE(countFirstOutcomes({{text("a"), text("download_fail")},
                                 {text("b"), text("low_mem_fail")},
                                 {text("c"), text("noNew")},
                                 {text("d"), text("get")},
                                 {text("e"), text("disableAutoUpdateToMajor")}}),
             FailureRate{});
    for (const char *action : {"update_fail", "set_fail", "decrypt_fail", "checksum_fail", "unzip_fail",
                               "app_crash", "app_crash_native", "app_anr", "app_initialization_failure"}) {
        QCOMPARE(countFirstOutcomes({{text("a"), text(action)}}), (FailureRate{1, 1}));
    }
}

void TestFailureRate::linesRunUp()
{
    const auto attempts = series("attempts", {{text("1.1.0"), {std::nullopt, 0.0, 10.0, std::nullopt, 10.0}},
                                              {text("1.0.0"), {0.0, 0.0, 0.0, 0.0, 0.0}}});
    const auto failures = series("failures", {{text("1.1.0"), {std::nullopt, 0.0, 1.0, std::nullopt, 4.0}}});
    const auto lines = failureLines(attempts, failures);
    QVERIFY(lines.has_value());
    QCOMPARE(lines->size(), 1);
    const auto &points = lines->front().points;
    QCOMPARE(points.size(), 5);
    QVERIFY(!points.at(0) && !points.at(1) && !points.at(3));
    QCOMPARE(points.at(2)->sum, (FailureRate{10, 1}));
    QCOMPARE(points.at(4)->sum, (FailureRate{20, 5}));
    QCOMPARE(points.at(4)->share, 0.25);
    QCOMPARE(points.at(4)->band, confidenceBand(20, 5));
    QCOMPARE(points.at(4)->bucket, 4);
}

void TestFailureRate::linesMustFit()
{
    const auto attempts = series("attempts", {});
    auto failures = series("failures", {});
    failures.stepMs = 1000;
    const auto lines = failureLines(attempts, failures);
    QVERIFY(!lines.has_value());
    QCOMPARE(lines.error().id, QStringLiteral("monitor.series"));
}

QTEST_APPLESS_MAIN(TestFailureRate)
#include "test_failurerate.moc"
