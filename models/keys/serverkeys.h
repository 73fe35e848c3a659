// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/operation.h"
#include "keys/keystore.h"

#include <QVector>

namespace gatehouse::keys {

/// A server whose API key is kept here.
struct ServerKeyInfo
{
    QString serverId;
    QString label; ///< as the person sees the server
    UtcTime created;

    bool operator==(const ServerKeyInfo &) const = default;
};

/// The API keys of the servers: one a server. @thread any but the GUI thread
class ServerKeys
{
public:
    ServerKeys(KeyStore &store, const Clock &clock)
        : m_store(store)
        , m_clock(clock)
    {}

    /// Keeps the key, in place of the one that was there. @error Invalid "keys.server.empty"; the store's
    Result<void> put(const QString &serverId, const QString &label, const Secret &key, Operation &operation);
    /// @error NotFound "keys.entry.missing"; the store's
    Result<Secret> key(const QString &serverId, Operation &operation);
    /// @error the store's
    Result<QVector<ServerKeyInfo>> list(Operation &operation);
    /// @error the store's
    Result<void> remove(const QString &serverId, Operation &operation);

    /// A fresh key for a server of our own: 32 random bytes as 43 characters of base64url.
    [[nodiscard]] static Secret generate();

private:
    KeyStore &m_store;
    const Clock &m_clock;
};

} // namespace gatehouse::keys
