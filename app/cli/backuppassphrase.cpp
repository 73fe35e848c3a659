// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/backuppassphrase.h"

#include "cli/terminal.h"
#include "keys/secretfile.h"

namespace gatehouse::cli {

namespace {

constexpr const char *kOption = "backup-passphrase-fd";

Result<Secret> fromDescriptor(const QString &text)
{
    bool isNumber = false;
    const int descriptor = text.toInt(&isNumber);
    if (!isNumber || descriptor < 0) {
        return makeError(ErrorKind::Invalid, "cli.passphrase",
                         QStringLiteral("\"%1\" is not the number of a descriptor.").arg(text));
    }
    return keys::readSecretFromDescriptor(descriptor);
}

} // namespace

Result<Secret> backupPassphrase(const Arguments &arguments)
{
    if (const std::optional<QString> text = arguments.value(kOption)) {
        return fromDescriptor(*text);
    }
    return askSecret(QStringLiteral("Passphrase of the backup: "));
}

Result<Secret> newBackupPassphrase(const Arguments &arguments)
{
    GATEHOUSE_ASSIGN(Secret first, backupPassphrase(arguments));
    if (arguments.has(kOption)) {
        return first;
    }
    GATEHOUSE_ASSIGN(const Secret second, askSecret(QStringLiteral("Once more: ")));
    if (!first.equals(second)) {
        return makeError(ErrorKind::Invalid, "cli.passphrase_differs",
                         QStringLiteral("The two passphrases are not the same."));
    }
    return first;
}

} // namespace gatehouse::cli
