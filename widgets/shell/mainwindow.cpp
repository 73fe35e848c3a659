// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/mainwindow.h"

#include "widgets/common/banner.h"
#include "widgets/shell/headerbar.h"
#include "widgets/shell/jobpane.h"
#include "widgets/shell/navigation.h"
#include "widgets/shell/statusbar.h"
#include "widgets/shell/undotoast.h"

#include <QCloseEvent>
#include <QGridLayout>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace gatehouse::widgets {

MainWindow::MainWindow(Theme &theme, workspace::Workspace &workspace, workspace::KeyRing &keyRing,
                       workspace::ServerList &servers, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_workspace(workspace)
    , m_header(new HeaderBar(theme, workspace, servers, this))
    , m_navigation(new Navigation(theme, this))
    , m_guideHost(new QWidget(this))
    , m_guide(new Banner(theme, Tone::Accent, m_guideHost))
    , m_pages(new QStackedWidget(this))
    , m_status(new StatusBar(theme, workspace, keyRing, this))
    , m_jobPane(new JobPane(theme, workspace.jobs(), this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(tr("Gatehouse"));
    setMinimumSize(900, 600);
    resize(1280, 800);
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header, 0, 0, 1, 2);
    layout->addWidget(m_navigation, 1, 0, 2, 1);
    auto *guideLayout = new QVBoxLayout(m_guideHost);
    guideLayout->setContentsMargins(metrics::kPagePadding, metrics::kSpace3, metrics::kPagePadding, 0);
    guideLayout->addWidget(m_guide);
    m_guideHost->hide();
    layout->addWidget(m_guideHost, 1, 1);
    layout->addWidget(m_pages, 2, 1);
    layout->addWidget(m_status, 3, 0, 1, 2);
    layout->setColumnStretch(1, 1);
    layout->setRowStretch(2, 1);

    connect(m_navigation, &Navigation::chosen, this, [this](const QString &id) { goTo({id}); });
    connect(m_header, &HeaderBar::serverChosen, this, &MainWindow::serverChosen);
    connect(m_header, &HeaderBar::anotherServerRequested, this, [this] { showScreen(m_start); });
    connect(m_header, &HeaderBar::newAppRequested, this, [this] { showScreen(m_newApp); });
    connect(m_status, &StatusBar::jobsRequested, this, &MainWindow::toggleJobs);
    connect(m_status, &StatusBar::keysRequested, this, [this] { goTo({QStringLiteral("keys")}); });
    connect(&workspace, &workspace::Workspace::linkChanged, this, &MainWindow::follow);
    connect(&workspace, &workspace::Workspace::appChanged, this, &MainWindow::follow);
    connect(&workspace.apps(), &workspace::Repository::changed, this, &MainWindow::follow);
    new UndoToast(theme, workspace, this);
    addShortcuts();
    if (const QByteArray geometry = workspace.settings().windowState(objectName()); !geometry.isEmpty()) {
        restoreGeometry(geometry);
    }
}

void MainWindow::setStartScreen(Screen *screen)
{
    m_start = screen;
    m_pages->addWidget(screen);
    connect(screen, &Screen::goTo, this, &MainWindow::goTo);
    follow();
}

void MainWindow::setNewAppScreen(Screen *screen)
{
    m_newApp = screen;
    m_pages->addWidget(screen);
    connect(screen, &Screen::goTo, this, &MainWindow::goTo);
}

void MainWindow::addScreen(Screen *screen)
{
    m_order.append(screen);
    m_screens.insert(screen->id(), screen);
    m_pages->addWidget(screen);
    m_navigation->addScreen(*screen);
    connect(screen, &Screen::goTo, this, &MainWindow::goTo);
    auto *shortcut =
        new QShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + m_order.size())), this);
    connect(shortcut, &QShortcut::activated, this, [this, id = screen->id()] { goTo({id}); });
}

void MainWindow::addShortcuts()
{
    auto *refresh = new QShortcut(QKeySequence(Qt::Key_F5), this);
    connect(refresh, &QShortcut::activated, &m_workspace, &workspace::Workspace::refresh);
    auto *find = new QShortcut(QKeySequence(QKeySequence::Find), this);
    connect(find, &QShortcut::activated, this, [this] {
        if (auto *screen = qobject_cast<Screen *>(m_pages->currentWidget())) {
            screen->focusSearch();
        }
    });
}

void MainWindow::setGuide(const QString &fact, const QString &hint, bool isWarning)
{
    m_guideHost->setVisible(!fact.isEmpty());
    m_guide->setTone(isWarning ? Tone::Danger : Tone::Accent);
    m_guide->setIcon(isWarning ? Icon::Alert : Icon::Info);
    m_guide->setMessage(fact, hint);
}

void MainWindow::goTo(const Destination &destination)
{
    Screen *screen = m_screens.value(destination.screen);
    if (screen == nullptr) {
        return;
    }
    m_wanted = destination.screen;
    // Keys and pages about this computer need no app; all others do.
    if (m_workspace.app() || destination.screen == QLatin1String("keys")) {
        showScreen(screen);
        screen->enter(destination);
    }
}

QString MainWindow::currentScreen() const
{
    const auto *screen = qobject_cast<const Screen *>(m_pages->currentWidget());
    return screen == nullptr ? QString() : screen->id();
}

void MainWindow::follow()
{
    const bool hasApp = m_workspace.app().has_value();
    m_navigation->setUsable(m_workspace.isOpen() && hasApp);
    Screen *current = qobject_cast<Screen *>(m_pages->currentWidget());
    if (!m_workspace.isOpen()) {
        showScreen(m_start);
        return;
    }
    if (!hasApp) {
        if (m_workspace.apps().state() == workspace::LoadState::Ready &&
            m_workspace.apps().rows().isEmpty()) {
            showScreen(m_newApp);
        }
        return;
    }
    if (current == m_start || current == m_newApp || current == nullptr) {
        goTo({m_wanted.isEmpty() ? QStringLiteral("overview") : m_wanted});
    }
}

void MainWindow::showScreen(Screen *screen)
{
    if (screen == nullptr) {
        return;
    }
    m_pages->setCurrentWidget(screen);
    m_navigation->setCurrent(screen->id());
    setWindowTitle(m_workspace.app() ? tr("%1 – %2 – Gatehouse").arg(screen->title(), m_workspace.appTitle())
                                     : tr("Gatehouse"));
}

void MainWindow::toggleJobs()
{
    placeJobs();
    m_jobPane->setVisible(!m_jobPane->isVisible());
    m_jobPane->raise();
    if (m_jobPane->isVisible()) {
        m_jobPane->setFocus();
    }
}

void MainWindow::placeJobs()
{
    const int x = layoutDirection() == Qt::RightToLeft ? metrics::kSpace3
                                                       : width() - m_jobPane->width() - metrics::kSpace3;
    m_jobPane->move(x, height() - metrics::kStatusBarHeight - m_jobPane->height() - metrics::kSpace2);
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_navigation->setNarrow(width() < metrics::kNavigationBreak);
    placeJobs();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_workspace.settings().setWindowState(objectName(), saveGeometry());
    QWidget::closeEvent(event);
}

} // namespace gatehouse::widgets
