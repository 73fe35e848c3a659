// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"
#include "cli/keys.h"

namespace gatehouse::cli {

namespace {

Result<void> exportIdentity(Context &context, const QString &keyId, const QString &path)
{
    GATEHOUSE_ASSIGN(keys::KeyStore * store, context.keyStore());
    GATEHOUSE_ASSIGN(const QVector<keys::IdentityInfo> all,
                     keys::Identities(*store, context.clock()).list(context.operation()));
    for (const keys::IdentityInfo &identity : all) {
        if (identity.keyId() == keyId) {
            GATEHOUSE_TRY(keys::Identities::exportPublic(identity, path));
            context.output().result(toJson(identity), describe(identity));
            return {};
        }
    }
    return makeError(ErrorKind::NotFound, "cli.no_identity",
                     QStringLiteral("There is no identity \"%1\" on this computer.").arg(keyId), {},
                     QStringLiteral("key list shows the identities; name one by its whole key id."));
}

} // namespace

Result<void> runKeyExport(Context &context)
{
    GATEHOUSE_ASSIGN(const QString path, context.arguments().positional(0, "The file to write"));
    GATEHOUSE_TRY(context.arguments().atMost(1));
    if (const std::optional<QString> keyId = context.arguments().value("identity")) {
        return exportIdentity(context, *keyId, path);
    }
    GATEHOUSE_ASSIGN(const AppId app, context.arguments().app());
    GATEHOUSE_ASSIGN(const keys::BundleKeyInfo key, chosenBundleKey(context, app));
    GATEHOUSE_TRY(keys::BundleKeys::exportPublic(key, path));
    context.output().result(toJson(key), describe(key));
    return {};
}

} // namespace gatehouse::cli
