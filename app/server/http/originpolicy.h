// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/request.h"

#include <QHostAddress>
#include <QStringList>

namespace gatehouse::server {

/// Who may reach a loopback listener, and which web pages another one answers.
class OriginPolicy
{
public:
    /// isLoopback: the listener is bound to loopback, so a page in a browser is the danger.
    OriginPolicy(bool isLoopback, quint16 port, QStringList allowedHosts);

    /// Host is loopback with our port (or listed) and Origin is absent or ours. Always true when not on
    /// loopback.
    /// @source spec: gatehouse-v1, section 7
    [[nodiscard]] bool allows(const Request &request) const;
    /// The value for Access-Control-Allow-Origin; empty for none. @source spec: device-protocol, section 0.2
    [[nodiscard]] QByteArray corsOrigin(const Request &request) const;

private:
    [[nodiscard]] bool isOwnAuthority(const QString &authority) const;
    bool m_isLoopback = true;
    quint16 m_port = 0;
    QStringList m_allowedHosts;
};

/// The caller's address when some proxies are believed.
class ProxyPolicy
{
public:
    /// Addresses or networks; what cannot be read is in invalid().
    explicit ProxyPolicy(const QStringList &trusted);
    [[nodiscard]] const QStringList &invalid() const { return m_invalid; }

    /// The nearest address that is no listed proxy: from the right of X-Forwarded-For, if peer itself is
    /// listed.
    [[nodiscard]] QString clientAddress(const QHostAddress &peer, const Request &request) const;

private:
    [[nodiscard]] bool isTrusted(const QHostAddress &address) const;
    QVector<QPair<QHostAddress, int>> m_networks;
    QStringList m_invalid;
};

} // namespace gatehouse::server
