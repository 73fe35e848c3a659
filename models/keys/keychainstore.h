// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "keys/entryindex.h"
#include "keys/keychainthread.h"
#include "keys/keystore.h"

#include <QString>

#include <memory>

class QLockFile;

namespace gatehouse::keys {

/// The keychain of the session, through QtKeychain. Never plain text: the insecure fallback is off.
class KeychainStore final : public KeyStore
{
public:
    /// @param lockPath  a file that serialises writers of several programs; its folder is made. Holds
    /// nothing.
    explicit KeychainStore(KeychainThread &thread, QString lockPath = defaultLockPath(),
                           QString service = QStringLiteral("gatehouse"));

    /// Whether the keychain can be used, without asking a person anything: where the service says that it is
    /// locked, nothing is tried. Otherwise a probe entry is written, read back and removed.
    /// @error Cancelled only; every other trouble is a state
    Result<KeychainState> state(Operation &operation);
    /// Makes the keychain ask for its password where it must, and waits for the answer. For the button
    /// "Unlock".
    /// @error Unusable "keys.keychain.…"; Cancelled
    Result<void> unlock(Operation &operation);

    Result<QVector<EntryInfo>> list(KeyKind kind, Operation &operation) override;
    Result<KeyEntry> read(const EntryName &name, Operation &operation) override;
    Result<void> write(const KeyEntry &entry, Operation &operation) override;
    Result<void> remove(const EntryName &name, Operation &operation) override;

    /// In the user's runtime folder, else beside the data.
    [[nodiscard]] static QString defaultLockPath();

private:
    Result<std::unique_ptr<QLockFile>> lock(Operation &operation);
    Result<KeychainReply> ask(KeychainRequest::Verb verb, const QString &key, const QByteArray &value,
                              Operation &operation);
    Result<void> probe(Operation &operation);
    Result<void> requireUsable(Operation &operation);
    Result<QByteArray> readValue(const QString &key, const Error &missing, Operation &operation);
    Result<void> writeValue(const QString &key, const QByteArray &value, Operation &operation);
    Result<EntryIndex> readIndex(Operation &operation);
    Result<void> writeIndex(const EntryIndex &index, Operation &operation);

    KeychainThread &m_thread;
    QString m_lockPath;
    QString m_service;
};

} // namespace gatehouse::keys
