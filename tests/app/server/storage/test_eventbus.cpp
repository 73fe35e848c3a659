// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/eventbus.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::server;

class EventBusTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void subscribersGetTheirApp()
    {
        EventBus bus(m_clock);
        int wakes = 0;
        const auto subscription = bus.subscribe(QStringLiteral("a"), std::nullopt, [&] { ++wakes; });
        bus.publish(QStringLiteral("a"), QStringLiteral("stats"), {{QStringLiteral("n"), 1}});
        bus.publish(QStringLiteral("b"), QStringLiteral("stats"), {});
        QCOMPARE(wakes, 1);
        const auto events = subscription->take();
        QCOMPARE(events.size(), 1);
        QCOMPARE(events.front().type, QStringLiteral("stats"));
        QCOMPARE(events.front().data.value(QLatin1String("n")).toInt(), 1);
        QVERIFY(subscription->take().isEmpty());
    }

    void resumesAfterTheLastEvent()
    {
        EventBus bus(m_clock);
        qint64 last = 0;
        {
            const auto subscription = bus.subscribe(QStringLiteral("a"), std::nullopt, [] {});
            bus.publish(QStringLiteral("a"), QStringLiteral("device"), {});
            last = subscription->take().front().id;
        }
        bus.publish(QStringLiteral("a"), QStringLiteral("channel"), {});
        const auto again = bus.subscribe(QStringLiteral("a"), last, [] {});
        const auto missed = again->take();
        QCOMPARE(missed.size(), 1);
        QCOMPARE(missed.front().type, QStringLiteral("channel"));
    }

    void tooOldIsReset()
    {
        EventBus bus(m_clock);
        const auto subscription = bus.subscribe(QStringLiteral("a"), std::nullopt, [] {});
        bus.publish(QStringLiteral("a"), QStringLiteral("device"), {});
        const qint64 first = subscription->take().front().id;
        bus.publish(QStringLiteral("a"), QStringLiteral("device"), {});
        m_clock.advance(EventBus::kMaxAge + Milliseconds(1));
        bus.publish(QStringLiteral("a"), QStringLiteral("device"), {});
        const auto late = bus.subscribe(QStringLiteral("a"), first, [] {});
        const auto events = late->take();
        QCOMPARE(events.size(), 1);
        QCOMPARE(events.front().type, QStringLiteral("reset"));
        QVERIFY(late->take().isEmpty());
    }

    void idsOfAnotherRunAreReset()
    {
        EventBus bus(m_clock);
        for (const qint64 strange : {qint64{5}, std::numeric_limits<qint64>::max()}) {
            const auto subscription = bus.subscribe(QStringLiteral("a"), strange, [] {});
            QCOMPARE(subscription->take().front().type, QStringLiteral("reset"));
        }
    }

    void numberIsBounded()
    {
        EventBus bus(m_clock);
        const auto slow = bus.subscribe(QStringLiteral("a"), std::nullopt, [] {});
        for (std::size_t i = 0; i < EventBus::kMaxEvents + 10; ++i) {
            bus.publish(QStringLiteral("a"), QStringLiteral("device"), {});
        }
        QCOMPARE(slow->take().front().type, QStringLiteral("reset"));
    }

private:
    ManualClock m_clock{utcFromMs(1'785'000'000'000)};
};

QTEST_GUILESS_MAIN(EventBusTest)
#include "test_eventbus.moc"
