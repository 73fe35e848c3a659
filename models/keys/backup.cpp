// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/backup.h"

#include "core/sentences.h"
#include "keys/entrycheck.h"
#include "keys/secretfile.h"

#include <QJsonObject>

namespace gatehouse::keys {

namespace {
constexpr qint64 kMaxBackupBytes = 1024 * 1024;

QJsonObject aboutOf(const EntryInfo &info)
{
    QJsonObject about;
    about.insert(QLatin1String("kind"), keyKindName(info.name.kind()));
    if (!info.name.scope().isEmpty()) {
        about.insert(QLatin1String("app"), info.name.scope());
    }
    about.insert(QLatin1String("id"), info.name.id());
    about.insert(QLatin1String("created"),
                 toIso(std::chrono::floor<std::chrono::seconds>(info.created), Fraction::Drop));
    return about;
}

Result<BackupFacts> factsOf(const crypto::SealHeader &header)
{
    const auto kind = keyKindFrom(header.about.value(QLatin1String("kind")).toString());
    const auto created = parseIso(header.about.value(QLatin1String("created")).toString());
    const auto name = kind ? EntryName::make(*kind, header.about.value(QLatin1String("app")).toString(),
                                             header.about.value(QLatin1String("id")).toString())
                           : Result<EntryName>(Error());
    if (!name || !created) {
        return makeError(ErrorKind::Invalid, "keys.backup.facts",
                         Sentences::tr("The backup does not say which key it holds."));
    }
    return BackupFacts{*name, *created};
}

Result<void> checkExpected(const BackupFacts &facts, const BackupExpectation &expectation)
{
    if (expectation.kind && facts.name.kind() != *expectation.kind) {
        return makeError(ErrorKind::Denied, "keys.backup.other_kind",
                         Sentences::tr("The backup holds another kind of key."),
                         Sentences::tr("It holds a key of the kind \"%1\", wanted is \"%2\".")
                             .arg(keyKindName(facts.name.kind()), keyKindName(*expectation.kind)));
    }
    if (expectation.app && facts.name.scope() != expectation.app->text()) {
        return makeError(ErrorKind::Denied, "keys.backup.other_app",
                         Sentences::tr("The backup holds the key of another app."),
                         Sentences::tr("It is of \"%1\", wanted is the key of \"%2\".")
                             .arg(facts.name.scope(), expectation.app->text()),
                         Sentences::tr("Choose the backup of this app's key."));
    }
    return {};
}
} // namespace

Result<QByteArray> backupKey(KeyStore &store, const EntryName &name, const Secret &passphrase,
                             Operation &operation, crypto::SealCost cost)
{
    GATEHOUSE_ASSIGN(const KeyEntry entry, store.read(name, operation));
    // A backup of something broken would be found out on the day it is needed.
    GATEHOUSE_TRY(checkEntry(entry));
    return crypto::seal(entryToJson(entry), passphrase, crypto::SealPurpose::Backup, aboutOf(entry.info),
                        operation, cost);
}

Result<void> backupKeyToFile(KeyStore &store, const EntryName &name, const Secret &passphrase,
                             const QString &path, Operation &operation, crypto::SealCost cost)
{
    GATEHOUSE_ASSIGN(const QByteArray backup, backupKey(store, name, passphrase, operation, cost));
    return writePrivateFile(path, backup);
}

Result<BackupFacts> readBackupFacts(QByteArrayView backup)
{
    GATEHOUSE_ASSIGN(const crypto::SealHeader header, crypto::readSealHeader(backup));
    if (header.purpose != crypto::SealPurpose::Backup) {
        return makeError(ErrorKind::Invalid, "crypto.seal.purpose",
                         Sentences::tr("This sealed file is no backup of a key."));
    }
    return factsOf(header);
}

Result<EntryInfo> restoreKey(KeyStore &store, QByteArrayView backup, const Secret &passphrase,
                             const BackupExpectation &expectation, Operation &operation)
{
    GATEHOUSE_ASSIGN(const BackupFacts facts, readBackupFacts(backup));
    GATEHOUSE_TRY(checkExpected(facts, expectation));
    GATEHOUSE_ASSIGN(Secret json,
                     crypto::openSealed(backup, passphrase, crypto::SealPurpose::Backup, {}, operation));
    // Opened means that the head is as it was sealed, so what it says of the key is proven now.
    GATEHOUSE_ASSIGN(const KeyEntry entry, entryFromJson(facts.name, std::move(json)));
    GATEHOUSE_TRY(checkEntry(entry));
    GATEHOUSE_TRY(operation.check());
    GATEHOUSE_TRY(store.write(entry, operation));
    return entry.info;
}

Result<EntryInfo> restoreKeyFromFile(KeyStore &store, const QString &path, const Secret &passphrase,
                                     const BackupExpectation &expectation, Operation &operation)
{
    GATEHOUSE_ASSIGN(const QByteArray backup, readFileBytes(path, kMaxBackupBytes));
    return restoreKey(store, backup, passphrase, expectation, operation);
}

} // namespace gatehouse::keys
