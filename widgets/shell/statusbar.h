// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"
#include "workspace/keyring.h"
#include "workspace/workspace.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace gatehouse::widgets {

/// Keychain, running jobs, server.
class StatusBar final : public QWidget
{
    Q_OBJECT

public:
    StatusBar(Theme &theme, workspace::Workspace &workspace, workspace::KeyRing &keyRing,
              QWidget *parent = nullptr);

Q_SIGNALS:
    void jobsRequested();
    void keysRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showKeys();
    void showJobs();
    void showServer();

    Theme &m_theme;
    workspace::Workspace &m_workspace;
    workspace::KeyRing &m_keyRing;
    QPushButton *m_keys;
    QPushButton *m_jobs;
    QProgressBar *m_bar;
    QLabel *m_server;
};

} // namespace gatehouse::widgets
