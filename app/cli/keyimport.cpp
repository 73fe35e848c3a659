// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"
#include "cli/keys.h"

namespace gatehouse::cli {

Result<void> runKeyImport(Context &context)
{
    GATEHOUSE_ASSIGN(const QString path, context.arguments().positional(0, "The key file"));
    GATEHOUSE_TRY(context.arguments().atMost(1));
    GATEHOUSE_ASSIGN(const AppId app, context.arguments().app());
    GATEHOUSE_ASSIGN(keys::KeyStore * store, context.keyStore());
    GATEHOUSE_ASSIGN(const keys::BundleKeyInfo key,
                     keys::BundleKeys(*store, context.clock()).importFile(app, path, context.operation()));
    context.output().result(toJson(key), describe(key));
    context.output().note(
        QStringLiteral("The file still holds the private key in plain text: remove it when you no "
                       "longer need it there."));
    return {};
}

} // namespace gatehouse::cli
