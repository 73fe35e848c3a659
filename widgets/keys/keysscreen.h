// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/prompts.h"
#include "widgets/common/screen.h"
#include "widgets/theme/theme.h"
#include "workspace/keyring.h"
#include "workspace/secretplace.h"
#include "workspace/workspace.h"

class QStackedWidget;
class QVBoxLayout;

namespace gatehouse::widgets {

class Banner;
class Button;
class KeyCard;
class KeyTrouble;
class Skeleton;

/// Bundle keys and release identities on this computer.
class KeysScreen final : public Screen
{
    Q_OBJECT

public:
    KeysScreen(Theme &theme, workspace::Workspace &workspace, workspace::KeyRing &keyRing,
               workspace::SecretPlace &place, Prompts &prompts, QWidget *parent = nullptr);

    [[nodiscard]] QString id() const override { return QStringLiteral("keys"); }
    [[nodiscard]] QString title() const override { return tr("Keys"); }
    [[nodiscard]] Icon icon() const override { return Icon::Keys; }

private:
    QWidget *makeContent();
    QWidget *makeNoKeys();
    void follow();
    void reload();
    void createKey();
    void importKey();
    void restoreKey();
    void tell(const QString &what);
    void showFailure(const Error &error);

    Theme &m_theme;
    workspace::Workspace &m_workspace;
    workspace::KeyRing &m_keyRing;
    Prompts &m_prompts;
    Button *m_create;
    Button *m_import;
    Banner *m_message;
    QStackedWidget *m_pages;
    // Made by makeContent(), so they stand before m_content.
    QVBoxLayout *m_cards = nullptr;
    QWidget *m_noKeys = nullptr;
    QWidget *m_content;
    KeyTrouble *m_trouble;
    Skeleton *m_loading;
    QHash<QString, KeyCard *> m_byKey; ///< by app and fingerprint
};

} // namespace gatehouse::widgets
