// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/service/hello.h"

#include "wire/capabilities.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>

#include <algorithm>

namespace gatehouse::server {

namespace {

constexpr qsizetype kMaxNonce = 128;

/// Letters, digits, "-", "_", "=", ".", "~": so that the nonce cannot run into the address behind it.
bool isNonce(const QString &text)
{
    return !text.isEmpty() && text.size() <= kMaxNonce && std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') ||
               c == u'-' || c == u'_' || c == u'=' || c == u'.' || c == u'~';
    });
}

} // namespace

QByteArray helloProof(const QByteArray &keySha256, const QByteArray &nonce, const QByteArray &hostPort)
{
    return QMessageAuthenticationCode::hash(nonce + hostPort, keySha256, QCryptographicHash::Sha256).toHex();
}

void addHelloRoute(Router &router, const HelloSettings &settings)
{
    router.add(Method::Get, QStringLiteral("/gatehouse/v1/hello"),
               [settings](const Request &request) {
                   if (settings.loopbackOnly && !request.fromLoopback) {
                       return notFoundResponse();
                   }
                   const QString nonce = request.query.value(QStringLiteral("nonce"));
                   if (!isNonce(nonce)) {
                       return errorResponse(400, QStringLiteral("invalid_nonce"),
                                            QStringLiteral("The nonce must be 1 to 128 letters and digits."));
                   }
                   wire::Hello hello;
                   hello.serverId = settings.serverId;
                   hello.version = settings.version;
                   if (settings.ownerKeySha256) {
                       const QByteArray hostPort = "127.0.0.1:" + QByteArray::number(settings.port());
                       hello.proof = QString::fromLatin1(
                           helloProof(*settings.ownerKeySha256, nonce.toLatin1(), hostPort));
                   }
                   return jsonResponse(hello.toJson()).setHeader("Cache-Control", "no-store");
               },
               {kMaxJsonBody, RunOn::Io});
}

} // namespace gatehouse::server
