// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "keys/keystore.h"

#include <map>
#include <mutex>

namespace gatehouse::keys {

/// Keys that end with the program: for the sandbox, which must leave nothing behind. Private parts are in
/// locked memory.
/// @thread any
class MemoryStore final : public KeyStore
{
public:
    Result<QVector<EntryInfo>> list(KeyKind kind, Operation &operation) override;
    Result<KeyEntry> read(const EntryName &name, Operation &operation) override;
    Result<void> write(const KeyEntry &entry, Operation &operation) override;
    Result<void> remove(const EntryName &name, Operation &operation) override;

private:
    std::mutex m_mutex;
    std::map<QString, KeyEntry> m_entries;
};

} // namespace gatehouse::keys
