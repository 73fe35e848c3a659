// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>
#include <QVector>

#include <optional>

namespace gatehouse::keys {

/// One line of what would change.
struct DiffLine
{
    enum class Kind { Same, Removed, Added } kind = Kind::Same;
    int oldLine = 0; ///< from 1; 0 where there is none
    int newLine = 0;
    QString text;

    bool operator==(const DiffLine &) const = default;
};

/// The file as it is and as it would be. Nothing is written before applyConfigPlan().
struct ConfigPlan
{
    QString path;
    QByteArray before;
    QByteArray after;

    [[nodiscard]] bool changesAnything() const { return before != after; }
    /// The changed lines with three lines around them.
    [[nodiscard]] QVector<DiffLine> diff() const;
    /// The same as text: "- old", "+ new", "  same".
    [[nodiscard]] QString diffText() const;
};

/// The configuration of a project, as Capacitor itself looks for it: .ts before .js before .json.
[[nodiscard]] std::optional<QString> findCapacitorConfig(const QString &projectFolder);
/// A .json can be changed by planPublicKey(); for .ts and .js a person pastes publicKeySnippet().
[[nodiscard]] bool isJsonConfig(const QString &path);

/// What capacitor.config.json would become with this key at plugins.CapacitorUpdater.publicKey. Formatting,
/// order of keys and line ends stay as they are.
/// @error Invalid "keys.config.json" (with line and column), "keys.config.shape", "keys.config.script" (a .ts
/// or .js);
///        NotFound "keys.file.missing"; Io "keys.file.read"
Result<ConfigPlan> planPublicKey(const QString &path, const QByteArray &publicPem);
/// Replaces the file at once. @error Conflict "keys.config.changed" when the file is no longer what was
/// planned on;
///        Io "keys.file.write"
Result<void> applyConfigPlan(const ConfigPlan &plan);

/// What to paste into capacitor.config.ts or .js.
[[nodiscard]] QString publicKeySnippet(const QByteArray &publicPem);

} // namespace gatehouse::keys
