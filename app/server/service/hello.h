// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/router.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <optional>

namespace gatehouse::server {

/// What the greeting tells.
struct HelloSettings
{
    QString serverId;
    QString version;
    /// SHA-256 of the desktop's key; without it the proof is empty.
    std::optional<QByteArray> ownerKeySha256;
    /// Of the loopback listener, asked for each answer.
    std::function<quint16()> port;
    /// Callers from elsewhere get 404.
    bool loopbackOnly = false;
};

/// hex of HMAC-SHA-256(digest, nonce ‖ hostPort). @source spec: gatehouse-v1, section 6
[[nodiscard]] QByteArray helloProof(const QByteArray &keySha256, const QByteArray &nonce,
                                    const QByteArray &hostPort);
/// GET /gatehouse/v1/hello?nonce=: proves to a desktop that the port is its own server's before it sends its
/// key.
void addHelloRoute(Router &router, const HelloSettings &settings);

} // namespace gatehouse::server
