// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/screen.h"
#include "widgets/theme/theme.h"
#include "workspace/keyring.h"
#include "workspace/workspace.h"

#include <QHash>
#include <QWidget>

class QStackedWidget;

namespace gatehouse::widgets {

class Banner;
class HeaderBar;
class JobPane;
class Navigation;
class StatusBar;

/// The frame around the screens. Which screen shows follows the workspace: without a server the start screen,
/// without an app the one that makes the first.
class MainWindow final : public QWidget
{
    Q_OBJECT

public:
    MainWindow(Theme &theme, workspace::Workspace &workspace, workspace::KeyRing &keyRing,
               workspace::ServerList &servers, QWidget *parent = nullptr);

    /// The pages outside the navigation: choosing a server, making the first app.
    void setStartScreen(Screen *screen);
    void setNewAppScreen(Screen *screen);
    /// In the order of the navigation.
    void addScreen(Screen *screen);

    /// A sentence over every screen that says what is going on, as while the sample runs; empty: none.
    void setGuide(const QString &fact, const QString &hint, bool isWarning);
    void goTo(const Destination &destination);
    [[nodiscard]] QString currentScreen() const;
    [[nodiscard]] Screen *screen(const QString &id) const { return m_screens.value(id); }

Q_SIGNALS:
    void serverChosen(const QString &serverId);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    void follow();
    void showScreen(Screen *screen);
    void toggleJobs();
    void placeJobs();
    void addShortcuts();

    Theme &m_theme;
    workspace::Workspace &m_workspace;
    HeaderBar *m_header;
    Navigation *m_navigation;
    QWidget *m_guideHost;
    Banner *m_guide;
    QStackedWidget *m_pages;
    StatusBar *m_status;
    JobPane *m_jobPane;
    Screen *m_start = nullptr;
    Screen *m_newApp = nullptr;
    QVector<Screen *> m_order;
    QHash<QString, Screen *> m_screens;
    QString m_wanted;
};

} // namespace gatehouse::widgets
