// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operation.h"
#include "core/result.h"

#include <QByteArray>
#include <QString>
#include <QThread>

#include <atomic>
#include <memory>

namespace gatehouse::keys {

/// What the keychain was asked.
struct KeychainRequest
{
    enum class Verb { Read, Write, Remove };
    Verb verb = Verb::Read;
    QString service;
    QString key;
    QByteArray value; ///< to be written; wiped when done
};

/// What it answered.
struct KeychainReply
{
    enum class Outcome {
        Failed,   ///< an error of the service: message says which
        Done,     ///< value holds what was read
        NotFound, ///< or locked, or no service at all: reading does not tell these apart
        Refused,  ///< a person or the service said no
        NoService,
    };
    Outcome outcome = Outcome::Failed;
    QByteArray value;
    QString message;
};

/// The one thread on which QtKeychain's jobs run. Exactly one a process, built where everything is built:
/// QtKeychain keeps its queue on the thread that used it first, and a job may outlive whoever waits for it.
class KeychainThread
{
public:
    KeychainThread();
    /// Ends the thread; a job that still waits for a person is left behind, never deleted under the service.
    ~KeychainThread();
    KeychainThread(const KeychainThread &) = delete;
    KeychainThread &operator=(const KeychainThread &) = delete;

    /// Blocks until the keychain answers, the operation is stopped or its deadline passes. Who gives up
    /// leaves the job to finish by itself. After a second it reports "Waiting for the keychain" to the
    /// operation.
    /// @error Cancelled "operation.cancelled"; Unusable "keys.keychain.waiting" at the deadline;
    ///        Internal "keys.keychain.second_thread"
    /// @thread any but the GUI thread and the keychain's own
    Result<KeychainReply> ask(KeychainRequest request, Operation &operation);

    /// Drops what the client library remembers of the service: one that was started anew knows nothing of our
    /// session, and refuses everything until it is opened again. Takes effect before whatever is asked next.
    void forgetSession();

    /// Whether a job is under way that nobody waits for any more: the keychain asks a person.
    [[nodiscard]] bool hasAbandonedJobs() const { return m_abandoned->load() > 0; }

private:
    class Worker;
    const bool m_isFirst;
    QThread m_thread;
    std::unique_ptr<Worker> m_worker;
    std::shared_ptr<std::atomic<int>> m_abandoned = std::make_shared<std::atomic<int>>(0);
};

} // namespace gatehouse::keys
