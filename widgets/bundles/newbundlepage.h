// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/prompts.h"
#include "widgets/theme/theme.h"
#include "workspace/bundledraft.h"

#include <QWidget>

class QStackedWidget;

namespace gatehouse::widgets {

class Banner;
class Button;
class FolderStep;
class PackageStep;
class ShipStep;
class Stepper;
class VersionStep;

/// The New bundle assistant: folder, checks, version and notes, sign and encrypt, upload and stage. What it
/// knows lives in the draft; going back and forth loses nothing.
class NewBundlePage final : public QWidget
{
    Q_OBJECT

public:
    NewBundlePage(Theme &theme, workspace::Workspace &workspace, workspace::BundleDraft &draft,
                  workspace::KeyRing &keyRing, Prompts &prompts, QWidget *parent = nullptr);
    /// Starts with an empty draft, or goes on with the one under way.
    void begin();

Q_SIGNALS:
    void left();
    void channelRequested(const QString &channel);

private:
    enum Step { Folder, Version, Package, Ship, StepCount };
    void go(int step);
    void follow();
    void showSteps();
    void showTrouble();
    void next();
    void back();
    [[nodiscard]] bool canGoOn() const;

    Theme &m_theme;
    workspace::BundleDraft &m_draft;
    Stepper *m_stepper;
    Banner *m_trouble;
    QStackedWidget *m_pages;
    FolderStep *m_folder;
    VersionStep *m_version;
    PackageStep *m_package;
    ShipStep *m_ship;
    Button *m_back;
    Button *m_next;
    int m_step = Folder;
};

} // namespace gatehouse::widgets
