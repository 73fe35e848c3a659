// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bundle/buildbundle.h"
#include "bundle/manifest.h"
#include "core/clock.h"
#include "trust/releasestatement.h"
#include "wire/bundlerow.h"

namespace gatehouse::release {

/// What a release statement says beside what building the bundle showed.
struct StatementFacts
{
    AppId app;
    BundleName version;
    QString archiveName = {};  ///< of the subject that is the plain archive
    QString artifactName = {}; ///< of the subject that is the encrypted one
    QString builder = {};      ///< the program
    QString builderVersion = {};
    QVector<wire::NativePackage> packages = {};
    QString notes = {};
    bool isReadyCallWaived = false;
};

/// The statement of a bundle that was just built. @source spec: bundle-format, section 5
[[nodiscard]] trust::ReleaseStatement statementOf(const bundle::BuiltBundle &built,
                                                  const std::optional<bundle::DeltaManifest> &manifest,
                                                  const StatementFacts &facts, UtcTime created);

} // namespace gatehouse::release
