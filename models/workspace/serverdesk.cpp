// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/serverdesk.h"

#include "client/hello.h"
#include "crypto/digest.h"
#include "keys/memorystore.h"
#include "keys/serverkeys.h"

#include <QUuid>

namespace gatehouse::workspace {

namespace {

const QString &thisComputerId()
{
    static const QString id = QStringLiteral("this-computer");
    return id;
}

QString keyDigest(const Secret &key)
{
    return QString::fromLatin1(crypto::sha256(key.view()).toHex());
}

} // namespace

Secret makeServerKey()
{
    // Version 4, variant 1: the rest is random.
    Secret random = Secret::random(16);
    random.data()[6] = static_cast<unsigned char>((random.data()[6] & 0x0fU) | 0x40U);
    random.data()[8] = static_cast<unsigned char>((random.data()[8] & 0x3fU) | 0x80U);
    Secret text(36);
    static constexpr char kDigits[] = "0123456789abcdef";
    std::size_t at = 0;
    for (std::size_t i = 0; i < 16; ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) {
            text.data()[at++] = '-';
        }
        text.data()[at++] = static_cast<unsigned char>(kDigits[random.data()[i] >> 4U]);
        text.data()[at++] = static_cast<unsigned char>(kDigits[random.data()[i] & 0x0fU]);
    }
    return text;
}

Result<Secret> serverKey(keys::KeyStore &store, const QString &serverId, IfMissing ifMissing,
                         const Clock &clock, Operation &operation)
{
    keys::ServerKeys serverKeys(store, clock);
    Result<Secret> found = serverKeys.key(serverId, operation);
    if (found || found.error().kind != ErrorKind::NotFound || ifMissing == IfMissing::Fail) {
        return found;
    }
    Secret key = makeServerKey();
    GATEHOUSE_TRY(serverKeys.put(serverId, serverId, key, operation));
    return key;
}

ServerDesk::ServerDesk(Workspace &workspace, ServerList &servers, KeyRing &keyRing, Places places,
                       QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_servers(servers)
    , m_keyRing(keyRing)
    , m_places(std::move(places))
    , m_transport(std::make_shared<client::HttpTransport>())
{
    connect(&m_local, &LocalServer::running, this, &ServerDesk::onLocalRunning);
    connect(&m_local, &LocalServer::failed, this, [this](const Error &error) {
        if (m_localEntry) {
            m_workspace.refuse(*m_localEntry, error);
        }
    });
}

ServerDesk::~ServerDesk()
{
    m_workspace.close();
}

void ServerDesk::setOwnStore(std::shared_ptr<keys::KeyStore> store, const QString &name)
{
    m_ownStore = std::move(store);
    m_ownStoreName = name;
    if (!isSandboxOpen()) {
        m_keyRing.setStore(m_ownStore, m_ownStoreName);
    }
}

ServerEntry ServerDesk::thisComputerEntry() const
{
    if (const std::optional<ServerEntry> known = m_servers.find(thisComputerId())) {
        return *known;
    }
    return {thisComputerId(), tr("This computer"), ServerKind::ThisComputer, Environment::Development, {}};
}

void ServerDesk::openThisComputer()
{
    endSandbox();
    const ServerEntry entry = thisComputerEntry();
    m_workspace.announce(entry);
    const quint64 opening = ++m_opening;
    m_workspace.jobs().run(
        tr("Get the key of the server on this computer"), JobVisibility::Quiet, this,
        [store = m_ownStore,
         &clock = m_workspace.clock()](Operation &operation) -> Result<std::shared_ptr<const Secret>> {
            GATEHOUSE_ASSIGN(Secret key,
                             serverKey(*store, thisComputerId(), IfMissing::Create, clock, operation));
            return std::make_shared<const Secret>(std::move(key));
        },
        [this, entry, opening](Result<std::shared_ptr<const Secret>> key) {
            if (opening != m_opening) {
                return;
            }
            if (!key) {
                m_workspace.refuse(entry, key.error());
                return;
            }
            m_servers.put(entry);
            startLocal(entry, m_places.dataFolder + QStringLiteral("/server"),
                       m_workspace.settings().value(settings::kLocalPort), std::move(*key));
        });
}

void ServerDesk::openSandbox()
{
    endSandbox();
    ++m_opening;
    m_sandboxFolder = std::make_unique<QTemporaryDir>();
    const ServerEntry entry{
        QStringLiteral("sandbox"), tr("Sandbox"), ServerKind::Sandbox, Environment::Sandbox, {}};
    m_workspace.announce(entry);
    m_keyRing.setStore(std::make_shared<keys::MemoryStore>(), tr("Sandbox keys"));
    startLocal(entry, m_sandboxFolder->filePath(QStringLiteral("server")), 0,
               std::make_shared<const Secret>(makeServerKey()));
}

void ServerDesk::endSandbox()
{
    if (!isSandboxOpen()) {
        return;
    }
    m_workspace.close();
    m_local.stop();
    m_localEntry.reset();
    m_localKey.reset();
    m_sandboxFolder.reset();
    m_keyRing.setStore(m_ownStore, m_ownStoreName);
}

void ServerDesk::startLocal(const ServerEntry &entry, const QString &folder, int wishedPort,
                            std::shared_ptr<const Secret> key)
{
    m_localEntry = entry;
    m_localKey = std::move(key);
    m_local.stop();
    LocalServer::Options options{m_places.serverProgram, folder, wishedPort};
    if (entry.kind == ServerKind::ThisComputer) {
        Settings &stored = m_workspace.settings();
        options.listen = stored.value(settings::kLocalListen);
        options.certificate = stored.value(settings::kLocalCertificate);
        options.certificateKey = stored.value(settings::kLocalCertificateKey);
    }
    m_local.start(options, keyDigest(*m_localKey));
}

void ServerDesk::restartThisComputer()
{
    if (m_localEntry && m_localEntry->kind == ServerKind::ThisComputer) {
        openThisComputer();
    }
}

void ServerDesk::onLocalRunning()
{
    if (!m_localEntry) {
        return;
    }
    const quint64 opening = m_opening;
    const QUrl url = m_local.url();
    m_workspace.jobs().run(
        tr("Prove the server on this computer"), JobVisibility::Quiet, this,
        [transport = m_transport, url, key = m_localKey](Operation &operation) {
            return client::proveServer(*transport, url, *key, operation);
        },
        [this, opening, url](Result<wire::Hello> hello) {
            if (opening != m_opening || !m_localEntry) {
                return;
            }
            if (!hello) {
                m_workspace.refuse(*m_localEntry, hello.error());
                return;
            }
            if (m_localEntry->kind == ServerKind::ThisComputer) {
                m_workspace.settings().setValue(settings::kLocalPort, url.port());
            }
            const bool isAlreadyOpen = m_workspace.isOpen() && m_workspace.session()->api() == url;
            if (!isAlreadyOpen) {
                m_workspace.open(*m_localEntry, m_transport, {url, std::nullopt}, m_localKey);
            }
        });
}

LocalServer *ServerDesk::runningLocalServer()
{
    const bool isLocal = m_localEntry && m_workspace.server() && m_workspace.server()->id == m_localEntry->id;
    return isLocal ? &m_local : nullptr;
}

void ServerDesk::openRemote(ServerEntry entry, Secret key, QObject *context, OpenDone onDone)
{
    if (entry.id.isEmpty()) {
        entry.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    }
    const quint64 opening = ++m_opening;
    auto shared = std::make_shared<const Secret>(std::move(key));
    // Tried before anything is closed or kept: a typing error costs nothing.
    m_workspace.jobs().run(
        tr("Connect to %1").arg(entry.name), JobVisibility::Quiet, this,
        [transport = m_transport, store = m_ownStore, entry, shared,
         &clock = m_workspace.clock()](Operation &operation) -> Result<void> {
            GATEHOUSE_TRY(client::Session::open(transport, {entry.api, std::nullopt}, shared, operation));
            return keys::ServerKeys(*store, clock).put(entry.id, entry.name, *shared, operation);
        },
        [this, opening, entry, shared, guard = QPointer<QObject>(context),
         onDone = std::move(onDone)](Result<void> done) {
            if (done && opening == m_opening) {
                endSandbox();
                m_servers.put(entry);
                m_workspace.open(entry, m_transport, {entry.api, std::nullopt}, shared);
            }
            if (guard) {
                onDone(std::move(done));
            }
        });
}

void ServerDesk::open(const QString &serverId)
{
    if (serverId == thisComputerId()) {
        openThisComputer();
        return;
    }
    const std::optional<ServerEntry> entry = m_servers.find(serverId);
    if (!entry) {
        return;
    }
    endSandbox();
    const quint64 opening = ++m_opening;
    m_workspace.announce(*entry);
    m_workspace.jobs().run(
        tr("Get the key of %1").arg(entry->name), JobVisibility::Quiet, this,
        [store = m_ownStore, serverId,
         &clock = m_workspace.clock()](Operation &operation) -> Result<std::shared_ptr<const Secret>> {
            GATEHOUSE_ASSIGN(Secret key, serverKey(*store, serverId, IfMissing::Fail, clock, operation));
            return std::make_shared<const Secret>(std::move(key));
        },
        [this, opening, entry = *entry](Result<std::shared_ptr<const Secret>> key) {
            if (opening != m_opening) {
                return;
            }
            if (key) {
                m_workspace.open(entry, m_transport, {entry.api, std::nullopt}, std::move(*key));
            } else {
                m_workspace.refuse(entry, key.error());
            }
        });
}

bool ServerDesk::openLast()
{
    const QString last = m_workspace.settings().value(settings::kLastServer);
    if (last.isEmpty() || !m_servers.find(last)) {
        return false;
    }
    open(last);
    return true;
}

} // namespace gatehouse::workspace
