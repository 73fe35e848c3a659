// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace gatehouse::server {

/// One address to listen on.
struct ListenOptions
{
    QString address = QStringLiteral("127.0.0.1");
    quint16 port = 0;
    /// When the port is taken another one is used.
    bool isPortWish = false;
    /// Both or none.
    QString certificatePath;
    QString keyPath;
    QString publicUrl;
    QStringList proxies;
};

struct ServiceOptions
{
    QString dataFolder;
    /// The first is the one whose port is told.
    std::vector<ListenOptions> listeners;
    /// SHA-256 of the desktop's key, 32 bytes; nothing when the server runs alone.
    std::optional<QByteArray> ownerKeySha256;
    bool strictCapgo = false;
};

/// What the command line asks for.
struct CommandLine
{
    enum class Action {
        Help,
        Version,
        Child,     ///< the order comes on standard input
        Serve,     ///< service
        CreateKey, ///< service.dataFolder, keyName
    } action = Action::Help;
    ServiceOptions service;
    QString keyName;
};

/// @param arguments without the program's name. @error Invalid "server.arguments" with a sentence
Result<CommandLine> parseCommandLine(const QStringList &arguments);
[[nodiscard]] QString helpText();

/// The line that a desktop writes: {"key_sha256","data","port"} and, to listen beyond loopback too,
/// {"listen", "tls_cert","tls_key","public_url"}. @error Invalid "server.order". @source spec: gatehouse-v1,
/// section 7
Result<ServiceOptions> parseChildOrder(const QByteArray &line);

/// "ADDRESS", "ADDRESS:PORT" or "[V6]:PORT". @error Invalid "server.listen"
Result<ListenOptions> parseListen(const QString &text, quint16 defaultPort);

} // namespace gatehouse::server
