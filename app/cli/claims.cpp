// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/claims.h"

#include "cli/artifact.h"
#include "keys/secretfile.h"

namespace gatehouse::cli {

Result<bundle::ArtifactClaims> claimsOf(const Arguments &arguments, const QString &artifact)
{
    bundle::ArtifactClaims claims;
    if (arguments.has("checksum")) {
        claims.checksum = arguments.value("checksum").value_or(QString());
        claims.sessionKey = arguments.value("session-key").value_or(QString());
        return claims;
    }
    GATEHOUSE_ASSIGN(const ArtifactDescription description, readDescription(artifact));
    claims.checksum = description.checksum;
    claims.sessionKey = arguments.value("session-key").value_or(description.sessionKey);
    return claims;
}

Result<std::optional<crypto::RsaPublicKey>> publicKeyOf(const Arguments &arguments)
{
    const std::optional<QString> path = arguments.value("public-key");
    if (!path) {
        return std::optional<crypto::RsaPublicKey>();
    }
    GATEHOUSE_ASSIGN(const QByteArray pem, keys::readFileBytes(*path, 64LL * 1024));
    GATEHOUSE_ASSIGN(crypto::RsaPublicKey key, crypto::RsaPublicKey::fromPem(pem));
    return std::optional(std::move(key));
}

} // namespace gatehouse::cli
