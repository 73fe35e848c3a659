// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/envelope.h"

#include "core/jsonreader.h"
#include "core/sentences.h"

namespace gatehouse::wire {

QJsonObject ErrorEnvelope::toJson() const
{
    return {{QStringLiteral("error"), code},
            {QStringLiteral("message"), message},
            {QStringLiteral("moreInfo"), moreInfo}};
}

Result<ErrorEnvelope> ErrorEnvelope::fromJson(const QByteArray &body)
{
    GATEHOUSE_ASSIGN(const QJsonObject object, parseJsonObject(body, QStringLiteral("error body")));
    ErrorEnvelope envelope;
    if (const QJsonValue error = object.value(QLatin1String("error")); error.isString()) {
        envelope.code = error.toString();
    } else if (const QJsonValue code = object.value(QLatin1String("code")); code.isString()) {
        envelope.code = code.toString();
    } else {
        return makeError(ErrorKind::Protocol, "wire.json", Sentences::tr("The answer is not as agreed."),
                         Sentences::tr("The error in it has neither “error” nor “code”."));
    }
    envelope.message = object.value(QLatin1String("message")).toString(envelope.code);
    envelope.moreInfo = object.value(QLatin1String("moreInfo")).toObject();
    for (const char *key : {"details", "hint"}) {
        if (const QJsonValue value = object.value(QLatin1String(key)); value.isString()) {
            envelope.moreInfo.insert(QLatin1String(key), value);
        }
    }
    return envelope;
}

ErrorKind kindOfAnswer(int status, const QString &code)
{
    if (code == QLatin1String("version_already_exists") || code == QLatin1String("app_id_already_exists")) {
        return ErrorKind::Conflict;
    }
    if (code.startsWith(QLatin1String("cannot_access")) || code == QLatin1String("approvals_missing") ||
        code == QLatin1String("frozen")) {
        return ErrorKind::Denied;
    }
    if (code.startsWith(QLatin1String("cannot_find"))) {
        return ErrorKind::NotFound;
    }
    switch (status) {
    case 401:
    case 402:
    case 403:
        return ErrorKind::Denied;
    case 404:
    case 410:
        return ErrorKind::NotFound;
    case 409:
    case 412:
        return ErrorKind::Conflict;
    case 408:
    case 504:
        return ErrorKind::Timeout;
    case 429:
    case 502:
    case 503:
        return ErrorKind::Offline;
    default:
        return status >= 500 ? ErrorKind::Protocol : ErrorKind::Invalid;
    }
}

int statusOfKind(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Invalid:
        return 400;
    case ErrorKind::Denied:
        return 403;
    case ErrorKind::NotFound:
        return 404;
    case ErrorKind::Conflict:
        return 409;
    case ErrorKind::Timeout:
    case ErrorKind::Offline:
    case ErrorKind::Unusable:
    case ErrorKind::Cancelled:
        return 503;
    case ErrorKind::Protocol:
        return 400;
    case ErrorKind::Io:
    case ErrorKind::Crypto:
    case ErrorKind::Internal:
        return 500;
    }
    return 500;
}

} // namespace gatehouse::wire
