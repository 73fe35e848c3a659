// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/memorystore.h"

#include "core/sentences.h"

namespace gatehouse::keys {

namespace {

Error missing(const EntryName &name)
{
    return makeError(ErrorKind::NotFound, "keys.entry.missing",
                     Sentences::tr("There is no entry \"%1\".").arg(name.text()));
}

} // namespace

Result<QVector<EntryInfo>> MemoryStore::list(KeyKind kind, Operation &operation)
{
    GATEHOUSE_TRY(operation.check());
    const std::lock_guard lock(m_mutex);
    QVector<EntryInfo> infos;
    for (const auto &[text, entry] : m_entries) {
        if (entry.info.name.kind() == kind) {
            infos.append(entry.info);
        }
    }
    return infos;
}

Result<KeyEntry> MemoryStore::read(const EntryName &name, Operation &operation)
{
    GATEHOUSE_TRY(operation.check());
    const std::lock_guard lock(m_mutex);
    const auto found = m_entries.find(name.text());
    if (found == m_entries.end()) {
        return missing(name);
    }
    return KeyEntry{found->second.info, found->second.privatePart.clone()};
}

Result<void> MemoryStore::write(const KeyEntry &entry, Operation &operation)
{
    GATEHOUSE_TRY(operation.check());
    const std::lock_guard lock(m_mutex);
    m_entries.insert_or_assign(entry.info.name.text(), KeyEntry{entry.info, entry.privatePart.clone()});
    return {};
}

Result<void> MemoryStore::remove(const EntryName &name, Operation &operation)
{
    GATEHOUSE_TRY(operation.check());
    const std::lock_guard lock(m_mutex);
    return m_entries.erase(name.text()) > 0 ? Result<void>() : Result<void>(missing(name));
}

} // namespace gatehouse::keys
