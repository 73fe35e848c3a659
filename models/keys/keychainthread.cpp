// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/keychainthread.h"

#include "core/secret.h"
#include "core/sentences.h"
#include "keys/keychainerrors.h"

#include <QLibrary>
#include <QObject>

#include <qt6keychain/keychain.h>

#include <condition_variable>
#include <mutex>

namespace gatehouse::keys {

namespace {
using namespace std::chrono_literals;

/// Shared by who asks and the job, so that neither needs the other to be alive.
struct Exchange
{
    std::mutex mutex;
    std::condition_variable_any answered;
    bool isAnswered = false;
    bool isAbandoned = false;
    KeychainReply reply;
};

// QtKeychain's queue is a global of its library; this one guards it.
std::atomic_flag queueIsTaken;

KeychainReply::Outcome outcomeOf(QKeychain::Error error)
{
    switch (error) {
    case QKeychain::NoError:
        return KeychainReply::Outcome::Done;
    case QKeychain::EntryNotFound:
        return KeychainReply::Outcome::NotFound;
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return KeychainReply::Outcome::Refused;
    case QKeychain::NoBackendAvailable:
        return KeychainReply::Outcome::NoService;
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::NotImplemented:
    case QKeychain::OtherError:
        break;
    }
    return KeychainReply::Outcome::Failed;
}

QKeychain::Job *newJob(KeychainRequest &request)
{
    switch (request.verb) {
    case KeychainRequest::Verb::Read:
        return new QKeychain::ReadPasswordJob(request.service);
    case KeychainRequest::Verb::Remove:
        return new QKeychain::DeletePasswordJob(request.service);
    case KeychainRequest::Verb::Write:
        break;
    }
    auto *job = new QKeychain::WritePasswordJob(request.service);
    job->setBinaryData(request.value);
    return job;
}
} // namespace

/// Lives on the keychain's thread. Jobs delete themselves when they are done, and only then.
class KeychainThread::Worker : public QObject
{
public:
    void start(KeychainRequest &request, const std::shared_ptr<Exchange> &exchange,
               const std::shared_ptr<std::atomic<int>> &abandoned)
    {
        QKeychain::Job *job = newJob(request);
        job->setAutoDelete(true);
        job->setInsecureFallback(false);
        job->setKey(request.key);
        connect(job, &QKeychain::Job::finished, this, [exchange, abandoned](QKeychain::Job *done) {
            KeychainReply reply{outcomeOf(done->error()), {}, done->errorString()};
            if (auto *read = qobject_cast<QKeychain::ReadPasswordJob *>(done)) {
                reply.value = read->binaryData();
            }
            const std::lock_guard lock(exchange->mutex);
            if (exchange->isAbandoned) {
                wipe(reply.value);
                abandoned->fetch_sub(1);
                return;
            }
            exchange->reply = std::move(reply);
            exchange->isAnswered = true;
            exchange->answered.notify_all();
        });
        job->start();
    }

    void forgetSession()
    {
#ifdef Q_OS_LINUX
        // QtKeychain loads libsecret by name at run time, and so do we; QtKeychain itself cannot be told.
        using Disconnect = void (*)();
        QLibrary libsecret(QStringLiteral("secret-1"), 0);
        if (const auto disconnect =
                reinterpret_cast<Disconnect>(libsecret.resolve("secret_service_disconnect"))) {
            disconnect();
        }
#endif
    }
};

KeychainThread::KeychainThread()
    : m_isFirst(!queueIsTaken.test_and_set())
    , m_worker(std::make_unique<Worker>())
{
    m_thread.setObjectName(QStringLiteral("keychain"));
    m_worker->moveToThread(&m_thread);
    m_thread.start();
}

KeychainThread::~KeychainThread()
{
    m_thread.quit();
    m_thread.wait();
}

void KeychainThread::forgetSession()
{
    QMetaObject::invokeMethod(
        m_worker.get(), [worker = m_worker.get()] { worker->forgetSession(); }, Qt::QueuedConnection);
}

Result<KeychainReply> KeychainThread::ask(KeychainRequest request, Operation &operation)
{
    Q_ASSERT(QThread::currentThread() != &m_thread);
    GATEHOUSE_TRY(operation.check());
    if (!m_isFirst) {
        return makeError(ErrorKind::Internal, "keys.keychain.second_thread",
                         Sentences::tr("The keychain is used by another part of this program already."));
    }
    auto exchange = std::make_shared<Exchange>();
    QMetaObject::invokeMethod(
        m_worker.get(),
        [worker = m_worker.get(), request = std::move(request), exchange, abandoned = m_abandoned]() mutable {
            worker->start(request, exchange, abandoned);
            wipe(request.value);
        },
        Qt::QueuedConnection);

    std::unique_lock lock(exchange->mutex);
    const auto isAnswered = [&] { return exchange->isAnswered; };
    auto patience = std::chrono::steady_clock::now() + 1s;
    while (true) {
        auto until = patience;
        if (const auto deadline = operation.deadline()) {
            until = std::min(until, *deadline);
        }
        if (exchange->answered.wait_until(lock, operation.stopToken(), until, isAnswered)) {
            return std::move(exchange->reply);
        }
        if (const auto goOn = operation.check(); !goOn) {
            exchange->isAbandoned = true;
            m_abandoned->fetch_add(1);
            if (goOn.error().kind == ErrorKind::Timeout) {
                return keychainError(KeychainState::Waiting, {});
            }
            return goOn.error();
        }
        patience += 1s;
        lock.unlock();
        operation.report(QStringLiteral("Waiting for the keychain"), 0, 0, Progress::Unit::None);
        lock.lock();
    }
}

} // namespace gatehouse::keys
