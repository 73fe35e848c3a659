// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "keys/identities.h"
#include "release/openbundle.h"

namespace gatehouse::release {

/// One thing that was looked at.
struct BundleCheck
{
    enum class Kind {
        Download,  ///< the artifact came, and is as long as the server says
        Decrypt,   ///< a key of the app opens it; skipped for a plain bundle
        Checksum,  ///< the plain archive is what the checksum says
        Files,     ///< every file can be unpacked by the rules of bundles
        Statement, ///< the author's statement beside it fits; skipped when there is none
    };
    enum class Verdict { Passed, Failed, Skipped };
    Kind kind = Kind::Download;
    Verdict verdict = Verdict::Skipped;
    std::optional<Error> error = {}; ///< when it failed
};

/// What came of downloading and verifying one bundle.
struct BundleInspection
{
    wire::BundleRow row;
    ArtifactFile file;
    QVector<BundleCheck> checks;
    std::optional<OpenedBundle> opened = {}; ///< when everything up to the files passed
    QStringList signers = {};                ///< key ids whose signatures hold

    /// Nothing failed. What was skipped was not looked at.
    [[nodiscard]] bool isGood() const;
    /// The check that failed, if one did.
    [[nodiscard]] const BundleCheck *failure() const;
};

struct InspectRequest
{
    wire::BundleRow row;
    QVector<keys::BundleKeyInfo> keys;
    QVector<keys::IdentityInfo> identities; ///< whose statements are believed
    QString folder;                         ///< for the download
    QString statementPath;                  ///< where the statement would be
};

/// Downloads the artifact and looks at it as a device would, and at the author's statement where there is
/// one. A bundle that is not good is an answer, not an error.
/// @error those of downloadArtifact(); Cancelled; Io
Result<BundleInspection> inspectBundle(const client::SessionPtr &session, const InspectRequest &request,
                                       Operation &operation);

} // namespace gatehouse::release
