// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/localserver.h"

#include "core/jsonreader.h"
#include "core/sentences.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>

#include <utility>

namespace gatehouse::workspace {

namespace {

constexpr int kMostQuickCrashes = 5;
constexpr qint64 kStableAfterMs = 30000;
constexpr int kKeptLines = 40;
constexpr int kStopWaitMs = 5000;

} // namespace

LocalServer::LocalServer(QObject *parent)
    : QObject(parent)
{
    m_restart.setSingleShot(true);
    connect(&m_restart, &QTimer::timeout, this, &LocalServer::launch);
    m_overdue.setSingleShot(true);
    m_overdue.setInterval(kStopWaitMs);
    connect(&m_overdue, &QTimer::timeout, &m_process, &QProcess::kill);
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &LocalServer::onOutput);
    connect(&m_process, &QProcess::readyReadStandardError, this, [this] {
        const QList<QByteArray> lines = m_process.readAllStandardError().split('\n');
        for (const QByteArray &line : lines) {
            if (!line.trimmed().isEmpty()) {
                m_lastLines.append(QString::fromUtf8(line));
            }
        }
        while (m_lastLines.size() > kKeptLines) {
            m_lastLines.removeFirst();
        }
    });
    connect(&m_process, &QProcess::finished, this, &LocalServer::onFinished);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError problem) {
        if (problem == QProcess::FailedToStart) {
            fail(makeError(
                ErrorKind::Unusable, "workspace.local_server.start",
                Sentences::tr("The server on this computer does not start."), m_process.errorString(),
                Sentences::tr("Install Gatehouse again: its server program is missing or damaged.")));
        }
    });
}

LocalServer::~LocalServer()
{
    stop();
}

void LocalServer::start(const Options &options, const QString &keyDigest)
{
    if (m_state == State::Starting || m_state == State::Running) {
        return;
    }
    m_options = options;
    m_keyDigest = keyDigest;
    m_quickCrashes = 0;
    m_error.reset();
    launch();
}

void LocalServer::launch()
{
    QDir().mkpath(m_options.dataFolder);
    QFile::setPermissions(m_options.dataFolder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    m_output.clear();
    m_stopping = false;
    m_uptime.start();
    setState(State::Starting);
    m_process.start(m_options.program, {QStringLiteral("--child")});
    m_process.write(order());
}

QByteArray LocalServer::order() const
{
    QJsonObject order{{QStringLiteral("key_sha256"), m_keyDigest},
                      {QStringLiteral("data"), m_options.dataFolder},
                      {QStringLiteral("port"), m_options.wishedPort}};
    if (m_options.listening.isOn()) {
        order.insert(QStringLiteral("listen"), m_options.listening.address);
        order.insert(QStringLiteral("tls_cert"), m_options.listening.certificate);
        order.insert(QStringLiteral("tls_key"), m_options.listening.certificateKey);
        order.insert(QStringLiteral("public_url"), m_options.listening.publicUrl);
    }
    return QJsonDocument(order).toJson(QJsonDocument::Compact) + '\n';
}

void LocalServer::stop()
{
    m_restart.stop();
    m_overdue.stop();
    m_isRestarting = false;
    m_stopping = true;
    if (m_process.state() != QProcess::NotRunning) {
        m_process.closeWriteChannel();
        if (!m_process.waitForFinished(kStopWaitMs)) {
            m_process.kill();
            m_process.waitForFinished(kStopWaitMs);
        }
    }
    setState(State::Stopped);
}

void LocalServer::restart(const Listening &listening)
{
    m_options.listening = listening;
    m_quickCrashes = 0;
    m_error.reset();
    m_restart.stop();
    if (m_process.state() == QProcess::NotRunning) {
        launch();
        return;
    }
    m_isRestarting = true;
    setState(State::Starting);
    m_process.closeWriteChannel();
    m_overdue.start();
}

void LocalServer::onOutput()
{
    m_output += m_process.readAllStandardOutput();
    const qsizetype end = m_output.indexOf('\n');
    if (m_state != State::Starting || m_isRestarting || end < 0) {
        return;
    }
    const Result<QJsonObject> line = parseJsonObject(m_output.left(end), QStringLiteral("gatehouse-server"));
    const int port = line ? line->value(QLatin1String("port")).toInt() : 0;
    if (port <= 0 || port > 65535) {
        m_stopping = true;
        m_process.kill();
        fail(makeError(ErrorKind::Protocol, "workspace.local_server.line",
                       Sentences::tr("The server on this computer did not say its port.")));
        return;
    }
    m_serverId = line->value(QLatin1String("server_id")).toString();
    m_options.wishedPort = port; // after a crash the devices find it where it was
    m_url.setScheme(QStringLiteral("http"));
    m_url.setHost(QStringLiteral("127.0.0.1"));
    m_url.setPort(port);
    setState(State::Running);
    Q_EMIT running();
}

void LocalServer::onFinished(int exitCode, QProcess::ExitStatus status)
{
    m_overdue.stop();
    if (std::exchange(m_isRestarting, false)) {
        launch();
        return;
    }
    if (m_stopping || m_state == State::Failed) {
        setState(m_state == State::Failed ? State::Failed : State::Stopped);
        return;
    }
    if (m_uptime.elapsed() > kStableAfterMs) {
        m_quickCrashes = 0;
    }
    if (++m_quickCrashes >= kMostQuickCrashes ||
        (m_state == State::Starting && status == QProcess::NormalExit)) {
        Error error = makeError(ErrorKind::Unusable, "workspace.local_server.crash",
                                Sentences::tr("The server on this computer stopped."),
                                m_lastLines.isEmpty() ? Sentences::tr("It ended with code %1.").arg(exitCode)
                                                      : m_lastLines.constLast(),
                                Sentences::tr("Nothing that was saved is lost. Start it again."));
        error.details = m_lastLines;
        fail(error);
        return;
    }
    setState(State::Starting);
    Q_EMIT restarting();
    m_restart.start(100 * (1 << m_quickCrashes));
}

void LocalServer::setState(State state)
{
    if (m_state != state) {
        m_state = state;
        Q_EMIT stateChanged();
    }
}

void LocalServer::fail(const Error &error)
{
    m_error = error;
    setState(State::Failed);
    Q_EMIT failed(error);
}

} // namespace gatehouse::workspace
