// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/serverkeys.h"

#include "core/sentences.h"
#include "crypto/secretencoding.h"

namespace gatehouse::keys {

Result<void> ServerKeys::put(const QString &serverId, const QString &label, const Secret &key,
                             Operation &operation)
{
    if (key.isEmpty()) {
        return makeError(ErrorKind::Invalid, "keys.server.empty",
                         Sentences::tr("There is no API key to keep."));
    }
    GATEHOUSE_ASSIGN(const EntryName name, EntryName::make(KeyKind::ServerKey, {}, serverId));
    const UtcTime created = std::chrono::floor<std::chrono::seconds>(m_clock.now());
    return m_store.write(KeyEntry{EntryInfo{name, created, {}, label, false}, key.clone()}, operation);
}

Result<Secret> ServerKeys::key(const QString &serverId, Operation &operation)
{
    GATEHOUSE_ASSIGN(const EntryName name, EntryName::make(KeyKind::ServerKey, {}, serverId));
    GATEHOUSE_ASSIGN(KeyEntry entry, m_store.read(name, operation));
    return std::move(entry.privatePart);
}

Result<QVector<ServerKeyInfo>> ServerKeys::list(Operation &operation)
{
    GATEHOUSE_ASSIGN(const QVector<EntryInfo> entries, m_store.list(KeyKind::ServerKey, operation));
    QVector<ServerKeyInfo> servers;
    for (const EntryInfo &entry : entries) {
        servers.append(ServerKeyInfo{entry.name.id(), entry.label, entry.created});
    }
    return servers;
}

Result<void> ServerKeys::remove(const QString &serverId, Operation &operation)
{
    GATEHOUSE_ASSIGN(const EntryName name, EntryName::make(KeyKind::ServerKey, {}, serverId));
    return m_store.remove(name, operation);
}

Secret ServerKeys::generate()
{
    constexpr std::size_t kBytes = 32;
    return crypto::toBase64Url(Secret::random(kBytes));
}

} // namespace gatehouse::keys
