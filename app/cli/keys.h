// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/context.h"
#include "keys/bundlekeys.h"
#include "keys/identities.h"

namespace gatehouse::cli {

/// The bundle key of --app, or of --fingerprint when the app has several.
/// @error NotFound "cli.no_bundle_key", Invalid "cli.which_key"
Result<keys::BundleKeyInfo> chosenBundleKey(Context &context, const AppId &app);
/// Its private half: from the store, or from --bundle-key-file.
Result<crypto::RsaPrivateKey> unlockedBundleKey(Context &context, const AppId &app);

[[nodiscard]] QJsonObject toJson(const keys::BundleKeyInfo &key);
[[nodiscard]] QJsonObject toJson(const keys::IdentityInfo &identity);
[[nodiscard]] QStringList describe(const keys::BundleKeyInfo &key);
[[nodiscard]] QStringList describe(const keys::IdentityInfo &identity);

} // namespace gatehouse::cli
