// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/result.h"

#include <QTest>

#include <memory>

using namespace gatehouse;

namespace {

Error wrong()
{
    return makeError(ErrorKind::Io, "test.wrong", QStringLiteral("It went wrong."));
}

Result<int> half(int number)
{
    if (number % 2 != 0) {
        return makeError(ErrorKind::Invalid, "test.odd", QStringLiteral("%1 is odd.").arg(number));
    }
    return number / 2;
}

Result<int> quarter(int number)
{
    GATEHOUSE_ASSIGN(const int once, half(number));
    GATEHOUSE_ASSIGN(const int twice, half(once));
    return twice;
}

Result<void> tryBoth(const Result<void> &first, int &reached)
{
    reached = 1;
    GATEHOUSE_TRY(Result<void>(first));
    reached = 2;
    return {};
}

Result<std::unique_ptr<int>> box(int number)
{
    return std::make_unique<int>(number);
}

Result<int> unbox(int number)
{
    GATEHOUSE_ASSIGN(const std::unique_ptr<int> boxed, box(number));
    return *boxed;
}

} // namespace

class ResultTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsAValueOrAnError();
    void assignLeavesWithTheFirstError();
    void tryLeavesBeforeTheNextStep();
    void carriesWhatCanOnlyBeMoved();
    void thenCallsOnlyAfterSuccess();
};

void ResultTest::holdsAValueOrAnError()
{
    const Result<int> good = half(8);
    QVERIFY(good.has_value());
    QCOMPARE(*good, 4);
    const Result<int> bad = half(7);
    QVERIFY(!bad.has_value());
    QCOMPARE(bad.error().id, QStringLiteral("test.odd"));
    QCOMPARE(bad.error().kind, ErrorKind::Invalid);
}

void ResultTest::assignLeavesWithTheFirstError()
{
    QCOMPARE(quarter(8).value_or(-1), 2);
    QCOMPARE(quarter(7).error().what, QStringLiteral("7 is odd."));
    QCOMPARE(quarter(6).error().what, QStringLiteral("3 is odd."));
}

void ResultTest::tryLeavesBeforeTheNextStep()
{
    int reached = 0;
    QVERIFY(tryBoth({}, reached).has_value());
    QCOMPARE(reached, 2);
    const Result<void> failed = tryBoth(wrong(), reached);
    QCOMPARE(reached, 1);
    QCOMPARE(failed.error(), wrong());
}

void ResultTest::carriesWhatCanOnlyBeMoved()
{
    QCOMPARE(unbox(5).value_or(-1), 5);
}

void ResultTest::thenCallsOnlyAfterSuccess()
{
    QCOMPARE(half(12).then(half).value_or(-1), 3);
    int calls = 0;
    const auto count = [&calls](int number) -> Result<int> {
        ++calls;
        return number;
    };
    QCOMPARE(half(7).then(count).error().id, QStringLiteral("test.odd"));
    QCOMPARE(calls, 0);
    const auto answer = [&calls]() -> Result<int> {
        ++calls;
        return 42;
    };
    QCOMPARE(Result<void>().then(answer).value_or(-1), 42);
    QCOMPARE(Result<void>(wrong()).then(answer).error(), wrong());
    QCOMPARE(calls, 1);
}

QTEST_APPLESS_MAIN(ResultTest)
#include "test_result.moc"
