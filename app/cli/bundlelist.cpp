// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"

#include "client/bundles.h"

#include <QJsonArray>

namespace gatehouse::cli {

Result<void> runBundleList(Context &context)
{
    GATEHOUSE_TRY(context.arguments().atMost(0));
    GATEHOUSE_ASSIGN(const AppId app, context.arguments().app());
    GATEHOUSE_ASSIGN(const client::SessionPtr session, context.session());
    GATEHOUSE_ASSIGN(const QVector<wire::BundleRow> bundles,
                     client::Bundles(session).list(app, context.operation()));
    Table table{{QStringLiteral("BUNDLE"), QStringLiteral("UPLOADED"), QStringLiteral("BYTES"),
                 QStringLiteral("ENCRYPTED"), QStringLiteral("STATE"), QStringLiteral("COMMENT")},
                {}};
    QJsonArray json;
    for (const wire::BundleRow &bundle : bundles) {
        table.rows.append({bundle.name, toIso(bundle.createdAt, Fraction::Drop),
                           bundle.size ? QString::number(*bundle.size) : QStringLiteral("?"),
                           bundle.isEncrypted() ? QStringLiteral("yes") : QStringLiteral("no"),
                           bundle.isReady() ? QStringLiteral("ready") : QStringLiteral("incomplete"),
                           bundle.comment.value_or(QString())});
        json.append(bundle.toJson());
    }
    context.output().result({{QStringLiteral("bundles"), json}}, table,
                            QStringLiteral("The app has no bundles yet."));
    return {};
}

} // namespace gatehouse::cli
