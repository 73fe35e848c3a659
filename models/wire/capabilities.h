// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/json.h"

#include <QSet>

namespace gatehouse::wire {

/// Answer of GET /gatehouse/v1/capabilities. Names are those of Feature in models/client.
/// @source spec: gatehouse-v1, section 6
struct ServerCapabilities
{
    QString serverId;
    QString version;
    QStringList features;    ///< "events", "series", "actions", "state", "freeze", …
    QStringList permissions; ///< what this caller may do: "channel.promote_bundle", …
    qint64 maxUploadBytes = 0;

    [[nodiscard]] QJsonObject toJson() const;
    static Result<ServerCapabilities> fromJson(const QJsonObject &object, const QString &path);
    bool operator==(const ServerCapabilities &) const = default;
};

/// Answer of GET /gatehouse/v1/hello. proof = hex of HMAC-SHA-256(SHA-256(server key), nonce +
/// "127.0.0.1:PORT").
struct Hello
{
    QString serverId;
    QString version;
    QString proof;

    [[nodiscard]] QJsonObject toJson() const;
    static Result<Hello> fromJson(const QJsonObject &object, const QString &path);
};

} // namespace gatehouse::wire
