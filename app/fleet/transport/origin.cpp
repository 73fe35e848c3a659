// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleet/transport/origin.h"

namespace gatehouse::fleet {

namespace {

bool isLoopback(const QString &host)
{
    if (host == QLatin1String("localhost") || host == QLatin1String("::1")) {
        return true;
    }
    const QStringList parts = host.split(QLatin1Char('.'));
    bool areNumbers = parts.size() == 4 && parts.first() == QLatin1String("127");
    for (const QString &part : parts) {
        bool isNumber = false;
        areNumbers = part.toUShort(&isNumber) <= 255 && isNumber && areNumbers;
    }
    return areNumbers;
}

} // namespace

QByteArray Origin::hostHeader() const
{
    QByteArray header = host.contains(QLatin1Char(':')) ? '[' + host.toLatin1() + ']' : host.toLatin1();
    if (port != (isTls ? 443 : 80)) {
        header += ':' + QByteArray::number(port);
    }
    return header;
}

Result<Origin> originOf(const QUrl &url)
{
    const auto refuse = [&url](const QString &cause) {
        return makeError(ErrorKind::Invalid, "fleet.url",
                         QStringLiteral("Devices cannot use the address \"%1\".")
                             .arg(url.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery).left(200)),
                         cause);
    };
    Origin origin;
    origin.host = QString::fromLatin1(url.host(QUrl::FullyEncoded).toLatin1());
    if (!url.isValid() || origin.host.isEmpty()) {
        return refuse(QStringLiteral("It is not an absolute address."));
    }
    if (!url.userInfo().isEmpty()) {
        return refuse(QStringLiteral("It carries a user name or a password."));
    }
    if (origin.host.startsWith(QLatin1Char('[')) && origin.host.endsWith(QLatin1Char(']'))) {
        origin.host = origin.host.mid(1, origin.host.size() - 2);
    }
    origin.isTls = url.scheme() == QLatin1String("https");
    if (!origin.isTls && (url.scheme() != QLatin1String("http") || !isLoopback(origin.host))) {
        return refuse(QStringLiteral("It has to begin with https://; http:// is for this machine alone."));
    }
    origin.port = static_cast<quint16>(url.port(origin.isTls ? 443 : 80));
    return origin;
}

QByteArray targetOf(const QUrl &url)
{
    QByteArray target = url.path(QUrl::FullyEncoded).toLatin1();
    if (!target.startsWith('/')) {
        target.prepend('/');
    }
    if (url.hasQuery()) {
        target += '?' + url.query(QUrl::FullyEncoded).toLatin1();
    }
    return target;
}

} // namespace gatehouse::fleet
