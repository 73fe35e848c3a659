// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"
#include "cli/keys.h"

#include <QJsonArray>

namespace gatehouse::cli {

Result<void> runKeyList(Context &context)
{
    GATEHOUSE_TRY(context.arguments().atMost(0));
    std::optional<AppId> app;
    if (context.arguments().has("app")) {
        GATEHOUSE_ASSIGN(app, context.arguments().app());
    }
    GATEHOUSE_ASSIGN(keys::KeyStore * store, context.keyStore());
    GATEHOUSE_ASSIGN(const QVector<keys::BundleKeyInfo> bundleKeys,
                     keys::BundleKeys(*store, context.clock()).list(app, context.operation()));
    QVector<keys::IdentityInfo> identities;
    if (!app) {
        GATEHOUSE_ASSIGN(identities, keys::Identities(*store, context.clock()).list(context.operation()));
    }
    Table table{{QStringLiteral("KIND"), QStringLiteral("FOR"), QStringLiteral("KEY ID"),
                 QStringLiteral("MADE"), QStringLiteral("WORDS")},
                {}};
    QJsonArray keysJson;
    for (const keys::BundleKeyInfo &key : bundleKeys) {
        table.rows.append({QStringLiteral("bundle key"), key.app.text(), key.keyId,
                           toIso(key.created, Fraction::Drop), key.fingerprint.wordText()});
        keysJson.append(toJson(key));
    }
    QJsonArray identitiesJson;
    for (const keys::IdentityInfo &identity : identities) {
        table.rows.append(
            {identity.isSealed ? QStringLiteral("identity, sealed") : QStringLiteral("identity"),
             identity.name, identity.keyId().left(20), toIso(identity.created, Fraction::Drop),
             identity.fingerprint().wordText()});
        identitiesJson.append(toJson(identity));
    }
    context.output().result(
        {{QStringLiteral("bundle_keys"), keysJson}, {QStringLiteral("identities"), identitiesJson}}, table,
        QStringLiteral("There are no keys here."));
    return {};
}

} // namespace gatehouse::cli
