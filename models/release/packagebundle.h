// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bundle/buildbundle.h"
#include "bundle/manifest.h"
#include "bundle/nativepackages.h"
#include "client/upload.h"
#include "core/clock.h"
#include "core/ids.h"
#include "crypto/fingerprint.h"
#include "keys/keystore.h"

#include <optional>

namespace gatehouse::release {

/// What makes a bundle out of a scanned folder.
struct PackageRequest
{
    AppId app;
    BundleName version;
    bundle::FolderScan scan;
    bundle::NativePackages packages = {};
    QString artifactPath = {};
    bundle::Cipher cipher = bundle::Cipher::Aes128Cbc;
    /// Also each file by itself, so that devices load only what changed; payloads go to <artifact>.files.
    bool isFileByFile = false;
    /// The app's bundle key; needed unless cipher is None.
    std::optional<crypto::Fingerprint> bundleKey = {};
    /// Key id of the identity that signs the release statement; nothing: no statement is made.
    std::optional<QString> identity = {};
    /// For a sealed identity.
    const Secret *passphrase = nullptr;
    QString notes = {};
    qint64 maxUploadBytes = qint64(1) << 30;
    QString builderVersion = {};
};

/// An artifact with its statement beside it.
struct PackagedBundle
{
    bundle::BuiltBundle built;
    std::optional<bundle::DeltaManifest> manifest;
    /// DSSE envelope, JSON; empty when no identity signed.
    QString statementPath;
    QString signer; ///< key id
};

/// Builds the artifact, signs its statement and puts it beside the artifact as <artifact>.release.json. Each
/// key leaves its store for its own step only. When the statement fails, the artifact goes, too.
/// @error those of buildBundle(), BundleKeys::unlock(), Identities::unlock(); Invalid "release.package.key"
Result<PackagedBundle> packageBundle(const PackageRequest &request, keys::KeyStore &store, const Clock &clock,
                                     Operation &operation);

/// The folder of the payloads beside an artifact.
[[nodiscard]] QString payloadFolder(const QString &artifactPath);
/// The files of a manifest as they are uploaded.
[[nodiscard]] QVector<client::UploadFile> uploadFilesOf(const bundle::DeltaManifest &manifest);
/// Removes the artifact with all that lies beside it.
void removePackage(const PackagedBundle &packaged);

/// The upload of a packaged bundle, without channels: staging decides.
[[nodiscard]] client::UploadRequest uploadOf(const PackageRequest &request, const PackagedBundle &packaged);

} // namespace gatehouse::release
