// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/rest/resterror.h"

#include <QJsonDocument>

namespace gatehouse::server::rest {

Response restError(int status, const char *code, const QString &message, const QString &details,
                   const QString &hint)
{
    const auto orNull = [](const QString &text) { return text.isEmpty() ? QJsonValue() : QJsonValue(text); };
    return jsonResponse(QJsonObject{{QStringLiteral("code"), QString::fromLatin1(code)},
                                    {QStringLiteral("message"), message},
                                    {QStringLiteral("details"), orNull(details)},
                                    {QStringLiteral("hint"), orNull(hint)}},
                        status);
}

Response unreadable(const QString &part, const QString &why)
{
    return restError(400, "PGRST100", QStringLiteral("“%1” cannot be read").arg(part), why);
}

Response inRestForm(Response response)
{
    if (response.status < 400) {
        return response;
    }
    const QJsonObject body = QJsonDocument::fromJson(response.bytes()).object();
    const QString error = body.value(QLatin1String("error")).toString();
    if (error.isEmpty()) {
        return response;
    }
    const QByteArray code = error == QLatin1String("unknown_error")          ? "XX000"
                            : error == QLatin1String("insufficient_storage") ? "53100"
                                                                             : error.toLatin1();
    Response told =
        restError(response.status, code.constData(), body.value(QLatin1String("message")).toString());
    // When to come back stands in the head.
    for (const auto &[name, value] : response.headers) {
        if (name.compare("Content-Type", Qt::CaseInsensitive) != 0) {
            told.setHeader(name, value);
        }
    }
    return told;
}

Response restFailure(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Conflict:
        if (error.id == QLatin1String("store.bundle.locked")) {
            return restError(400, "P0001", QStringLiteral("bundle_already_ready"), error.toText());
        }
        return restError(409, error.id.endsWith(QLatin1String(".exists")) ? "23505" : "P0001",
                         error.toText());
    case ErrorKind::Denied:
        return restError(403, "42501", error.toText());
    case ErrorKind::Invalid:
        return error.id == QLatin1String("channel.column") ? restError(400, "PGRST204", error.toText())
                                                           : restError(400, "22023", error.toText());
    case ErrorKind::NotFound:
        return restError(409, "23503", error.toText());
    default:
        break;
    }
    (void)failureResponse(error);
    if (error.kind == ErrorKind::Io && error.id.endsWith(QLatin1String(".full"))) {
        return restError(507, "53100", error.what);
    }
    return restError(500, "XX000", QStringLiteral("The server could not do it."));
}

} // namespace gatehouse::server::rest
