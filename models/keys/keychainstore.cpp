// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/keychainstore.h"

#include "core/sentences.h"
#include "keys/keychainerrors.h"
#include "keys/secretservice.h"

#include <QDir>
#include <QFileInfo>
#include <QLockFile>
#include <QStandardPaths>
#include <QUuid>

namespace gatehouse::keys {

namespace {
using Verb = KeychainRequest::Verb;
using Outcome = KeychainReply::Outcome;

constexpr auto kIndexKey = "index";
// A quiet question is answered in some milliseconds; who needs longer asks a person.
constexpr std::chrono::milliseconds kProbePatience{5000};

QByteArray copyOf(const Secret &secret)
{
    return secret.view().toByteArray();
}

/// What a reply that is no success means, with the service itself as the witness.
Error troubleOf(const KeychainReply &reply, Operation &operation)
{
    const SecretServiceReport report = askSecretService(operation);
    const QString detail = reply.message.isEmpty() ? report.message : reply.message;
    switch (report.state) {
    case SecretServiceState::Missing:
        return keychainError(KeychainState::Missing, detail);
    case SecretServiceState::Locked:
    case SecretServiceState::NoKeyring:
        return keychainError(KeychainState::Locked, detail);
    case SecretServiceState::Unresponsive:
        return keychainError(KeychainState::Waiting, detail);
    case SecretServiceState::Unlocked:
    case SecretServiceState::Unknown:
        break;
    }
    if (reply.outcome == Outcome::NoService) {
        return keychainError(KeychainState::Missing, detail);
    }
    return keychainError(reply.outcome == Outcome::Refused ? KeychainState::Locked : KeychainState::Failed,
                         detail);
}

KeychainState stateOf(const Error &error)
{
    for (const KeychainState state :
         {KeychainState::Locked, KeychainState::Missing, KeychainState::Waiting}) {
        if (error.id == keychainError(state, {}).id) {
            return state;
        }
    }
    return KeychainState::Failed;
}
} // namespace

KeychainStore::KeychainStore(KeychainThread &thread, QString lockPath, QString service)
    : m_thread(thread)
    , m_lockPath(std::move(lockPath))
    , m_service(std::move(service))
{}

QString KeychainStore::defaultLockPath()
{
    QString folder = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    if (folder.isEmpty()) {
        folder = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    }
    return folder + QStringLiteral("/gatehouse/keychain.lock");
}

Result<std::unique_ptr<QLockFile>> KeychainStore::lock(Operation &operation)
{
    QDir().mkpath(QFileInfo(m_lockPath).absolutePath());
    auto file = std::make_unique<QLockFile>(m_lockPath);
    // A keychain may wait long for a person: the lock of a living program is never taken from it.
    file->setStaleLockTime(0);
    constexpr int kTryMs = 100;
    while (!file->tryLock(kTryMs)) {
        if (file->error() != QLockFile::LockFailedError) {
            return makeError(ErrorKind::Io, "keys.keychain.lock_file",
                             Sentences::tr("The keychain could not be reserved for this program."),
                             Sentences::tr("The file \"%1\" cannot be made.").arg(m_lockPath));
        }
        GATEHOUSE_TRY(operation.check());
    }
    return file;
}

Result<KeychainReply> KeychainStore::ask(Verb verb, const QString &key, const QByteArray &value,
                                         Operation &operation)
{
    const KeychainRequest request{verb, m_service, key, value};
    GATEHOUSE_ASSIGN(KeychainReply reply, m_thread.ask(request, operation));
    // Refused though the keyring is open: the service was started anew and has forgotten our session. A
    // locked one is not asked twice: it would show its dialog again to somebody who just dismissed it.
    if (reply.outcome == Outcome::Failed &&
        askSecretService(operation).state == SecretServiceState::Unlocked) {
        m_thread.forgetSession();
        return m_thread.ask(request, operation);
    }
    return reply;
}

Result<void> KeychainStore::probe(Operation &operation)
{
    // A name of its own each time, so that two programs do not read each other's probe.
    const QString key = QStringLiteral("probe-") + QUuid::createUuid().toString(QUuid::Id128);
    const QByteArray value = QUuid::createUuid().toByteArray(QUuid::Id128);
    GATEHOUSE_ASSIGN(const KeychainReply written, ask(Verb::Write, key, value, operation));
    if (written.outcome != Outcome::Done) {
        return troubleOf(written, operation);
    }
    GATEHOUSE_ASSIGN(const KeychainReply found, ask(Verb::Read, key, {}, operation));
    if (found.outcome != Outcome::Done || found.value != value) {
        return troubleOf(found, operation);
    }
    GATEHOUSE_ASSIGN(const KeychainReply removed, ask(Verb::Remove, key, {}, operation));
    if (removed.outcome != Outcome::Done) {
        return troubleOf(removed, operation);
    }
    return {};
}

// Quiet: where the service says by itself that it cannot be used, nothing is tried that would open a dialog.
Result<void> KeychainStore::requireUsable(Operation &operation)
{
    const SecretServiceReport report = askSecretService(operation);
    GATEHOUSE_TRY(operation.check());
    switch (report.state) {
    case SecretServiceState::Missing:
        return keychainError(KeychainState::Missing, report.message);
    case SecretServiceState::Locked:
    case SecretServiceState::NoKeyring:
        return keychainError(KeychainState::Locked, report.message);
    case SecretServiceState::Unresponsive:
        return keychainError(KeychainState::Waiting, report.message);
    case SecretServiceState::Unlocked:
    case SecretServiceState::Unknown:
        break;
    }
    return probe(operation);
}

Result<KeychainState> KeychainStore::state(Operation &operation)
{
    if (m_thread.hasAbandonedJobs()) {
        GATEHOUSE_TRY(operation.check());
        return KeychainState::Waiting;
    }
    Operation quiet(operation.stopToken());
    quiet.setTimeout(kProbePatience);
    const Result<void> usable = requireUsable(quiet);
    if (usable) {
        return KeychainState::Usable;
    }
    if (usable.error().kind == ErrorKind::Cancelled) {
        return usable.error();
    }
    if (usable.error().kind == ErrorKind::Timeout) {
        return KeychainState::Waiting;
    }
    return stateOf(usable.error());
}

Result<void> KeychainStore::unlock(Operation &operation)
{
    return probe(operation);
}

// "Not found" is believed only between two proofs that the keychain works: a locked one says the same.
Result<QByteArray> KeychainStore::readValue(const QString &key, const Error &missing, Operation &operation)
{
    GATEHOUSE_ASSIGN(KeychainReply reply, ask(Verb::Read, key, {}, operation));
    if (reply.outcome == Outcome::NotFound) {
        GATEHOUSE_TRY(requireUsable(operation));
        GATEHOUSE_ASSIGN(reply, ask(Verb::Read, key, {}, operation));
        if (reply.outcome == Outcome::NotFound) {
            GATEHOUSE_TRY(requireUsable(operation));
            return missing;
        }
    }
    if (reply.outcome != Outcome::Done) {
        return troubleOf(reply, operation);
    }
    return std::move(reply.value);
}

Result<void> KeychainStore::writeValue(const QString &key, const QByteArray &value, Operation &operation)
{
    GATEHOUSE_ASSIGN(const KeychainReply written, ask(Verb::Write, key, value, operation));
    if (written.outcome != Outcome::Done) {
        return troubleOf(written, operation);
    }
    GATEHOUSE_ASSIGN(KeychainReply found, ask(Verb::Read, key, {}, operation));
    const bool isSame = found.outcome == Outcome::Done && found.value == value;
    wipe(found.value);
    if (!isSame) {
        return troubleOf(found, operation);
    }
    return {};
}

Result<EntryIndex> KeychainStore::readIndex(Operation &operation)
{
    const Error none = makeError(ErrorKind::NotFound, "keys.index.missing", QString());
    const auto value = readValue(QLatin1String(kIndexKey), none, operation);
    if (!value && value.error().id == none.id) {
        return EntryIndex();
    }
    if (!value) {
        return value.error();
    }
    return EntryIndex::fromJson(*value);
}

Result<void> KeychainStore::writeIndex(const EntryIndex &index, Operation &operation)
{
    return writeValue(QLatin1String(kIndexKey), index.toJson(), operation);
}

Result<QVector<EntryInfo>> KeychainStore::list(KeyKind kind, Operation &operation)
{
    GATEHOUSE_ASSIGN(const EntryIndex index, readIndex(operation));
    return index.ofKind(kind);
}

Result<KeyEntry> KeychainStore::read(const EntryName &name, Operation &operation)
{
    GATEHOUSE_ASSIGN(QByteArray value, readValue(name.text(), entryMissing(name), operation));
    Secret json = Secret::copyOf(value);
    wipe(value);
    return entryFromJson(name, std::move(json));
}

Result<void> KeychainStore::write(const KeyEntry &entry, Operation &operation)
{
    GATEHOUSE_ASSIGN(const auto guard, lock(operation));
    // The list first: when it cannot be read, the keychain is not usable and nothing is written.
    GATEHOUSE_ASSIGN(EntryIndex index, readIndex(operation));
    const bool isNew = !index.contains(entry.info.name);
    QByteArray value = copyOf(entryToJson(entry));
    const Result<void> written = writeValue(entry.info.name.text(), value, operation);
    wipe(value);
    GATEHOUSE_TRY(written);
    index.put(entry.info);
    Result<void> listed = writeIndex(index, operation);
    if (!listed && isNew) {
        // Nobody may be left with a key that no list names.
        Operation cleanUp;
        cleanUp.setTimeout(kProbePatience);
        (void)ask(Verb::Remove, entry.info.name.text(), {}, cleanUp);
    }
    return listed;
}

Result<void> KeychainStore::remove(const EntryName &name, Operation &operation)
{
    GATEHOUSE_ASSIGN(const auto guard, lock(operation));
    GATEHOUSE_ASSIGN(EntryIndex index, readIndex(operation));
    // Proves that the keychain works; an entry that only the list knows is dropped from the list.
    auto value = readValue(name.text(), entryMissing(name), operation);
    if (!value && (value.error().kind != ErrorKind::NotFound || !index.contains(name))) {
        return value.error();
    }
    if (value) {
        wipe(*value);
        GATEHOUSE_ASSIGN(const KeychainReply removed, ask(Verb::Remove, name.text(), {}, operation));
        if (removed.outcome != Outcome::Done) {
            return troubleOf(removed, operation);
        }
    }
    index.drop(name);
    return writeIndex(index, operation);
}

} // namespace gatehouse::keys
