// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/backuppassphrase.h"
#include "cli/command.h"
#include "cli/keys.h"

#include "keys/backup.h"

namespace gatehouse::cli {

Result<void> runKeyRestore(Context &context)
{
    GATEHOUSE_ASSIGN(const QString path, context.arguments().positional(0, "The backup"));
    GATEHOUSE_TRY(context.arguments().atMost(1));
    GATEHOUSE_ASSIGN(const AppId app, context.arguments().app());
    GATEHOUSE_ASSIGN(const Secret secret, backupPassphrase(context.arguments()));
    GATEHOUSE_ASSIGN(keys::KeyStore * store, context.keyStore());
    const keys::BackupExpectation expectation{keys::KeyKind::BundleKey, app};
    GATEHOUSE_ASSIGN(const keys::EntryInfo restored,
                     keys::restoreKeyFromFile(*store, path, secret, expectation, context.operation()));
    GATEHOUSE_ASSIGN(const crypto::Fingerprint fingerprint, crypto::Fingerprint::parse(restored.name.id()));
    GATEHOUSE_ASSIGN(const keys::BundleKeyInfo key,
                     keys::BundleKeys(*store, context.clock()).find(app, fingerprint, context.operation()));
    context.output().result(toJson(key), describe(key));
    return {};
}

} // namespace gatehouse::cli
