// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/prompts.h"
#include "widgets/common/screen.h"
#include "widgets/theme/theme.h"
#include "workspace/keyring.h"
#include "workspace/serverdesk.h"
#include "workspace/workspace.h"

class QHBoxLayout;
class QLineEdit;

namespace gatehouse::widgets {

class Banner;
class Button;
class Card;
class CodeBlock;
class Label;

/// What an app needs to ask this server: the plugin's settings to paste, and listening beyond this computer.
class ConnectScreen final : public Screen
{
    Q_OBJECT

public:
    ConnectScreen(Theme &theme, workspace::Workspace &workspace, workspace::ServerDesk &desk,
                  workspace::KeyRing &keyRing, Prompts &prompts, QWidget *parent = nullptr);

    [[nodiscard]] QString id() const override { return QStringLiteral("connect"); }
    [[nodiscard]] QString title() const override { return tr("Connect a device"); }
    [[nodiscard]] Icon icon() const override { return Icon::Devices; }

private:
    Card *makeSettingsCard();
    Card *makeListenCard();
    QHBoxLayout *makeRow(const QString &label, QLineEdit *field, const QString &objectName);
    QWidget *makeFileField(const QString &label, QLineEdit *field, const QString &objectName);
    void follow();
    void validateListen();
    void applyListen();
    void change(const workspace::Listening &wish);
    void setBusy(bool busy);
    void showListening();
    void showReach(const QUrl &api, bool isLocal, bool isListening);

    Theme &m_theme;
    workspace::Workspace &m_workspace;
    workspace::ServerDesk &m_desk;
    workspace::KeyRing &m_keyRing;
    Prompts &m_prompts;
    Banner *m_keyNote;
    Banner *m_note;
    CodeBlock *m_code;
    Card *m_listenCard;
    QLineEdit *m_listen;
    QLineEdit *m_certificate;
    QLineEdit *m_certificateKey;
    QLineEdit *m_publicUrl;
    Label *m_problem;
    Button *m_apply;
    Button *m_stopListening;
    bool m_isBusy = false;
};

} // namespace gatehouse::widgets
