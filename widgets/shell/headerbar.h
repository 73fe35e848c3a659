// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"
#include "workspace/workspace.h"

#include <QPushButton>
#include <QTimer>
#include <QWidget>

class QLabel;
class QMenu;

namespace gatehouse::widgets {

/// A field of the header that names what one works on and opens the choice.
class SwitcherButton final : public QPushButton
{
    Q_OBJECT

public:
    SwitcherButton(Theme &theme, Icon icon, QWidget *parent);
    void setWords(const QString &words);
    /// The word of the environment in its colours; empty: none.
    void setTag(const QString &tag, ColorRole text, ColorRole tint);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Theme &m_theme;
    Icon m_icon;
    QString m_words;
    QString m_tag;
    ColorRole m_tagText = ColorRole::Muted;
    ColorRole m_tagTint = ColorRole::Raised;
};

/// Server, app and how the connection stands. The line over it carries the environment's colour.
class HeaderBar final : public QWidget
{
    Q_OBJECT

public:
    HeaderBar(Theme &theme, workspace::Workspace &workspace, workspace::ServerList &servers,
              QWidget *parent = nullptr);

Q_SIGNALS:
    void serverChosen(const QString &serverId);
    void anotherServerRequested();
    void newAppRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showServer();
    void showApp();
    void showLink();
    void fillServerMenu();
    void fillAppMenu();
    [[nodiscard]] ColorRole lineRole() const;

    Theme &m_theme;
    workspace::Workspace &m_workspace;
    workspace::ServerList &m_servers;
    SwitcherButton *m_serverButton;
    SwitcherButton *m_appButton;
    QMenu *m_serverMenu;
    QMenu *m_appMenu;
    QLabel *m_linkIcon;
    QLabel *m_linkWord;
    QLabel *m_linkAge;
    QTimer m_age;
};

/// "production", "test", "development", "sandbox" in the person's language.
[[nodiscard]] QString environmentWord(workspace::Environment environment);

} // namespace gatehouse::widgets
