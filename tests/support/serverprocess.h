// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secret.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

#include <memory>

namespace gatehouse::test {

enum class ServerMode { Gatehouse, StrictCapgo };

/// The real gatehouse-server as a child process on a loopback port, with a data folder of its own.
class ServerProcess
{
public:
    explicit ServerProcess(ServerMode mode = ServerMode::Gatehouse);
    ~ServerProcess();
    ServerProcess(const ServerProcess &) = delete;
    ServerProcess &operator=(const ServerProcess &) = delete;

    /// @return what went wrong; empty when it runs
    [[nodiscard]] QString start();
    /// As a crash does it.
    void kill();
    [[nodiscard]] const QUrl &url() const { return m_url; }
    [[nodiscard]] const QString &serverId() const { return m_serverId; }
    [[nodiscard]] std::shared_ptr<const Secret> key() const { return m_key; }
    /// The key in a file of mode 0600, for --key-file.
    [[nodiscard]] QString keyFile() const;

private:
    ServerMode m_mode;
    QTemporaryDir m_folder;
    QProcess m_process;
    QUrl m_url;
    QString m_serverId;
    std::shared_ptr<const Secret> m_key;
};

} // namespace gatehouse::test
