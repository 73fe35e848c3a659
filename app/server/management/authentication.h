// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "server/http/ratelimit.h"
#include "server/http/request.h"
#include "server/management/answer.h"
#include "server/management/keylimits.h"
#include "server/management/permissions.h"
#include "server/storage/store.h"

#include <QHash>

#include <deque>
#include <mutex>

namespace gatehouse::server {

/// Where a route looks for the key. @source spec: management-api, section 1.1
enum class KeyClass {
    Key,   ///< capgkey, else authorization as it stands
    Auth,  ///< authorization when it is a bare UUID, else capgkey, else x-api-key
    Table, ///< capgkey only: authorization carries the anonymous key there
};

/// Who asks.
struct Caller
{
    ApiKeyRecord key;
    bool isOwnerKey = false; ///< the desktop's, which is in no table

    [[nodiscard]] bool may(const QString &permission, const Scope &scope = {}) const;
    [[nodiscard]] bool may(const char *permission, const Scope &scope = {}) const
    {
        return may(QString::fromLatin1(permission), scope);
    }
    /// via: the route's family, "bundle".
    [[nodiscard]] Actor actor(const char *via) const;
};

/// Failed attempts by address: 20 in 15 minutes. @source spec: management-api, section 1.6
/// @thread any
class FailureLimit
{
public:
    static constexpr int kMaxFailures = 20;
    static constexpr Milliseconds kWindow = std::chrono::minutes(15);

    /// How long the address must wait; nothing when it may try.
    [[nodiscard]] std::optional<Milliseconds> waitFor(const QString &address, UtcTime now);
    void addFailure(const QString &address, UtcTime now);

private:
    static constexpr Milliseconds kDropEvery = std::chrono::minutes(1);
    void dropOld(UtcTime now);
    UtcTime m_lastDrop{};
    std::mutex m_mutex;
    QHash<QString, std::deque<UtcTime>> m_failures;
};

/// Finds the caller of a request. Keys are compared by their SHA-256 only and never logged.
/// @thread any
class Authenticator
{
public:
    Authenticator(Store &store, const Clock &clock, std::optional<QByteArray> ownerKeySha256,
                  const KeyLimits &limits = {});

    /// 401 with no_key_provided, no_jwt_apikey_or_subkey, invalid_apikey, invalid_subkey, invalid_jwt; 429
    /// too_many_requests, also for a good key that asks too often.
    Answer<Caller> authenticate(const Request &request, KeyClass keyClass);
    /// The owner of a key that came as an argument. Nothing when nobody has it; counts as a failed attempt
    /// then.
    Answer<std::optional<Caller>> callerOfKey(const Request &request, const QByteArray &key);
    /// The owner of a key, without counting anything.
    Result<std::optional<Caller>> lookUp(const QByteArray &key);

private:
    std::optional<Response> tooManyFailures(const Request &request);
    std::optional<Response> tooManyOfKey(const Request &request, const Caller &caller);

    Store &m_store;
    const Clock &m_clock;
    std::optional<QByteArray> m_ownerKeySha256;
    FailureLimit m_failures;
    WindowLimit m_requests;
    WindowLimit m_uploads;
};

/// SHA-256 of a key's text, 32 bytes: what is stored.
[[nodiscard]] QByteArray apiKeyHash(const QByteArray &key);

} // namespace gatehouse::server
