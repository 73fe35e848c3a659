// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"

#include "client/apps.h"

#include <QJsonArray>

namespace gatehouse::cli {

namespace {

using client::Feature;

constexpr Feature kShown[] = {Feature::LiveEvents,     Feature::Series, Feature::ReleaseState,
                              Feature::ReleaseActions, Feature::Freeze, Feature::ResumableUpload,
                              Feature::DeltaUpload};

} // namespace

Result<void> runStatus(Context &context)
{
    GATEHOUSE_TRY(context.arguments().atMost(0));
    GATEHOUSE_ASSIGN(const client::SessionPtr session, context.session());
    GATEHOUSE_ASSIGN(const QVector<wire::AppRow> apps, client::Apps(session).list(context.operation()));
    const client::Capabilities &capabilities = session->capabilities();
    const bool isGatehouse = capabilities.kind() == client::ServerKind::Gatehouse;
    QStringList lines = {QStringLiteral("Server   ") + session->api().toString(),
                         QStringLiteral("Kind     ") +
                             (isGatehouse
                                  ? QString(QStringLiteral("gatehouse-server ") + capabilities.version())
                                  : QStringLiteral("Capgo"))};
    QJsonObject features;
    for (const Feature feature : kShown) {
        const client::Availability there = capabilities.of(feature);
        features.insert(client::featureName(feature),
                        QJsonObject{{QStringLiteral("available"), there.isAvailable},
                                    {QStringLiteral("reason"), there.reason}});
        lines.append(
            QStringLiteral("Can      %1: %2")
                .arg(client::featureName(feature), there.isAvailable ? QStringLiteral("yes") : there.reason));
    }
    QJsonArray appsJson;
    for (const wire::AppRow &app : apps) {
        appsJson.append(app.toJson());
        lines.append(QStringLiteral("App      %1  %2").arg(app.appId, app.name));
    }
    context.output().result(
        {{QStringLiteral("server"), session->api().toString()},
         {QStringLiteral("kind"), isGatehouse ? QStringLiteral("gatehouse") : QStringLiteral("capgo")},
         {QStringLiteral("version"), capabilities.version()},
         {QStringLiteral("identity"), session->identity()},
         {QStringLiteral("features"), features},
         {QStringLiteral("apps"), appsJson}},
        lines);
    return {};
}

} // namespace gatehouse::cli
