// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workspace/keyring.h"
#include "workspace/localserver.h"
#include "workspace/workspace.h"

#include <QPointer>
#include <QTemporaryDir>

namespace gatehouse::workspace {

/// Opens servers: starts the one on this computer, fetches keys, remembers what was opened.
class ServerDesk final : public QObject
{
    Q_OBJECT

public:
    struct Places
    {
        QString serverProgram; ///< path of gatehouse-server
        QString dataFolder;    ///< of the desktop; the local server gets a folder in it
    };

    ServerDesk(Workspace &workspace, ServerList &servers, KeyRing &keyRing, Places places,
               QObject *parent = nullptr);
    ~ServerDesk() override;

    /// The keys of the person: what the ring goes back to when the sandbox ends.
    void setOwnStore(std::shared_ptr<keys::KeyStore> store, const QString &name);

    void openThisComputer();
    /// A server and keys that leave nothing behind. ready() comes through Workspace::linkChanged.
    void openSandbox();
    /// A new remote server: connects, and remembers entry and key only when that worked.
    using OpenDone = std::function<void(Result<void>)>;
    void openRemote(ServerEntry entry, Secret key, QObject *context, OpenDone onDone);
    /// One that is known.
    void open(const QString &serverId);
    /// What was open when the program ended. @return false: nothing was
    bool openLast();

    [[nodiscard]] LocalServer &localServer() { return m_local; }
    /// The local server that is being used now; nullptr for a remote one.
    [[nodiscard]] LocalServer *runningLocalServer();
    /// Listens beyond loopback from now on, or no longer (an empty address): looks at the certificate, starts
    /// the server on this computer again, and remembers it when that worked. Else everything is as it was.
    void listenBeyond(const Listening &wish, QObject *context, OpenDone onDone);
    /// How the server on this computer is reached from elsewhere.
    [[nodiscard]] const Listening &listening() const { return m_listening; }
    /// When the certificate for that ends.
    [[nodiscard]] std::optional<UtcTime> certificateEnd() const { return m_certificateEnd; }
    /// Why it is not reached from elsewhere, though a person switched that on.
    [[nodiscard]] const std::optional<Error> &listenProblem() const { return m_listenProblem; }
    [[nodiscard]] bool isSandboxOpen() const { return m_sandboxFolder != nullptr; }
    /// The transport for the server that is open, for work beside the repositories.
    [[nodiscard]] std::shared_ptr<client::Transport> transport() const { return m_transport; }

Q_SIGNALS:
    /// listening() or listenProblem() changed.
    void listeningChanged();

private:
    /// A change of listening that is not proven yet.
    struct Change
    {
        Listening before;
        std::optional<UtcTime> certificateEnd;
        QPointer<QObject> context;
        OpenDone onDone;
    };

    void endSandbox();
    void startLocal(const ServerEntry &entry, const QString &folder, int wishedPort,
                    std::shared_ptr<const Secret> key);
    void onLocalRunning();
    void onLocalFailed(const Error &error);
    void take(const Result<CheckedListening> &checked);
    void settleChange(Result<void> outcome);
    [[nodiscard]] ServerEntry thisComputerEntry() const;

    Workspace &m_workspace;
    ServerList &m_servers;
    KeyRing &m_keyRing;
    Places m_places;
    LocalServer m_local;
    std::shared_ptr<client::Transport> m_transport;
    std::shared_ptr<keys::KeyStore> m_ownStore;
    QString m_ownStoreName;
    std::unique_ptr<QTemporaryDir> m_sandboxFolder;
    std::optional<ServerEntry> m_localEntry;
    std::shared_ptr<const Secret> m_localKey;
    Listening m_listening;
    std::optional<UtcTime> m_certificateEnd;
    std::optional<Error> m_listenProblem;
    std::optional<Change> m_change;
    bool m_hasListened = false; ///< the server ran with m_listening
    quint64 m_opening = 0;
};

/// A fresh server key: a UUID in locked memory, as the management API wants keys to look.
[[nodiscard]] Secret makeServerKey();
/// The key of a server from the store; where there is surely none, a new one is made and kept if create says
/// so.
enum class IfMissing { Fail, Create };
Result<Secret> serverKey(keys::KeyStore &store, const QString &serverId, IfMissing ifMissing,
                         const Clock &clock, Operation &operation);

} // namespace gatehouse::workspace
