// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/keychainerrors.h"

#include "core/sentences.h"

namespace gatehouse::keys {

namespace {
Error stateError(KeychainState state)
{
    switch (state) {
    case KeychainState::Locked:
        return makeError(
            ErrorKind::Unusable, "keys.keychain.locked", Sentences::tr("The keychain is locked."),
            Sentences::tr("It wants its password before it gives or takes a key."),
            Sentences::tr("Unlock it and try again, or keep the keys in a vault with a passphrase."));
    case KeychainState::Missing:
        return makeError(ErrorKind::Unusable, "keys.keychain.missing",
                         Sentences::tr("There is no keychain in this session."),
                         Sentences::tr("No Secret Service answers."),
                         Sentences::tr("Start one (GNOME Keyring, KWallet or KeePassXC) and try again, or "
                                       "keep the keys in a vault with a passphrase."));
    case KeychainState::Waiting:
        return makeError(
            ErrorKind::Unusable, "keys.keychain.waiting", Sentences::tr("The keychain does not answer yet."),
            Sentences::tr("It waits for a person, perhaps in a window behind others."),
            Sentences::tr(
                "Answer its question and try again, or keep the keys in a vault with a passphrase."));
    case KeychainState::Usable:
    case KeychainState::Failed:
        break;
    }
    return makeError(ErrorKind::Unusable, "keys.keychain.failed",
                     Sentences::tr("The keychain does not work."),
                     Sentences::tr("It answered with an error; nothing was changed."),
                     Sentences::tr("Try again, or keep the keys in a vault with a passphrase."));
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
                     Sentences::tr("There is no key \"%1\".").arg(name.text()),
                     Sentences::tr("The place where keys are kept works, but it holds no such entry."),
                     Sentences::tr("Import the key or restore it from a backup."));
}

} // namespace gatehouse::keys
