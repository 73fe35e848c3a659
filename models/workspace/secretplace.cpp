// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/secretplace.h"

#include "core/sentences.h"

namespace gatehouse::workspace {

namespace {

/// A vault that nobody opened yet: says so to whoever asks.
class LockedVault final : public keys::KeyStore
{
public:
    Result<QVector<keys::EntryInfo>> list(keys::KeyKind kind, Operation &operation) override
    {
        Q_UNUSED(kind)
        Q_UNUSED(operation)
        return locked();
    }
    Result<keys::KeyEntry> read(const keys::EntryName &name, Operation &operation) override
    {
        Q_UNUSED(name)
        Q_UNUSED(operation)
        return locked();
    }
    Result<void> write(const keys::KeyEntry &entry, Operation &operation) override
    {
        Q_UNUSED(entry)
        Q_UNUSED(operation)
        return locked();
    }
    Result<void> remove(const keys::EntryName &name, Operation &operation) override
    {
        Q_UNUSED(name)
        Q_UNUSED(operation)
        return locked();
    }

private:
    static Error locked()
    {
        return makeError(ErrorKind::Unusable, "workspace.vault.locked", Sentences::tr("The vault is locked."),
                         Sentences::tr("Its passphrase was not given yet."),
                         Sentences::tr("Unlock it with its passphrase."));
    }
};

} // namespace

SecretPlace::SecretPlace(Settings &settings, Jobs &jobs, ServerDesk &desk, QString vaultPath, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_jobs(jobs)
    , m_desk(desk)
    , m_vaultPath(std::move(vaultPath))
    , m_thread(std::make_unique<keys::KeychainThread>())
    , m_keychain(std::make_shared<keys::KeychainStore>(*m_thread))
{}

SecretPlace::~SecretPlace()
{
    m_desk.setOwnStore(nullptr, QString());
}

void SecretPlace::begin()
{
    if (m_settings.value(settings::kSecretStore) == QLatin1String("vault")) {
        take(Kind::Vault, std::make_shared<LockedVault>());
    } else {
        take(Kind::Keychain, m_keychain);
    }
}

void SecretPlace::take(Kind kind, std::shared_ptr<keys::KeyStore> store)
{
    m_kind = kind;
    m_desk.setOwnStore(std::move(store), kind == Kind::Keychain ? tr("Keychain") : tr("Vault"));
    Q_EMIT changed();
}

void SecretPlace::useKeychain(QObject *context, Done onDone)
{
    m_jobs.run(
        tr("Unlock the keychain"), JobVisibility::Shown, this,
        [keychain = m_keychain](Operation &operation) { return keychain->unlock(operation); },
        [this, guard = QPointer<QObject>(context), onDone = std::move(onDone)](Result<void> done) {
            if (done) {
                m_isVaultOpen = false;
                m_settings.setValue(settings::kSecretStore, QStringLiteral("keychain"));
                take(Kind::Keychain, m_keychain);
            }
            if (guard) {
                onDone(std::move(done));
            }
        });
}

void SecretPlace::useVault(Secret passphrase, QObject *context, Done onDone)
{
    using Opened = std::shared_ptr<keys::VaultStore>;
    m_jobs.run(
        tr("Open the vault"), JobVisibility::Shown, this,
        [path = m_vaultPath, passphrase = std::move(passphrase)](Operation &operation) -> Result<Opened> {
            Result<std::unique_ptr<keys::VaultStore>> vault =
                keys::VaultStore::exists(path) ? keys::VaultStore::open(path, passphrase, operation)
                                               : keys::VaultStore::create(path, passphrase, operation);
            if (!vault) {
                return std::move(vault.error());
            }
            return Opened(std::move(*vault));
        },
        [this, guard = QPointer<QObject>(context), onDone = std::move(onDone)](Result<Opened> vault) {
            Result<void> done;
            if (vault) {
                m_isVaultOpen = true;
                m_settings.setValue(settings::kSecretStore, QStringLiteral("vault"));
                take(Kind::Vault, std::move(*vault));
            } else {
                done = std::move(vault.error());
            }
            if (guard) {
                onDone(std::move(done));
            }
        });
}

void SecretPlace::lockVault()
{
    if (m_kind == Kind::Vault) {
        m_isVaultOpen = false;
        take(Kind::Vault, std::make_shared<LockedVault>());
    }
}

} // namespace gatehouse::workspace
