// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "composition.h"

#include "sampleapp.h"
#include "widgets/bundles/bundlesscreen.h"
#include "widgets/channels/channelsscreen.h"
#include "widgets/connect/connectscreen.h"
#include "widgets/keys/keysscreen.h"
#include "widgets/monitor/monitorscreen.h"
#include "widgets/overview/overviewscreen.h"
#include "widgets/start/newappscreen.h"
#include "widgets/start/startscreen.h"

#include <QApplication>
#include <QDir>
#include <QStandardPaths>

namespace gatehouse::desktop {

namespace {

/// The texts of the guide that goes along with the sample.
class Guide
{
    Q_DECLARE_TR_FUNCTIONS(Guide)
};

widgets::SchemeChoice choiceFrom(const QString &word)
{
    if (word == QLatin1String("dark")) {
        return widgets::SchemeChoice::Dark;
    }
    return word == QLatin1String("light") ? widgets::SchemeChoice::Light : widgets::SchemeChoice::System;
}

} // namespace

Places Places::ofThisUser()
{
    Places places;
    places.settingsFile = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
                          QStringLiteral("/gatehouse/gatehouse.ini");
    places.dataFolder =
        QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/gatehouse");
    places.programFolder = QCoreApplication::applicationDirPath();
    return places;
}

Composition::Composition(const Places &places)
    : m_places(places)
    , m_theme({places.fontFamily, widgets::SchemeChoice::System})
    , m_settings(places.settingsFile)
    , m_servers(m_settings)
    , m_jobs(std::make_unique<workspace::Jobs>())
    , m_workspace(std::make_unique<workspace::Workspace>(*m_jobs, m_settings, m_clock))
    , m_keyRing(std::make_unique<workspace::KeyRing>(*m_jobs, m_clock))
{
    const QDir programs(places.programFolder);
    m_desk = std::make_unique<workspace::ServerDesk>(
        *m_workspace, m_servers, *m_keyRing,
        workspace::ServerDesk::Places{programs.filePath(QStringLiteral("gatehouse-server")),
                                      places.dataFolder});
    m_secretPlace = std::make_unique<workspace::SecretPlace>(
        m_settings, *m_jobs, *m_desk, places.dataFolder + QStringLiteral("/keys.vault"));
    m_draft = std::make_unique<workspace::BundleDraft>(*m_workspace, *m_keyRing,
                                                       places.dataFolder + QStringLiteral("/artifacts"));
    m_shelf = std::make_unique<workspace::BundleShelf>(*m_workspace, *m_keyRing,
                                                       places.dataFolder + QStringLiteral("/artifacts"));
    m_showMe = std::make_unique<workspace::ShowMe>(*m_workspace, *m_desk, *m_keyRing,
                                                   programs.filePath(QStringLiteral("gatehouse-fleet")),
                                                   writeSampleApp);
    applyTheme();
    m_window = std::make_unique<widgets::MainWindow>(m_theme, *m_workspace, *m_keyRing, m_servers);
    addScreens();
}

Composition::~Composition()
{
    // The window first: nobody may ask the models while they go.
    m_window.reset();
    m_showMe.reset();
    m_shelf.reset();
    m_draft.reset();
    m_workspace->close();
}

void Composition::applyTheme()
{
    m_theme.setChoice(choiceFrom(m_settings.value(workspace::settings::kTheme)));
    m_theme.applyTo(*static_cast<QApplication *>(QCoreApplication::instance()));
    m_theme.followSystem();
    QObject::connect(&m_settings, &workspace::Settings::changed, &m_theme, [this](const QString &key) {
        if (key == QLatin1String(workspace::settings::kTheme.key)) {
            m_theme.setChoice(choiceFrom(m_settings.value(workspace::settings::kTheme)));
        }
    });
}

void Composition::addScreens()
{
    m_start = new widgets::StartScreen(m_theme, *m_workspace, *m_desk, *m_keyRing, *m_secretPlace);
    QObject::connect(m_start, &widgets::StartScreen::showMeRequested, m_showMe.get(),
                     [this] { m_showMe->start(); });
    QObject::connect(m_showMe.get(), &workspace::ShowMe::stageChanged, m_window.get(),
                     [this] { showGuide(); });
    m_window->setStartScreen(m_start);
    m_window->setNewAppScreen(new widgets::NewAppScreen(m_theme, *m_workspace));
    m_window->addScreen(new widgets::OverviewScreen(m_theme, *m_workspace));
    m_window->addScreen(
        new widgets::BundlesScreen(m_theme, *m_workspace, *m_draft, *m_shelf, *m_keyRing, m_prompts));
    m_window->addScreen(new widgets::ChannelsScreen(m_theme, *m_workspace));
    m_window->addScreen(new widgets::MonitorScreen(m_theme, *m_workspace, m_prompts));
    m_window->addScreen(
        new widgets::KeysScreen(m_theme, *m_workspace, *m_keyRing, *m_secretPlace, m_prompts));
    m_window->addScreen(new widgets::ConnectScreen(m_theme, *m_workspace, *m_desk, *m_keyRing, m_prompts));
    QObject::connect(m_window.get(), &widgets::MainWindow::serverChosen, m_desk.get(),
                     &workspace::ServerDesk::open);
}

void Composition::showGuide()
{
    using Stage = workspace::ShowMe::Stage;
    QString fact;
    QString hint;
    switch (m_showMe->stage()) {
    case Stage::Idle:
        break;
    case Stage::StartingServer:
    case Stage::Preparing:
        fact = Guide::tr("The sample starts: a server, an app, keys and the first bundle.");
        break;
    case Stage::FirstBundle:
        fact = Guide::tr("2 000 simulated devices take bundle 1.0.0.");
        hint = Guide::tr("They speak the real protocol: check, download, decrypt, unpack, report. Watch them "
                         "under Monitor.");
        break;
    case Stage::GoodBundle:
        fact = Guide::tr("Bundle 1.1.0 is out, and the devices move to it.");
        break;
    case Stage::BadBundle:
        fact = Guide::tr("Bundle 1.2.0 goes to 25 % of the devices, and it is a bad one.");
        hint = Guide::tr("Take it back: under Overview, with one button.");
        break;
    case Stage::TakenBack:
        fact = Guide::tr("It is taken back: devices return to 1.1.0 at their next check.");
        hint = Guide::tr("The sample is gone when you choose another server or close the program.");
        break;
    case Stage::Failed:
        fact = m_showMe->error() ? m_showMe->error()->what : QString();
        hint = m_showMe->error()
                   ? QString(m_showMe->error()->cause + QLatin1Char(' ') + m_showMe->error()->remedy)
                   : QString();
        break;
    }
    m_window->setGuide(fact, hint, m_showMe->stage() == Stage::Failed);
}

void Composition::begin()
{
    m_secretPlace->begin();
    m_window->show();
    m_desk->openLast();
    if (m_secretPlace->isVaultLocked()) {
        m_start->askForVault();
    }
}

} // namespace gatehouse::desktop
