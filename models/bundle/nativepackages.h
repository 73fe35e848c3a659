// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bundle/finding.h"
#include "core/result.h"
#include "wire/bundlerow.h"

namespace gatehouse::bundle {

struct NativePackages
{
    QString packageJson;                   ///< the file they were read from; empty when none was near
    QVector<wire::NativePackage> packages; ///< sorted by name
    Findings findings;
};

/// The native parts that a web build calls: dependencies of the nearest package.json with an iOS or Android
/// part. Looks in the web folder and up to three folders above. Installed versions are read from
/// node_modules; where that is missing, the version is what package.json asks for, and a finding says so.
/// @error Invalid "bundle.package_json" when that file is no JSON object
/// @source spec: management-api, section 5.6
Result<NativePackages> readNativePackages(const QString &webFolder);

} // namespace gatehouse::bundle
