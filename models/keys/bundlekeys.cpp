// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/bundlekeys.h"

#include "core/sentences.h"
#include "keys/entrycheck.h"
#include "keys/secretfile.h"

#include <algorithm>

namespace gatehouse::keys {

namespace {
Result<BundleKeyInfo> infoOf(const EntryInfo &entry)
{
    GATEHOUSE_ASSIGN(const AppId app, AppId::parse(entry.name.scope()));
    GATEHOUSE_ASSIGN(const crypto::RsaPublicKey key, crypto::RsaPublicKey::fromPem(entry.publicPart));
    const auto fingerprint = crypto::Fingerprint::of(key.spkiDer());
    if (fingerprint.hex() != entry.name.id()) {
        return entryMismatch(entry.name);
    }
    return BundleKeyInfo{app, fingerprint, key.keyId(), key.toPem(), entry.created};
}

Result<EntryName> nameOf(const AppId &app, const crypto::Fingerprint &fingerprint)
{
    return EntryName::make(KeyKind::BundleKey, app.text(), fingerprint.hex());
}
} // namespace

Result<BundleKeyInfo> BundleKeys::create(const AppId &app, Operation &operation)
{
    // The store first: a key that could not be kept would be made for nothing.
    GATEHOUSE_TRY(m_store.list(KeyKind::BundleKey, operation));
    operation.report(QStringLiteral("Create the key pair"), 0, 0, Progress::Unit::None);
    GATEHOUSE_ASSIGN(const crypto::RsaPrivateKey key, crypto::RsaPrivateKey::generate());
    GATEHOUSE_TRY(operation.check());
    return keep(app, key, operation);
}

Result<BundleKeyInfo> BundleKeys::importPem(const AppId &app, const Secret &privatePem, Operation &operation)
{
    GATEHOUSE_ASSIGN(const crypto::RsaPrivateKey key, crypto::RsaPrivateKey::fromPem(privatePem));
    const auto fingerprint = crypto::Fingerprint::of(key.publicKey().spkiDer());
    auto there = find(app, fingerprint, operation);
    if (there || there.error().kind != ErrorKind::NotFound) {
        return there;
    }
    return keep(app, key, operation);
}

Result<BundleKeyInfo> BundleKeys::importFile(const AppId &app, const QString &path, Operation &operation)
{
    GATEHOUSE_ASSIGN(const Secret pem, readSecretFile(path, FileSecrecy::Any));
    return importPem(app, pem, operation);
}

Result<BundleKeyInfo> BundleKeys::keep(const AppId &app, const crypto::RsaPrivateKey &key,
                                       Operation &operation)
{
    const auto fingerprint = crypto::Fingerprint::of(key.publicKey().spkiDer());
    GATEHOUSE_ASSIGN(const EntryName name, nameOf(app, fingerprint));
    GATEHOUSE_ASSIGN(Secret pem, key.toPem());
    const UtcTime created = std::chrono::floor<std::chrono::seconds>(m_clock.now());
    const KeyEntry entry{EntryInfo{name, created, key.publicKey().toPem(), {}, false}, std::move(pem)};
    GATEHOUSE_TRY(m_store.write(entry, operation));
    return infoOf(entry.info);
}

Result<QVector<BundleKeyInfo>> BundleKeys::list(const std::optional<AppId> &app, Operation &operation)
{
    GATEHOUSE_ASSIGN(const QVector<EntryInfo> entries, m_store.list(KeyKind::BundleKey, operation));
    QVector<BundleKeyInfo> keys;
    for (const EntryInfo &entry : entries) {
        if (app && entry.name.scope() != app->text()) {
            continue;
        }
        GATEHOUSE_ASSIGN(BundleKeyInfo info, infoOf(entry));
        keys.append(std::move(info));
    }
    std::stable_sort(keys.begin(), keys.end(),
                     [](const BundleKeyInfo &a, const BundleKeyInfo &b) { return a.created > b.created; });
    return keys;
}

Result<BundleKeyInfo> BundleKeys::find(const AppId &app, const crypto::Fingerprint &fingerprint,
                                       Operation &operation)
{
    GATEHOUSE_ASSIGN(const EntryName name, nameOf(app, fingerprint));
    GATEHOUSE_ASSIGN(const KeyEntry entry, m_store.read(name, operation));
    return infoOf(entry.info);
}

Result<crypto::RsaPrivateKey> BundleKeys::unlock(const AppId &app, const crypto::Fingerprint &fingerprint,
                                                 Operation &operation)
{
    GATEHOUSE_ASSIGN(const EntryName name, nameOf(app, fingerprint));
    GATEHOUSE_ASSIGN(const KeyEntry entry, m_store.read(name, operation));
    GATEHOUSE_TRY(checkEntry(entry));
    return crypto::RsaPrivateKey::fromPem(entry.privatePart);
}

Result<void> BundleKeys::remove(const AppId &app, const crypto::Fingerprint &fingerprint,
                                Operation &operation)
{
    GATEHOUSE_ASSIGN(const EntryName name, nameOf(app, fingerprint));
    return m_store.remove(name, operation);
}

Result<void> BundleKeys::exportPublic(const BundleKeyInfo &info, const QString &path)
{
    return writePublicFile(path, info.publicPem);
}

} // namespace gatehouse::keys
