// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/jobs.h"
#include "workspace/repository.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <semaphore>

using namespace gatehouse;
using namespace gatehouse::workspace;

namespace {

class Numbers final : public Repository
{
public:
    using Repository::Repository;
    void refresh(std::function<Result<int>(Operation &)> source)
    {
        load(QStringLiteral("numbers"), std::move(source), [this](int next) {
            const bool isNew = next != value;
            value = next;
            return isNew;
        });
    }
    int value = 0;
};

Error broken()
{
    return makeError(ErrorKind::Offline, "test.offline", QStringLiteral("No way there."));
}

} // namespace

class JobsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deliversTheResultOnTheCallersThread();
    void saysNothingToAContextThatIsGone();
    void cancelEndsTheWork();
    void keepsProgressAndError();
    void repositoryDropsLateAnswers();
    void repositoryKeepsWhatItHadWhenARefreshFails();
};

void JobsTest::deliversTheResultOnTheCallersThread()
{
    Jobs jobs;
    QThread *worker = nullptr;
    QThread *delivered = nullptr;
    int value = 0;
    jobs.run(
        QStringLiteral("add"), JobVisibility::Shown, this,
        [&worker](Operation &) -> Result<int> {
            worker = QThread::currentThread();
            return 42;
        },
        [&](Result<int> result) {
            delivered = QThread::currentThread();
            value = *result;
        });
    QCOMPARE(jobs.runningCount(), 1);
    QTRY_COMPARE(value, 42);
    QVERIFY(worker != QThread::currentThread());
    QCOMPARE(delivered, QThread::currentThread());
    QCOMPARE(jobs.jobs().constFirst()->state(), Job::State::Done);
}

void JobsTest::saysNothingToAContextThatIsGone()
{
    Jobs jobs;
    std::binary_semaphore gate(0);
    bool called = false;
    auto context = std::make_unique<QObject>();
    Job *job = jobs.run(
        QStringLiteral("wait"), JobVisibility::Shown, context.get(),
        [&gate](Operation &) -> Result<void> {
            gate.acquire();
            return {};
        },
        [&called](Result<void>) { called = true; });
    QSignalSpy finished(job, &Job::finished);
    context.reset();
    gate.release();
    QTRY_COMPARE(finished.count(), 1);
    QVERIFY(!called);
}

void JobsTest::cancelEndsTheWork()
{
    Jobs jobs;
    std::optional<Error> error;
    Job *job = jobs.run(
        QStringLiteral("spin"), JobVisibility::Shown, this,
        [](Operation &operation) -> Result<void> {
            while (operation.check()) {
                std::this_thread::yield();
            }
            return operation.check();
        },
        [&error](Result<void> result) { error = result.error(); });
    job->cancel();
    QTRY_VERIFY(error.has_value());
    QCOMPARE(error->kind, ErrorKind::Cancelled);
    QCOMPARE(job->state(), Job::State::Cancelled);
}

void JobsTest::keepsProgressAndError()
{
    Jobs jobs;
    bool done = false;
    Job *job = jobs.run(
        QStringLiteral("count"), JobVisibility::Shown, this,
        [](Operation &operation) -> Result<void> {
            operation.report(QStringLiteral("Archive"), 10, 10, Progress::Unit::Items);
            return broken();
        },
        [&done](Result<void>) { done = true; });
    QTRY_VERIFY(done);
    QCOMPARE(job->progress().done, 10);
    QCOMPARE(job->progress().step, QStringLiteral("Archive"));
    QCOMPARE(job->error()->id, QStringLiteral("test.offline"));
}

void JobsTest::repositoryDropsLateAnswers()
{
    Jobs jobs;
    const ManualClock clock(utcFromMs(1000));
    Numbers numbers(jobs, clock, nullptr);
    std::binary_semaphore gate(0);
    numbers.refresh([&gate](Operation &) -> Result<int> {
        gate.acquire();
        return 1;
    });
    QCOMPARE(numbers.state(), LoadState::Loading);
    numbers.refresh([](Operation &) -> Result<int> { return 2; });
    QTRY_COMPARE(numbers.value, 2);
    gate.release();
    QTRY_VERIFY(!numbers.isLoading());
    QCOMPARE(numbers.value, 2);
}

void JobsTest::repositoryKeepsWhatItHadWhenARefreshFails()
{
    Jobs jobs;
    const ManualClock clock(utcFromMs(1000));
    Numbers numbers(jobs, clock, nullptr);
    numbers.refresh([](Operation &) -> Result<int> { return broken(); });
    QTRY_COMPARE(numbers.state(), LoadState::Failed);
    numbers.refresh([](Operation &) -> Result<int> { return 7; });
    QTRY_COMPARE(numbers.state(), LoadState::Ready);
    QVERIFY(!numbers.error());
    QCOMPARE(toMs(*numbers.loadedAt()), 1000);
    numbers.refresh([](Operation &) -> Result<int> { return broken(); });
    QTRY_VERIFY(numbers.error().has_value());
    QCOMPARE(numbers.state(), LoadState::Ready);
    QCOMPARE(numbers.value, 7);
}

QTEST_GUILESS_MAIN(JobsTest)
#include "jobs_test.moc"
