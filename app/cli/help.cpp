// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"

namespace gatehouse::cli {

namespace {

constexpr int kColumn = 30;

QString entry(const QString &left, const QString &right)
{
    const QString padded =
        left.size() < kColumn ? left.leftJustified(kColumn) : QString(left + QStringLiteral("  "));
    return QStringLiteral("  ") + padded + right;
}

QString exitCodes()
{
    QStringList codes = {QStringLiteral("0 done")};
    for (const ErrorKind kind :
         {ErrorKind::Invalid, ErrorKind::NotFound, ErrorKind::Conflict, ErrorKind::Denied, ErrorKind::Offline,
          ErrorKind::Timeout, ErrorKind::Protocol, ErrorKind::Io, ErrorKind::Crypto, ErrorKind::Unusable,
          ErrorKind::Internal, ErrorKind::Cancelled}) {
        codes.append(QStringLiteral("%1 %2").arg(QString::number(exitCode(kind)), errorKindName(kind)));
    }
    return codes.join(QStringLiteral(", "));
}

} // namespace

QStringList programHelp()
{
    QStringList lines = {QStringLiteral("Usage: gatehouse-cli COMMAND [OPTION…]"),
                         {},
                         QStringLiteral("Over-the-air updates of Capacitor apps: keys, bundles, channels."),
                         {},
                         QStringLiteral("Commands:")};
    for (const Command &command : commands()) {
        lines.append(entry(command.title() + QLatin1Char(' ') + command.words, command.summary));
    }
    lines.append(
        {{},
         QStringLiteral("gatehouse-cli COMMAND --help says what a command takes. Secrets are read from the "
                        "keychain, from files of"),
         QStringLiteral("mode 0600, or from open descriptors; never from arguments or the environment."),
         {},
         QStringLiteral("Exit codes: ") + exitCodes()});
    return lines;
}

QStringList commandHelp(const Command &command)
{
    QString usage = QStringLiteral("Usage: gatehouse-cli ") + command.title();
    usage += command.words.isEmpty() ? QString() : QString(QLatin1Char(' ') + command.words);
    usage += QStringLiteral(" [OPTION…]");
    QStringList lines = {usage, {}, command.summary, {}, QStringLiteral("Options:")};
    for (const OptionSpec &option : command.options) {
        QString left = QStringLiteral("--") + option.name;
        left += option.value.isEmpty() ? QString() : QString(QLatin1Char(' ') + option.value);
        lines.append(entry(left, option.help));
    }
    return lines;
}

} // namespace gatehouse::cli
