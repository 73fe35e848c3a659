// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "core/result.h"

#include <QHash>
#include <QStringList>
#include <QVector>

#include <optional>

namespace gatehouse::cli {

/// An option as help and completion show it. Long form only, so that scripts stay readable.
struct OptionSpec
{
    QString name;  ///< without the dashes
    QString value; ///< what stands for the value in help: "FILE"; empty: a switch
    QString help;
};

/// What was typed after the command's name, checked against what the command knows.
class Arguments
{
public:
    /// @error Invalid "cli.option" for an unknown option, a value too many or missing, or an option given
    /// twice
    static Result<Arguments> parse(const QStringList &words, const QVector<OptionSpec> &known);

    [[nodiscard]] bool has(const char *option) const;
    [[nodiscard]] std::optional<QString> value(const char *option) const;
    /// @error Invalid "cli.missing"
    [[nodiscard]] Result<QString> required(const char *option) const;
    [[nodiscard]] const QStringList &positionals() const { return m_positionals; }
    /// @param name  as help calls it. @error Invalid "cli.missing"
    [[nodiscard]] Result<QString> positional(qsizetype index, const char *name) const;
    /// @error Invalid "cli.surplus" when there are more
    [[nodiscard]] Result<void> atMost(qsizetype count) const;

    [[nodiscard]] Result<AppId> app() const;
    /// "25", "12.5 %" or "0.01". @error Invalid "core.basis_points", "cli.number"
    [[nodiscard]] static Result<BasisPoints> share(const QString &text);

private:
    QHash<QString, QString> m_values;
    QStringList m_positionals;
};

} // namespace gatehouse::cli
