// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/http.h"

#include "core/foreigntext.h"
#include "core/sentences.h"
#include "wire/envelope.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QLocale>
#include <QSet>

#include <algorithm>
#include <array>

namespace gatehouse::client {

namespace {

/// Codes that say more than the status they come with: most refusals are a plain 400.
/// @source spec: management-api, section 1.4
ErrorKind kindOf(int status, const QString &code)
{
    static const QSet<QString> denied = {QStringLiteral("app_access_denied"),
                                         QStringLiteral("permission_denied"),
                                         QStringLiteral("not_authorized"),
                                         QStringLiteral("no_permission"),
                                         QStringLiteral("owner_org_mismatch"),
                                         QStringLiteral("insufficient_permissions"),
                                         QStringLiteral("cannot_promote_bundle"),
                                         QStringLiteral("no_access_to_app"),
                                         QStringLiteral("42501")};
    static const QSet<QString> conflicts = {
        QStringLiteral("bundle_already_ready"), QStringLiteral("duplicate_upload"),
        QStringLiteral("error_already_exist"), QStringLiteral("cannot_delete_linked_version"),
        QStringLiteral("23505")};
    if (denied.contains(code)) {
        return ErrorKind::Denied;
    }
    if (conflicts.contains(code)) {
        return ErrorKind::Conflict;
    }
    if (code == QLatin1String("not_found") || code.endsWith(QLatin1String("_not_found"))) {
        return ErrorKind::NotFound;
    }
    return wire::kindOfAnswer(status, code);
}

QString whatOf(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Denied:
        return Sentences::tr("The server does not allow this.");
    case ErrorKind::NotFound:
        return Sentences::tr("The server does not know what was named.");
    case ErrorKind::Conflict:
        return Sentences::tr("This does not fit what the server has now.");
    case ErrorKind::Offline:
        return Sentences::tr("The server cannot answer right now.");
    case ErrorKind::Timeout:
        return Sentences::tr("The server did not answer in time.");
    case ErrorKind::Invalid:
        return Sentences::tr("The server refused the request.");
    default:
        return Sentences::tr("The server failed.");
    }
}

QString remedyOf(const Response &response, ErrorKind kind)
{
    if (response.status == 401) {
        return Sentences::tr("Check the API key of this server.");
    }
    if (response.status == 429) {
        if (const auto wait = retryAfter(response)) {
            return Sentences::tr("Wait %1 s and try again.").arg((wait->count() + 999) / 1000);
        }
        return Sentences::tr("Wait a minute and try again.");
    }
    if (kind == ErrorKind::Denied) {
        return Sentences::tr(
            "Ask an administrator of the organization for the permission, or use another API key.");
    }
    if (kind == ErrorKind::Conflict) {
        return Sentences::tr("Look at the present state and decide again.");
    }
    return {};
}

bool looksLikeCode(const QString &text)
{
    return !text.isEmpty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](QChar c) {
        return c.isLetterOrNumber() || c == QLatin1Char('_') || c == QLatin1Char('-') ||
               c == QLatin1Char('.');
    });
}

} // namespace

QByteArray methodName(Method method)
{
    static constexpr std::array<const char *, 6> names = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};
    return names.at(static_cast<size_t>(method));
}

QByteArray Response::header(QByteArrayView name) const
{
    for (const Header &header : headers) {
        if (header.name.compare(name, Qt::CaseInsensitive) == 0) {
            return header.value;
        }
    }
    return {};
}

Error refusal(const Response &response)
{
    const Result<wire::ErrorEnvelope> envelope = wire::ErrorEnvelope::fromJson(response.body);
    const QString code = envelope ? envelope->code : QString();
    const ErrorKind kind = kindOf(response.status, code);
    Error error = makeError(kind, "", whatOf(kind), {}, remedyOf(response, kind));
    if (looksLikeCode(code)) {
        error.id = QStringLiteral("server.%1").arg(code);
    } else {
        error.id = QStringLiteral("client.http.%1").arg(response.status);
    }
    if (envelope && !envelope->message.isEmpty()) {
        error.cause = Sentences::tr("It says: \"%1\".").arg(displayable(envelope->message));
    } else {
        error.cause =
            Sentences::tr("It answered with HTTP status %1 and no explanation.").arg(response.status);
    }
    error.details.append(
        QStringLiteral("HTTP %1, code \"%2\"").arg(QString::number(response.status), displayable(code)));
    error.details.append(QStringLiteral("request %1").arg(response.requestId));
    if (envelope && !envelope->moreInfo.isEmpty()) {
        const QByteArray more = QJsonDocument(envelope->moreInfo).toJson(QJsonDocument::Compact);
        error.details.append(displayable(QString::fromUtf8(more), 2000));
    }
    return error;
}

Result<Response> requireSuccess(Response response)
{
    if (!response.isSuccess()) {
        return refusal(response);
    }
    return response;
}

std::optional<std::chrono::milliseconds> retryAfter(const Response &response)
{
    const QByteArray value = response.header("Retry-After").trimmed();
    bool isNumber = false;
    const qint64 seconds = value.toLongLong(&isNumber);
    if (isNumber && seconds >= 0 && seconds <= 24 * 3600) {
        return std::chrono::milliseconds(seconds * 1000);
    }
    QDateTime date = QLocale::c().toDateTime(QString::fromLatin1(value),
                                             QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
    if (date.isValid()) {
        date.setTimeSpec(Qt::UTC);
        const qint64 left = QDateTime::currentDateTimeUtc().msecsTo(date);
        return std::chrono::milliseconds(std::clamp<qint64>(left, 0, 24LL * 3600 * 1000));
    }
    return std::nullopt;
}

} // namespace gatehouse::client
