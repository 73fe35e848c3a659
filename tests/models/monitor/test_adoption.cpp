// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/adoption.h"

#include <QtTest>

#include <cmath>

using namespace gatehouse;
using namespace gatehouse::monitor;

namespace {
QString text(const char *value)
{
    return QString::fromLatin1(value);
}
wire::SeriesAnswer answer(QVector<wire::SeriesLine> lines)
{
    return {text("active_devices"), text("bundle"), utcFromMs(0), 60'000, std::move(lines)};
}
} // namespace

class TestAdoption : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sharesSumToOne();
    void gapsStayGaps();
    void biggestFirst();
    void restIsOneArea();
    void nobodyIsNoShare();
    void nothingIsNothing();
};

void TestAdoption::sharesSumToOne()
{
    const Adoption adoption =
        adoptionOf(answer({{text("1.0.0"), {100.0, 70.0}}, {text("1.1.0"), {0.0, 30.0}}}));
    QCOMPARE(adoption.totals, (Line{100.0, 100.0}));
    QCOMPARE(adoption.areas.at(0).label, text("1.0.0"));
    QCOMPARE(adoption.areas.at(0).shares, (Line{1.0, 0.7}));
    QCOMPARE(adoption.areas.at(1).counts, (Line{0.0, 30.0}));
    QVERIFY(std::abs(*adoption.areas.at(1).shares.at(1) - 0.3) < 1e-12);
}

void TestAdoption::gapsStayGaps()
{
    const Adoption adoption = adoptionOf(
        answer({{text("a"), {std::nullopt, 5.0, 5.0}}, {text("b"), {std::nullopt, std::nullopt, 5.0}}}));
    QCOMPARE(adoption.totals, (Line{std::nullopt, 5.0, 10.0}));
    QCOMPARE(adoption.areas.at(1).counts, (Line{std::nullopt, 0.0, 5.0}));
    QCOMPARE(adoption.areas.at(0).shares, (Line{std::nullopt, 1.0, 0.5}));
}

void TestAdoption::biggestFirst()
{
    const Adoption adoption =
        adoptionOf(answer({{text("c"), {9.0, 1.0}}, {text("b"), {1.0, 5.0}}, {text("a"), {0.0, 5.0}}}));
    QCOMPARE(adoption.areas.at(0).label, text("a"));
    QCOMPARE(adoption.areas.at(1).label, text("b"));
    QCOMPARE(adoption.areas.at(2).label, text("c"));
}

void TestAdoption::restIsOneArea()
{
    const Adoption adoption = adoptionOf(
        answer({{text("a"), {4.0}}, {text("b"), {3.0}}, {text("c"), {2.0}}, {text("d"), {1.0}}}), 3);
    QCOMPARE(adoption.areas.size(), 3);
    QCOMPARE(adoption.areas.at(2).label, QString());
    QCOMPARE(adoption.areas.at(2).counts, (Line{3.0}));
    QCOMPARE(adoption.areas.at(2).shares, (Line{0.3}));
}

void TestAdoption::nobodyIsNoShare()
{
    const Adoption adoption = adoptionOf(answer({{text("a"), {0.0, 1.0}}}));
    QCOMPARE(adoption.areas.at(0).shares, (Line{std::nullopt, 1.0}));
}

void TestAdoption::nothingIsNothing()
{
    const Adoption adoption = adoptionOf(answer({}));
    QVERIFY(adoption.areas.isEmpty());
    QCOMPARE(adoption.axis.count, 0);
}

QTEST_APPLESS_MAIN(TestAdoption)
#include "test_adoption.moc"
