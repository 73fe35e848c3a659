// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operation.h"
#include "core/result.h"
#include "core/secret.h"

#include <QByteArrayView>
#include <QUrl>
#include <QVector>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace gatehouse::client {

enum class Method { Get, Head, Post, Put, Patch, Delete };
[[nodiscard]] QByteArray methodName(Method method);

struct Header
{
    QByteArray name;
    QByteArray value;
    bool operator==(const Header &) const = default;
};

/// A part of a file, sent as a body without holding it in memory.
struct FileSlice
{
    QString path;
    qint64 offset = 0;
    qint64 length = 0;
};

/// Takes a successful answer's bytes as they arrive. Called on the transport's thread while the caller of
/// send() waits, so it must not block. An error ends the exchange and is what send() returns.
using BodySink = std::function<Result<void>(QByteArrayView chunk)>;
/// Bytes of this request's body that are on their way. Called on the transport's thread.
using SentListener = std::function<void(qint64 sent)>;

/// One request. Plain data; the transport adds request id, key and limits.
struct Request
{
    Method method = Method::Get;
    QUrl url;
    QVector<Header> headers;
    QByteArray body;
    std::optional<FileSlice> file; ///< instead of body
    BodySink sink;                 ///< empty: the answer's body is collected in Response::body
    SentListener sent;
    /// The head of the answer is here. Called on the transport's thread, as sink is.
    std::function<void(int status)> answered;
    /// Put into the header `capgkey`, nowhere else. Never sent to another origin.
    std::shared_ptr<const Secret> apiKey;
    /// Largest answer that is accepted, bytes, while reading. Does not apply to a sink.
    qint64 maxBody = 32LL * 1024 * 1024;
    /// The exchange ends when nothing moves in either direction for so long. Zero: never.
    std::chrono::milliseconds stallTimeout{30000};
    /// Redirects are refused, or followed while scheme, host and port stay.
    enum class Redirects { Refuse, SameOrigin } redirects = Redirects::Refuse;
};

struct Response
{
    int status = 0;
    QVector<Header> headers;
    QByteArray body;
    QString requestId; ///< ours, or the server's when it named one
    QUrl url;          ///< after redirects

    /// The first header of that name, without regard to case; empty when there is none.
    [[nodiscard]] QByteArray header(QByteArrayView name) const;
    [[nodiscard]] bool isSuccess() const { return status >= 200 && status < 300; }
};

/// A refusal as an error: id "server.<code>" when there is an envelope, else "client.http.<status>".
/// Kinds: 401, 403 and permission codes Denied; 404 NotFound; 409 Conflict; 429 and 503 Offline; 5xx
/// Protocol.
[[nodiscard]] Error refusal(const Response &response);
/// The response, or its refusal. @error see refusal()
Result<Response> requireSuccess(Response response);

/// How long the server asks to wait (Retry-After in seconds or as a date); nothing when it does not say.
[[nodiscard]] std::optional<std::chrono::milliseconds> retryAfter(const Response &response);

} // namespace gatehouse::client
