// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/claims.h"
#include "cli/command.h"

namespace gatehouse::cli {

Result<void> runBundleDecrypt(Context &context)
{
    const Arguments &arguments = context.arguments();
    GATEHOUSE_ASSIGN(const QString artifact, arguments.positional(0, "The artifact"));
    GATEHOUSE_TRY(arguments.atMost(1));
    GATEHOUSE_ASSIGN(const bundle::ArtifactClaims claims, claimsOf(arguments, artifact));
    GATEHOUSE_ASSIGN(const std::optional<crypto::RsaPublicKey> key, publicKeyOf(arguments));
    const QString output = arguments.value("output").value_or(artifact + QStringLiteral(".decrypted.zip"));
    GATEHOUSE_TRY(
        bundle::decryptBundle(artifact, claims, key ? &*key : nullptr, output, context.operation()));
    context.output().result({{QStringLiteral("file"), output}}, {QStringLiteral("Archive  ") + output});
    return {};
}

} // namespace gatehouse::cli
