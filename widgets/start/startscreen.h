// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/screen.h"
#include "widgets/theme/theme.h"
#include "workspace/secretplace.h"

class QStackedWidget;

namespace gatehouse::widgets {

class Banner;
class Card;
class KeyTrouble;
class ServerForm;

/// The first page: where do devices get their updates from? Also shown when a server could not be opened,
/// with the reason, and when keys cannot be kept or read, with the way out.
class StartScreen final : public Screen
{
    Q_OBJECT

public:
    StartScreen(Theme &theme, workspace::Workspace &workspace, workspace::ServerDesk &desk,
                workspace::KeyRing &keyRing, workspace::SecretPlace &place, QWidget *parent = nullptr);
    /// Asks for the passphrase of the vault at once: without it nothing else can be opened.
    void askForVault();

    [[nodiscard]] QString id() const override { return QStringLiteral("start"); }
    [[nodiscard]] QString title() const override { return tr("Start"); }
    [[nodiscard]] Icon icon() const override { return Icon::Shield; }

Q_SIGNALS:
    void showMeRequested();

private:
    QWidget *makeChoices();
    Card *makeChoice(Icon icon, const QString &title, const QString &text, QWidget *button);
    void follow();
    void openForm(workspace::ServerKind kind);

    Theme &m_theme;
    workspace::Workspace &m_workspace;
    workspace::ServerDesk &m_desk;
    workspace::KeyRing &m_keyRing;
    QStackedWidget *m_pages;
    Banner *m_trouble;
    KeyTrouble *m_keyTrouble;
    ServerForm *m_form;
    QWidget *m_thisComputer = nullptr;
    QWidget *m_showMe = nullptr;
};

} // namespace gatehouse::widgets
