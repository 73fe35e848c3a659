// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/keychainerrors.h"

namespace gatehouse::keys {

namespace {
Error stateError(KeychainState state)
{
    const QString orVault = QStringLiteral("or keep the keys in a vault with a passphrase.");
    switch (state) {
    case KeychainState::Locked:
        return makeError(ErrorKind::Unusable, "keys.keychain.locked",
                         QStringLiteral("The keychain is locked."),
                         QStringLiteral("It wants its password before it gives or takes a key."),
                         QStringLiteral("Unlock it and try again, ") + orVault);
    case KeychainState::Missing:
        return makeError(ErrorKind::Unusable, "keys.keychain.missing",
                         QStringLiteral("There is no keychain in this session."),
                         QStringLiteral("No Secret Service answers."),
                         QStringLiteral("Start one (GNOME Keyring, KWallet or KeePassXC) and try again, ") +
                             orVault);
    case KeychainState::Waiting:
        return makeError(ErrorKind::Unusable, "keys.keychain.waiting",
                         QStringLiteral("The keychain does not answer yet."),
                         QStringLiteral("It waits for a person, perhaps in a window behind others."),
                         QStringLiteral("Answer its question and try again, ") + orVault);
    case KeychainState::Usable:
    case KeychainState::Failed:
        break;
    }
    return makeError(ErrorKind::Unusable, "keys.keychain.failed",
                     QStringLiteral("The keychain does not work."),
                     QStringLiteral("It answered with an error; nothing was changed."),
                     QStringLiteral("Try again, ") + orVault);
}
} // namespace

QString keychainStateName(KeychainState state)
{
    switch (state) {
    case KeychainState::Failed:
        return QStringLiteral("failed");
    case KeychainState::Usable:
        return QStringLiteral("usable");
    case KeychainState::Locked:
        return QStringLiteral("locked");
    case KeychainState::Missing:
        return QStringLiteral("missing");
    case KeychainState::Waiting:
        return QStringLiteral("waiting");
    }
    return {};
}

Error keychainError(KeychainState state, const QString &detail)
{
    const Error error = stateError(state);
    return detail.isEmpty() ? error : error.withDetail(detail);
}

Error entryMissing(const EntryName &name)
{
    return makeError(ErrorKind::NotFound, "keys.entry.missing",
                     QStringLiteral("There is no key \"%1\".").arg(name.text()),
                     QStringLiteral("The place where keys are kept works, but it holds no such entry."),
                     QStringLiteral("Import the key or restore it from a backup."));
}

} // namespace gatehouse::keys
