// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/keystorechoice.h"

#include "core/sentences.h"

namespace gatehouse::keys {

QString keyStoreChoiceName(KeyStoreChoice choice)
{
    return choice == KeyStoreChoice::Vault ? QStringLiteral("vault") : QStringLiteral("keychain");
}

std::optional<KeyStoreChoice> keyStoreChoiceFrom(const QString &name)
{
    for (const KeyStoreChoice choice : {KeyStoreChoice::Keychain, KeyStoreChoice::Vault}) {
        if (name == keyStoreChoiceName(choice)) {
            return choice;
        }
    }
    return std::nullopt;
}

std::optional<KeyStoreChoice> KeyStoreSurvey::suggestion() const
{
    if (keychain == KeychainState::Usable) {
        return KeyStoreChoice::Keychain;
    }
    return hasVault ? std::optional(KeyStoreChoice::Vault) : std::nullopt;
}

Result<KeyStoreSurvey> surveyKeyStores(KeychainStore &keychain, const QString &vaultPath,
                                       Operation &operation)
{
    GATEHOUSE_ASSIGN(const KeychainState state, keychain.state(operation));
    return KeyStoreSurvey{state, VaultStore::exists(vaultPath), vaultPath};
}

Result<std::unique_ptr<KeyStore>> openKeyStore(const KeyStoreOpening &opening, KeychainThread &thread,
                                               Operation &operation)
{
    if (opening.choice == KeyStoreChoice::Keychain) {
        auto keychain = std::make_unique<KeychainStore>(thread);
        GATEHOUSE_TRY(keychain->unlock(operation));
        return std::unique_ptr<KeyStore>(std::move(keychain));
    }
    if (opening.passphrase == nullptr) {
        return makeError(ErrorKind::Denied, "keys.vault.sealed",
                         Sentences::tr("The vault opens only with its passphrase."), {},
                         Sentences::tr("Enter the passphrase of the vault."));
    }
    const bool makesOne =
        opening.missingVault == KeyStoreOpening::MissingVault::Make && !VaultStore::exists(opening.vaultPath);
    auto vault = makesOne ? VaultStore::create(opening.vaultPath, *opening.passphrase, operation)
                          : VaultStore::open(opening.vaultPath, *opening.passphrase, operation);
    if (!vault) {
        return vault.error();
    }
    return std::unique_ptr<KeyStore>(std::move(*vault));
}

} // namespace gatehouse::keys
