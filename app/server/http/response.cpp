// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/response.h"

#include <QJsonDocument>
#include <QLoggingCategory>

namespace gatehouse::server {

namespace {

Q_LOGGING_CATEGORY(lcResponse, "gatehouse.server.http")

Response json(const QByteArray &body, int status)
{
    Response response;
    response.status = status;
    response.setHeader("Content-Type", "application/json; charset=utf-8");
    response.body = body;
    return response;
}

} // namespace

Response &Response::setHeader(const QByteArray &name, const QByteArray &value)
{
    for (auto &entry : headers) {
        if (entry.first.compare(name, Qt::CaseInsensitive) == 0) {
            entry.second = value;
            return *this;
        }
    }
    headers.emplaceBack(name, value);
    return *this;
}

QByteArray Response::bytes() const
{
    const auto *whole = std::get_if<QByteArray>(&body);
    return whole != nullptr ? *whole : QByteArray();
}

Response jsonResponse(const QJsonObject &object, int status)
{
    return json(QJsonDocument(object).toJson(QJsonDocument::Compact), status);
}

Response jsonResponse(const QJsonArray &array, int status)
{
    return json(QJsonDocument(array).toJson(QJsonDocument::Compact), status);
}

Response okResponse()
{
    return json(QByteArrayLiteral("{\"status\":\"ok\"}"), 200);
}

Response emptyResponse(int status)
{
    Response response;
    response.status = status;
    return response;
}

Response errorResponse(int status, const QString &code, const QString &message, const QJsonObject &moreInfo)
{
    return jsonResponse(QJsonObject{{QStringLiteral("error"), code},
                                    {QStringLiteral("message"), message},
                                    {QStringLiteral("moreInfo"), moreInfo}},
                        status);
}

Response notFoundResponse(const QString &message)
{
    return jsonResponse(
        QJsonObject{{QStringLiteral("error"), QStringLiteral("not_found")},
                    {QStringLiteral("message"), message.isEmpty() ? QStringLiteral("Not found") : message}},
        404);
}

Response refusal(const QString &code, const QString &message, const QJsonObject &extra)
{
    QJsonObject object = extra;
    object.insert(QStringLiteral("error"), code);
    object.insert(QStringLiteral("message"), message);
    return jsonResponse(object);
}

Response failureResponse(const Error &error)
{
    if (error.kind == ErrorKind::Io && error.id.endsWith(QLatin1String(".full"))) {
        qCWarning(lcResponse).noquote() << "A request failed:" << error.id << error.toText();
        return errorResponse(507, QStringLiteral("insufficient_storage"), error.what);
    }
    qCWarning(lcResponse).noquote() << "A request failed:" << error.id << error.toText()
                                    << error.details.join(QLatin1Char(' '));
    return errorResponse(500, QStringLiteral("unknown_error"), QStringLiteral("Unknown error"));
}

int httpStatus(ErrorKind kind)
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
    case ErrorKind::Protocol:
        return 400;
    case ErrorKind::Unusable:
    case ErrorKind::Cancelled:
        return 503;
    case ErrorKind::Offline:
    case ErrorKind::Timeout:
    case ErrorKind::Io:
    case ErrorKind::Crypto:
    case ErrorKind::Internal:
        break;
    }
    return 500;
}

Response responseFor(const Error &error)
{
    const int status = httpStatus(error.kind);
    if (status >= 500) {
        return failureResponse(error);
    }
    QString code = error.id;
    code.replace(QLatin1Char('.'), QLatin1Char('_'));
    return errorResponse(status, code, error.toText());
}

} // namespace gatehouse::server
