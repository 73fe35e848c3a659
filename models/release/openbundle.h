// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bundle/verifybundle.h"
#include "client/session.h"
#include "core/clock.h"
#include "keys/bundlekeys.h"
#include "wire/bundlerow.h"

#include <QTemporaryDir>

#include <memory>

namespace gatehouse::release {

/// A stored artifact on this computer, still as devices get it.
struct ArtifactFile
{
    enum class Source {
        Local,      ///< it was built here and is still there
        Downloaded, ///< from the server just now
    };
    QString path;
    Source source = Source::Downloaded;
    qint64 bytes = 0;
    Milliseconds took{};
    std::shared_ptr<QTemporaryDir> keeper = {}; ///< a download goes when nobody holds it any more
};

/// An artifact that went through the device's own checks.
struct OpenedBundle
{
    wire::BundleRow row;
    ArtifactFile file;
    bundle::VerifiedBundle content;
    std::optional<keys::BundleKeyInfo> key; ///< that opened it; nothing for a plain one
};

/// Downloads the stored artifact into a folder of its own below folder; nothing is left after an error.
/// @error those of client::Bundles; Invalid "release.artifact.elsewhere" (not on this server); Io
///        "release.artifact.write"
Result<ArtifactFile> downloadArtifact(const client::SessionPtr &session, const wire::BundleRow &row,
                                      const QString &folder, Operation &operation);

/// Does with the artifact what a device does, with the key that opens it: those with the bundle's label are
/// tried first, but the label proves nothing.
/// @error those of verifyBundle(); Crypto "release.no_key" when none of the keys opens it
Result<OpenedBundle> openBundle(const wire::BundleRow &row, const ArtifactFile &file,
                                const QVector<keys::BundleKeyInfo> &keys, Operation &operation);

/// Writes the files of an opened bundle into folder/<app>-<version>, which must not be there yet.
/// @return that folder. @error those of decryptBundle() and unpackArchive()
Result<QString> saveFiles(const OpenedBundle &opened, const QString &folder, Operation &operation);

} // namespace gatehouse::release
