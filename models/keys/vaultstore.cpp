// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/vaultstore.h"

#include "core/sentences.h"
#include "keys/keychainerrors.h"
#include "keys/secretfile.h"
#include "keys/vaultformat.h"

#include <QFileInfo>
#include <QLockFile>
#include <QStandardPaths>

namespace gatehouse::keys {

namespace {
constexpr qint64 kMaxVaultBytes = 64 * 1024 * 1024;

Result<QByteArray> readVaultFile(const QString &path)
{
    if (!QFileInfo::exists(path)) {
        return makeError(ErrorKind::NotFound, "keys.vault.missing",
                         Sentences::tr("There is no vault at \"%1\".").arg(path), {},
                         Sentences::tr("Make one, or choose the file that holds your keys."));
    }
    auto bytes = readFileBytes(path, kMaxVaultBytes);
    if (!bytes) {
        Error error = bytes.error().inContext(Sentences::tr("The vault could not be read."));
        error.id = QStringLiteral("keys.vault.read");
        return error;
    }
    return bytes;
}

Result<void> writeVaultFile(const QString &path, const QByteArray &bytes)
{
    if (const auto written = writePrivateFile(path, bytes); !written) {
        Error error =
            written.error().inContext(Sentences::tr("The vault could not be written; it is as it was."));
        error.id = QStringLiteral("keys.vault.write");
        return error;
    }
    return {};
}

Result<std::unique_ptr<QLockFile>> lockVault(const QString &path, Operation &operation)
{
    auto file = std::make_unique<QLockFile>(path + QStringLiteral(".lock"));
    constexpr int kTryMs = 100;
    while (!file->tryLock(kTryMs)) {
        if (file->error() != QLockFile::LockFailedError) {
            return makeError(
                ErrorKind::Io, "keys.vault.write", Sentences::tr("The vault could not be reserved."),
                Sentences::tr("No file can be made in \"%1\".").arg(QFileInfo(path).absolutePath()));
        }
        GATEHOUSE_TRY(operation.check());
    }
    return file;
}
} // namespace

bool VaultStore::exists(const QString &path)
{
    return QFileInfo::exists(path);
}

QString VaultStore::defaultPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           QStringLiteral("/gatehouse/keys.vault");
}

Result<std::unique_ptr<VaultStore>> VaultStore::create(const QString &path, const Secret &passphrase,
                                                       Operation &operation, crypto::SealCost cost)
{
    GATEHOUSE_TRY(makePrivateFolder(QFileInfo(path).absolutePath()));
    GATEHOUSE_ASSIGN(const auto guard, lockVault(path, operation));
    if (exists(path)) {
        return makeError(ErrorKind::Conflict, "keys.vault.exists",
                         Sentences::tr("There is a vault at \"%1\" already.").arg(path), {},
                         Sentences::tr("Open it with its passphrase, or choose another file."));
    }
    GATEHOUSE_ASSIGN(crypto::SealKey key, crypto::SealKey::create(passphrase, operation, cost));
    std::unique_ptr<VaultStore> vault(new VaultStore(path, std::move(key)));
    GATEHOUSE_TRY(vault->save({}, vault->m_key, operation));
    return vault;
}

Result<std::unique_ptr<VaultStore>> VaultStore::open(const QString &path, const Secret &passphrase,
                                                     Operation &operation)
{
    GATEHOUSE_ASSIGN(const QByteArray bytes, readVaultFile(path));
    GATEHOUSE_ASSIGN(const crypto::SealHeader header, crypto::readSealHeader(bytes));
    if (header.purpose != crypto::SealPurpose::Vault) {
        // Told before a second is spent on the passphrase.
        GATEHOUSE_TRY(crypto::openSealed(bytes, passphrase, crypto::SealPurpose::Vault, {}, operation));
    }
    GATEHOUSE_ASSIGN(crypto::SealKey key, crypto::SealKey::forHeader(header, passphrase, operation));
    std::unique_ptr<VaultStore> vault(new VaultStore(path, std::move(key)));
    GATEHOUSE_TRY(vault->load(operation));
    return vault;
}

Result<VaultStore::Entries> VaultStore::load(Operation &operation) const
{
    GATEHOUSE_ASSIGN(const QByteArray bytes, readVaultFile(m_path));
    GATEHOUSE_ASSIGN(const crypto::SealHeader header, crypto::readSealHeader(bytes));
    if (header.salt != m_key.salt()) {
        return makeError(ErrorKind::Denied, "keys.vault.changed",
                         Sentences::tr("The vault was sealed anew by another program."),
                         Sentences::tr("Its passphrase may be another one now."),
                         Sentences::tr("Open the vault again."));
    }
    GATEHOUSE_ASSIGN(const Secret content,
                     crypto::openSealed(bytes, m_key, crypto::SealPurpose::Vault, {}, operation));
    return parseVaultContent(content.view());
}

Result<void> VaultStore::save(const Entries &entries, const crypto::SealKey &key, Operation &operation) const
{
    GATEHOUSE_ASSIGN(const QByteArray bytes,
                     crypto::seal(vaultContent(entries), key, crypto::SealPurpose::Vault, {}, operation));
    GATEHOUSE_TRY(operation.check());
    return writeVaultFile(m_path, bytes);
}

Result<QVector<EntryInfo>> VaultStore::list(KeyKind kind, Operation &operation)
{
    const std::lock_guard lock(m_mutex);
    GATEHOUSE_ASSIGN(const Entries entries, load(operation));
    QVector<EntryInfo> found;
    for (const auto &[name, entry] : entries) {
        if (entry.info.name.kind() == kind) {
            found.append(entry.info);
        }
    }
    return found;
}

Result<KeyEntry> VaultStore::read(const EntryName &name, Operation &operation)
{
    const std::lock_guard lock(m_mutex);
    GATEHOUSE_ASSIGN(Entries entries, load(operation));
    const auto found = entries.find(name.text());
    if (found == entries.end()) {
        return entryMissing(name);
    }
    return std::move(found->second);
}

Result<void> VaultStore::write(const KeyEntry &entry, Operation &operation)
{
    const std::lock_guard lock(m_mutex);
    GATEHOUSE_ASSIGN(const auto guard, lockVault(m_path, operation));
    GATEHOUSE_ASSIGN(Entries entries, load(operation));
    entries.insert_or_assign(entry.info.name.text(), KeyEntry{entry.info, entry.privatePart.clone()});
    return save(entries, m_key, operation);
}

Result<void> VaultStore::remove(const EntryName &name, Operation &operation)
{
    const std::lock_guard lock(m_mutex);
    GATEHOUSE_ASSIGN(const auto guard, lockVault(m_path, operation));
    GATEHOUSE_ASSIGN(Entries entries, load(operation));
    if (entries.erase(name.text()) == 0) {
        return entryMissing(name);
    }
    return save(entries, m_key, operation);
}

Result<void> VaultStore::changePassphrase(const Secret &newPassphrase, Operation &operation)
{
    const std::lock_guard lock(m_mutex);
    GATEHOUSE_ASSIGN(const auto guard, lockVault(m_path, operation));
    GATEHOUSE_ASSIGN(const Entries entries, load(operation));
    GATEHOUSE_ASSIGN(crypto::SealKey key, crypto::SealKey::create(newPassphrase, operation, m_key.cost()));
    GATEHOUSE_TRY(save(entries, key, operation));
    m_key = std::move(key);
    return {};
}

} // namespace gatehouse::keys
