// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/authentication.h"

#include "crypto/digest.h"

#include <QDateTime>
#include <QRegularExpression>

namespace gatehouse::server {
namespace {

bool isUuid(const QByteArray &text)
{
    static const QRegularExpression shape(
        QStringLiteral("\\A[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\z"));
    return shape.match(QString::fromLatin1(text)).hasMatch();
}

Response unauthorized(const char *code, const char *message)
{
    return errorResponse(401, QString::fromLatin1(code), QString::fromLatin1(message));
}

/// The key as the class finds it, or why there is none.
Answer<QByteArray> keyOf(const Request &request, KeyClass keyClass)
{
    const QByteArray capgkey = request.header("capgkey");
    const QByteArray authorization = request.header("authorization");
    switch (keyClass) {
    case KeyClass::Table:
        if (!capgkey.isEmpty()) {
            return capgkey;
        }
        return unauthorized("no_key_provided", "No API key was sent.");
    case KeyClass::Key:
        if (!capgkey.isEmpty() || !authorization.isEmpty()) {
            return capgkey.isEmpty() ? authorization : capgkey;
        }
        return unauthorized("no_key_provided", "No API key was sent.");
    case KeyClass::Auth:
        break;
    }
    if (isUuid(authorization)) {
        return authorization;
    }
    if (!authorization.isEmpty()) {
        return unauthorized("invalid_jwt", "The token is not valid.");
    }
    if (!capgkey.isEmpty()) {
        return capgkey;
    }
    if (const QByteArray key = request.header("x-api-key"); !key.isEmpty()) {
        return key;
    }
    return unauthorized("no_jwt_apikey_or_subkey", "Neither a token nor an API key was sent.");
}

} // namespace

QByteArray apiKeyHash(const QByteArray &key)
{
    return crypto::sha256(key);
}

bool Caller::may(const QString &permission, const Scope &scope) const
{
    return bindingsAllow(key.bindings, permission, scope);
}

Actor Caller::actor(const char *via) const
{
    return {key.name, key.userId, key.id, QString::fromLatin1(via)};
}

void FailureLimit::dropOld(UtcTime now)
{
    for (auto entry = m_failures.begin(); entry != m_failures.end();) {
        // What lies ahead was noted by a clock that was wrong.
        while (!entry->empty() && (entry->front() + kWindow <= now || entry->front() > now)) {
            entry->pop_front();
        }
        entry = entry->empty() ? m_failures.erase(entry) : std::next(entry);
    }
}

std::optional<Milliseconds> FailureLimit::waitFor(const QString &address, UtcTime now)
{
    const std::lock_guard lock(m_mutex);
    const auto known = m_failures.constFind(address);
    if (known == m_failures.constEnd() || known->size() < kMaxFailures) {
        return std::nullopt;
    }
    const UtcTime first = known->at(known->size() - kMaxFailures);
    const UtcTime free = first + kWindow;
    return free > now && first <= now ? std::optional(free - now) : std::nullopt;
}

void FailureLimit::addFailure(const QString &address, UtcTime now)
{
    const std::lock_guard lock(m_mutex);
    dropOld(now);
    std::deque<UtcTime> &times = m_failures[address];
    times.push_back(now);
    while (times.size() > kMaxFailures) {
        times.pop_front();
    }
}

Authenticator::Authenticator(Store &store, const Clock &clock, std::optional<QByteArray> ownerKeySha256)
    : m_store(store)
    , m_clock(clock)
    , m_ownerKeySha256(std::move(ownerKeySha256))
{}

std::optional<Response> Authenticator::tooManyFailures(const Request &request)
{
    const std::optional<Milliseconds> wait = m_failures.waitFor(request.clientAddress, m_clock.now());
    if (!wait) {
        return std::nullopt;
    }
    const qint64 seconds = (wait->count() + 999) / 1000;
    const UtcTime free = m_clock.now() + *wait;
    Response response =
        errorResponse(429, QStringLiteral("too_many_requests"),
                      QStringLiteral("Too many requests with a wrong key came from this address."),
                      {{QStringLiteral("reason"), QStringLiteral("too_many_failed_auth_attempts")},
                       {QStringLiteral("rateLimitResetAt"), toMs(free)},
                       {QStringLiteral("retryAfterSeconds"), seconds}});
    response.setHeader("Retry-After", QByteArray::number(seconds));
    response.setHeader("X-RateLimit-Reset", QByteArray::number((toMs(free) + 999) / 1000));
    return response;
}

Answer<std::optional<Caller>> Authenticator::lookUp(const QByteArray &key)
{
    const QByteArray hash = apiKeyHash(key);
    if (m_ownerKeySha256 && crypto::equalInConstantTime(hash, *m_ownerKeySha256)) {
        GATEHOUSE_ASSIGN(const OrganizationRecord organization, orFailure(m_store.organization()));
        Caller caller;
        caller.isOwnerKey = true;
        caller.key.name = QStringLiteral("This computer");
        caller.key.userId = organization.ownerUserId;
        caller.key.bindings = ownerBindings(organization.id);
        return std::optional(std::move(caller));
    }
    GATEHOUSE_ASSIGN(std::optional<ApiKeyRecord> found, orFailure(m_store.apiKeyByHash(hash)));
    if (!found || (found->expiresAt && *found->expiresAt <= m_clock.now())) {
        return std::optional<Caller>();
    }
    return std::optional(Caller{std::move(*found), false});
}

Answer<std::optional<Caller>> Authenticator::callerOfKey(const Request &request, const QByteArray &key)
{
    // From this machine a good key still gets through, so that one program with a wrong key does not lock out
    // the others. From elsewhere the limit comes before the look-up.
    if (!request.fromLoopback) {
        if (auto refused = tooManyFailures(request)) {
            return std::move(*refused);
        }
    }
    GATEHOUSE_ASSIGN(std::optional<Caller> caller, lookUp(key));
    if (!caller) {
        if (auto refused = tooManyFailures(request)) {
            return std::move(*refused);
        }
        m_failures.addFailure(request.clientAddress, m_clock.now());
    }
    return caller;
}

Answer<Caller> Authenticator::authenticate(const Request &request, KeyClass keyClass)
{
    GATEHOUSE_ASSIGN(const QByteArray key, keyOf(request, keyClass));
    GATEHOUSE_ASSIGN(std::optional<Caller> caller, callerOfKey(request, key));
    if (!caller) {
        return unauthorized("invalid_apikey", "The API key is unknown or has expired.");
    }
    if (request.hasHeader("x-limited-key-id")) {
        // Keys are stored hashed only; a subkey would have to be there in plain form.
        return unauthorized("invalid_subkey", "This server has no subkeys.");
    }
    return std::move(*caller);
}

} // namespace gatehouse::server
