// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workspace/settings.h"

#include "core/result.h"

#include <QUrl>
#include <QVector>

#include <optional>

namespace gatehouse::workspace {

/// Where a server comes from.
enum class ServerKind {
    ThisComputer, ///< the server beside the desktop, a child process
    CapgoCloud,
    Other,   ///< a self-hosted Capgo or a gatehouse-server of the team
    Sandbox, ///< like ThisComputer, in a folder that is thrown away
};

/// How careful to be there. Carried by the line over the header and the word beside the name.
enum class Environment { Production, Test, Development, Sandbox };

/// A server as the settings know it. Its key is in the keychain under server-key/<id>.
struct ServerEntry
{
    QString id;
    QString name;
    ServerKind kind = ServerKind::Other;
    Environment environment = Environment::Production;
    QUrl api; ///< empty for a server on this computer until it runs

    bool operator==(const ServerEntry &) const = default;
};

/// Checks what a person typed as a server's address: https, or http on loopback; no key, query or fragment in
/// it.
/// @error Invalid "workspace.server.address"
Result<QUrl> parseServerAddress(const QString &typed);

[[nodiscard]] QUrl capgoCloudAddress();

/// The known servers, kept in the settings.
class ServerList final : public QObject
{
    Q_OBJECT

public:
    explicit ServerList(Settings &settings, QObject *parent = nullptr);

    [[nodiscard]] const QVector<ServerEntry> &servers() const { return m_servers; }
    [[nodiscard]] std::optional<ServerEntry> find(const QString &id) const;
    /// Adds, or replaces the one with the same id.
    void put(const ServerEntry &entry);
    void remove(const QString &id);

Q_SIGNALS:
    void changed();

private:
    void save();
    Settings &m_settings;
    QVector<ServerEntry> m_servers;
};

} // namespace gatehouse::workspace
