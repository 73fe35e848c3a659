// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/arguments.h"

#include <algorithm>

namespace gatehouse::cli {

namespace {

Error wrongOption(const QString &cause)
{
    return makeError(ErrorKind::Invalid, "cli.option", QStringLiteral("The command line cannot be read."),
                     cause, QStringLiteral("Add --help to see what the command takes."));
}

} // namespace

Result<Arguments> Arguments::parse(const QStringList &words, const QVector<OptionSpec> &known)
{
    Arguments arguments;
    bool onlyPositionals = false;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString &word = words.at(i);
        if (onlyPositionals || !word.startsWith(QLatin1String("--"))) {
            arguments.m_positionals.append(word);
            continue;
        }
        if (word == QLatin1String("--")) {
            onlyPositionals = true;
            continue;
        }
        const qsizetype equals = word.indexOf(QLatin1Char('='));
        const QString name = word.mid(2, equals < 0 ? -1 : equals - 2);
        const auto spec =
            std::find_if(known.begin(), known.end(), [&](const OptionSpec &o) { return o.name == name; });
        if (spec == known.end()) {
            return wrongOption(QStringLiteral("There is no option --%1 here.").arg(name));
        }
        if (arguments.m_values.contains(name)) {
            return wrongOption(QStringLiteral("The option --%1 is given twice.").arg(name));
        }
        if (spec->value.isEmpty() && equals >= 0) {
            return wrongOption(QStringLiteral("The option --%1 takes no value.").arg(name));
        }
        if (spec->value.isEmpty()) {
            arguments.m_values.insert(name, {});
        } else if (equals >= 0) {
            arguments.m_values.insert(name, word.mid(equals + 1));
        } else if (i + 1 < words.size()) {
            arguments.m_values.insert(name, words.at(++i));
        } else {
            return wrongOption(QStringLiteral("The option --%1 needs a value: %2.").arg(name, spec->value));
        }
    }
    return arguments;
}

bool Arguments::has(const char *option) const
{
    return m_values.contains(QString::fromLatin1(option));
}

std::optional<QString> Arguments::value(const char *option) const
{
    const auto found = m_values.find(QString::fromLatin1(option));
    return found == m_values.end() ? std::nullopt : std::optional(found.value());
}

Result<QString> Arguments::required(const char *option) const
{
    const std::optional<QString> found = value(option);
    if (!found || found->isEmpty()) {
        return makeError(ErrorKind::Invalid, "cli.missing",
                         QStringLiteral("The option --%1 is missing.").arg(QLatin1String(option)), {},
                         QStringLiteral("Add --help to see what the command takes."));
    }
    return *found;
}

Result<QString> Arguments::positional(qsizetype index, const char *name) const
{
    if (index >= m_positionals.size()) {
        return makeError(ErrorKind::Invalid, "cli.missing",
                         QStringLiteral("%1 is missing.").arg(QLatin1String(name)), {},
                         QStringLiteral("Add --help to see what the command takes."));
    }
    return m_positionals.at(index);
}

Result<void> Arguments::atMost(qsizetype count) const
{
    if (m_positionals.size() > count) {
        return makeError(ErrorKind::Invalid, "cli.surplus",
                         QStringLiteral("\"%1\" is one word too many.").arg(m_positionals.at(count)), {},
                         QStringLiteral("Add --help to see what the command takes."));
    }
    return {};
}

Result<AppId> Arguments::app() const
{
    return required("app").then(AppId::parse);
}

Result<BasisPoints> Arguments::share(const QString &text)
{
    QString number = text.trimmed();
    if (number.endsWith(QLatin1Char('%'))) {
        number.chop(1);
    }
    bool isNumber = false;
    const double percent = number.trimmed().toDouble(&isNumber);
    if (!isNumber) {
        return makeError(ErrorKind::Invalid, "cli.number",
                         QStringLiteral("\"%1\" is not a share in percent.").arg(text),
                         QStringLiteral("A share looks like 25 or 0.5."));
    }
    return BasisPoints::fromPercent(percent);
}

} // namespace gatehouse::cli
