// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/context.h"

#include "server/management/uploadlocks.h"

namespace gatehouse::server {

ManagementContext::ManagementContext(Store &storeUsed, const Clock &clockUsed,
                                     ManagementSettings settingsUsed)
    : store(storeUsed)
    , clock(clockUsed)
    , settings(std::move(settingsUsed))
    , authenticator(store, clock, settings.ownerKeySha256, settings.keyLimits)
    , uploadLocks(std::make_unique<UploadLocks>())
{}

ManagementContext::~ManagementContext() = default;

QString ManagementContext::publicUrl() const
{
    QString url = settings.publicUrl ? settings.publicUrl() : QString();
    while (url.endsWith(QLatin1Char('/'))) {
        url.chop(1);
    }
    return url;
}

Handler withKey(ManagementContext &context, KeyClass keyClass, CallerHandler handler)
{
    return [&context, keyClass, handler = std::move(handler)](const Request &request) -> Response {
        GATEHOUSE_ASSIGN(const Caller caller, context.authenticator.authenticate(request, keyClass));
        return handler(request, caller);
    };
}

Answer<AppAccess> requireApp(ManagementContext &context, const Caller &caller, const QString &appId,
                             const char *permission, int status, const char *code)
{
    GATEHOUSE_ASSIGN(std::optional<AppRecord> app, orFailure(context.store.app(appId)));
    if (!app || !caller.may(permission, {app->row.id, std::nullopt, {}})) {
        return errorResponse(status, QString::fromLatin1(code), QStringLiteral("You can't access this app."),
                             {{QStringLiteral("app_id"), appId}});
    }
    return AppAccess{std::move(*app)};
}

namespace {

const QByteArray kFunctionsPrefix = QByteArrayLiteral("/functions/v1");

/// The same routes once more below /functions/v1, where clients of a Supabase host look for them.
/// @source spec: management-api, section 9.3
void addFunctionsPrefix(Router &router)
{
    const Handler forward = [&router](const Request &request) {
        Request inner = request;
        inner.rawPath = request.rawPath.mid(kFunctionsPrefix.size());
        return inner.rawPath.startsWith(kFunctionsPrefix) ? notFoundResponse()
                                                          : router.dispatch(std::move(inner));
    };
    for (const Method method : {Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete}) {
        router.add(method, QStringLiteral("/functions/v1/*path"), forward);
    }
}

} // namespace

Management::Management(Store &store, const Clock &clock, ManagementSettings settings)
    : m_context(std::make_unique<ManagementContext>(store, clock, std::move(settings)))
{}

Management::~Management() = default;

Result<bool> Management::mayReadFiles(const Request &request, const QString &appId)
{
    QByteArray key = request.header("capgkey");
    key = key.isEmpty() ? request.header("authorization") : key;
    if (key.isEmpty()) {
        return false;
    }
    GATEHOUSE_ASSIGN(const std::optional<Caller> caller, m_context->authenticator.lookUp(key));
    if (!caller) {
        return false;
    }
    GATEHOUSE_ASSIGN(const std::optional<AppRecord> app, m_context->store.app(appId));
    return app && caller->may("app.read_bundles", AppAccess{*app}.scope());
}

void Management::addRoutes(Router &router)
{
    addDiscoveryRoutes(router, *m_context);
    addAppRoutes(router, *m_context);
    addBundleRoutes(router, *m_context);
    addChannelRoutes(router, *m_context);
    addDeviceRoutes(router, *m_context);
    addLogRoutes(router, *m_context);
    addStatisticsRoutes(router, *m_context);
    addUsageChartRoutes(router, *m_context);
    addApiKeyRoutes(router, *m_context);
    addOrganizationRoutes(router, *m_context);
    addUploadRoutes(router, *m_context);
    addUploadLinkRoutes(router, *m_context);
    addRestRoutes(router, *m_context);
    addRpcRoutes(router, *m_context);
    if (!m_context->settings.strictCapgo) {
        addExtensionRoutes(router, *m_context);
        addActionRoutes(router, *m_context);
    }
    addFunctionsPrefix(router);
}

} // namespace gatehouse::server
