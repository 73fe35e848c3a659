// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/identities.h"

#include "core/sentences.h"
#include "keys/entrycheck.h"
#include "keys/secretfile.h"

#include <QJsonObject>

#include <algorithm>

namespace gatehouse::keys {

namespace {
Result<EntryName> nameOf(const QString &keyId)
{
    return EntryName::make(KeyKind::Identity, {}, keyId);
}

// A sealed identity opens as this identity only: another one's sealed file under its name is refused.
QJsonObject aboutOf(const EntryName &name)
{
    QJsonObject about;
    about.insert(QLatin1String("kind"), keyKindName(name.kind()));
    about.insert(QLatin1String("id"), name.id());
    return about;
}

Result<IdentityInfo> infoOf(const EntryInfo &entry)
{
    GATEHOUSE_ASSIGN(const auto key,
                     crypto::Ed25519PublicKey::fromBase64(QString::fromLatin1(entry.publicPart)));
    if (key.keyId() != entry.name.id()) {
        return entryMismatch(entry.name);
    }
    return IdentityInfo{key, entry.label, entry.created, entry.isSealed};
}
} // namespace

Result<IdentityInfo> Identities::create(const QString &name, const Secret *passphrase, Operation &operation)
{
    // The store first: an identity that could not be kept would be made for nothing.
    GATEHOUSE_TRY(m_store.list(KeyKind::Identity, operation));
    const auto key = crypto::Ed25519PrivateKey::generate();
    return keep(name, key, std::chrono::floor<std::chrono::seconds>(m_clock.now()), passphrase, operation);
}

Result<IdentityInfo> Identities::importPem(const QString &name, const Secret &pem, const Secret *passphrase,
                                           Operation &operation)
{
    GATEHOUSE_ASSIGN(const auto key, crypto::Ed25519PrivateKey::fromPkcs8Pem(pem));
    return keep(name, key, std::chrono::floor<std::chrono::seconds>(m_clock.now()), passphrase, operation);
}

Result<IdentityInfo> Identities::keep(const QString &name, const crypto::Ed25519PrivateKey &key,
                                      UtcTime created, const Secret *passphrase, Operation &operation)
{
    GATEHOUSE_ASSIGN(const EntryName entryName, nameOf(key.publicKey().keyId()));
    Secret privatePart = key.seed();
    if (passphrase != nullptr) {
        GATEHOUSE_ASSIGN(const QByteArray sealed,
                         crypto::seal(privatePart, *passphrase, crypto::SealPurpose::Vault,
                                      aboutOf(entryName), operation, m_cost));
        privatePart = Secret::copyOf(sealed);
    }
    const KeyEntry entry{EntryInfo{entryName, created, key.publicKey().toBase64().toLatin1(), name.trimmed(),
                                   passphrase != nullptr},
                         std::move(privatePart)};
    GATEHOUSE_TRY(m_store.write(entry, operation));
    return infoOf(entry.info);
}

Result<QVector<IdentityInfo>> Identities::list(Operation &operation)
{
    GATEHOUSE_ASSIGN(const QVector<EntryInfo> entries, m_store.list(KeyKind::Identity, operation));
    QVector<IdentityInfo> identities;
    for (const EntryInfo &entry : entries) {
        GATEHOUSE_ASSIGN(IdentityInfo info, infoOf(entry));
        identities.append(std::move(info));
    }
    std::stable_sort(identities.begin(), identities.end(), [](const IdentityInfo &a, const IdentityInfo &b) {
        return QString::localeAwareCompare(a.name, b.name) < 0;
    });
    return identities;
}

Result<crypto::Ed25519PrivateKey> Identities::unlock(const QString &keyId, const Secret *passphrase,
                                                     Operation &operation)
{
    GATEHOUSE_ASSIGN(const EntryName name, nameOf(keyId));
    GATEHOUSE_ASSIGN(KeyEntry entry, m_store.read(name, operation));
    GATEHOUSE_TRY(checkEntry(entry));
    if (entry.info.isSealed) {
        if (passphrase == nullptr) {
            return makeError(ErrorKind::Denied, "keys.identity.sealed",
                             Sentences::tr("This identity signs only with its passphrase."), {},
                             Sentences::tr("Enter the passphrase of the identity."));
        }
        const QByteArray sealed = entry.privatePart.view().toByteArray();
        GATEHOUSE_ASSIGN(
            entry.privatePart,
            crypto::openSealed(sealed, *passphrase, crypto::SealPurpose::Vault, aboutOf(name), operation));
        entry.info.isSealed = false;
        GATEHOUSE_TRY(checkEntry(entry));
    }
    return crypto::Ed25519PrivateKey::fromSeed(entry.privatePart);
}

Result<IdentityInfo> Identities::changeSeal(const QString &keyId, const Secret *oldPassphrase,
                                            const Secret *newPassphrase, Operation &operation)
{
    GATEHOUSE_ASSIGN(const auto key, unlock(keyId, oldPassphrase, operation));
    GATEHOUSE_ASSIGN(const EntryName name, nameOf(keyId));
    GATEHOUSE_ASSIGN(const KeyEntry entry, m_store.read(name, operation));
    return keep(entry.info.label, key, entry.info.created, newPassphrase, operation);
}

Result<void> Identities::remove(const QString &keyId, Operation &operation)
{
    GATEHOUSE_ASSIGN(const EntryName name, nameOf(keyId));
    return m_store.remove(name, operation);
}

Result<void> Identities::exportPublic(const IdentityInfo &info, const QString &path)
{
    return writePublicFile(path, info.key.toPem());
}

} // namespace gatehouse::keys
