// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"
#include "cli/keys.h"

namespace gatehouse::cli {

namespace {

/// Sealed when a passphrase is given by --passphrase-fd and the keys are not in a vault, which has it for
/// itself.
Result<void> createIdentity(Context &context, const QString &name)
{
    GATEHOUSE_ASSIGN(keys::KeyStore * store, context.keyStore());
    keys::Identities identities(*store, context.clock());
    const bool isSealed = context.arguments().has("passphrase-fd") && !context.arguments().has("vault");
    Secret passphrase;
    if (isSealed) {
        GATEHOUSE_ASSIGN(passphrase, context.passphrase({}));
    }
    GATEHOUSE_ASSIGN(const keys::IdentityInfo made,
                     identities.create(name, isSealed ? &passphrase : nullptr, context.operation()));
    context.output().result(toJson(made), describe(made));
    return {};
}

} // namespace

Result<void> runKeyCreate(Context &context)
{
    GATEHOUSE_TRY(context.arguments().atMost(0));
    if (const std::optional<QString> name = context.arguments().value("identity")) {
        return createIdentity(context, *name);
    }
    GATEHOUSE_ASSIGN(const AppId app, context.arguments().app());
    GATEHOUSE_ASSIGN(keys::KeyStore * store, context.keyStore());
    GATEHOUSE_ASSIGN(const keys::BundleKeyInfo made,
                     keys::BundleKeys(*store, context.clock()).create(app, context.operation()));
    context.output().result(toJson(made), describe(made));
    context.output().note(
        QStringLiteral("Put the public half into the app (key export), and keep a backup of the "
                       "key (key backup): without it no further bundle can reach installed apps."));
    return {};
}

} // namespace gatehouse::cli
