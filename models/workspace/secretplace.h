// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "keys/keychainstore.h"
#include "keys/keychainthread.h"
#include "keys/vaultstore.h"
#include "workspace/serverdesk.h"

namespace gatehouse::workspace {

/// Where this person's secrets rest: the keychain of the session, or a vault under a passphrase. The choice
/// is the person's and is remembered; nothing falls back by itself.
class SecretPlace final : public QObject
{
    Q_OBJECT

public:
    enum class Kind { Keychain, Vault };
    Q_ENUM(Kind)

    SecretPlace(Settings &settings, Jobs &jobs, ServerDesk &desk, QString vaultPath,
                QObject *parent = nullptr);
    ~SecretPlace() override;

    /// Takes up what was chosen last. A vault stays locked until unlockVault().
    void begin();
    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] bool isVaultLocked() const { return m_kind == Kind::Vault && !m_isVaultOpen; }
    [[nodiscard]] bool hasVault() const { return keys::VaultStore::exists(m_vaultPath); }

    using Done = std::function<void(Result<void>)>;
    /// Goes back to the keychain and asks it to unlock.
    void useKeychain(QObject *context, Done onDone);
    /// Opens the vault, or makes one when there is none.
    void useVault(Secret passphrase, QObject *context, Done onDone);
    /// Forgets the vault's key until the passphrase is given again.
    void lockVault();

Q_SIGNALS:
    void changed();

private:
    void take(Kind kind, std::shared_ptr<keys::KeyStore> store);

    Settings &m_settings;
    Jobs &m_jobs;
    ServerDesk &m_desk;
    QString m_vaultPath;
    std::unique_ptr<keys::KeychainThread> m_thread;
    std::shared_ptr<keys::KeychainStore> m_keychain;
    Kind m_kind = Kind::Keychain;
    bool m_isVaultOpen = false;
};

} // namespace gatehouse::workspace
