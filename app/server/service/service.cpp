// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/service/service.h"

#include "server/device/deviceapi.h"
#include "server/http/server.h"
#include "server/management/authentication.h"
#include "server/management/management.h"
#include "server/management/permissions.h"
#include "server/service/datafolder.h"
#include "server/service/hello.h"
#include "server/storage/store.h"

#include <QDir>
#include <QLoggingCategory>
#include <QUrl>
#include <QUuid>

namespace gatehouse::server {

namespace {

Q_LOGGING_CATEGORY(lcServer, "gatehouse.server")

ServerSettings settingsOf(const ListenOptions &listener)
{
    ServerSettings settings;
    settings.address = listener.address;
    settings.port = listener.port;
    settings.publicUrl = listener.publicUrl;
    settings.trustedProxies = listener.proxies;
    if (!listener.certificatePath.isEmpty()) {
        settings.tls = TlsFiles{listener.certificatePath, listener.keyPath};
    }
    if (!listener.publicUrl.isEmpty()) {
        // A proxy on this machine may pass the name on under which it was asked.
        const QUrl url(listener.publicUrl);
        settings.allowedHosts = {url.host(), url.authority()};
    }
    return settings;
}

} // namespace

/// In the order of need: what is below uses what is above, and ends first.
class Service::Private
{
public:
    Private(DataFolder lockedFolder, std::unique_ptr<Store> openStore, Secret linkKey,
            const ServiceOptions &options, const Clock &clock)
        : folder(std::move(lockedFolder))
        , store(std::move(openStore))
        , links(std::move(linkKey), clock)
        , deviceApi(*store, links, clock,
                    [this](const Request &request, const QString &appId) {
                        return management.mayReadFiles(request, appId);
                    })
        , management(*store, clock, managementSettings(options))
    {
        deviceApi.addRoutes(router);
        management.addRoutes(router);
        addHelloRoute(router, {store->serverId(), serverVersion(), options.ownerKeySha256,
                               [this] { return listeners.front()->port(); }, options.strictCapgo});
    }
    ~Private()
    {
        for (const auto &listener : listeners) {
            listener->stop();
        }
    }

    Result<void> listen(const ListenOptions &wish);

    DataFolder folder;
    std::unique_ptr<Store> store;
    Router router;
    DownloadLinks links;
    DeviceApi deviceApi;
    Management management;
    std::vector<std::unique_ptr<HttpServer>> listeners;

private:
    ManagementSettings managementSettings(const ServiceOptions &options)
    {
        ManagementSettings settings;
        settings.publicUrl = [this] { return listeners.front()->publicUrl(); };
        settings.ownerKeySha256 = options.ownerKeySha256;
        settings.strictCapgo = options.strictCapgo;
        settings.version = serverVersion();
        return settings;
    }
};

Result<void> Service::Private::listen(const ListenOptions &wish)
{
    auto listener = std::make_unique<HttpServer>(router, settingsOf(wish));
    auto bound = listener->bind();
    if (!bound && wish.isPortWish && wish.port != 0 && bound.error().id == QLatin1String("http.listen")) {
        ListenOptions any = wish;
        any.port = 0;
        listener = std::make_unique<HttpServer>(router, settingsOf(any));
        bound = listener->bind();
    }
    GATEHOUSE_TRY(std::move(bound));
    listeners.push_back(std::move(listener));
    return {};
}

Service::Service(std::unique_ptr<Private> parts)
    : m_private(std::move(parts))
{}

Service::~Service() = default;

Result<std::unique_ptr<Service>> Service::start(const ServiceOptions &options, const Clock &clock)
{
    GATEHOUSE_ASSIGN(DataFolder folder, DataFolder::open(options.dataFolder));
    GATEHOUSE_ASSIGN(Secret linkKey, folder.serverSecret());
    GATEHOUSE_ASSIGN(auto store, openSqliteStore(folder.path(), clock));
    auto parts =
        std::make_unique<Private>(std::move(folder), std::move(store), std::move(linkKey), options, clock);
    for (const ListenOptions &wish : options.listeners) {
        GATEHOUSE_TRY(parts->listen(wish));
    }
    // All ports are taken before the first request is answered: answers name them.
    for (const auto &listener : parts->listeners) {
        GATEHOUSE_TRY(listener->start());
    }
    return std::unique_ptr<Service>(new Service(std::move(parts)));
}

QString Service::serverId() const
{
    return m_private->store->serverId();
}

quint16 Service::port() const
{
    return m_private->listeners.front()->port();
}

QStringList Service::publicUrls() const
{
    QStringList urls;
    for (const auto &listener : m_private->listeners) {
        urls.append(listener->publicUrl());
    }
    return urls;
}

Store &Service::store()
{
    return *m_private->store;
}

void Service::sweep()
{
    if (const auto done = m_private->store->sweep(); !done) {
        qCWarning(lcServer).noquote() << "Housekeeping failed:" << done.error().toText();
    }
}

Result<QString> createFirstKey(const QString &dataFolder, const QString &name, const Clock &clock)
{
    if (name.trimmed().isEmpty()) {
        return makeError(ErrorKind::Invalid, "server.key_name", QStringLiteral("A key needs a name."));
    }
    GATEHOUSE_ASSIGN(auto store, openSqliteStore(dataFolder, clock));
    GATEHOUSE_ASSIGN(const OrganizationRecord organization, store->organization());
    const QString key = QUuid::createUuid().toString(QUuid::WithoutBraces);
    ApiKeyRecord record;
    record.name = name.trimmed();
    record.keySha256 = apiKeyHash(key.toUtf8());
    record.bindings = ownerBindings(organization.id);
    GATEHOUSE_TRY(store->createApiKey(record));
    return key;
}

QString serverVersion()
{
    return QStringLiteral(GATEHOUSE_VERSION);
}

} // namespace gatehouse::server
