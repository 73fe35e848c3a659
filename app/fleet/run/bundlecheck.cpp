// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleet/run/bundlecheck.h"

#include "bundle/manifest.h"
#include "bundle/verifybundle.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>

namespace gatehouse::fleet {

namespace {

constexpr qint64 kMaxFileBytes = 64 * 1024 * 1024;

const QByteArray &readyCall()
{
    static const QByteArray name = QByteArrayLiteral("notifyAppReady");
    return name;
}

// What a plugin reports for what our own checks found. @source spec: device-protocol, sections 3.4 and 6.4
QString actionOf(const Error &error)
{
    const QString &id = error.id;
    if (id.startsWith(QLatin1String("bundle.session_key.")) ||
        id == QLatin1String("bundle.decrypt.content")) {
        return QStringLiteral("decrypt_fail");
    }
    if (id.startsWith(QLatin1String("bundle.checksum.")) || id == QLatin1String("bundle.verify.key")) {
        return QStringLiteral("checksum_fail");
    }
    if (id == QLatin1String("bundle.archive.path")) {
        return QStringLiteral("canonical_path_fail");
    }
    if (id.startsWith(QLatin1String("bundle.archive.")) || id.startsWith(QLatin1String("bundle.unpack."))) {
        return QStringLiteral("unzip_fail");
    }
    return QStringLiteral("download_fail");
}

bool doesAnyScriptCallReady(const QString &folder)
{
    QDirIterator files(folder, {QStringLiteral("*.js"), QStringLiteral("*.mjs"), QStringLiteral("*.html")},
                       QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.size() <= kMaxFileBytes && file.open(QIODevice::ReadOnly) &&
            file.readAll().contains(readyCall())) {
            return true;
        }
    }
    return false;
}

CheckedBundle failed(const QString &action, const QString &cause)
{
    CheckedBundle checked;
    checked.fetched.failure = action;
    checked.cause = cause;
    return checked;
}

// A device with a public key takes nothing that is not encrypted; a stock one takes 16-byte keys alone.
std::optional<CheckedBundle> refusal(bool isEncrypted, bool isAes256, const DeviceCrypto &crypto)
{
    if (crypto.publicKey && !isEncrypted) {
        return failed(QStringLiteral("download_fail"),
                      QStringLiteral("The app has a public key, and the bundle is not encrypted."));
    }
    if (isAes256 && !crypto.takesAes256) {
        return failed(QStringLiteral("decrypt_fail"),
                      QStringLiteral("The session key has 32 bytes; devices with the stock plugin take 16."));
    }
    return std::nullopt;
}

Result<bool> unpackAndLook(const QString &path, const bundle::ArtifactClaims &claims,
                           const crypto::RsaPublicKey *publicKey, const QString &folder, Operation &operation)
{
    const QString zip = folder + QStringLiteral(".zip");
    const Result<void> decrypted = bundle::decryptBundle(path, claims, publicKey, zip, operation);
    const auto unpacked = decrypted ? bundle::unpackArchive(zip, folder, {}, operation)
                                    : Result<bundle::ArchiveEntries>(decrypted.error());
    const bool callsReady = unpacked && doesAnyScriptCallReady(folder);
    QFile::remove(zip);
    QDir(folder).removeRecursively();
    GATEHOUSE_TRY(unpacked);
    return callsReady;
}

} // namespace

CheckedBundle checkArtifact(const QString &path, const wire::UpdateAnswer &offer, const DeviceCrypto &crypto,
                            const QString &folder)
{
    Operation operation;
    const bundle::ArtifactClaims claims{offer.sessionKey, offer.checksum};
    const crypto::RsaPublicKey *key = crypto.publicKey ? &*crypto.publicKey : nullptr;
    if (const auto refused = refusal(!offer.sessionKey.isEmpty(), false, crypto)) {
        return *refused;
    }
    const auto verified = bundle::verifyBundle(path, claims, key, operation);
    CheckedBundle checked;
    if (!verified && verified.error().id == QLatin1String("bundle.archive.index")) {
        // It arrives intact; the device finds out when it wants to run it.
        checked.fetched.hasIndex = false;
        return checked;
    }
    if (!verified) {
        return failed(actionOf(verified.error()), verified.error().toText());
    }
    if (const auto refused = refusal(true, verified->cipher == bundle::Cipher::Aes256Cbc, crypto);
        key && refused) {
        return *refused;
    }
    const Result<bool> callsReady = unpackAndLook(path, claims, key, folder, operation);
    if (!callsReady) {
        return failed(actionOf(callsReady.error()), callsReady.error().toText());
    }
    checked.fetched.callsReady = *callsReady;
    checked.archiveSha256 = verified->archiveSha256;
    return checked;
}

CheckedFile checkManifestFile(const QByteArray &payload, const wire::ManifestEntry &entry,
                              const QString &sessionKey, const DeviceCrypto &crypto)
{
    std::optional<bundle::SessionKey> session;
    if (!sessionKey.isEmpty() && crypto.publicKey) {
        Result<bundle::SessionKey> unwrapped = bundle::SessionKey::unwrap(sessionKey, *crypto.publicKey);
        if (!unwrapped) {
            return {QStringLiteral("decrypt_fail"), unwrapped.error().toText(), false};
        }
        session = std::move(*unwrapped);
        if (const auto refused = refusal(true, session->cipher() == bundle::Cipher::Aes256Cbc, crypto)) {
            return {refused->fetched.failure, refused->cause, false};
        }
    }
    const auto plain =
        bundle::openManifestPayload(payload, entry.fileName, entry.fileHash, session ? &*session : nullptr,
                                    session ? &*crypto.publicKey : nullptr, kMaxFileBytes);
    if (!plain) {
        const QString &id = plain.error().id;
        const QString action = id == QLatin1String("bundle.manifest.brotli")
                                   ? QStringLiteral("download_manifest_brotli_fail")
                               : id.startsWith(QLatin1String("bundle.checksum."))
                                   ? QStringLiteral("download_manifest_checksum_fail")
                                   : actionOf(plain.error());
        return {action, plain.error().toText(), false};
    }
    const QString name = targetName(entry);
    const bool isScript = name.endsWith(QLatin1String("js")) || name.endsWith(QLatin1String(".html"));
    return {QString(), QString(), isScript && plain->contains(readyCall())};
}

QString targetName(const wire::ManifestEntry &entry)
{
    return entry.fileName.endsWith(QLatin1String(".br")) ? entry.fileName.chopped(3) : entry.fileName;
}

} // namespace gatehouse::fleet
