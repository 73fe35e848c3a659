// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/management/answer.h"
#include "server/management/authentication.h"
#include "server/management/input.h"
#include "server/management/management.h"

namespace gatehouse::server {

class UploadLocks;

/// What all routes share.
struct ManagementContext
{
    ManagementContext(Store &storeUsed, const Clock &clockUsed, ManagementSettings settingsUsed);
    ~ManagementContext();

    Store &store;
    const Clock &clock;
    ManagementSettings settings;
    Authenticator authenticator;
    std::unique_ptr<UploadLocks> uploadLocks;

    [[nodiscard]] QString publicUrl() const;
};

using CallerHandler = std::function<Response(const Request &, const Caller &)>;
/// A handler that runs only for a known key.
[[nodiscard]] Handler withKey(ManagementContext &context, KeyClass keyClass, CallerHandler handler);

/// Adds a route whose handler takes (context, request, caller) and runs only for a known key.
template<typename KeyedHandler>
void addKeyed(Router &router, ManagementContext &context, Method method, const char *pattern,
              KeyClass keyClass, KeyedHandler handler, RouteOptions options = {})
{
    router.add(method, QString::fromLatin1(pattern),
               withKey(context, keyClass,
                       [&context, handler](const Request &request, const Caller &caller) {
                           return handler(context, request, caller);
                       }),
               options);
}

/// An app the caller may act on.
struct AppAccess
{
    AppRecord app;
    [[nodiscard]] Scope scope() const { return {app.row.id, std::nullopt, {}}; }
    [[nodiscard]] Scope scope(const ChannelRecord &channel) const
    {
        return {app.row.id, channel.row.id, channel.rbacId};
    }
};
/// The app when it is there and the caller holds the permission; else the refusal, which does not tell the
/// two apart.
Answer<AppAccess> requireApp(ManagementContext &context, const Caller &caller, const QString &appId,
                             const char *permission, int status = 400,
                             const char *code = "cannot_access_app");

// Each family of routes, in a file of its own.
void addDiscoveryRoutes(Router &router, ManagementContext &context);
void addAppRoutes(Router &router, ManagementContext &context);
void addBundleRoutes(Router &router, ManagementContext &context);
void addChannelRoutes(Router &router, ManagementContext &context);
void addDeviceRoutes(Router &router, ManagementContext &context);
void addLogRoutes(Router &router, ManagementContext &context);
void addStatisticsRoutes(Router &router, ManagementContext &context);
void addUsageChartRoutes(Router &router, ManagementContext &context);
void addApiKeyRoutes(Router &router, ManagementContext &context);
void addOrganizationRoutes(Router &router, ManagementContext &context);
void addUploadRoutes(Router &router, ManagementContext &context);
void addUploadLinkRoutes(Router &router, ManagementContext &context);
void addRestRoutes(Router &router, ManagementContext &context);
void addRpcRoutes(Router &router, ManagementContext &context);
void addExtensionRoutes(Router &router, ManagementContext &context);
void addActionRoutes(Router &router, ManagementContext &context);

} // namespace gatehouse::server
