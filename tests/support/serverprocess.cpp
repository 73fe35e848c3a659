// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/serverprocess.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUuid>

namespace gatehouse::test {

namespace {

constexpr int kPatienceMs = 20000;

} // namespace

ServerProcess::ServerProcess(ServerMode mode)
    : m_mode(mode)
{
    const QByteArray key = QUuid::createUuid().toString(QUuid::WithoutBraces).toLatin1();
    m_key = std::make_shared<const Secret>(Secret::copyOf(key));
    QFile file(keyFile());
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)) {
        qFatal("no key file");
    }
    file.write(key + '\n');
}

ServerProcess::~ServerProcess()
{
    m_process.closeWriteChannel();
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(kPatienceMs)) {
        kill();
    }
}

QString ServerProcess::start()
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QStringLiteral(GATEHOUSE_BIN_DIR "/gatehouse-server"), {QStringLiteral("--child")});
    if (!m_process.waitForStarted(kPatienceMs)) {
        return m_process.errorString();
    }
    const QByteArray digest =
        QCryptographicHash::hash(m_key->view().toByteArray(), QCryptographicHash::Sha256);
    const QJsonObject order{{QStringLiteral("key_sha256"), QString::fromLatin1(digest.toHex())},
                            {QStringLiteral("data"), m_folder.filePath(QStringLiteral("data"))},
                            {QStringLiteral("port"), m_url.port(0)},
                            {QStringLiteral("strict_capgo"), m_mode == ServerMode::StrictCapgo}};
    m_process.write(QJsonDocument(order).toJson(QJsonDocument::Compact) + '\n');
    while (!m_process.canReadLine()) {
        if (!m_process.waitForReadyRead(kPatienceMs)) {
            return QStringLiteral("The server did not say where it listens.");
        }
    }
    const QJsonObject answer = QJsonDocument::fromJson(m_process.readLine()).object();
    m_serverId = answer.value(QLatin1String("server_id")).toString();
    m_url = QUrl(QStringLiteral("http://127.0.0.1:%1").arg(answer.value(QLatin1String("port")).toInt()));
    return {};
}

void ServerProcess::kill()
{
    m_process.kill();
    m_process.waitForFinished(kPatienceMs);
}

QString ServerProcess::keyFile() const
{
    return m_folder.filePath(QStringLiteral("key"));
}

} // namespace gatehouse::test
