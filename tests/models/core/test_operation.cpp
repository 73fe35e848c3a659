// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operation.h"

#include <QTest>

#include <thread>
#include <vector>

using namespace gatehouse;
using namespace std::chrono_literals;

class OperationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesOnByDefault();
    void stopsWhenAsked();
    void stopsAtItsDeadline();
    void aStopCountsMoreThanTheDeadline();
    void reportsReachTheListener();
    void aStepThatIsNotOursStaysAsItIs();
    void reportsFromManyThreadsDoNotMix();
};

void OperationTest::goesOnByDefault()
{
    Operation operation;
    QVERIFY(operation.check().has_value());
    QVERIFY(!operation.isStopRequested());
    QVERIFY(!operation.deadline().has_value());
    operation.report(QStringLiteral("Archive"), 1, 2,
                     Progress::Unit::Items); // nobody listens: nothing happens
}

void OperationTest::stopsWhenAsked()
{
    std::stop_source source;
    const Operation operation(source.get_token());
    QVERIFY(operation.check().has_value());
    std::thread([&source] { source.request_stop(); }).join();
    QVERIFY(operation.isStopRequested());
    const auto stopped = operation.check();
    QVERIFY(!stopped.has_value());
    QCOMPARE(stopped.error().kind, ErrorKind::Cancelled);
    QCOMPARE(stopped.error().id, QStringLiteral("operation.cancelled"));
}

void OperationTest::stopsAtItsDeadline()
{
    Operation operation;
    operation.setTimeout(1h);
    QVERIFY(operation.check().has_value());
    operation.setDeadline(std::chrono::steady_clock::now());
    const auto late = operation.check();
    QVERIFY(!late.has_value());
    QCOMPARE(late.error().kind, ErrorKind::Timeout);
    QCOMPARE(late.error().id, QStringLiteral("operation.timeout"));
    operation.setTimeout(1h);
    QVERIFY(operation.check().has_value());
}

void OperationTest::aStopCountsMoreThanTheDeadline()
{
    std::stop_source source;
    Operation operation(source.get_token());
    operation.setTimeout(0ms);
    source.request_stop();
    QCOMPARE(operation.check().error().kind, ErrorKind::Cancelled);
}

void OperationTest::reportsReachTheListener()
{
    std::vector<Progress> seen;
    Operation operation({}, [&seen](const Progress &progress) { seen.push_back(progress); });
    operation.report(QStringLiteral("Archive"), 10, 20, Progress::Unit::Bytes);
    operation.report(Progress{QStringLiteral("Cipher"), 1, 0, Progress::Unit::None});
    QCOMPARE(seen.size(), std::size_t(2));
    QCOMPARE(seen.at(0), (Progress{QStringLiteral("Archive"), 10, 20, Progress::Unit::Bytes}));
    QCOMPARE(seen.at(1).step, QStringLiteral("Cipher"));
}

void OperationTest::aStepThatIsNotOursStaysAsItIs()
{
    // What ours are called in another language is looked at where a translation is installed.
    QCOMPARE(stepWords(QStringLiteral("Archive")), QStringLiteral("Archive"));
    QCOMPARE(stepWords(QStringLiteral("Polish")), QStringLiteral("Polish"));
    QCOMPARE(stepWords({}), QString());
}

void OperationTest::reportsFromManyThreadsDoNotMix()
{
    // The listener is not thread-safe itself: Operation calls it from one thread at a time.
    std::int64_t sum = 0;
    Operation operation({}, [&sum](const Progress &progress) { sum += progress.done; });
    std::vector<std::thread> threads;
    threads.reserve(4);
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&operation] {
            for (int step = 0; step < 1000; ++step) {
                operation.report(QStringLiteral("Archive"), 1, 0, Progress::Unit::Items);
            }
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
    QCOMPARE(sum, std::int64_t(4000));
}

QTEST_APPLESS_MAIN(OperationTest)
#include "test_operation.moc"
