// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/serverdesk.h"

#include "client/apps.h"
#include "client/hello.h"
#include "client/loopbacktransport.h"
#include "core/sentences.h"
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

bool isAboutKeys(const Error &error)
{
    return error.id.startsWith(QLatin1String("keys.")) ||
           error.id.startsWith(QLatin1String("workspace.vault."));
}

/// Nobody listens where nobody wished it.
Result<CheckedListening> looked(const Listening &wish, UtcTime now)
{
    return wish.isOn() ? checkListening(wish, now) : Result<CheckedListening>(CheckedListening{wish, {}});
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
    connect(&m_local, &LocalServer::failed, this, &ServerDesk::onLocalFailed);
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
    // Where a server could not be opened for want of its key, the new place may have it.
    if (m_ownStore && m_workspace.link() == Link::Failed && m_workspace.server() && m_workspace.error() &&
        isAboutKeys(*m_workspace.error())) {
        open(m_workspace.server()->id);
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
    using Ready = std::pair<std::shared_ptr<const Secret>, Result<CheckedListening>>;
    m_workspace.jobs().run(
        tr("Get the key of the server on this computer"), JobVisibility::Quiet, this,
        [store = m_ownStore, wish = Listening::of(m_workspace.settings()),
         &clock = m_workspace.clock()](Operation &operation) -> Result<Ready> {
            GATEHOUSE_ASSIGN(Secret key,
                             serverKey(*store, thisComputerId(), IfMissing::Create, clock, operation));
            return Ready(std::make_shared<const Secret>(std::move(key)), looked(wish, clock.now()));
        },
        [this, entry, opening](Result<Ready> ready) {
            if (opening != m_opening) {
                return;
            }
            if (!ready) {
                m_workspace.refuse(entry, ready.error());
                return;
            }
            m_servers.put(entry);
            take(ready->second);
            Q_EMIT listeningChanged();
            startLocal(entry, m_places.dataFolder + QStringLiteral("/server"),
                       m_workspace.settings().value(settings::kLocalPort), std::move(ready->first));
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
        options.listening = m_listening;
    }
    m_local.start(options, keyDigest(*m_localKey));
}

void ServerDesk::take(const Result<CheckedListening> &checked)
{
    m_listening = checked ? checked->listening : Listening();
    m_certificateEnd = checked && checked->listening.isOn() ? std::optional(checked->until) : std::nullopt;
    m_listenProblem = checked ? std::nullopt : std::optional(checked.error());
    m_hasListened = false;
}

void ServerDesk::listenBeyond(const Listening &wish, QObject *context, OpenDone onDone)
{
    if (runningLocalServer() == nullptr || isSandboxOpen()) {
        return;
    }
    const quint64 opening = m_opening;
    m_workspace.jobs().run(
        tr("Look at the certificate"), JobVisibility::Quiet, this,
        [wish, &clock = m_workspace.clock()](Operation & /*operation*/) { return looked(wish, clock.now()); },
        [this, opening, guard = QPointer<QObject>(context),
         onDone = std::move(onDone)](Result<CheckedListening> checked) {
            if (!checked || opening != m_opening) {
                if (guard) {
                    onDone(checked ? Result<void>() : Result<void>(std::move(checked.error())));
                }
                return;
            }
            m_change = Change{m_listening, m_certificateEnd, guard, onDone};
            checked->listening.keepIn(m_workspace.settings());
            take(checked);
            Q_EMIT listeningChanged();
            m_local.restart(m_listening);
        });
}

void ServerDesk::settleChange(Result<void> outcome)
{
    if (!m_change) {
        return;
    }
    const Change change = *std::exchange(m_change, std::nullopt);
    if (change.context) {
        change.onDone(std::move(outcome));
    }
}

void ServerDesk::onLocalFailed(const Error &error)
{
    if (!m_localEntry) {
        return;
    }
    if (!m_listening.isOn() || m_hasListened) {
        settleChange(error);
        m_workspace.refuse(*m_localEntry, error);
        return;
    }
    // A network that is away, or a port that another program has, must not take this computer's own server
    // along.
    QString cause = error.cause;
    cause.remove(QLatin1String("gatehouse-server: "));
    if (!cause.endsWith(QLatin1Char('.'))) {
        cause += QLatin1Char('.');
    }
    Error problem =
        makeError(ErrorKind::Unusable, "workspace.listening.failed",
                  Sentences::tr("The server cannot listen on %1.").arg(m_listening.address), cause,
                  Sentences::tr("It goes on as before. Check address and port, and whether another program "
                                "listens there."));
    problem.details = error.details;
    take(problem);
    if (m_change) {
        m_listening = m_change->before;
        m_certificateEnd = m_change->certificateEnd;
        m_listening.keepIn(m_workspace.settings());
    }
    Q_EMIT listeningChanged();
    m_local.restart(m_listening);
    settleChange(problem);
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
                settleChange(hello.error());
                m_workspace.refuse(*m_localEntry, hello.error());
                return;
            }
            m_hasListened = true;
            settleChange({});
            if (m_localEntry->kind == ServerKind::ThisComputer) {
                m_workspace.settings().setValue(settings::kLocalPort, url.port());
            }
            const bool isAlreadyOpen = m_workspace.isOpen() && m_workspace.session()->api() == url;
            if (!isAlreadyOpen) {
                // Not m_transport: after a crash anybody can have this port, so each connection proves
                // itself.
                m_workspace.open(*m_localEntry,
                                 std::make_shared<client::LoopbackTransport>(url, m_localKey, m_transport),
                                 {url, std::nullopt}, m_localKey);
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
            GATEHOUSE_ASSIGN(client::SessionPtr session,
                             client::Session::open(transport, {entry.api, std::nullopt}, shared, operation));
            // What a server can do, Capgo tells everybody: only a question about what is somebody's own tries
            // the key.
            GATEHOUSE_TRY(client::Apps(std::move(session)).organizations(operation));
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
