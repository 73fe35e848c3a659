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

/// Uploads have a limit of their own. @source spec: management-api, section 1.6
bool isUploadPath(const QByteArray &path)
{
    return path.startsWith("/files/upload/") || path.startsWith("/functions/v1/files/upload/");
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
    // Not each time: who comes from ever new addresses would make each attempt dearer than the one before.
    if (now - m_lastDrop >= kDropEvery || now < m_lastDrop) {
        dropOld(now);
        m_lastDrop = now;
    }
    std::deque<UtcTime> &times = m_failures[address];
    times.push_back(now);
    while (times.size() > kMaxFailures || times.front() > now) {
        times.pop_front();
    }
}

Authenticator::Authenticator(Store &store, const Clock &clock, std::optional<QByteArray> ownerKeySha256,
                             const KeyLimits &limits)
    : m_store(store)
    , m_clock(clock)
    , m_ownerKeySha256(std::move(ownerKeySha256))
    , m_requests(limits.requestsPerMinute, std::chrono::minutes(1))
    , m_uploads(limits.uploadsPerMinute, std::chrono::minutes(1))
{}

std::optional<Response> Authenticator::tooManyFailures(const Request &request)
{
    const std::optional<Milliseconds> wait = m_failures.waitFor(request.clientAddress, m_clock.now());
    if (!wait) {
        return std::nullopt;
    }
    const UtcTime now = m_clock.now();
    return rateLimited(now + *wait, now, QStringLiteral("too_many_failed_auth_attempts"),
                       QStringLiteral("Too many requests with a wrong key came from this address."));
}

std::optional<Response> Authenticator::tooManyOfKey(const Request &request, const Caller &caller)
{
    // The desktop's own key is of the program that started this server: there is nobody to share with.
    if (caller.isOwnerKey) {
        return std::nullopt;
    }
    const bool isUpload = isUploadPath(request.rawPath);
    const UtcTime now = m_clock.now();
    const auto until = (isUpload ? m_uploads : m_requests).hit(QString::number(caller.key.id), now);
    if (!until) {
        return std::nullopt;
    }
    return rateLimited(*until, now,
                       isUpload ? QStringLiteral("api_key_upload_rate_limit_exceeded")
                                : QStringLiteral("api_key_rate_limit_exceeded"),
                       QStringLiteral("This key asks too often. Wait, then ask less often."));
}

Result<std::optional<Caller>> Authenticator::lookUp(const QByteArray &key)
{
    const QByteArray hash = apiKeyHash(key);
    if (m_ownerKeySha256 && crypto::equalInConstantTime(hash, *m_ownerKeySha256)) {
        GATEHOUSE_ASSIGN(const OrganizationRecord organization, m_store.organization());
        Caller caller;
        caller.isOwnerKey = true;
        caller.key.name = QStringLiteral("This computer");
        caller.key.userId = organization.ownerUserId;
        caller.key.bindings = ownerBindings(organization.id);
        return std::optional(std::move(caller));
    }
    GATEHOUSE_ASSIGN(std::optional<ApiKeyRecord> found, m_store.apiKeyByHash(hash));
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
    GATEHOUSE_ASSIGN(std::optional<Caller> caller, orFailure(lookUp(key)));
    if (!caller) {
        if (auto refused = tooManyFailures(request)) {
            return std::move(*refused);
        }
        m_failures.addFailure(request.clientAddress, m_clock.now());
        return caller;
    }
    if (auto refused = tooManyOfKey(request, *caller)) {
        return std::move(*refused);
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
