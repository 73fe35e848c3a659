// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "rollout/referencedecision.h"
#include "rollout/threshold.h"

#include <QRandomGenerator>
#include <QtTest>

#include <cmath>

using namespace gatehouse;
using namespace gatehouse::rollout;

namespace {

UtcTime time(const char *iso)
{
    return *parseIso(QString::fromLatin1(iso));
}

ReferenceRollout rolloutAt(int share, bool paused = false, bool enabled = true)
{
    return {{enabled, paused, BasisPoints::clamp(share), QStringLiteral("1.1.0")}, QStringLiteral("r"), 10};
}

/// "S/5000", "N/2000" or "".
std::optional<RememberedDecision> memory(const char *text, qint64 bundleId)
{
    const QString form = QString::fromLatin1(text);
    if (form.isEmpty()) {
        return std::nullopt;
    }
    const UtcTime then = time("2026-07-31T00:00:00.000Z");
    return RememberedDecision{form.startsWith(QLatin1Char('S')),
                              BasisPoints::clamp(form.mid(2).toInt()),
                              QStringLiteral("r"),
                              bundleId,
                              then,
                              then};
}

} // namespace

/// @source spec: device-protocol, section 2.5
class TestReferenceDecision : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void vectors_data();
    void vectors();
    void limits();
    void foreignMemoryIsNone();
    void sharesOfAPath();
};

void TestReferenceDecision::vectors_data()
{
    QTest::addColumn<QString>("current");
    QTest::addColumn<ReferenceRollout>("rules");
    QTest::addColumn<std::optional<RememberedDecision>>("remembered");
    QTest::addColumn<int>("draw");
    QTest::addColumn<bool>("selected");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("stored"); // "true 2500 2026-08-01", empty: unchanged
    const auto row = [](const char *name, const char *current, const ReferenceRollout &rules, const char *mem,
                        int draw, bool selected, const char *reason, const char *stored,
                        qint64 memoryBundle = 10) {
        QTest::newRow(name) << QString::fromLatin1(current) << rules << memory(mem, memoryBundle) << draw
                            << selected << QString::fromLatin1(reason) << QString::fromLatin1(stored);
    };
    row("1", "1.0.0", rolloutAt(2500), "", 2499, true, "cache_miss", "true 2500 2026-08-01");
    row("2", "1.0.0", rolloutAt(2500), "", 2500, false, "cache_miss", "false 2500 2026-08-01");
    row("3", "1.0.0", rolloutAt(10000), "", 9999, true, "cache_miss", "true 10000 2026-08-01");
    row("4", "1.0.0", rolloutAt(0), "S/5000", 0, false, "percentage_zero", "");
    row("5", "1.0.0", rolloutAt(2500), "S/5000", 4999, true, "percentage_decrease_reroll",
        "true 2500 2026-07-31");
    row("6", "1.0.0", rolloutAt(2500), "S/5000", 5000, false, "percentage_decrease_reroll",
        "false 2500 2026-07-31");
    row("7", "1.0.0", rolloutAt(5000), "N/2000", 3749, true, "delta_reroll", "true 5000 2026-07-31");
    row("8", "1.0.0", rolloutAt(5000), "N/2000", 3750, false, "delta_reroll", "false 5000 2026-07-31");
    row("9", "1.0.0", rolloutAt(1000), "N/2000", 0, false, "cached_unselected", "");
    row("10", "1.0.0", rolloutAt(7000), "S/5000", 9999, true, "cached_selected", "");
    row("11", "1.1.0", rolloutAt(0, true), "", 0, true, "already_on_rollout", "true 0 2026-08-01");
    row("12", "1.1.0", rolloutAt(10000), "N/0", 0, true, "delta_reroll", "true 10000 2026-07-31");
    row("13", "1.1.0", rolloutAt(3000), "S/5000", 0, true, "already_on_rollout", "true 5000 2026-07-31");
    row("14", "1.0.0", rolloutAt(10000, true), "S/10000", 0, false, "paused", "");
    row("15", "1.1.0", rolloutAt(10000, true), "N/0", 0, false, "paused", "");
    row("16", "1.1.0", rolloutAt(2500, false, false), "", 0, false, "disabled", "");
    row("17", "1.0.0", rolloutAt(3333), "N/1111", 2499, true, "delta_reroll", "true 3333 2026-07-31");
    row("18", "1.0.0", rolloutAt(333), "S/1000", 3330, false, "percentage_decrease_reroll",
        "false 333 2026-07-31");
    row("19", "1.0.0", rolloutAt(2500), "S/10000", 2500, false, "cache_miss", "false 2500 2026-08-01", 9);
    row("20", "1.0.0", rolloutAt(10000), "N/9999", 9999, true, "delta_reroll", "true 10000 2026-07-31");
    row("21", "1.1.0", rolloutAt(5000), "N/5000", 0, false, "cached_unselected", "");
}

void TestReferenceDecision::vectors()
{
    QFETCH(QString, current);
    QFETCH(ReferenceRollout, rules);
    QFETCH(std::optional<RememberedDecision>, remembered);
    QFETCH(int, draw);
    QFETCH(bool, selected);
    QFETCH(QString, reason);
    QFETCH(QString, stored);
    const UtcTime now = time("2026-08-01T00:00:00.000Z");
    int draws = 0;
    const ReferenceDecision decided = decideAsReference(rules, current, remembered, now, [&] {
        ++draws;
        return draw;
    });
    QCOMPARE(decided.decision.selected, selected);
    QCOMPARE(reasonCode(decided.decision.reason), reason);
    QCOMPARE(draws,
             reason.endsWith(QLatin1String("reroll")) || reason == QLatin1String("cache_miss") ? 1 : 0);
    QCOMPARE(decided.toStore.has_value(), !stored.isEmpty());
    if (decided.toStore) {
        const QStringList parts = stored.split(QLatin1Char(' '));
        QCOMPARE(decided.toStore->selected, parts.at(0) == QLatin1String("true"));
        QCOMPARE(decided.toStore->share.value(), parts.at(1).toInt());
        QCOMPARE(toIso(decided.toStore->createdAt), QString(parts.at(2) + QLatin1String("T00:00:00.000Z")));
        QCOMPARE(decided.toStore->updatedAt, now);
        QCOMPARE(decided.toStore->bundleId, 10);
        QCOMPARE(decided.toStore->rolloutId, QStringLiteral("r"));
    }
}

void TestReferenceDecision::limits()
{
    const auto raise = [](int from, int to) {
        return raiseLimit(BasisPoints::clamp(from), BasisPoints::clamp(to));
    };
    QCOMPARE(raise(0, 1), 1);
    QCOMPARE(raise(1, 2), 2);
    QCOMPARE(raise(1111, 3333), 2500);
    QCOMPARE(raise(2000, 5000), 3750);
    QCOMPARE(raise(333, 1000), 690);
    QCOMPARE(raise(9000, 9001), 10);
    QCOMPARE(raise(9999, 10000), 10000);
    QCOMPARE(raise(5000, 5000), 0);
    QCOMPARE(raise(5000, 100), 0);
    QCOMPARE(raise(10000, 10000), 0);
    const auto lower = [](int from, int to) {
        return lowerLimit(BasisPoints::clamp(from), BasisPoints::clamp(to));
    };
    QCOMPARE(lower(1000, 333), 3330);
    QCOMPARE(lower(5000, 5000), 10000);
    QCOMPARE(lower(0, 0), 10000);
    QCOMPARE(lower(3, 1), 3334);
}

void TestReferenceDecision::foreignMemoryIsNone()
{
    std::optional<RememberedDecision> other = memory("S/10000", 10);
    other->rolloutId = QStringLiteral("an earlier rollout");
    const ReferenceDecision decided = decideAsReference(rolloutAt(100), QStringLiteral("1.0.0"), other,
                                                        time("2026-08-01T00:00:00Z"), [] { return 9999; });
    QVERIFY(!decided.decision.selected);
    QCOMPARE(decided.decision.reason, Reason::CacheMiss);
}

/// 10 → 100 → 10 % does not end at 10 %: the reference keeps what it remembered.
void TestReferenceDecision::sharesOfAPath()
{
    QRandomGenerator random(20261123);
    const auto draw = [&] { return drawFrom(random.generate()); };
    const UtcTime now = time("2026-08-01T00:00:00Z");
    constexpr int devices = 40'000;
    int selected = 0;
    for (int i = 0; i < devices; ++i) {
        std::optional<RememberedDecision> remembered;
        bool last = false;
        for (const int share : {1000, 10000, 1000}) {
            const ReferenceDecision decided =
                decideAsReference(rolloutAt(share), QStringLiteral("1.0.0"), remembered, now, draw);
            last = decided.decision.selected;
            if (decided.toStore) {
                remembered = decided.toStore;
            }
        }
        selected += last ? 1 : 0;
    }
    QVERIFY(std::abs(selected / double{devices} - 0.189) < 0.01);
}

QTEST_APPLESS_MAIN(TestReferenceDecision)
#include "test_referencedecision.moc"
