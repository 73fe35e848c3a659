// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workspace/jobs.h"

#include "workspace/listening.h"

#include "core/secret.h"

#include <QElapsedTimer>
#include <QObject>
#include <QProcess>
#include <QTimer>
#include <QUrl>

#include <optional>

namespace gatehouse::workspace {

/// The server beside the desktop: a child process on a loopback port, started again when it crashes.
/// Its key never stands in argv or the environment; the child learns only the key's SHA-256, on standard
/// input.
/// @source spec: gatehouse-v1, section 7
class LocalServer final : public QObject
{
    Q_OBJECT

public:
    enum class State { Stopped, Starting, Running, Failed };
    Q_ENUM(State)

    struct Options
    {
        QString program;    ///< path of gatehouse-server
        QString dataFolder; ///< made when needed, mode 0700
        int wishedPort = 0;
        /// Beyond loopback, when a person switched it on.
        Listening listening = {};
    };

    explicit LocalServer(QObject *parent = nullptr);
    /// Closes the child's standard input, which ends it, and waits for it.
    ~LocalServer() override;

    /// Starts the child. @param keyDigest  SHA-256 of the server key, hex
    void start(const Options &options, const QString &keyDigest);
    /// Ends the child in order: it finishes what it acknowledged.
    void stop();
    /// Ends it in order without waiting for it, and starts it again at the same port. stop() is over it.
    void restart(const Listening &listening);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const QUrl &url() const { return m_url; }
    [[nodiscard]] int port() const { return m_url.port(); }
    [[nodiscard]] const QString &serverId() const { return m_serverId; }
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    /// Process id while it runs; 0 else.
    [[nodiscard]] qint64 processId() const { return m_process.processId(); }

Q_SIGNALS:
    /// The port is known. The owner proves it with hello before it sends the key.
    void running();
    void failed(const gatehouse::Error &error);
    /// It crashed and is being started again.
    void restarting();
    void stateChanged();

private:
    void launch();
    void onOutput();
    void onFinished(int exitCode, QProcess::ExitStatus status);
    [[nodiscard]] QByteArray order() const;
    void setState(State state);
    void fail(const Error &error);

    Options m_options;
    QString m_keyDigest;
    QProcess m_process;
    QByteArray m_output;
    QStringList m_lastLines;
    QTimer m_restart;
    QTimer m_overdue;
    QElapsedTimer m_uptime;
    int m_quickCrashes = 0;
    bool m_stopping = false;
    bool m_isRestarting = false;
    State m_state = State::Stopped;
    QUrl m_url;
    QString m_serverId;
    std::optional<Error> m_error;
};

} // namespace gatehouse::workspace
