// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bundle/finding.h"

#include <QByteArrayView>
#include <QHash>

#include <optional>

namespace gatehouse::bundle {

/// What is wrong with a path inside a bundle, if anything: absolute, "..", back-slash, NUL, control
/// characters, a name that Windows reserves, a space at an odd place. The worst finding only. @source spec:
/// bundle-format, section 1
[[nodiscard]] std::optional<Finding> checkPath(const QString &path);
/// Names with spaces: Error in a manifest, Warning in a zip.
[[nodiscard]] bool hasSpace(const QString &path);
/// Left out of bundles and manifests: .DS_Store, .git…, node_modules, package-lock.json, tsconfig….json.
[[nodiscard]] bool isLeftOut(const QString &path);
/// A source map: ".map" behind ".js", ".mjs", ".cjs" or ".css".
[[nodiscard]] bool isSourceMap(const QString &path);
/// UTF-8 as text, or nothing when it is not UTF-8.
[[nodiscard]] std::optional<QString> pathFromUtf8(QByteArrayView bytes);

/// Finds names that are one name on a device whose file system folds case or normalises, folders included.
class NameClashes
{
public:
    /// The earlier path that this one clashes with; nothing for the first of its kind.
    [[nodiscard]] std::optional<QString> add(const QString &path);

private:
    QHash<QString, QString> m_folders; ///< folded → as first written
    QHash<QString, QString> m_files;   ///< folded → as first written
};

} // namespace gatehouse::bundle
