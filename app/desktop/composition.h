// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/prompts.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/theme/theme.h"
#include "workspace/bundledraft.h"
#include "workspace/bundleshelf.h"
#include "workspace/secretplace.h"
#include "workspace/serverdesk.h"
#include "workspace/showme.h"
#include "workspace/workspace.h"

#include <memory>

namespace gatehouse::widgets {
class StartScreen;
}

namespace gatehouse::desktop {

/// Where this run of the program keeps and finds things.
struct Places
{
    QString settingsFile;
    QString dataFolder;
    QString programFolder;   ///< gatehouse-server and gatehouse-fleet are beside gatehouse
    QString fontFamily = {}; ///< empty: the system's

    /// Of the person who runs the program.
    [[nodiscard]] static Places ofThisUser();
};

/// Builds every object once, in the order of need, and wires the window.
class Composition final
{
public:
    explicit Composition(const Places &places);
    ~Composition();

    /// Shows the window and opens what was open last, or the first page.
    void begin();

    [[nodiscard]] widgets::Theme &theme() { return m_theme; }
    [[nodiscard]] widgets::MainWindow &window() { return *m_window; }
    [[nodiscard]] workspace::Workspace &workspace() { return *m_workspace; }
    [[nodiscard]] workspace::ServerDesk &desk() { return *m_desk; }
    [[nodiscard]] workspace::KeyRing &keyRing() { return *m_keyRing; }
    [[nodiscard]] workspace::BundleDraft &draft() { return *m_draft; }
    [[nodiscard]] widgets::Prompts &prompts() { return m_prompts; }
    [[nodiscard]] workspace::ShowMe &showMe() { return *m_showMe; }

private:
    void addScreens();
    void showGuide();
    void applyTheme();

    Places m_places;
    SystemClock m_clock;
    widgets::SystemPrompts m_prompts;
    widgets::Theme m_theme;
    workspace::Settings m_settings;
    workspace::ServerList m_servers;
    std::unique_ptr<workspace::Jobs> m_jobs;
    std::unique_ptr<workspace::Workspace> m_workspace;
    std::unique_ptr<workspace::KeyRing> m_keyRing;
    std::unique_ptr<workspace::ServerDesk> m_desk;
    std::unique_ptr<workspace::SecretPlace> m_secretPlace;
    std::unique_ptr<workspace::BundleDraft> m_draft;
    std::unique_ptr<workspace::BundleShelf> m_shelf;
    std::unique_ptr<workspace::ShowMe> m_showMe;
    std::unique_ptr<widgets::MainWindow> m_window;
    widgets::StartScreen *m_start = nullptr; ///< of the window
};

} // namespace gatehouse::desktop
