// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clock.h"

#include <QTest>
#include <QTimeZone>

using namespace gatehouse;
using namespace std::chrono_literals;

class ClockTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void manualClockStandsStill();
    void systemClockIsNow();
    void readsTimes_data();
    void readsTimes();
    void refusesWhatIsNoTime_data();
    void refusesWhatIsNoTime();
    void writesTimes();
    void whatIsWrittenReadsBack();
    void theZoneOfTheMachineDoesNotMatter();
};

namespace {

constexpr qint64 kMoment = 1784541600123; // 2026-07-20T10:00:00.123Z

} // namespace

void ClockTest::manualClockStandsStill()
{
    ManualClock clock(utcFromMs(kMoment));
    QCOMPARE(toMs(clock.now()), kMoment);
    QCOMPARE(toMs(clock.now()), kMoment);
    clock.advance(90s);
    QCOMPARE(toMs(clock.now()), kMoment + 90'000);
}

void ClockTest::systemClockIsNow()
{
    const qint64 before = QDateTime::currentMSecsSinceEpoch();
    const qint64 now = toMs(SystemClock().now());
    const qint64 after = QDateTime::currentMSecsSinceEpoch();
    QVERIFY(before <= now && now <= after);
}

void ClockTest::readsTimes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("ms");
    QTest::newRow("milliseconds, Z") << QStringLiteral("2026-07-20T10:00:00.123Z") << kMoment;
    QTest::newRow("whole seconds") << QStringLiteral("2026-07-20T10:00:00Z") << kMoment - 123;
    QTest::newRow("microseconds") << QStringLiteral("2026-07-20T10:00:00.123456Z") << kMoment;
    QTest::newRow("nanoseconds") << QStringLiteral("2026-07-20T10:00:00.123456789Z") << kMoment;
    QTest::newRow("one decimal") << QStringLiteral("2026-07-20T10:00:00.1Z") << kMoment - 23;
    QTest::newRow("offset with colon") << QStringLiteral("2026-07-20T12:00:00.123+02:00") << kMoment;
    QTest::newRow("offset west") << QStringLiteral("2026-07-20T05:30:00.123-04:30") << kMoment;
    QTest::newRow("PostgreSQL's text") << QStringLiteral("2026-07-20 10:00:00.123456+00") << kMoment;
    QTest::newRow("PostgreSQL's text, east") << QStringLiteral("2026-07-20 12:00:00.123456+02") << kMoment;
    QTest::newRow("PostgreSQL's text, west") << QStringLiteral("2026-07-20 05:00:00.123456-05") << kMoment;
    QTest::newRow("without a zone it is UTC") << QStringLiteral("2026-07-20T10:00:00.123") << kMoment;
    QTest::newRow("before 1970") << QStringLiteral("1969-12-31T23:59:59Z") << qint64(-1000);
    QTest::newRow("leap day") << QStringLiteral("2028-02-29T00:00:00Z") << qint64(1835395200000);
}

void ClockTest::readsTimes()
{
    QFETCH(QString, text);
    QFETCH(qint64, ms);
    const auto time = parseIso(text);
    QVERIFY2(time.has_value(), qPrintable(text));
    QCOMPARE(toMs(*time), ms);
}

void ClockTest::refusesWhatIsNoTime_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"", "yesterday", "1784541600123", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z",
                             "2026-07-20T25:00:00Z", "2026-07-20T10:61:00Z", "2026-07-20T10:00:00.123Zjunk",
                             "20.7.2026", ".", "+00", "T"}) {
        QTest::newRow(qPrintable(QStringLiteral("\"%1\"").arg(QString::fromLatin1(text))))
            << QString::fromLatin1(text);
    }
}

void ClockTest::refusesWhatIsNoTime()
{
    QFETCH(QString, text);
    const auto time = parseIso(text);
    QVERIFY2(!time.has_value(), qPrintable(text));
    QCOMPARE(time.error().id, QStringLiteral("core.time"));
}

void ClockTest::writesTimes()
{
    QCOMPARE(toIso(utcFromMs(kMoment)), QStringLiteral("2026-07-20T10:00:00.123Z"));
    QCOMPARE(toIso(utcFromMs(kMoment - 123)), QStringLiteral("2026-07-20T10:00:00.000Z"));
    QCOMPARE(toIso(utcFromMs(kMoment), Fraction::Drop), QStringLiteral("2026-07-20T10:00:00Z"));
}

void ClockTest::whatIsWrittenReadsBack()
{
    for (qint64 ms = -5'000'000'000'000; ms < 5'000'000'000'000; ms += 123'456'789'013) {
        const auto back = parseIso(toIso(utcFromMs(ms)));
        QVERIFY2(back.has_value(), qPrintable(toIso(utcFromMs(ms))));
        QCOMPARE(toMs(*back), ms);
    }
}

void ClockTest::theZoneOfTheMachineDoesNotMatter()
{
    const QByteArray zone = qgetenv("TZ");
    const auto restore = qScopeGuard([&zone] {
        qputenv("TZ", zone);
        tzset();
    });
    qputenv("TZ", "Asia/Tokyo");
    tzset();
    QCOMPARE(toMs(parseIso(QStringLiteral("2026-07-20T10:00:00.123")).value()), kMoment);
    QCOMPARE(toIso(utcFromMs(kMoment)), QStringLiteral("2026-07-20T10:00:00.123Z"));
}

QTEST_APPLESS_MAIN(ClockTest)
#include "test_clock.moc"
