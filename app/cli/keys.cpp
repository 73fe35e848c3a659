// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/keys.h"

#include "keys/secretfile.h"

namespace gatehouse::cli {

Result<keys::BundleKeyInfo> chosenBundleKey(Context &context, const AppId &app)
{
    GATEHOUSE_ASSIGN(keys::KeyStore * store, context.keyStore());
    keys::BundleKeys bundleKeys(*store, context.clock());
    if (const std::optional<QString> text = context.arguments().value("fingerprint")) {
        GATEHOUSE_ASSIGN(const crypto::Fingerprint fingerprint, crypto::Fingerprint::parse(*text));
        return bundleKeys.find(app, fingerprint, context.operation());
    }
    GATEHOUSE_ASSIGN(const QVector<keys::BundleKeyInfo> found, bundleKeys.list(app, context.operation()));
    if (found.isEmpty()) {
        return makeError(ErrorKind::NotFound, "cli.no_bundle_key",
                         QStringLiteral("There is no bundle key for %1 on this computer.").arg(app.text()),
                         {}, QStringLiteral("Make one with key create, or take one over with key import."));
    }
    if (found.size() > 1) {
        return makeError(
            ErrorKind::Invalid, "cli.which_key",
            QStringLiteral("There are %1 bundle keys for %2.").arg(QString::number(found.size()), app.text()),
            {}, QStringLiteral("Say which with --fingerprint; key list shows them."));
    }
    return found.first();
}

Result<crypto::RsaPrivateKey> unlockedBundleKey(Context &context, const AppId &app)
{
    if (const std::optional<QString> path = context.arguments().value("bundle-key-file")) {
        GATEHOUSE_ASSIGN(const Secret pem, keys::readSecretFile(*path, keys::FileSecrecy::OwnerOnly));
        return crypto::RsaPrivateKey::fromPem(pem);
    }
    GATEHOUSE_ASSIGN(const keys::BundleKeyInfo key, chosenBundleKey(context, app));
    GATEHOUSE_ASSIGN(keys::KeyStore * store, context.keyStore());
    return keys::BundleKeys(*store, context.clock()).unlock(app, key.fingerprint, context.operation());
}

QJsonObject toJson(const keys::BundleKeyInfo &key)
{
    return {{QStringLiteral("app"), key.app.text()},
            {QStringLiteral("fingerprint"), key.fingerprint.hex()},
            {QStringLiteral("words"), key.fingerprint.wordText()},
            {QStringLiteral("key_id"), key.keyId},
            {QStringLiteral("public_key"), QString::fromLatin1(key.publicPem)},
            {QStringLiteral("created"), toIso(key.created, Fraction::Drop)}};
}

QJsonObject toJson(const keys::IdentityInfo &identity)
{
    return {{QStringLiteral("name"), identity.name},
            {QStringLiteral("key_id"), identity.keyId()},
            {QStringLiteral("words"), identity.fingerprint().wordText()},
            {QStringLiteral("sealed"), identity.isSealed},
            {QStringLiteral("created"), toIso(identity.created, Fraction::Drop)}};
}

QStringList describe(const keys::BundleKeyInfo &key)
{
    return {QStringLiteral("App          ") + key.app.text(),
            QStringLiteral("Fingerprint  ") + key.fingerprint.groupedHex(),
            QStringLiteral("Words        ") + key.fingerprint.wordText(),
            QStringLiteral("Key id       ") + key.keyId};
}

QStringList describe(const keys::IdentityInfo &identity)
{
    return {QStringLiteral("Name    ") + identity.name, QStringLiteral("Key id  ") + identity.keyId(),
            QStringLiteral("Words   ") + identity.fingerprint().wordText()};
}

} // namespace gatehouse::cli
