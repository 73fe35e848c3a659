// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/originpolicy.h"

#include <QUrl>

#include <algorithm>

namespace gatehouse::server {

namespace {

bool isLoopbackName(const QString &host)
{
    return host == QLatin1String("localhost") || host == QLatin1String("127.0.0.1") ||
           host == QLatin1String("::1");
}

/// "host" or "host:port" or "[v6]:port"; port -1 when it is not given.
std::optional<std::pair<QString, int>> splitAuthority(const QString &authority)
{
    const QUrl url(QStringLiteral("http://") + authority, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty() || !url.path().isEmpty() ||
        url.hasQuery() || url.hasFragment()) {
        return std::nullopt;
    }
    return std::make_pair(url.host().toLower(), url.port(-1));
}

} // namespace

OriginPolicy::OriginPolicy(bool isLoopback, quint16 port, QStringList allowedHosts)
    : m_isLoopback(isLoopback)
    , m_port(port)
    , m_allowedHosts(std::move(allowedHosts))
{
    for (QString &host : m_allowedHosts) {
        host = host.toLower();
    }
}

bool OriginPolicy::isOwnAuthority(const QString &authority) const
{
    if (m_allowedHosts.contains(authority.toLower())) {
        return true;
    }
    const auto parts = splitAuthority(authority);
    return parts && isLoopbackName(parts->first) && parts->second == m_port;
}

bool OriginPolicy::allows(const Request &request) const
{
    if (!m_isLoopback) {
        return true;
    }
    if (!isOwnAuthority(QString::fromLatin1(request.header("host")))) {
        return false;
    }
    if (!request.hasHeader("origin")) {
        return true;
    }
    const QString origin = QString::fromLatin1(request.header("origin"));
    for (const QLatin1String scheme : {QLatin1String("http://"), QLatin1String("https://")}) {
        if (origin.startsWith(scheme)) {
            return isOwnAuthority(origin.mid(scheme.size()));
        }
    }
    return false;
}

QByteArray OriginPolicy::corsOrigin(const Request &request) const
{
    QByteArray origin = request.header("origin");
    if (m_isLoopback || origin.isEmpty()) {
        return {};
    }
    if (origin == "capacitor://localhost" || origin == "ionic://localhost") {
        return origin;
    }
    const QUrl url(QString::fromLatin1(origin), QUrl::StrictMode);
    const bool isWeb = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    const bool isBare = url.userInfo().isEmpty() && url.path().isEmpty() && !url.hasQuery();
    return isWeb && isBare && isLoopbackName(url.host().toLower()) ? origin : QByteArray();
}

ProxyPolicy::ProxyPolicy(const QStringList &trusted)
{
    for (const QString &text : trusted) {
        const auto network = QHostAddress::parseSubnet(text);
        if (network.first.isNull()) {
            m_invalid.append(text);
        } else {
            m_networks.append(network);
        }
    }
}

bool ProxyPolicy::isTrusted(const QHostAddress &address) const
{
    return std::any_of(m_networks.begin(), m_networks.end(),
                       [&](const auto &network) { return address.isInSubnet(network); });
}

QString ProxyPolicy::clientAddress(const QHostAddress &peer, const Request &request) const
{
    QHostAddress client = peer;
    QList<QByteArray> hops;
    for (const auto &[name, value] : request.headers) {
        if (name == "x-forwarded-for") {
            hops += value.split(',');
        }
    }
    while (!hops.isEmpty() && isTrusted(client)) {
        const QHostAddress before(QString::fromLatin1(hops.takeLast().trimmed()));
        if (before.isNull()) {
            break;
        }
        client = before;
    }
    return client.toString();
}

} // namespace gatehouse::server
