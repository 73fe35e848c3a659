// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QVector>

#include <compare>
#include <cstdint>

namespace gatehouse {

/// A semantic version, 2.0. Build metadata is kept in the text and ignored in comparison.
/// @source spec: device-protocol, section 1.1
class SemanticVersion
{
public:
    /// Strict: three numbers without leading zeros, optional -prerelease and +build, at most 256 characters,
    /// numbers up to 2^53 - 1. @error Invalid "core.semver"
    static Result<SemanticVersion> parse(const QString &text);
    /// As parse(), but takes one leading lower-case "v" and white space around it, as the plugins' versions
    /// may have.
    static Result<SemanticVersion> parseLoose(const QString &text);
    /// The coercion of a device's native version: "builtin" and "unknown" are 0.0.0, "1" is 1.0.0, "1.2"
    /// is 1.2.0.
    static Result<SemanticVersion> coerceNative(const QString &text);

    [[nodiscard]] std::int64_t major() const { return m_major; }
    [[nodiscard]] std::int64_t minor() const { return m_minor; }
    [[nodiscard]] std::int64_t patch() const { return m_patch; }
    [[nodiscard]] const QStringList &prerelease() const { return m_prerelease; }
    /// Canonical text with build metadata.
    [[nodiscard]] QString toString() const;

    /// Precedence by the standard: build metadata is ignored.
    [[nodiscard]] std::strong_ordering operator<=>(const SemanticVersion &other) const;
    [[nodiscard]] bool operator==(const SemanticVersion &other) const;

private:
    SemanticVersion() = default;
    std::int64_t m_major = 0;
    std::int64_t m_minor = 0;
    std::int64_t m_patch = 0;
    QStringList m_prerelease;
    QString m_build;
};

} // namespace gatehouse
