// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/backuppassphrase.h"
#include "cli/command.h"
#include "cli/keys.h"

#include "keys/backup.h"

namespace gatehouse::cli {

Result<void> runKeyBackup(Context &context)
{
    GATEHOUSE_ASSIGN(const QString path, context.arguments().positional(0, "The file to write"));
    GATEHOUSE_TRY(context.arguments().atMost(1));
    GATEHOUSE_ASSIGN(const AppId app, context.arguments().app());
    GATEHOUSE_ASSIGN(const keys::BundleKeyInfo key, chosenBundleKey(context, app));
    GATEHOUSE_ASSIGN(const Secret secret, newBackupPassphrase(context.arguments()));
    GATEHOUSE_ASSIGN(const keys::EntryName name,
                     keys::EntryName::make(keys::KeyKind::BundleKey, app.text(), key.fingerprint.hex()));
    GATEHOUSE_ASSIGN(keys::KeyStore * store, context.keyStore());
    GATEHOUSE_TRY(keys::backupKeyToFile(*store, name, secret, path, context.operation()));
    QJsonObject json = toJson(key);
    json.insert(QStringLiteral("file"), path);
    context.output().result(json, QStringList{QStringLiteral("Backup       ") + path} + describe(key));
    return {};
}

} // namespace gatehouse::cli
