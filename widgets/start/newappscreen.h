// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/screen.h"
#include "widgets/theme/theme.h"
#include "workspace/workspace.h"

class QComboBox;
class QLineEdit;

namespace gatehouse::widgets {

class Button;
class Label;

/// Makes an app on the server, with its first channel.
class NewAppScreen final : public Screen
{
    Q_OBJECT

public:
    NewAppScreen(Theme &theme, workspace::Workspace &workspace, QWidget *parent = nullptr);

    [[nodiscard]] QString id() const override { return QStringLiteral("new-app"); }
    [[nodiscard]] QString title() const override { return tr("New app"); }
    [[nodiscard]] Icon icon() const override { return Icon::App; }

private:
    void validate();
    void create();

    Theme &m_theme;
    workspace::Workspace &m_workspace;
    QLineEdit *m_name;
    QLineEdit *m_appId;
    QComboBox *m_organization;
    QLineEdit *m_channel;
    Label *m_problem;
    Button *m_create;
    Button *m_back;
    bool m_busy = false;
};

} // namespace gatehouse::widgets
