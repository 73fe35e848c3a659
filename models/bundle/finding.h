// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVector>

namespace gatehouse::bundle {

enum class Severity {
    Note,    ///< worth knowing
    Warning, ///< may go wrong on some devices
    Error,   ///< the bundle is not built
};

/// What a check has to say about a folder or a bundle.
struct Finding
{
    /// Stable dotted id: "bundle.index.missing".
    QString rule;
    Severity severity = Severity::Error;
    /// Path inside the folder; empty when it is about the whole. Foreign text: show as plain text.
    QString file;
    /// One whole sentence.
    QString sentence;

    bool operator==(const Finding &) const = default;
};

using Findings = QVector<Finding>;

[[nodiscard]] bool hasErrors(const Findings &findings);
/// The severity's name as written in JSON: "warning".
[[nodiscard]] QString severityName(Severity severity);

} // namespace gatehouse::bundle
