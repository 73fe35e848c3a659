// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <QJsonObject>
#include <QObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

#include <memory>
#include <optional>

namespace gatehouse::workspace {

/// Simulated devices in a process of their own, which ends with ours.
class FleetProcess final : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        QString program; ///< path of gatehouse-fleet
        QUrl server;
        QString app;
        QByteArray publicKeyPem;
        QByteArray scenario; ///< JSON, see resources/help/fleet.md
    };

    explicit FleetProcess(QObject *parent = nullptr);
    ~FleetProcess() override;

    void start(const Options &options);
    void stop();
    [[nodiscard]] bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    /// What the fleet last told of itself.
    [[nodiscard]] const QJsonObject &figures() const { return m_figures; }

Q_SIGNALS:
    void figuresChanged();
    void failed(const gatehouse::Error &error);

private:
    QProcess m_process;
    QByteArray m_output;
    QByteArray m_errors;
    QJsonObject m_figures;
    std::unique_ptr<QTemporaryDir> m_folder;
    bool m_stopping = false;
};

} // namespace gatehouse::workspace
