// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/entrycheck.h"

#include "core/sentences.h"
#include "crypto/ed25519.h"
#include "crypto/fingerprint.h"
#include "crypto/rsakey.h"
#include "crypto/seal.h"

namespace gatehouse::keys {

namespace {
Result<void> checkBundleKey(const KeyEntry &entry)
{
    GATEHOUSE_ASSIGN(const crypto::RsaPublicKey stated, crypto::RsaPublicKey::fromPem(entry.info.publicPart));
    GATEHOUSE_ASSIGN(const crypto::RsaPrivateKey key, crypto::RsaPrivateKey::fromPem(entry.privatePart));
    const QString fingerprint = crypto::Fingerprint::of(stated.spkiDer()).hex();
    if (!(key.publicKey() == stated) || fingerprint != entry.info.name.id()) {
        return entryMismatch(entry.info.name);
    }
    return {};
}

Result<void> checkIdentity(const KeyEntry &entry)
{
    GATEHOUSE_ASSIGN(const auto stated,
                     crypto::Ed25519PublicKey::fromBase64(QString::fromLatin1(entry.info.publicPart)));
    if (stated.keyId() != entry.info.name.id() ||
        entry.info.isSealed != crypto::isSealed(entry.privatePart.view())) {
        return entryMismatch(entry.info.name);
    }
    if (entry.info.isSealed) {
        return {};
    }
    GATEHOUSE_ASSIGN(const auto key, crypto::Ed25519PrivateKey::fromSeed(entry.privatePart));
    if (!(key.publicKey() == stated)) {
        return entryMismatch(entry.info.name);
    }
    return {};
}
} // namespace

Result<void> checkEntry(const KeyEntry &entry)
{
    switch (entry.info.name.kind()) {
    case KeyKind::BundleKey:
        return checkBundleKey(entry);
    case KeyKind::Identity:
        return checkIdentity(entry);
    case KeyKind::ServerKey:
    case KeyKind::JournalHead:
        return {};
    }
    return entryMismatch(entry.info.name);
}

Error entryMismatch(const EntryName &name)
{
    return makeError(
        ErrorKind::Crypto, "keys.entry.mismatch",
        Sentences::tr("The stored key \"%1\" is not what its name says.").arg(name.text()),
        Sentences::tr("Its halves do not belong together, or it was filed under another key's name."),
        Sentences::tr("Do not use it; restore the key from a backup."));
}

} // namespace gatehouse::keys
