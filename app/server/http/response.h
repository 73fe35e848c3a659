// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QVector>

#include <functional>
#include <memory>
#include <utility>
#include <variant>

namespace gatehouse::server {

/// One event of a text/event-stream.
struct StreamEvent
{
    QByteArray id;   ///< what the client sends back as Last-Event-ID; may be empty
    QByteArray name; ///< "device", "stats", …
    QByteArray data; ///< one line of JSON
};

/// What an event stream yields. The transport takes from it whenever it was woken, and keeps the heartbeat
/// itself.
/// @thread take() is never called twice at once
class EventSource
{
public:
    virtual ~EventSource() = default;
    /// Called once, before the first take(): wake may be called from any thread when take() has something. It
    /// must not be called any more after the destructor.
    virtual void start(std::function<void()> wake) = 0;
    /// What came since the last call; empty when nothing did. Never blocks.
    virtual QVector<StreamEvent> take() = 0;
};

/// A file of the disk as the body. The transport answers Range, If-None-Match and HEAD from it and reads it
/// in pieces.
struct FileBody
{
    QString path;
    /// Strong tag without quotes; empty for none.
    QByteArray etag;
};

/// The answer of a handler, a value. No Content-Length, Connection or Date among the headers: the transport
/// sets them.
struct Response
{
    int status = 200;
    QVector<std::pair<QByteArray, QByteArray>> headers;
    std::variant<QByteArray, FileBody, std::shared_ptr<EventSource>> body;

    Response &setHeader(const QByteArray &name, const QByteArray &value);
    /// The whole body, or empty when it is a file or a stream.
    [[nodiscard]] QByteArray bytes() const;
};

/// JSON of any kind, compact.
[[nodiscard]] Response jsonResponse(const QJsonObject &object, int status = 200);
[[nodiscard]] Response jsonResponse(const QJsonArray &array, int status = 200);
/// {"status":"ok"}
[[nodiscard]] Response okResponse();
[[nodiscard]] Response emptyResponse(int status = 204);
/// {"error","message","moreInfo"}: every thrown error. @source spec: device-protocol 7.1, management-api 1.4
[[nodiscard]] Response errorResponse(int status, const QString &code, const QString &message,
                                     const QJsonObject &moreInfo = {});
/// 404 {"error":"not_found","message"}, without moreInfo.
[[nodiscard]] Response notFoundResponse(const QString &message = {});
/// {"error","message",…extra} with 200: a refusal that is no malfunction. @source spec: device-protocol 7.1
[[nodiscard]] Response refusal(const QString &code, const QString &message, const QJsonObject &extra = {});
/// 500 unknown_error for an error of ours: it is logged in full and told in general. 507 insufficient_storage
/// when it says that the disk is full.
[[nodiscard]] Response failureResponse(const Error &error);
/// The status an error of this kind has on /gatehouse/v1: the one table.
[[nodiscard]] int httpStatus(ErrorKind kind);
/// Envelope with status by kind, error = the error's id with "_" for ".", message = its sentences.
[[nodiscard]] Response responseFor(const Error &error);

} // namespace gatehouse::server
