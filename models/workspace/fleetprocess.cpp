// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/fleetprocess.h"

#include "core/sentences.h"

#include <QFile>
#include <QJsonDocument>

namespace gatehouse::workspace {

namespace {

constexpr int kStopWaitMs = 3000;

bool writeFile(const QString &path, const QByteArray &content)
{
    QFile file(path);
    return file.open(QFile::WriteOnly) && file.write(content) == content.size();
}

Error cannotStart(const QString &cause)
{
    return makeError(ErrorKind::Unusable, "workspace.fleet.start",
                     Sentences::tr("The simulated devices did not start."), cause,
                     Sentences::tr("Install Gatehouse again: its fleet program is missing or damaged."));
}

} // namespace

FleetProcess::FleetProcess(QObject *parent)
    : QObject(parent)
{
    connect(&m_process, &QProcess::readyReadStandardOutput, this, [this] {
        m_output += m_process.readAllStandardOutput();
        qsizetype end = 0;
        bool isNew = false;
        while ((end = m_output.indexOf('\n')) >= 0) {
            const QJsonDocument line = QJsonDocument::fromJson(m_output.left(end));
            m_output.remove(0, end + 1);
            if (line.isObject()) {
                m_figures = line.object();
                isNew = true;
            }
        }
        if (isNew) {
            Q_EMIT figuresChanged();
        }
    });
    connect(&m_process, &QProcess::readyReadStandardError, this, [this] {
        m_errors += m_process.readAllStandardError();
        m_errors = m_errors.right(4096);
    });
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError problem) {
        if (problem == QProcess::FailedToStart) {
            Q_EMIT failed(cannotStart(m_process.errorString()));
        }
    });
    connect(&m_process, &QProcess::finished, this, [this](int code) {
        if (!m_stopping) {
            const QString told = QString::fromUtf8(m_errors).trimmed();
            Q_EMIT failed(
                cannotStart(told.isEmpty() ? Sentences::tr("It ended with code %1.").arg(code) : told));
        }
    });
}

FleetProcess::~FleetProcess()
{
    stop();
}

void FleetProcess::start(const Options &options)
{
    stop();
    m_stopping = false;
    m_errors.clear();
    m_output.clear();
    m_figures = {};
    m_folder = std::make_unique<QTemporaryDir>();
    const QString key = m_folder->filePath(QStringLiteral("public-key.pem"));
    const QString scenario = m_folder->filePath(QStringLiteral("scenario.json"));
    if (!m_folder->isValid() || !writeFile(key, options.publicKeyPem) ||
        !writeFile(scenario, options.scenario)) {
        Q_EMIT failed(cannotStart(m_folder->errorString()));
        return;
    }
    m_process.start(options.program,
                    {QStringLiteral("--child"), QStringLiteral("--json"), QStringLiteral("--server"),
                     options.server.toString(), QStringLiteral("--app"), options.app,
                     QStringLiteral("--public-key"), key, QStringLiteral("--scenario"), scenario});
}

void FleetProcess::stop()
{
    m_stopping = true;
    if (isRunning()) {
        m_process.closeWriteChannel();
        if (!m_process.waitForFinished(kStopWaitMs)) {
            m_process.kill();
            m_process.waitForFinished(kStopWaitMs);
        }
    }
    m_folder.reset();
}

} // namespace gatehouse::workspace
