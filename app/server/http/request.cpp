// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/request.h"

#include <algorithm>

namespace gatehouse::server {

namespace {

QString decoded(QByteArray part)
{
    part.replace('+', ' ');
    return QString::fromUtf8(QByteArray::fromPercentEncoding(part));
}

} // namespace

QueryParameters QueryParameters::parse(const QByteArray &raw)
{
    QueryParameters query;
    if (raw.isEmpty()) {
        return query;
    }
    for (const QByteArray &pair : raw.split('&')) {
        if (pair.isEmpty()) {
            continue;
        }
        const qsizetype equals = pair.indexOf('=');
        if (equals < 0) {
            query.m_items.emplaceBack(decoded(pair), QString());
        } else {
            query.m_items.emplaceBack(decoded(pair.left(equals)), decoded(pair.mid(equals + 1)));
        }
    }
    return query;
}

bool QueryParameters::contains(const QString &name) const
{
    return std::any_of(m_items.begin(), m_items.end(), [&](const auto &item) { return item.first == name; });
}

QString QueryParameters::value(const QString &name) const
{
    return optional(name).value_or(QString());
}

std::optional<QString> QueryParameters::optional(const QString &name) const
{
    for (const auto &item : m_items) {
        if (item.first == name) {
            return item.second;
        }
    }
    return std::nullopt;
}

QByteArray Request::header(const QByteArray &lowerCaseName) const
{
    for (const auto &entry : headers) {
        if (entry.first == lowerCaseName) {
            return entry.second;
        }
    }
    return {};
}

bool Request::hasHeader(const QByteArray &lowerCaseName) const
{
    return std::any_of(headers.begin(), headers.end(),
                       [&](const auto &entry) { return entry.first == lowerCaseName; });
}

} // namespace gatehouse::server
