// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/arguments.h"
#include "cli/output.h"
#include "client/session.h"
#include "core/clock.h"
#include "core/operation.h"
#include "keys/keystore.h"

namespace gatehouse::keys {
class KeychainThread;
}

namespace gatehouse::cli {

/// What a command is handed: what was typed, where to print, when to stop, and the doors to keys and server,
/// which are opened only when a command goes through them.
class Context
{
public:
    Context(const Arguments &arguments, const Output &output, Operation &operation);
    ~Context();
    Context(const Context &) = delete;
    Context &operator=(const Context &) = delete;

    [[nodiscard]] const Arguments &arguments() const { return m_arguments; }
    [[nodiscard]] const Output &output() const { return m_output; }
    [[nodiscard]] Operation &operation() { return m_operation; }
    [[nodiscard]] const Clock &clock() const { return m_clock; }

    /// The keychain; or, with --vault or a passphrase and no keychain, the vault. Opened once.
    /// @error those of the stores
    Result<keys::KeyStore *> keyStore();
    /// From --passphrase-fd, or asked on the terminal. @error Invalid "cli.passphrase" when neither is
    /// possible
    Result<Secret> passphrase(const QString &prompt);
    /// The server of --server, with its key. @error those of Session::open; Denied "cli.no_key"
    Result<client::SessionPtr> session();

private:
    Result<std::shared_ptr<const Secret>> apiKey(const std::shared_ptr<client::Transport> &transport,
                                                 const QUrl &api);
    Result<client::TlsTrust> trust() const;

    const Arguments &m_arguments;
    const Output &m_output;
    Operation &m_operation;
    SystemClock m_clock;
    std::unique_ptr<keys::KeychainThread> m_keychain;
    std::unique_ptr<keys::KeyStore> m_store;
    client::SessionPtr m_session;
};

/// Options that every command with keys, or with a server, takes.
[[nodiscard]] QVector<OptionSpec> keyOptions();
[[nodiscard]] QVector<OptionSpec> serverOptions();
/// Those of all commands: --json, --help.
[[nodiscard]] QVector<OptionSpec> commonOptions();

} // namespace gatehouse::cli
