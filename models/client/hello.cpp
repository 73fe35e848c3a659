// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/hello.h"

#include "core/jsonreader.h"
#include "core/sentences.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QUrlQuery>

namespace gatehouse::client {

namespace {

/// In constant time: the proof is a secret until it matches.
bool isSame(const QByteArray &a, const QByteArray &b)
{
    if (a.size() != b.size()) {
        return false;
    }
    unsigned difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i) {
        difference |=
            static_cast<unsigned>(static_cast<unsigned char>(a.at(i)) ^ static_cast<unsigned char>(b.at(i)));
    }
    return difference == 0;
}

} // namespace

QByteArray helloProof(QByteArrayView serverKeyDigest, const QString &nonce, const QString &hostPort)
{
    QMessageAuthenticationCode mac(QCryptographicHash::Sha256, serverKeyDigest.toByteArray());
    mac.addData(nonce.toUtf8());
    mac.addData(hostPort.toUtf8());
    return mac.result().toHex();
}

HelloQuestion::HelloQuestion(const QUrl &api)
{
    const Secret random = Secret::random(16);
    m_nonce = QString::fromLatin1(
        random.view().toByteArray().toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
    m_request.url = api;
    m_request.url.setPath(QStringLiteral("/gatehouse/v1/hello"));
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("nonce"), m_nonce);
    m_request.url.setQuery(query);
    m_request.maxBody = 64LL * 1024;
}

Result<wire::Hello> HelloQuestion::check(const Response &answer, const Secret &serverKey) const
{
    GATEHOUSE_ASSIGN(const Response response, requireSuccess(answer));
    GATEHOUSE_ASSIGN(const QJsonObject object, parseJsonObject(response.body, QStringLiteral("hello")));
    GATEHOUSE_ASSIGN(wire::Hello hello, wire::Hello::fromJson(object, QStringLiteral("hello")));

    QByteArray plain = serverKey.view().toByteArray();
    QByteArray digest = QCryptographicHash::hash(plain, QCryptographicHash::Sha256);
    wipe(plain);
    const QString hostPort = QStringLiteral("127.0.0.1:%1").arg(m_request.url.port());
    const QByteArray expected = helloProof(digest, m_nonce, hostPort);
    wipe(digest);
    if (!isSame(expected, hello.proof.toLatin1())) {
        return makeError(ErrorKind::Crypto, "client.hello",
                         Sentences::tr("Another program answers on the port of the server."),
                         Sentences::tr("It does not know the key of this computer's server."),
                         Sentences::tr("Close that program, or start the server on another port."));
    }
    return hello;
}

Result<wire::Hello> proveServer(Transport &transport, const QUrl &api, const Secret &serverKey,
                                Operation &operation)
{
    const HelloQuestion question(api);
    GATEHOUSE_ASSIGN(const Response answer, sendRepeatable(transport, question.request(), operation));
    return question.check(answer, serverKey);
}

} // namespace gatehouse::client
