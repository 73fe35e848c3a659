// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/context.h"

namespace gatehouse::server {
namespace {

/// Names nobody: clients of the table routes want some text to send.
const QString kAnonymousKey = QStringLiteral("gatehouse-anonymous");
constexpr qint64 kWarnUploadBytes = 20'971'520;

Response privateConfig(const ManagementContext &context)
{
    return jsonResponse(QJsonObject{{QStringLiteral("supaHost"), context.publicUrl()},
                                    {QStringLiteral("supbaseId"), QString()},
                                    {QStringLiteral("supaKey"), kAnonymousKey},
                                    {QStringLiteral("stripeEnabled"), false}});
}

Response filesConfig(const ManagementContext &context)
{
    return jsonResponse(QJsonObject{{QStringLiteral("partialUpload"), true},
                                    {QStringLiteral("partialUploadForced"), false},
                                    {QStringLiteral("maxUploadLength"), context.settings.maxUploadBytes},
                                    {QStringLiteral("maxChunkSize"), kMaxUploadPiece},
                                    {QStringLiteral("alertUploadSize"), kWarnUploadBytes},
                                    {QStringLiteral("TUSUpload"), true},
                                    {QStringLiteral("TUSUploadForced"), true}});
}

} // namespace

/// @source spec: management-api, section 0.2
void addDiscoveryRoutes(Router &router, ManagementContext &context)
{
    router.add(Method::Get, QStringLiteral("/private/config"),
               [&context](const Request &) { return privateConfig(context); });
    router.add(Method::Get, QStringLiteral("/files/config"),
               [&context](const Request &) { return filesConfig(context); });
}

} // namespace gatehouse::server
