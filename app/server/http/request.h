// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QString>
#include <QVector>

#include <optional>
#include <utility>

namespace gatehouse::server {

enum class Method { Get, Head, Post, Put, Patch, Delete, Options };

/// The decoded query of a target, in its order. A name may come more than once.
class QueryParameters
{
public:
    /// raw is what stands behind the "?", percent-encoded; "+" is a space.
    static QueryParameters parse(const QByteArray &raw);

    [[nodiscard]] bool isEmpty() const { return m_items.isEmpty(); }
    [[nodiscard]] bool contains(const QString &name) const;
    /// The first value of that name; empty when there is none.
    [[nodiscard]] QString value(const QString &name) const;
    [[nodiscard]] std::optional<QString> optional(const QString &name) const;
    [[nodiscard]] const QVector<std::pair<QString, QString>> &items() const { return m_items; }

private:
    QVector<std::pair<QString, QString>> m_items;
};

/// A request as a handler sees it: complete, bounded, checked by the transport. No socket.
struct Request
{
    Method method = Method::Get;
    /// Path as it came, percent-encoded, without the query.
    QByteArray rawPath;
    QueryParameters query;
    /// Names in lower case. A repeated header comes more than once.
    QVector<std::pair<QByteArray, QByteArray>> headers;
    /// Empty for routes that take their body in pieces.
    QByteArray body;
    /// Values of ":name" and "*name" in the route's pattern, percent-decoded.
    QHash<QString, QString> parameters;
    /// Address of the caller as text; behind a listed proxy the one that it names. Empty when unknown.
    QString clientAddress;
    /// The caller is on this machine and no proxy stands between.
    bool fromLoopback = false;
    /// Where the listener that took the request is reached from outside; never made from the Host header.
    /// Without a slash at its end.
    QString publicUrl;
    /// Of the body that is announced; -1 when it comes in chunks.
    qint64 contentLength = 0;

    /// The first header of that name (lower case); empty when there is none.
    [[nodiscard]] QByteArray header(const QByteArray &lowerCaseName) const;
    [[nodiscard]] bool hasHeader(const QByteArray &lowerCaseName) const;
    [[nodiscard]] QString parameter(const QString &name) const { return parameters.value(name); }
};

} // namespace gatehouse::server
