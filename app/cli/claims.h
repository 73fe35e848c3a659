// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bundle/verifybundle.h"
#include "cli/context.h"

namespace gatehouse::cli {

/// What is said about an artifact: by --session-key and --checksum, else by FILE.json beside it.
Result<bundle::ArtifactClaims> claimsOf(const Arguments &arguments, const QString &artifact);
/// --public-key, when it is given.
Result<std::optional<crypto::RsaPublicKey>> publicKeyOf(const Arguments &arguments);

} // namespace gatehouse::cli
