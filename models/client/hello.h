// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/transport.h"
#include "wire/capabilities.h"

namespace gatehouse::client {

/// The proof that a server on this port owes for this nonce: hex of HMAC-SHA-256(SHA-256(key), nonce +
/// hostPort).
/// @source spec: gatehouse-v1, section 6
[[nodiscard]] QByteArray helloProof(QByteArrayView serverKeyDigest, const QString &nonce,
                                    const QString &hostPort);

/// A question that only the owner of the key can answer, new each time.
class HelloQuestion
{
public:
    /// @param api  http://127.0.0.1:PORT
    explicit HelloQuestion(const QUrl &api);
    /// Without the key.
    [[nodiscard]] const Request &request() const { return m_request; }
    /// @error a refusal; Protocol "wire.json"; Crypto "client.hello" when the proof is wrong
    [[nodiscard]] Result<wire::Hello> check(const Response &answer, const Secret &serverKey) const;

private:
    QString m_nonce;
    Request m_request;
};

/// Asks who owns a loopback port, before the key is sent there. Sends no key.
/// @param api  http://127.0.0.1:PORT
/// @error those of Transport::send; Crypto "client.hello" when the proof is wrong: another program has the
/// port
Result<wire::Hello> proveServer(Transport &transport, const QUrl &api, const Secret &serverKey,
                                Operation &operation);

} // namespace gatehouse::client
